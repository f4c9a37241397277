package org.ancora.process.task;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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
    private final TaskLabels labels;
    private final AnswerWords words;

    FormAnswers(JdbcClient jdbc, JsonMapper json, Clock clock, TaskLabels labels, AnswerWords words) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
        this.labels = labels;
        this.words = words;
    }

    /**
     * One answer.
     *
     * @param label the field's label in its file when it was answered
     * @param value as plain values: text, number, flag, list, map
     */
    public record FormAnswer(String taskId, String form, String key, String label, Object value, Instant answeredAt) {}

    /**
     * One answer in words.
     *
     * @param task the title of the task in whose form it was given
     * @param by who answered, as they are called today
     */
    public record Told(String task, String label, String value, String by, Instant at) {}

    /**
     * What was answered on a case, the latest first, in the reader's language; the caller has checked that the viewer may
     * read the case. In one statement besides each form's own file.
     */
    @Transactional(readOnly = true)
    public List<Told> inWords(String caseCode, ZoneId zone, Locale language) {
        AnswerWords.Reading reading = words.in(zone, language);
        return jdbc.sql("""
                        select f.*, a.name as by_name, d.process_key, d.element, d.calling_element, d.title, d.title_arguments
                          from form_answer f
                          left join work_done d on d.id = f.task_id
                          left join account a on a.id = f.answered_by
                         where f.case_code = :case
                         order by f.answered_at desc, f.id limit 200
                        """)
                .param("case", caseCode)
                .query((row, number) -> told(row, reading, language))
                .list();
    }

    private Told told(ResultSet row, AnswerWords.Reading reading, Locale language) throws SQLException {
        String definition = row.getString("definition");
        String form = row.getString("form");
        String key = row.getString("key");
        String by = row.getString("by_name");
        return new Told(
                task(row, language),
                reading.label(definition, form, key, row.getString("label")),
                reading.value(definition, form, key, json.readValue(row.getString("value"), Object.class)),
                by == null ? Viewer.system().name() : by,
                Objects.requireNonNull(WorkItemTable.instant(row, "answered_at")));
    }

    private String task(ResultSet row, Locale language) throws SQLException {
        String process = row.getString("process_key");
        return process == null
                ? ""
                : labels.title(
                        row.getString("definition"),
                        process,
                        row.getString("element"),
                        row.getString("calling_element"),
                        json.readValue(row.getString("title_arguments"), Object[].class),
                        row.getString("title"),
                        language);
    }

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
