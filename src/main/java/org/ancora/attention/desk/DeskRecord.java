package org.ancora.attention.desk;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import org.ancora.access.UserId;
import org.ancora.network.Project;
import org.springframework.stereotype.Service;

/** Writes visits and calls down as the desk's pages do, for modules that fill a project. */
@Service
public class DeskRecord {

    private final Attendances attendances;
    private final RegisterTables tables;

    DeskRecord(Attendances attendances, RegisterTables tables) {
        this.attendances = attendances;
        this.tables = tables;
    }

    /**
     * Somebody comes to the desk now.
     *
     * @param home district, province and region
     * @param priority codes of statutory priority groups; empty for none
     * @return the key of the visit, {@code V-0001}
     */
    public String visit(
            Project project,
            String document,
            String givenName,
            String familyName,
            List<String> home,
            String reason,
            boolean authority,
            List<String> priority,
            UserId by) {
        Attendance.Who who =
                new Attendance.Who(document, givenName, familyName, home.get(0), home.get(1), home.get(2), "");
        return attendances.receive(
                UUID.randomUUID(),
                project,
                new Attendances.Arrival(Attendance.Kind.VISIT, who, reason, authority, priority, false, null),
                by);
    }

    /**
     * Somebody calls now.
     *
     * @return the key of the call, {@code C-0001}
     */
    public String call(Project project, String givenName, String familyName, String number, String reason, UserId by) {
        Attendance.Who who = new Attendance.Who("", givenName, familyName, "", "", "", number);
        return attendances.receive(UUID.randomUUID(), project, Attendances.Arrival.call(who, reason), by);
    }

    /**
     * Loads a register from CSV text, in place of what it held.
     *
     * @param register {@code civil} or {@code beneficiary}
     */
    public void loadRegister(String register, Project project, String csv, UserId by) {
        try {
            tables.load(Register.of(register).orElseThrow(), project.id(), new StringReader(csv), by);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
