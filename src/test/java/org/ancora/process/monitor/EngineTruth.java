package org.ancora.process.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricTaskInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.impl.history.event.HistoricProcessInstanceEventEntity;
import org.camunda.bpm.engine.task.Task;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Compares what managers watch with what the engine itself answers, row by row and sum by sum. */
@Component
public class EngineTruth {

    private final HistoryService history;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final JdbcClient jdbc;
    private final Map<String, ZoneId> zones = new HashMap<>();

    EngineTruth(HistoryService history, RuntimeService runtime, TaskService tasks, JdbcClient jdbc) {
        this.history = history;
        this.runtime = runtime;
        this.tasks = tasks;
        this.jdbc = jdbc;
    }

    /** Fails unless runs, steps and sums are the engine's. */
    public void assertWatched() {
        zones.clear();
        jdbc.sql("select id, zone from project").query(row -> {
            zones.put(row.getString(1), ZoneId.of(row.getString(2)));
        });
        List<HistoricProcessInstance> instances =
                history.createHistoricProcessInstanceQuery().list();
        Map<String, String> roots = instances.stream()
                .collect(Collectors.toMap(
                        HistoricProcessInstance::getId,
                        one -> Objects.requireNonNullElse(one.getRootProcessInstanceId(), one.getId())));
        Map<String, String> projects =
                history.createHistoricVariableInstanceQuery().variableName("projectId").list().stream()
                        .filter(variable -> variable.getExecutionId().equals(variable.getProcessInstanceId()))
                        .collect(Collectors.toMap(
                                HistoricVariableInstance::getProcessInstanceId,
                                variable -> String.valueOf(variable.getValue())));
        Map<String, List<Task>> open = tasks.createTaskQuery().list().stream()
                .collect(Collectors.groupingBy(task -> roots.get(task.getProcessInstanceId())));
        Map<String, Long> failures = runtime.createIncidentQuery().list().stream()
                .filter(incident -> incident.getRootCauseIncidentId().equals(incident.getId()))
                .collect(Collectors.groupingBy(
                        incident -> roots.get(incident.getProcessInstanceId()), Collectors.counting()));
        Map<String, HistoricTaskInstance> tasksById = history.createHistoricTaskInstanceQuery().list().stream()
                .collect(Collectors.toMap(HistoricTaskInstance::getId, Function.identity()));

        List<String> runs = new ArrayList<>();
        Map<String, Integer> sums = new TreeMap<>();
        for (HistoricProcessInstance run : instances) {
            if (!roots.get(run.getId()).equals(run.getId())) {
                continue;
            }
            List<Task> its = open.getOrDefault(run.getId(), List.of());
            long failed = failures.getOrDefault(run.getId(), 0L);
            Date due = its.stream()
                    .map(Task::getDueDate)
                    .filter(Objects::nonNull)
                    .min(Comparator.naturalOrder())
                    .orElse(null);
            String state = state(run, its.size(), failed);
            runs.add(String.join(
                    " | ",
                    run.getId(),
                    run.getProcessDefinitionKey(),
                    String.valueOf(run.getProcessDefinitionVersion()),
                    run.getProcessDefinitionId(),
                    projects.get(run.getId()),
                    run.getBusinessKey(),
                    instant(run.getStartTime()),
                    instant(run.getEndTime()),
                    String.valueOf(((HistoricProcessInstanceEventEntity) run).getEndActivityId()),
                    state,
                    String.valueOf(its.size()),
                    String.valueOf(failed),
                    instant(due)));
            if (run.getEndTime() == null) {
                String of = run.getProcessDefinitionId() + " | " + projects.get(run.getId()) + " | ";
                sums.merge("state | " + of + state, 1, Integer::sum);
                if (due != null) {
                    sums.merge("late | " + of + day(due, ZoneOffset.UTC), 1, Integer::sum);
                }
                for (Task task : its) {
                    sums.merge("age | " + of + week(task.getCreateTime(), projects.get(run.getId())), 1, Integer::sum);
                    sums.merge("worker | " + of + Objects.requireNonNullElse(task.getAssignee(), ""), 1, Integer::sum);
                    if (task.getDueDate() != null) {
                        sums.merge(
                                "due | " + of + day(task.getDueDate(), zone(projects.get(run.getId()))),
                                1,
                                Integer::sum);
                    }
                }
            }
        }
        assertThat(runs()).containsExactlyInAnyOrderElementsOf(runs);

        List<String> steps = new ArrayList<>();
        for (HistoricActivityInstance step :
                history.createHistoricActivityInstanceQuery().list()) {
            HistoricTaskInstance task = step.getTaskId() == null ? null : tasksById.get(step.getTaskId());
            steps.add(String.join(
                    " | ",
                    step.getId(),
                    roots.get(step.getProcessInstanceId()),
                    step.getProcessInstanceId(),
                    step.getProcessDefinitionId(),
                    step.getActivityId(),
                    step.getActivityType(),
                    instant(step.getStartTime()),
                    instant(step.getEndTime()),
                    String.valueOf(step.isCanceled()),
                    instant(task == null ? null : task.getDueDate()),
                    String.valueOf(task == null ? null : task.getAssignee())));
        }
        assertThat(steps()).containsExactlyInAnyOrderElementsOf(steps);
        assertThat(sums()).isEqualTo(sums);
    }

    private static String state(HistoricProcessInstance run, int tasks, long failures) {
        if (run.getEndTime() != null) {
            return run.getState().endsWith("TERMINATED") ? "cancelled" : "finished";
        }
        if (failures > 0) {
            return "failed";
        }
        if (run.getState().equals(HistoricProcessInstance.STATE_SUSPENDED)) {
            return "suspended";
        }
        return tasks > 0 ? "working" : "waiting";
    }

    List<String> runs() {
        return jdbc.sql("select * from procedure_run")
                .query((row, number) -> String.join(
                        " | ",
                        row.getString("id"),
                        row.getString("process_key"),
                        row.getString("version"),
                        row.getString("definition_id"),
                        row.getString("project_id"),
                        row.getString("case_code"),
                        instant(row, "began_at"),
                        instant(row, "ended_at"),
                        String.valueOf(row.getString("ending")),
                        row.getString("state"),
                        row.getString("tasks"),
                        row.getString("failures"),
                        instant(row, "due_at")))
                .list();
    }

    List<String> steps() {
        return jdbc.sql("select * from procedure_step")
                .query((row, number) -> String.join(
                        " | ",
                        row.getString("id"),
                        row.getString("run_id"),
                        row.getString("instance_id"),
                        row.getString("definition_id"),
                        row.getString("element"),
                        row.getString("kind"),
                        instant(row, "entered_at"),
                        instant(row, "left_at"),
                        String.valueOf(row.getBoolean("cancelled")),
                        instant(row, "due_at"),
                        String.valueOf(row.getString("assignee"))))
                .list();
    }

    Map<String, Integer> sums() {
        Map<String, Integer> sums = new HashMap<>();
        jdbc.sql("""
                        select kind, definition_id, project_id, key, sum(n) as n
                          from procedure_tally group by 1, 2, 3, 4 having sum(n) <> 0
                        """).query(row -> {
            sums.put(
                    String.join(" | ", row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                    row.getInt(5));
        });
        return sums;
    }

    private static String instant(ResultSet row, String column) throws SQLException {
        return instant(row.getTimestamp(column));
    }

    private static String instant(Date date) {
        return date == null ? "null" : Instant.ofEpochMilli(date.getTime()).toString();
    }

    private static LocalDate day(Date date, ZoneId zone) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(date.getTime()), zone);
    }

    private LocalDate week(Date date, String project) {
        return day(date, zone(project)).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    private ZoneId zone(String project) {
        return zones.getOrDefault(project, ZoneOffset.UTC);
    }
}
