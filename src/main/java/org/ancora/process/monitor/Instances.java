package org.ancora.process.monitor;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Lists procedures one by one, the youngest first. Each project's own index gives its few first rows in order, so that the
 * longest list costs no more than a short one.
 */
@Component
class Instances {

    static final int PAGE = 50;
    static final int COUNTED_UP_TO = 1_000;

    /** As the sums count it: in the zone of the project. */
    private static final String OF_PERIOD = """
             and x.ended_at >= :sinceAt and (x.ended_at at time zone
                 coalesce((select p.zone from project p where p.id = x.project_id), 'UTC'))::date >= :since""";

    private final JdbcClient jdbc;

    Instances(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Which procedures are shown. */
    enum State {
        OPEN,
        LATE,
        FAILED,
        WORKING,
        WAITING,
        SUSPENDED,
        FINISHED,
        CANCELLED,
        ALL;

        String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static State of(String code) {
            return Arrays.stream(values())
                    .filter(state -> state.code().equals(code))
                    .findFirst()
                    .orElse(OPEN);
        }
    }

    /**
     * What a list is asked for.
     *
     * @param step at which a procedure must stand now; null for any
     * @param olderThanDays how many days ago it began at least; 0 for any
     * @param text a case code, or how one begins; empty for any
     */
    record Wanted(State state, @Nullable Place step, int olderThanDays, String text) {

        static Wanted of(Map<String, String> typed) {
            String step = typed.getOrDefault("step", "");
            String days = typed.getOrDefault("days", "");
            String text = typed.getOrDefault("q", "").strip();
            return new Wanted(
                    State.of(typed.getOrDefault("state", "")),
                    Place.of(step).orElse(null),
                    days.matches("[0-9]{1,4}") ? Integer.parseInt(days) : 0,
                    text.length() > 60 ? text.substring(0, 60) : text);
        }

        Map<String, String> parameters() {
            Map<String, String> parameters = new LinkedHashMap<>();
            if (state != State.OPEN) {
                parameters.put("state", state.code());
            }
            if (step != null) {
                parameters.put("step", step.text());
            }
            if (olderThanDays > 0) {
                parameters.put("days", String.valueOf(olderThanDays));
            }
            if (!text.isEmpty()) {
                parameters.put("q", text);
            }
            return parameters;
        }
    }

    /**
     * A step of a procedure, which may be called by another.
     *
     * @param process null for whichever has such an element
     * @param version of that procedure; null for all
     */
    record Place(@Nullable String process, @Nullable Integer version, String element) {

        private static final Pattern TEXT =
                Pattern.compile("(?:([a-z][a-z0-9-]{0,99})(?::([0-9]{1,6}))?/)?([A-Za-z_][A-Za-z0-9_.-]{0,199})");

        static Optional<Place> of(String typed) {
            Matcher parts = TEXT.matcher(typed);
            return parts.matches()
                    ? Optional.of(new Place(
                            parts.group(1),
                            parts.group(2) == null ? null : Integer.valueOf(parts.group(2)),
                            parts.group(3)))
                    : Optional.empty();
        }

        String text() {
            return (process == null ? "" : process + (version == null ? "" : ":" + version) + "/") + element;
        }
    }

    /** The last row of a page, after which the next one begins. */
    record After(Instant began, String id) {

        static Optional<After> of(String typed) {
            String[] parts = typed.split("_", 2);
            return parts.length == 2 && parts[0].matches("-?[0-9]{1,17}") && parts[1].matches("[A-Za-z0-9-]{1,64}")
                    ? Optional.of(new After(Instant.ofEpochMilli(Long.parseLong(parts[0])), parts[1]))
                    : Optional.empty();
        }

        String text() {
            return began.toEpochMilli() + "_" + id;
        }
    }

    /** Where a procedure stands, perhaps in one that it called. */
    record Present(
            String definition,
            String element,
            Instant since,
            @Nullable Instant due) {}

    /** One procedure. */
    record Run(
            String id,
            String process,
            int version,
            String definition,
            ProjectId project,
            @Nullable String caseCode,
            Instant began,
            @Nullable Instant ended,
            String state,
            @Nullable String ending,
            int failures,
            @Nullable Instant due,
            List<Present> present) {

        boolean late(Instant now) {
            return ended == null && due != null && due.isBefore(now);
        }
    }

    /** A page of the list; {@code next} is null on the last one. */
    record Page(List<Run> runs, @Nullable After next) {}

    Page page(Watched watched, Wanted wanted, Optional<After> after, int limit) {
        Map<String, Object> params = params(watched, wanted);
        String from = "";
        if (after.isPresent()) {
            from = " and (x.began_at, x.id) < (cast(:afterBegan as timestamptz), :afterId)";
            params.put("afterBegan", after.get().began().atOffset(ZoneOffset.UTC));
            params.put("afterId", after.get().id());
        }
        List<Run> runs = new ArrayList<>(jdbc.sql("""
                        select x.* from unnest(:eachProject::bigint[]) as d(project_id)
                          cross join lateral (
                              select x.* from procedure_run x where x.project_id = d.project_id and %s%s
                               order by x.began_at desc, x.id desc limit %d) x
                         order by x.began_at desc, x.id desc limit %d
                        """.formatted(where(watched, wanted), from, limit + 1, limit + 1))
                .params(params)
                .query(Instances::run)
                .list());
        After next = null;
        if (runs.size() > limit) {
            runs.remove(limit);
            Run last = runs.get(limit - 1);
            next = new After(last.began(), last.id());
        }
        Map<String, List<Present>> present = present(
                runs.stream().filter(run -> run.ended() == null).map(Run::id).toList());
        return new Page(
                runs.stream()
                        .map(run -> standing(run, present.getOrDefault(run.id(), List.of())))
                        .toList(),
                next);
    }

    /** The ids of all of them, the youngest first, at most so many. */
    List<String> ids(Watched watched, Wanted wanted, int most) {
        return jdbc.sql("""
                        select x.id from unnest(:eachProject::bigint[]) as d(project_id)
                          cross join lateral (
                              select x.id, x.began_at from procedure_run x where x.project_id = d.project_id and %s
                               order by x.began_at desc, x.id desc limit %d) x
                         order by x.began_at desc, x.id desc limit %d
                        """.formatted(where(watched, wanted), most, most))
                .params(params(watched, wanted))
                .query(String.class)
                .list();
    }

    private static Run standing(Run run, List<Present> present) {
        return new Run(
                run.id(),
                run.process(),
                run.version(),
                run.definition(),
                run.project(),
                run.caseCode(),
                run.began(),
                run.ended(),
                run.state(),
                run.ending(),
                run.failures(),
                run.due(),
                present);
    }

    /** How many there are, at most one more than {@link #COUNTED_UP_TO}. */
    int count(Watched watched, Wanted wanted) {
        return jdbc.sql("""
                        select count(*) from (
                            select 1 from unnest(:eachProject::bigint[]) as d(project_id)
                              cross join lateral (
                                  select 1 from procedure_run x where x.project_id = d.project_id and %s limit %d) y
                             limit %d) z
                        """.formatted(where(watched, wanted), COUNTED_UP_TO + 1, COUNTED_UP_TO + 1))
                .params(params(watched, wanted))
                .query(Integer.class)
                .single();
    }

    /** The innermost places at which these procedures stand. */
    private Map<String, List<Present>> present(Collection<String> runs) {
        Map<String, List<Present>> present = new HashMap<>();
        if (runs.isEmpty()) {
            return present;
        }
        jdbc.sql("""
                        select s.run_id, s.definition_id, s.element, s.entered_at, s.due_at from procedure_step s
                         where s.run_id = any(:runs) and s.left_at is null
                           and s.kind !~ '(ubProcess|multiInstanceBody|callActivity)'
                         order by s.entered_at, s.id
                        """).param("runs", runs.toArray(String[]::new)).query(row -> {
            Timestamp due = row.getTimestamp("due_at");
            present.computeIfAbsent(row.getString("run_id"), any -> new ArrayList<>())
                    .add(new Present(
                            row.getString("definition_id"),
                            row.getString("element"),
                            row.getTimestamp("entered_at").toInstant(),
                            due == null ? null : due.toInstant()));
        });
        return present;
    }

    private static String where(Watched watched, Wanted wanted) {
        StringBuilder sql = new StringBuilder(watched.runs("x"));
        sql.append(
                switch (wanted.state()) {
                    case OPEN -> " and x.ended_at is null";
                    case LATE -> " and x.ended_at is null and x.due_at < :now";
                    case ALL -> "";
                    case FINISHED, CANCELLED ->
                        " and x.state = '" + wanted.state().code() + "'" + OF_PERIOD;
                    default -> " and x.state = '" + wanted.state().code() + "'";
                });
        if (watched.asked().flow() != null) {
            sql.append(" and x.process_key = :process");
        }
        Place step = wanted.step();
        if (step != null) {
            sql.append(" and x.id in (select s.run_id from procedure_step s"
                    + " where s.left_at is null and s.kind" + FlowFigures.NO_FRAMES
                    + " and s.element = :step and s.project_id = x.project_id"
                    + (step.process() == null
                            ? ")"
                            : " and s.definition_id in (select d.id_ from engine.act_re_procdef d where d.key_ = :stepOf"
                                    + (step.version() == null ? "" : " and d.version_ = :stepVersion") + "))"));
        }
        if (wanted.olderThanDays() > 0) {
            sql.append(" and x.began_at < :oldest");
        }
        if (!wanted.text().isEmpty()) {
            sql.append(" and x.case_code ilike :text");
        }
        return sql.toString();
    }

    private static Map<String, Object> params(Watched watched, Wanted wanted) {
        Map<String, Object> params = watched.params();
        Viewer viewer = watched.viewer();
        params.put(
                "eachProject",
                viewer.projects(Permission.WATCH_PROCEDURES).stream()
                        .map(ProjectId::value)
                        .toArray(Long[]::new));
        String process = watched.asked().flow();
        if (process != null) {
            params.put("process", process);
        }
        Place step = wanted.step();
        if (step != null) {
            params.put("step", step.element());
            params.put("stepOf", step.process());
            params.put("stepVersion", step.version());
        }
        params.put(
                "oldest",
                watched.now().minus(Duration.ofDays(wanted.olderThanDays())).atOffset(ZoneOffset.UTC));
        params.put("text", wanted.text().replaceAll("([\\\\%_])", "\\\\$1") + "%");
        return params;
    }

    private static Run run(ResultSet row, int number) throws SQLException {
        Timestamp ended = row.getTimestamp("ended_at");
        Timestamp due = row.getTimestamp("due_at");
        return new Run(
                row.getString("id"),
                row.getString("process_key"),
                row.getInt("version"),
                row.getString("definition_id"),
                new ProjectId(row.getLong("project_id")),
                row.getString("case_code"),
                row.getTimestamp("began_at").toInstant(),
                ended == null ? null : ended.toInstant(),
                row.getString("state"),
                row.getString("ending"),
                row.getInt("failures"),
                due == null ? null : due.toInstant(),
                List.of());
    }
}
