package org.ancora.attention;

import java.time.Instant;
import java.time.LocalDate;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A registered petition (J1–J4).
 *
 * @param number {@code AYA1-2026-0001}: office, year, and a sequence without gaps
 * @param motive what it is about, in the words of whoever wrote it down
 * @param orientation what was answered or advised at once; may be empty
 * @param about the member of staff complained about, from whom it is hidden (J-R12), or null
 * @param registeredBy null when the person entered it themselves
 * @param solvedAtOnce whether nothing is left to answer (J36)
 * @param destination who answers; null when it was solved at once
 * @param promised the day that was promised for the answer (J37); null when it was solved at once
 * @param attendance key of the visit or call in which it was made, or null
 */
public record Petition(
        PetitionId id,
        String number,
        ProjectId project,
        OfficeId office,
        PetitionKind kind,
        PetitionChannel channel,
        PetitionLevel level,
        PetitionerId petitioner,
        String motive,
        String orientation,
        @Nullable UserId about,
        Instant registeredAt,
        @Nullable UserId registeredBy,
        boolean solvedAtOnce,
        @Nullable Destination destination,
        @Nullable LocalDate promised,
        @Nullable String attendance) {

    /** Where the staff's page about it is. */
    public String path() {
        return "/petitions/" + number;
    }
}
