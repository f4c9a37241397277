package org.ancora.network.admin;

import java.util.List;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.access.Viewers;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The open tasks that a person holds. */
@Component
class HeldTasks implements HeldWork {

    private final JdbcClient jdbc;
    private final Viewers viewers;

    HeldTasks(JdbcClient jdbc, Viewers viewers) {
        this.jdbc = jdbc;
        this.viewers = viewers;
    }

    @Override
    public List<Item> of(UserId person, ProjectId project) {
        return jdbc
                .sql("""
                        select id, coalesce(case_code, '') as code from work_item
                         where assignee = :person and project_id = :project order by sort_at, id
                        """)
                .param("person", person.value())
                .param("project", project.value())
                .query((row, number) ->
                        new Item("checklist", row.getString("code"), "/tasks/" + row.getString("id") + "/assign"))
                .list()
                .stream()
                .filter(item -> viewers.current()
                        .filter(viewer -> viewer.walledOff(item.text()))
                        .isEmpty())
                .toList();
    }
}
