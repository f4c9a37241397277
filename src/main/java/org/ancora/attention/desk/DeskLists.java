package org.ancora.attention.desk;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.ancora.access.Permission;
import org.ancora.access.Scope;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.network.Project;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who is in the room, who is to be called, and who was attended today, in one statement. */
@Component
class DeskLists {

    /** More nobody could work through in a day. */
    private static final int MOST = 300;

    private final JdbcClient jdbc;
    private final Clock clock;

    DeskLists(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A visit or call, and the task that waits for it.
     *
     * @param task id of its open task, or null
     * @param teams the roles whose people may take the task
     * @param petition number of the petition that it led to, or null
     */
    record Row(
            Attendance attendance,
            @Nullable String task,
            List<String> teams,
            @Nullable UserId assignee,
            @Nullable String assigneeName,
            @Nullable String petition) {}

    /**
     * What is open, and what came today: priority groups first, then whoever has waited longest; promised calls by their
     * minute.
     *
     * @param viewer never shown who complains about them, nor the petition (J-R12)
     */
    List<Row> today(Project project, Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.READ_PETITIONS);
        ZoneId zone = project.calendar().zone();
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        return jdbc.sql("""
                        select a.*, w.id as task, w.teams, w.assignee, c.name as assignee_name, p.number as petition
                          from attendance a
                          left join work_item w on w.case_code = a.code
                          left join account c on c.id = w.assignee
                          left join lateral (
                              select number from petition
                               where attendance = a.code and about is distinct from :scopeViewer%s
                               order by id desc limit 1) p on true
                         where a.project_id = :project and (a.ended_at is null or a.began_at >= :today)%s
                         order by a.ended_at is not null, a.call_back_at, cardinality(a.priority_groups) = 0, a.began_at, a.id
                         limit :most
                        """.formatted(scope.beyondWalls("number"), scope.beyondWalls("a.code")))
                .params(scope.params())
                .param("project", project.id().value())
                .param("today", today.atStartOfDay(zone).toInstant().atOffset(ZoneOffset.UTC))
                .param("most", MOST)
                .query(DeskLists::row)
                .list();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        long assignee = row.getLong("assignee");
        boolean nobody = row.wasNull();
        Array teams = row.getArray("teams");
        return new Row(
                Attendances.attendance(row, number),
                row.getString("task"),
                teams == null ? List.of() : List.of((String[]) teams.getArray()),
                nobody ? null : new UserId(assignee),
                row.getString("assignee_name"),
                row.getString("petition"));
    }
}
