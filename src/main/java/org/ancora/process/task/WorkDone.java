package org.ancora.process.task;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What became of tasks that are no longer open. */
@Component
class WorkDone {

    private static final TypeReference<List<Object>> ARGUMENTS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    WorkDone(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * A task that is no longer open.
     *
     * @param completed false when the procedure went on without it
     * @param completedByName as it is today, or null
     * @param digest of the answers with which it was completed
     * @param nextPath where whoever completed it was led
     */
    record Ended(
            String id,
            String processKey,
            String element,
            @Nullable String callingElement,
            String title,
            List<Object> titleArguments,
            @Nullable String caseCode,
            @Nullable ProjectId project,
            List<String> teams,
            @Nullable UserId assignee,
            Instant endedAt,
            boolean completed,
            @Nullable UserId completedBy,
            @Nullable String completedByName,
            @Nullable String digest,
            @Nullable String nextPath) {

        boolean isVisibleTo(Viewer viewer) {
            ProjectId where = project;
            return where != null
                    && !viewer.walledOff(caseCode)
                    && (viewer.id().equals(assignee)
                            || viewer.id().equals(completedBy)
                            || viewer.may(Permission.READ_CASE, where)
                            || viewer.may(
                                    Permission.WORK_TASK,
                                    where,
                                    viewer.roles(where).stream().anyMatch(role -> teams.contains(role.code()))));
        }
    }

    Optional<Ended> find(String id) {
        return jdbc.sql("""
                        select d.*, a.name as completed_by_name
                          from work_done d left join account a on a.id = d.completed_by
                         where d.id = :id
                        """).param("id", id).query(this::ended).optional();
    }

    /**
     * Adds to a task that has just been completed by whom and with what, drops everybody's half-filled form of it, and
     * tells where its person goes on: the next thing to do on the same case, else where the module says. One statement,
     * because every completion waits for it.
     */
    String completedBy(WorkItem task, UserId person, String digest, String then, Instant now) {
        return jdbc.sql("""
                        with forgotten as (
                            delete from task_draft where process_instance_id = :instance and element = :element),
                        following as (
                            select id from work_item
                             where case_code = :case and assignee = :person and coalesce(opens_at <= :now, true)
                             order by sort_at, id limit 1)
                        update work_done
                           set completed_by = :person, answers_digest = :digest,
                               next_path = coalesce((select '/tasks/' || id from following), :then)
                         where id = :id
                        returning next_path
                        """)
                .param("instance", task.processInstance())
                .param("element", task.element())
                .param("case", task.caseCode())
                .param("person", person.value())
                .param("now", WorkItemTable.at(now))
                .param("digest", digest)
                .param("then", then)
                .param("id", task.id())
                .query(String.class)
                .single();
    }

    private Ended ended(ResultSet row, int number) throws SQLException {
        return new Ended(
                row.getString("id"),
                row.getString("process_key"),
                row.getString("element"),
                row.getString("calling_element"),
                row.getString("title"),
                json.readValue(row.getString("title_arguments"), ARGUMENTS),
                row.getString("case_code"),
                id(row, "project_id").map(ProjectId::new).orElse(null),
                strings(row.getArray("teams")),
                id(row, "assignee").map(UserId::new).orElse(null),
                Objects.requireNonNull(WorkItemTable.instant(row, "ended_at")),
                row.getBoolean("completed"),
                id(row, "completed_by").map(UserId::new).orElse(null),
                row.getString("completed_by_name"),
                row.getString("answers_digest"),
                row.getString("next_path"));
    }

    private static Optional<Long> id(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }

    private static List<String> strings(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
