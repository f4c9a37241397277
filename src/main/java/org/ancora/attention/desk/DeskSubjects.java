package org.ancora.attention.desk;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Scope;
import org.ancora.access.Viewer;
import org.ancora.attention.Petitions;
import org.ancora.process.task.TaskSubjects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells the task list who came, called or asked, in one statement. */
@Component
class DeskSubjects implements TaskSubjects {

    private static final Pattern ATTENDANCE = Pattern.compile("[VC]-[0-9]{4,18}");
    private static final Pattern PETITION = Pattern.compile("[A-Z]{2,6}[0-9]-[0-9]{4}-[0-9]{4,}");

    private final Petitions petitions;
    private final Attendances attendances;
    private final JdbcClient jdbc;

    DeskSubjects(Petitions petitions, Attendances attendances, JdbcClient jdbc) {
        this.petitions = petitions;
        this.attendances = attendances;
        this.jdbc = jdbc;
    }

    /**
     * A task shows who came and what they ask for, so it is for those who may read petitions; whoever is complained about is
     * told nothing of it, be it that there is such a task (J-R12).
     */
    @Override
    public void require(String code, Viewer viewer) {
        if (PETITION.matcher(code).matches() && petitions.find(code, viewer).isEmpty()) {
            throw new Hidden("petition", code);
        }
        if (ATTENDANCE.matcher(code).matches()) {
            attendances.byCode(code, viewer);
        }
    }

    @Override
    public Map<String, Subject> describe(Collection<String> codes, Viewer viewer) {
        String[] ours = codes.stream()
                .filter(code -> ATTENDANCE.matcher(code).matches()
                        || PETITION.matcher(code).matches())
                .toArray(String[]::new);
        Map<String, Subject> subjects = new HashMap<>();
        if (ours.length == 0) {
            return subjects;
        }
        Scope scope = Scope.of(viewer, Permission.READ_PETITIONS);
        jdbc.sql("""
                        select a.code, a.given_name, a.family_name, a.reason as detail
                          from attendance a where a.code = any(:codes) and %s
                        union all
                        select p.number, w.given_name, w.family_name, ''
                          from petition p join petitioner w on w.id = p.petitioner_id
                         where p.number = any(:codes) and p.about is distinct from :scopeViewer and %s
                        """.formatted(
                                scope.sql("a.project_id") + scope.beyondWalls("a.code"),
                                scope.sql("p.project_id", "true") + scope.beyondWalls("p.number")))
                .params(scope.params())
                .param("codes", ours)
                .query(row -> {
                    subjects.put(
                            row.getString(1),
                            new Subject((row.getString(2) + " " + row.getString(3)).strip(), row.getString(4)));
                });
        return subjects;
    }

    @Override
    public Optional<String> path(String code) {
        if (ATTENDANCE.matcher(code).matches()) {
            return Optional.of("/desk/attended/" + code);
        }
        return PETITION.matcher(code).matches() ? Optional.of("/petitions/" + code) : Optional.empty();
    }
}
