package org.ancora.process.guide;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ancora.access.ProjectId;
import org.ancora.access.Role;
import org.ancora.access.Viewer;
import org.ancora.process.task.ProjectFacts;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whom to ask for help, by name (C140): the supervisors and the administrators of the projects that one works in. */
@Component
class Helpers {

    /** Somebody with many projects asks where they are; nobody reads through twenty lists of names. */
    private static final int PROJECTS = 6;

    private final JdbcClient jdbc;
    private final ObjectProvider<ProjectFacts> facts;

    Helpers(JdbcClient jdbc, ObjectProvider<ProjectFacts> facts) {
        this.jdbc = jdbc;
        this.facts = facts;
    }

    /** The names in one project; empty where nobody has the role. */
    record Team(String project, String supervisors, String administrators) {}

    List<Team> of(Viewer viewer) {
        List<ProjectId> projects = viewer.projects().stream().limit(PROJECTS).toList();
        if (projects.isEmpty()) {
            return List.of();
        }
        Map<ProjectId, Map<Role, List<String>>> names = new HashMap<>();
        jdbc.sql("""
                        select m.project_id, m.role, a.name from membership m join account a on a.id = m.account_id
                         where m.project_id = any(:projects) and m.role in ('supervisor', 'admin') and a.active
                         order by a.name
                        """)
                .param("projects", projects.stream().map(ProjectId::value).toArray(Long[]::new))
                .query(row -> {
                    long project = row.getLong("project_id");
                    String name = row.getString("name");
                    Role.of(row.getString("role")).ifPresent(role -> add(names, project, role, name));
                });
        Map<ProjectId, ProjectFacts.Facts> known = facts.getObject().describe(viewer.projects());
        List<Team> teams = new ArrayList<>();
        for (ProjectId project : projects) {
            ProjectFacts.Facts described = known.get(project);
            Map<Role, List<String>> people = names.getOrDefault(project, Map.of());
            teams.add(new Team(
                    described == null ? "" : described.name(),
                    String.join(", ", people.getOrDefault(Role.SUPERVISOR, List.of())),
                    String.join(", ", people.getOrDefault(Role.ADMIN, List.of()))));
        }
        teams.sort(Comparator.comparing(Team::project));
        return teams;
    }

    private static void add(Map<ProjectId, Map<Role, List<String>>> names, long project, Role role, String name) {
        names.computeIfAbsent(new ProjectId(project), any -> new HashMap<>())
                .computeIfAbsent(role, any -> new ArrayList<>())
                .add(name);
    }
}
