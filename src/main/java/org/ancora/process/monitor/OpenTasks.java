package org.ancora.process.monitor;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ancora.access.ProjectId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lists open tasks one by one: those that the overview counts by day, by age and by person. */
@Component
class OpenTasks {

    static final int PAGE = 50;
    static final int COUNTED_UP_TO = 1_000;

    /** As an address names whoever has what nobody has. */
    static final String NOBODY = "nobody";

    /** Of each bucket of the overview, how many weeks a task is open at most. */
    private static final Map<Integer, Integer> AGES = Map.of(0, 0, 1, 1, 2, 3, 4, 7, 8, 5_000);

    private static final String TASKS = """
             from procedure_step x
             join procedure_run r on r.id = x.run_id
             left join project p on p.id = r.project_id
             left join account a on a.id = x.assignee
            where x.left_at is null and x.kind = 'userTask' and r.ended_at is null and %s and %s""";

    private static final String WEEKS_OPEN =
            "(:today - date_trunc('week', x.entered_at at time zone coalesce(p.zone, 'UTC'))::date) / 7";

    private static final String DUE_DAY = "(x.due_at at time zone coalesce(p.zone, 'UTC'))::date";

    private final JdbcClient jdbc;

    OpenTasks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What the list is asked for.
     *
     * @param worker a person's id, or {@link #NOBODY}; empty for anybody
     * @param due {@code late}, {@code week} for the seven days from today on, or one day; empty for any
     * @param age the least weeks of one of the overview's ages; null for any
     */
    record Wanted(String worker, String due, @Nullable Integer age) {

        /** Reads an address; what nobody could have chosen counts as not asked. */
        static Wanted of(Map<String, String> typed) {
            String worker = typed.getOrDefault("worker", "");
            String due = typed.getOrDefault("due", "");
            String age = typed.getOrDefault("age", "");
            return new Wanted(
                    worker.equals(NOBODY) || worker.matches("[0-9]{1,18}") ? worker : "",
                    due.equals("late") || due.equals("week") || isDay(due) ? due : "",
                    age.matches("[0-9]") && AGES.containsKey(Integer.valueOf(age)) ? Integer.valueOf(age) : null);
        }

        private static boolean isDay(String typed) {
            try {
                return typed.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}") && LocalDate.parse(typed) != null;
            } catch (DateTimeException noDay) {
                return false;
            }
        }

        Map<String, String> parameters() {
            Map<String, String> parameters = new LinkedHashMap<>();
            if (!worker.isEmpty()) {
                parameters.put("worker", worker);
            }
            if (!due.isEmpty()) {
                parameters.put("due", due);
            }
            if (age != null) {
                parameters.put("age", age.toString());
            }
            return parameters;
        }
    }

    /**
     * One task.
     *
     * @param id of this visit of its step
     * @param run the procedure that was begun for the case, to which it belongs
     * @param worker who has it; null for nobody
     */
    record Task(
            String id,
            String run,
            String definition,
            String element,
            String process,
            ProjectId project,
            @Nullable String caseCode,
            @Nullable String worker,
            Instant since,
            @Nullable Instant due) {

        boolean late(Instant now) {
            return due != null && due.isBefore(now);
        }
    }

    /** The last row of a page, after which the next one begins; those that are due at no time come last. */
    record After(@Nullable Instant due, Instant since, String id) {

        private static final String NEVER = "-";

        static Optional<After> of(String typed) {
            String[] parts = typed.split("_", 3);
            return parts.length == 3
                            && parts[0].matches("-|-?[0-9]{1,17}")
                            && parts[1].matches("-?[0-9]{1,17}")
                            && parts[2].matches("[A-Za-z0-9_.:-]{1,300}")
                    ? Optional.of(new After(
                            parts[0].equals(NEVER) ? null : Instant.ofEpochMilli(Long.parseLong(parts[0])),
                            Instant.ofEpochMilli(Long.parseLong(parts[1])),
                            parts[2]))
                    : Optional.empty();
        }

        String text() {
            return (due == null ? NEVER : String.valueOf(due.toEpochMilli())) + "_" + since.toEpochMilli() + "_" + id;
        }
    }

    /** A page of the list; {@code next} is null on the last one. */
    record Page(List<Task> tasks, @Nullable After next) {}

    /** The tasks, those due first before the others. */
    Page page(Watched watched, Wanted wanted, Optional<After> after, int limit) {
        Map<String, Object> params = params(watched, wanted);
        after.ifPresent(last -> {
            Instant due = last.due();
            params.put("afterDue", due == null ? null : due.atOffset(ZoneOffset.UTC));
            params.put("afterSince", last.since().atOffset(ZoneOffset.UTC));
            params.put("afterId", last.id());
        });
        List<Task> tasks = new ArrayList<>(jdbc.sql("""
                        select x.id, x.run_id, x.definition_id, x.element, x.entered_at, x.due_at, r.process_key, r.project_id,
                               r.case_code, a.name as worker
                        """ + TASKS.formatted(watched.placed("x"), where(watched, wanted))
                        + after.map(OpenTasks::beyond).orElse("") + " order by x.due_at, x.entered_at, x.id limit "
                        + (limit + 1))
                .params(params)
                .query(OpenTasks::task)
                .list());
        if (tasks.size() <= limit) {
            return new Page(tasks, null);
        }
        tasks.remove(limit);
        Task last = tasks.get(limit - 1);
        return new Page(tasks, new After(last.due(), last.since(), last.id()));
    }

    private static String beyond(After last) {
        String since = "(x.entered_at, x.id) > (cast(:afterSince as timestamptz), :afterId)";
        return last.due() == null
                ? " and x.due_at is null and " + since
                : " and (x.due_at > cast(:afterDue as timestamptz) or x.due_at is null or (x.due_at = cast(:afterDue as timestamptz) and "
                        + since + "))";
    }

    /** How many there are, at most one more than {@link #COUNTED_UP_TO}. */
    int count(Watched watched, Wanted wanted) {
        return jdbc.sql("select count(*) from (select 1 " + TASKS.formatted(watched.placed("x"), where(watched, wanted))
                        + " limit " + (COUNTED_UP_TO + 1) + ") y")
                .params(params(watched, wanted))
                .query(Integer.class)
                .single();
    }

    private static String where(Watched watched, Wanted wanted) {
        StringBuilder sql = new StringBuilder(watched.runs("r"));
        if (!wanted.worker().isEmpty()) {
            sql.append(wanted.worker().equals(NOBODY) ? " and x.assignee is null" : " and x.assignee = :worker");
        }
        sql.append(
                switch (wanted.due()) {
                    case "" -> "";
                    case "late" -> " and x.due_at < :now";
                    case "week" -> " and " + DUE_DAY + " between :today and :today + 6";
                    default -> " and " + DUE_DAY + " = :dueDay";
                });
        if (wanted.age() != null) {
            sql.append(" and ").append(WEEKS_OPEN).append(" between :weeks and :mostWeeks");
        }
        return sql.toString();
    }

    private static Map<String, Object> params(Watched watched, Wanted wanted) {
        Map<String, Object> params = watched.params();
        params.put("today", watched.today());
        if (wanted.worker().matches("[0-9]+")) {
            params.put("worker", Long.valueOf(wanted.worker()));
        }
        if (wanted.due().matches("[0-9-]+")) {
            params.put("dueDay", LocalDate.parse(wanted.due()));
        }
        Integer age = wanted.age();
        if (age != null) {
            params.put("weeks", age == 0 ? -1 : age);
            params.put("mostWeeks", AGES.getOrDefault(age, age));
        }
        return params;
    }

    private static Task task(ResultSet row, int number) throws SQLException {
        Timestamp due = row.getTimestamp("due_at");
        return new Task(
                row.getString("id"),
                row.getString("run_id"),
                row.getString("definition_id"),
                row.getString("element"),
                row.getString("process_key"),
                new ProjectId(row.getLong("project_id")),
                row.getString("case_code"),
                row.getString("worker"),
                row.getTimestamp("entered_at").toInstant(),
                due == null ? null : due.toInstant());
    }
}
