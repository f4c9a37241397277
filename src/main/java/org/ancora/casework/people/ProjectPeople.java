package org.ancora.casework.people;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who works in a project: its own people, and those of partner organisations. */
@Repository
class ProjectPeople {

    private final JdbcClient jdbc;

    ProjectPeople(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Somebody with their roles in the project. */
    record Person(UserId id, String name, Set<Role> roles) {

        /** Returns whether they come from a partner organisation (C62); public so that templates may ask. */
        public boolean partner() {
            return roles.equals(Set.of(Role.CONTRIBUTOR));
        }

        /** Returns whether their roles let them open cases, all of them or those that are theirs. */
        boolean mayOpenCases() {
            return roles.stream().anyMatch(role -> Permission.READ_CASE.reach(role) != null);
        }
    }

    /** Everybody who is active and has a role in the project, by name. */
    List<Person> of(ProjectId project) {
        return jdbc.sql("""
                        select a.id, a.name, array_agg(m.role) as roles
                          from membership m join account a on a.id = m.account_id
                         where m.project_id = :project and a.active
                         group by a.id, a.name
                         order by a.name, a.id
                        """)
                .param("project", project.value())
                .query((row, number) -> new Person(
                        new UserId(row.getLong("id")),
                        row.getString("name"),
                        Arrays.stream((String[]) row.getArray("roles").getArray())
                                .map(Role::of)
                                .flatMap(Optional::stream)
                                .collect(Collectors.toCollection(TreeSet::new))))
                .list();
    }
}
