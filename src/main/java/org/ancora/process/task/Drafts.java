package org.ancora.process.task;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Half-filled forms, one a person and place in a running procedure, so that a task that is taken away and opened again
 * finds what was typed.
 */
@Component
class Drafts {

    private static final TypeReference<LinkedHashMap<String, Object>> ANSWERS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    Drafts(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    record Draft(Map<String, Object> answers, Instant savedAt) {}

    /** The columns {@code draft} and {@code saved_at} of a row, or null when the person typed nothing. */
    @Nullable
    Draft read(ResultSet row) throws SQLException {
        String answers = row.getString("draft");
        return answers == null
                ? null
                : new Draft(
                        json.readValue(answers, ANSWERS),
                        Objects.requireNonNull(WorkItemTable.instant(row, "saved_at")));
    }

    Instant keep(WorkItem task, UserId person, Map<String, ?> answers) {
        Instant now = clock.instant();
        jdbc.sql("""
                        insert into task_draft (process_instance_id, element, account_id, answers, saved_at)
                        values (:instance, :element, :person, :answers::jsonb, :now)
                        on conflict (process_instance_id, element, account_id)
                        do update set answers = excluded.answers, saved_at = excluded.saved_at
                        """)
                .param("instance", task.processInstance())
                .param("element", task.element())
                .param("person", person.value())
                .param("answers", json.writeValueAsString(answers))
                .param("now", WorkItemTable.at(now))
                .update();
        return now;
    }

    /** The procedure has ended. */
    void forgetAll(String processInstance) {
        jdbc.sql("delete from task_draft where process_instance_id = :instance")
                .param("instance", processInstance)
                .update();
    }
}
