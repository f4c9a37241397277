package org.ancora.casework;

import java.util.Collection;
import java.util.List;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.process.monitor.Capacities;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells the monitor how many cases caseworkers carry, as {@link Caseloads} counts them, in many projects at once. */
@Component
class WatchedCaseloads implements Capacities {

    private final JdbcClient jdbc;

    WatchedCaseloads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Capacity> of(Collection<ProjectId> projects) {
        return jdbc.sql("""
                        select a.id, a.name, p.id as project_id, coalesce(l.active_cases, p.caseload_limit) as active_limit,
                               coalesce(c.active, 0) as active, coalesce(c.waiting, 0) as waiting, p.key,
                               (select string_agg(s.key, ',' order by s.position, s.key) from project_status s
                                 where s.project_id = p.id and s.category in ('assigned', 'in-progress', 'pending')) as statuses
                          from membership m
                          join account a on a.id = m.account_id and a.active
                          join project p on p.id = m.project_id
                          left join caseload_limit l on l.project_id = p.id and l.user_id = a.id
                          left join (
                              select f.assignee, f.project_id,
                                     count(*) filter (where f.status in ('assigned', 'in-progress', 'pending')) as active,
                                     count(*) filter (where f.waiting_since is not null) as waiting
                                from case_file f
                               where f.project_id = any(:projects) and f.assignee is not null
                                 and (f.status in ('assigned', 'in-progress', 'pending') or f.waiting_since is not null)
                               group by f.assignee, f.project_id) c
                            on c.assignee = a.id and c.project_id = p.id
                         where m.role = 'caseworker' and m.project_id = any(:projects)
                         order by a.name, a.id, p.id
                        """)
                .param("projects", projects.stream().map(ProjectId::value).toArray(Long[]::new))
                .query((row, number) -> new Capacity(
                        new UserId(row.getLong("id")),
                        row.getString("name"),
                        new ProjectId(row.getLong("project_id")),
                        row.getInt("active"),
                        row.getInt("active_limit"),
                        row.getInt("waiting"),
                        behind(row.getString("key"), row.getString("statuses"), row.getLong("id"))))
                .list();
    }

    private static Behind behind(String project, String statuses, long worker) {
        String list = "/p/" + project + "/cases?assigned=" + worker;
        return new Behind(list + "&status=" + statuses, list + "&waiting=*");
    }
}
