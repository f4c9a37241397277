package org.ancora.process.task;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.process.form.FormSchema;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Answers to fields that a process owner added to a form and no module knows: kept as they were given. */
@Component
public class FormAnswers {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    FormAnswers(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /**
     * One answer.
     *
     * @param label the field's label in its file when it was answered
     * @param value as plain values: text, number, flag, list, map
     */
    public record FormAnswer(String taskId, String form, String key, String label, Object value, Instant answeredAt) {}

    /** What was answered on a case, in the order of answers; the caller has checked that the viewer may read the case. */
    @Transactional(readOnly = true)
    public List<FormAnswer> ofCase(String caseCode) {
        return jdbc.sql("select * from form_answer where case_code = :case order by id")
                .param("case", caseCode)
                .query((row, number) -> new FormAnswer(
                        row.getString("task_id"),
                        row.getString("form"),
                        row.getString("key"),
                        row.getString("label"),
                        json.readValue(row.getString("value"), Object.class),
                        Objects.requireNonNull(WorkItemTable.instant(row, "answered_at"))))
                .list();
    }

    /** Keeps the answers whose keys no module knows and returns the others. */
    Map<String, Object> keepUnknown(
            WorkItem task, FormSchema form, Set<String> known, Map<String, Object> answers, Viewer viewer) {
        Map<String, Object> left = new HashMap<>();
        answers.forEach((key, value) -> {
            if (known.contains(key) || known.stream().anyMatch(field -> field.startsWith(key + "."))) {
                left.put(key, value);
            } else {
                keep(task, form, key, value, viewer.id());
            }
        });
        return left;
    }

    private void keep(WorkItem task, FormSchema form, String key, Object value, UserId by) {
        String label = form.field(key)
                .map(field -> field.setting("label"))
                .or(() -> Optional.of(key))
                .filter(text -> !text.isBlank())
                .orElse(key);
        ProjectId project = task.project();
        jdbc.sql("""
                        insert into form_answer (task_id, case_code, project_id, form, definition, key, label, value,
                               answered_by, answered_at)
                        values (:task, :case, :project, :form, :definition, :key, :label, :value::jsonb, :by, :now)
                        """)
                .param("task", task.id())
                .param("case", task.caseCode())
                .param("project", project == null ? null : project.value())
                .param("form", form.id())
                .param("definition", task.definition())
                .param("key", key)
                .param("label", label)
                .param("value", json.writeValueAsString(value))
                .param("by", by.value())
                .param("now", WorkItemTable.at(clock.instant()))
                .update();
    }
}
