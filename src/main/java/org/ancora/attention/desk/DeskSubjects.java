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
import org.ancora.process.task.TaskSubjects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells the task list who came, called or asked, in one statement. */
@Component
class DeskSubjects implements TaskSubjects {

    private static final Pattern ATTENDANCE = Pattern.compile("[VC]-[0-9]{4,18}");
    private static final Pattern PETITION = Pattern.compile("[A-Z]{2,6}[0-9]-[0-9]{4}-[0-9]{4,}");

    private final JdbcClient jdbc;

    DeskSubjects(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whoever is complained about is told nothing of it, be it that there is such a task (J-R12). */
    @Override
    public void require(String code, Viewer viewer) {
        if (PETITION.matcher(code).matches()
                && jdbc.sql("select exists (select from petition where number = :number and about = :viewer)")
                        .param("number", code)
                        .param("viewer", viewer.id().value())
                        .query(Boolean.class)
                        .single()) {
            throw new Hidden("petition", code);
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
                        """.formatted(scope.sql("a.project_id"), scope.sql("p.project_id", "true")))
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
