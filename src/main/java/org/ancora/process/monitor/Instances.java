package org.ancora.process.monitor;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
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
             and x.%1$s >= :fromAt and (x.%1$s at time zone
                 coalesce((select p.zone from project p where p.id = x.project_id), 'UTC'))::date between :from and :to""";

    private static final String FAILED_AT = """
             and x.failures > 0 and x.id in (
                 select i.root_proc_inst_id_ from engine.act_hi_incident i
                  where i.incident_state_ = 0 and coalesce(i.root_cause_incident_id_, i.id_) = i.id_
                    and i.activity_id_ = :step%s)""";

    /** Ways are told apart by this of their steps: the steps themselves are too long for an address. */
    static final String WAY = "md5(x.path)";

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
        BEGUN,
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

        /** Whether it is about a period. */
        boolean isPast() {
            return this == BEGUN || this == FINISHED || this == CANCELLED;
        }
    }

    /** Which of those at a step are meant. */
    enum Standing {
        HERE,
        LATE,
        FAILED;

        String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * What a list is asked for.
     *
     * @param step at which a procedure must stand now; null for any
     * @param olderThanDays how many days ago it began at least; 0 for any
     * @param text a case code, or how one begins; empty for any
     * @param week the Monday of the one week of the period that is meant; null for the whole period
     * @param way of those that ended in the period, which way they must have taken, as {@link #WAY} says it; null for any
     */
    record Wanted(
            State state,
            @Nullable Place step,
            int olderThanDays,
            String text,
            @Nullable LocalDate week,
            @Nullable String way) {

        static Wanted of(Map<String, String> typed) {
            String step = typed.getOrDefault("step", "");
            String days = typed.getOrDefault("days", "");
            String text = typed.getOrDefault("q", "").strip();
            String way = typed.getOrDefault("way", "");
            return new Wanted(
                    State.of(typed.getOrDefault("state", "")),
                    Place.of(step).orElse(null),
                    days.matches("[0-9]{1,4}") ? Integer.parseInt(days) : 0,
                    text.length() > 60 ? text.substring(0, 60) : text,
                    monday(typed.getOrDefault("week", "")),
                    way.matches("[0-9a-f]{32}") ? way : null);
        }

        private static @Nullable LocalDate monday(String typed) {
            try {
                return typed.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")
                        ? LocalDate.parse(typed).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                        : null;
            } catch (DateTimeException noDay) {
                return null;
            }
        }

        /** Whether it is about a period. */
        boolean isPast() {
            return state.isPast() || way != null;
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
            if (week != null) {
                parameters.put("week", week.toString());
            }
            if (way != null) {
                parameters.put("way", way);
            }
            return parameters;
        }
    }

    /**
     * A step of a procedure, which may be called by another.
     *
     * @param process null for whichever has such an element
     * @param version of that procedure; null for all
     * @param standing which of those that stand there
     */
    record Place(@Nullable String process, @Nullable Integer version, String element, Standing standing) {

        private static final Pattern TEXT = Pattern.compile("(?:([a-z][a-z0-9-]{0,99})(?::([0-9]{1,6}))?/)?"
                + "([A-Za-z_][A-Za-z0-9_.-]{0,199})(?:~(late|failed))?");

        static Optional<Place> of(String typed) {
            Matcher parts = TEXT.matcher(typed);
            return parts.matches()
                    ? Optional.of(new Place(
                            parts.group(1),
                            parts.group(2) == null ? null : Integer.valueOf(parts.group(2)),
                            parts.group(3),
                            parts.group(4) == null
                                    ? Standing.HERE
                                    : Standing.valueOf(parts.group(4).toUpperCase(java.util.Locale.ROOT))))
                    : Optional.empty();
        }

        String text() {
            return (process == null ? "" : process + (version == null ? "" : ":" + version) + "/")
                    + element
                    + (standing == Standing.HERE ? "" : "~" + standing.code());
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
            String kind,
            Instant since,
            @Nullable Instant due) {

        /** Whether it stands there until something happens that the place is named after. */
        boolean isAwaited() {
            return kind.startsWith("intermediate") && !kind.contains("Throw");
        }
    }

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
                        select s.run_id, s.definition_id, s.element, s.kind, s.entered_at, s.due_at from procedure_step s
                         where s.run_id = any(:runs) and s.left_at is null
                           and s.kind !~ '(ubProcess|multiInstanceBody|callActivity)'
                         order by s.entered_at, s.id
                        """).param("runs", runs.toArray(String[]::new)).query(row -> {
            Timestamp due = row.getTimestamp("due_at");
            present.computeIfAbsent(row.getString("run_id"), any -> new ArrayList<>())
                    .add(new Present(
                            row.getString("definition_id"),
                            row.getString("element"),
                            row.getString("kind"),
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
                    case BEGUN -> " " + OF_PERIOD.formatted("began_at");
                    case FINISHED, CANCELLED ->
                        " and x.state = '" + wanted.state().code() + "' " + OF_PERIOD.formatted("ended_at");
                    default -> " and x.state = '" + wanted.state().code() + "'";
                });
        if (watched.asked().flow() != null) {
            sql.append(" and x.process_key = :process");
        }
        if (wanted.way() != null) {
            sql.append(" and x.ended_at >= :sinceWhen and ").append(WAY).append(" = :way");
        }
        Place step = wanted.step();
        if (step != null) {
            sql.append(at(step, watched));
        }
        if (wanted.olderThanDays() > 0) {
            sql.append(" and x.began_at < :oldest");
        }
        if (!wanted.text().isEmpty()) {
            sql.append(" and x.case_code ilike :text");
        }
        return sql.toString();
    }

    /** That a procedure stands at this step now, late there, or could not do it. */
    private static String at(Place step, Watched watched) {
        String versions = step.process() == null
                ? ""
                : " in (select d.id_ from engine.act_re_procdef d where d.key_ = :stepOf"
                        + (step.version() == null ? "" : " and " + Definitions.NUMBER + " = :stepVersion") + ")";
        if (step.standing() == Standing.FAILED) {
            return " " + FAILED_AT.formatted(versions.isEmpty() ? "" : " and i.proc_def_id_" + versions);
        }
        String there = " and x.id in (select s.run_id from procedure_step s where s.left_at is null and s.kind"
                + FlowFigures.NO_FRAMES + " and s.element = :step and s.project_id = x.project_id"
                + (versions.isEmpty() ? "" : " and s.definition_id" + versions);
        return step.standing() == Standing.HERE
                ? there + ")"
                : there + " and s.due_at < :now union all select s.run_id from " + FlowFigures.callingLate(watched)
                        + " s where s.element = :step"
                        + (versions.isEmpty() ? "" : " and s.definition_id" + versions) + ")";
    }

    private static Map<String, Object> params(Watched watched, Wanted wanted) {
        Map<String, Object> params = watched.params();
        LocalDate week = wanted.week();
        LocalDate from = week == null ? watched.since() : week;
        params.put("from", from);
        params.put("to", week == null ? watched.today().plusDays(1) : week.plusDays(6));
        params.put("fromAt", from.atStartOfDay(watched.zone()).minusDays(1).toOffsetDateTime());
        params.put("sinceWhen", watched.since().atStartOfDay(watched.zone()).toOffsetDateTime());
        params.put("way", wanted.way());
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
