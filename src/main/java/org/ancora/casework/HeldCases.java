package org.ancora.casework;

import java.util.List;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.network.admin.HeldWork;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The open cases that are assigned to a person (C-R11). */
@Component
@Order(1)
class HeldCases implements HeldWork {

    private final JdbcClient jdbc;

    HeldCases(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Item> of(UserId person, ProjectId project) {
        return jdbc.sql("""
                        select code from case_file
                         where project_id = :project and assignee = :person and status <> 'closed'
                         order by opened_at desc, id desc
                        """)
                .param("project", project.value())
                .param("person", person.value())
                .query((row, number) ->
                        new Item("folder", row.getString("code"), "/cases/" + row.getString("code") + "/assign"))
                .list();
    }
}
