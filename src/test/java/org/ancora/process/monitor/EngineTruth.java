package org.ancora.process.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricTaskInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.impl.history.event.HistoricProcessInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Compares what managers watch with what the engine itself answers, row by row and sum by sum. */
@Component
public class EngineTruth {

    private static final Pattern OFFICE = Pattern.compile("([A-Z]{2,6}[0-9])-[0-9]{4}-");
    private static final Pattern STEP_OF_PATH =
            Pattern.compile("Task|callActivity|EndEvent|Catch|intermediate|boundary");
    private static final Pattern FRAME = Pattern.compile("ubProcess|multiInstanceBody");

    private final HistoryService history;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final JdbcClient jdbc;
    private final Runs rebuild;
    private final Sums drawn;
    private final Clock clock;
    private final Map<String, ZoneId> zones = new HashMap<>();

    EngineTruth(
            HistoryService history,
            RuntimeService runtime,
            TaskService tasks,
            JdbcClient jdbc,
            Runs rebuild,
            Sums drawn,
            Clock clock) {
        this.history = history;
        this.runtime = runtime;
        this.tasks = tasks;
        this.jdbc = jdbc;
        this.rebuild = rebuild;
        this.drawn = drawn;
        this.clock = clock;
    }

    /** Sums up the days that are gone, so that a rebuilding has sums to make anew. */
    public void sumUp() {
        drawn.sumUntil(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        assertThat(jdbc.sql("select count(*) from procedure_step_week")
                        .query(Long.class)
                        .single())
                .isPositive();
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

        List<HistoricActivityInstance> visits =
                history.createHistoricActivityInstanceQuery().list();
        Map<String, List<HistoricActivityInstance>> ways =
                visits.stream().collect(Collectors.groupingBy(HistoricActivityInstance::getProcessInstanceId));
        Map<String, String> codes = new HashMap<>();
        instances.forEach(instance -> codes.put(instance.getId(), instance.getBusinessKey()));

        List<String> runs = new ArrayList<>();
        Map<String, Integer> sums = new TreeMap<>();
        Map<String, Long> weeks = new TreeMap<>();
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
                    instant(due),
                    office(run.getBusinessKey()),
                    String.valueOf(run.getEndTime() == null ? null : path(ways.getOrDefault(run.getId(), List.of())))));
            count(weeks, run, projects.get(run.getId()));
            if (run.getEndTime() == null) {
                String of = run.getProcessDefinitionId() + " | " + projects.get(run.getId()) + " | "
                        + office(run.getBusinessKey()) + " | ";
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
        for (HistoricActivityInstance step : visits) {
            String root = roots.get(step.getProcessInstanceId());
            HistoricTaskInstance task = step.getTaskId() == null ? null : tasksById.get(step.getTaskId());
            steps.add(String.join(
                    " | ",
                    step.getId(),
                    root,
                    step.getProcessInstanceId(),
                    step.getProcessDefinitionId(),
                    step.getActivityId(),
                    step.getActivityType(),
                    instant(step.getStartTime()),
                    instant(step.getEndTime()),
                    String.valueOf(step.isCanceled()),
                    instant(task == null ? null : task.getDueDate()),
                    String.valueOf(task == null ? null : task.getAssignee()),
                    projects.get(root),
                    office(codes.get(root))));
            count(weeks, step, task, projects.get(root), office(codes.get(root)));
        }
        assertThat(steps()).containsExactlyInAnyOrderElementsOf(steps);
        assertThat(sums()).isEqualTo(sums);
        assertThat(weeks()).isEqualTo(weeks);
    }

    /** Spoils everything that managers watch, has it rebuilt, and fails unless it is the engine's truth again. */
    public void assertRebuilt() {
        assertRebuiltBy(rebuild::rebuild);
    }

    /** The same, with whatever is to rebuild it. */
    public void assertRebuiltBy(Runnable rebuilding) {
        List<String> runs = runs();
        List<String> steps = steps();
        for (String spoiling : List.of(
                "delete from procedure_step where md5(id) < '4'",
                "delete from procedure_run where md5(id) < '2'",
                """
                update procedure_run set version = 99, tasks = 9, failures = 3, ended_at = null, path = 'wrong', due_at = now(),
                       project_id = null, case_code = 'GONE1-2026-0001', ending = 'elsewhere', suspended = not suspended,
                       cancelled = not cancelled, began_at = began_at - interval '1 day', process_key = 'gone',
                       definition_id = 'gone'""",
                """
                update procedure_step set element = 'elsewhere', kind = 'userTask', due_at = now(), assignee = 999, left_at = null,
                       office = 'GONE1', project_id = null, entered_at = now(), cancelled = not cancelled, definition_id = 'gone'""",
                "update procedure_tally set n = n + 1",
                "update procedure_week set begun = begun + 1, finished = 7, cancelled = 7, seconds = 7",
                "update procedure_step_week set visits = visits + 1, seconds = 7, dated = 7, late = 7",
                """
                insert into procedure_run (id, process_key, version, definition_id, deployment_id, project_id,
                       began_at, cancelled, suspended)
                values ('gone', 'gone', 1, 'gone', 'gone', 1, now(), false, false)""")) {
            jdbc.sql(spoiling).update();
        }
        assertThat(runs()).doesNotContainAnyElementsOf(runs);
        assertThat(steps()).doesNotContainAnyElementsOf(steps);
        rebuilding.run();
        assertWatched();
        assertThat(runs()).containsExactlyInAnyOrderElementsOf(runs);
        assertThat(steps()).containsExactlyInAnyOrderElementsOf(steps);
    }

    private static String office(@Nullable String code) {
        Matcher office = OFFICE.matcher(String.valueOf(code));
        return office.lookingAt() ? office.group(1) : "null";
    }

    /** The steps of its own in the order of their first visit. */
    private static String path(List<HistoricActivityInstance> visits) {
        return visits.stream()
                .filter(visit -> STEP_OF_PATH.matcher(visit.getActivityType()).find())
                .sorted(Comparator.comparing(HistoricActivityInstance::getStartTime)
                        .thenComparing(visit -> ((HistoryEvent) visit).getSequenceCounter())
                        .thenComparing(HistoricActivityInstance::getId))
                .map(HistoricActivityInstance::getActivityId)
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private void count(Map<String, Long> weeks, HistoricProcessInstance run, String project) {
        String of = " | " + run.getProcessDefinitionId() + " | " + project + " | " + office(run.getBusinessKey());
        weeks.merge(week(run.getStartTime(), project) + of + " | begun", 1L, Long::sum);
        if (run.getEndTime() != null) {
            String ended = week(run.getEndTime(), project) + of + " | ";
            boolean finished = !run.getState().endsWith("TERMINATED");
            weeks.merge(ended + (finished ? "finished" : "cancelled"), 1L, Long::sum);
            add(weeks, ended + "seconds", seconds(run.getStartTime(), run.getEndTime()));
        }
    }

    private void count(
            Map<String, Long> weeks,
            HistoricActivityInstance step,
            @Nullable HistoricTaskInstance task,
            String project,
            String office) {
        if (step.getEndTime() == null || FRAME.matcher(step.getActivityType()).find()) {
            return;
        }
        String of = week(step.getEndTime(), project) + " | " + step.getProcessDefinitionId() + " | "
                + step.getActivityId() + " | " + project + " | " + office + " | ";
        weeks.merge(of + "visits", 1L, Long::sum);
        add(weeks, of + "cancelled", step.isCanceled() ? 1 : 0);
        add(weeks, of + "seconds", seconds(step.getStartTime(), step.getEndTime()));
        if (task != null && task.getDueDate() != null && !step.isCanceled()) {
            weeks.merge(of + "dated", 1L, Long::sum);
            add(weeks, of + "late", step.getEndTime().after(task.getDueDate()) ? 1 : 0);
        }
    }

    private static void add(Map<String, Long> weeks, String key, long some) {
        if (some != 0) {
            weeks.merge(key, some, Long::sum);
        }
    }

    private static long seconds(Date from, Date to) {
        return Math.round((to.getTime() - from.getTime()) / 1000.0);
    }

    /** What a page reads of weeks: the sums of the days that are summed, and the rows of those since. */
    private Map<String, Long> weeks() {
        Map<String, Long> weeks = new TreeMap<>();
        jdbc.sql("""
                        select x.week, x.definition_id, x.project_id, x.office, f.figure, sum(f.n) as n
                          from (select w.week, w.definition_id, w.project_id, w.office, w.begun, w.finished, w.cancelled, w.seconds
                                  from procedure_week w
                                union all
                                select p.week, p.definition_id, p.project_id, p.office, p.begun, p.finished, p.cancelled, p.seconds
                                  from procedure_week_part p where p.at >= %1$s) x
                         cross join lateral (values ('begun', x.begun), ('finished', x.finished), ('cancelled', x.cancelled),
                                                    ('seconds', x.seconds)) f (figure, n)
                         group by 1, 2, 3, 4, 5 having sum(f.n) <> 0
                        union all
                        select x.week, x.definition_id || ' | ' || x.element, x.project_id, x.office, f.figure, sum(f.n)
                          from (select w.week, w.definition_id, w.element, w.project_id, w.office, w.visits, w.cancelled, w.seconds,
                                       w.dated, w.late from procedure_step_week w
                                union all
                                select p.week, p.definition_id, p.element, p.project_id, p.office, p.visits, p.cancelled, p.seconds,
                                       p.dated, p.late from procedure_step_week_part p where p.at >= %1$s) x
                         cross join lateral (values ('visits', x.visits), ('cancelled', x.cancelled), ('seconds', x.seconds),
                                                    ('dated', x.dated), ('late', x.late)) f (figure, n)
                         group by 1, 2, 3, 4, 5 having sum(f.n) <> 0
                        """.formatted(Overview.SUMMED)).query(row -> {
            weeks.put(
                    String.join(
                            " | ",
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            String.valueOf(row.getString(4)),
                            row.getString(5)),
                    row.getLong(6));
        });
        return weeks;
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
                        instant(row, "due_at"),
                        String.valueOf(row.getString("office")),
                        String.valueOf(row.getString("path"))))
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
                        String.valueOf(row.getString("assignee")),
                        row.getString("project_id"),
                        String.valueOf(row.getString("office"))))
                .list();
    }

    Map<String, Integer> sums() {
        Map<String, Integer> sums = new HashMap<>();
        jdbc.sql("""
                        select kind, definition_id, project_id, coalesce(office, 'null'), key, sum(n) as n
                          from procedure_tally group by 1, 2, 3, 4, 5 having sum(n) <> 0
                        """).query(row -> {
            sums.put(
                    String.join(
                            " | ",
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5)),
                    row.getInt(6));
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
