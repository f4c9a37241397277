package org.ancora.process.monitor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads where one procedure waits, how long, how late, and along which paths it ends. */
@Component
class FlowFigures {

    /** Paths are read off so many of the procedures that ended last: enough to see what is common, few enough to be quick. */
    static final int PATHS_OF = 2_000;

    private static final int PATHS_SHOWN = 10;

    /** Frames around other steps; they would count what stands inside them once more. */
    static final String NO_FRAMES = " !~ '(ubProcess|multiInstanceBody)'";

    private static final String VISITS = """
            select x.definition_id, x.element, sum(x.visits) as visits, sum(x.cancelled) as cancelled,
                   sum(x.seconds) as seconds, sum(x.dated) as dated, sum(x.late) as late
              from (select x.definition_id, x.element, x.visits, x.cancelled, x.seconds, x.dated, x.late
                      from procedure_step_week x where x.week >= :since and %1$s
                    union all
                    select x.definition_id, x.element, x.visits, x.cancelled, x.seconds, x.dated, x.late
                      from procedure_step_week_part x where x.at >= greatest(:sinceAt, :summed) and x.at >= %2$s and x.week >= :since and %1$s%3$s) x
             group by x.definition_id, x.element
            """;

    private static final String VISITS_BEHIND_WALLS = """
             and x.run_id not in %1$s
                    union all
                    select x.definition_id, x.element, -x.visits, -x.cancelled, -x.seconds, -x.dated, -x.late
                      from procedure_step_week_part x
                     where x.run_id in %1$s and x.week >= :since and x.at < %2$s and %3$s""";

    /** Nobody can read how long a visit takes that still lasts; how long it lasted until now counts. */
    private static final String OPEN = """
            select x.definition_id, x.element, sum(x.open) as open, sum(x.late) as late, sum(x.calling) as calling,
                   sum(x.seconds) as seconds
              from (select x.definition_id, x.element, count(*) as open, count(*) filter (where x.due_at < :now) as late,
                           0 as calling, sum(extract(epoch from :now - x.entered_at))::bigint as seconds
                      from procedure_step x
                     where x.left_at is null and x.kind%1$s and %2$s%3$s
                     group by x.definition_id, x.element
                    union all
                    select x.definition_id, x.element, 0, 0, count(*), 0
                      from %4$s x where %2$s
                     group by x.definition_id, x.element) x
             group by x.definition_id, x.element
            """;

    /**
     * Open calls of other procedures in which a task is late, however deep. Found from the late tasks, which are few, through
     * each open call of theirs; the engine alone knows which procedure was begun by which call.
     */
    private static final String CALLING_LATE = """
            (with recursive within as (
                 select x.run_id, x.instance_id, null::text as id, null::text as definition_id, null::text as element,
                        x.project_id, x.office
                   from procedure_step x
                  where x.left_at is null and x.due_at < :now and x.instance_id <> x.run_id and %s%s
                 union
                 select s.run_id, s.instance_id, s.id, s.definition_id, s.element, s.project_id, s.office
                   from within w
                   join procedure_step s on s.run_id = w.run_id and s.left_at is null and s.kind = 'callActivity'
                   join engine.act_hi_actinst a on a.id_ = s.id and a.call_proc_inst_id_ = w.instance_id)
             select * from within where id is not null)""";

    private static final String FAILURES = """
            select i.proc_def_id_, i.activity_id_, count(distinct x.id)
              from procedure_run x
              join engine.act_hi_incident i on i.root_proc_inst_id_ = x.id and i.incident_state_ = 0
             where x.failures > 0 and coalesce(i.root_cause_incident_id_, i.id_) = i.id_
               and i.proc_def_id_ = any(:definitions) and %s
             group by i.proc_def_id_, i.activity_id_
            """;

    private static final String PATHS = """
            select p.path, count(*) as n, percentile_cont(0.5) within group (order by p.seconds) as median,
                   percentile_disc(0.9) within group (order by p.seconds) as slow, p.way
              from (select x.path, %s as way, extract(epoch from x.ended_at - x.began_at) as seconds
                      from procedure_run x
                     where x.process_key = :process and x.ended_at >= :sinceWhen and %s
                     order by x.ended_at desc, x.id desc limit %d) p
             where p.path is not null
             group by p.path, p.way
            """;

    private final JdbcClient jdbc;
    private final Overview overview;

    FlowFigures(JdbcClient jdbc, Overview overview) {
        this.jdbc = jdbc;
        this.overview = overview;
    }

    /**
     * One step of one version, over a period that reaches to now.
     *
     * @param visits how often it was left in the period, {@code cancelled} of them given up, or is being visited still
     * @param seconds spent there by all of them until now
     * @param dated how many of those had an end by which to be done that came, {@code late} of them were not done by it; what
     *     is still ahead of its end counts as neither
     * @param open how many are there now, {@code openLate} of them past their end, or calling a procedure in which a task is
     * @param failed how many could not go on
     */
    record Step(
            String definition,
            String element,
            int visits,
            int cancelled,
            long seconds,
            int dated,
            int late,
            int open,
            int openLate,
            int failed) {

        static Step none(String definition, String element) {
            return new Step(definition, element, 0, 0, 0, 0, 0, 0, 0, 0);
        }

        Step and(Step other) {
            return new Step(
                    definition,
                    element,
                    visits + other.visits,
                    cancelled + other.cancelled,
                    seconds + other.seconds,
                    dated + other.dated,
                    late + other.late,
                    open + other.open,
                    openLate + other.openLate,
                    failed + other.failed);
        }

        /** How long one stays there, in seconds; 0 where nobody came in the period. */
        long mean() {
            return visits == 0 ? 0 : seconds / visits;
        }

        /** How many of a hundred were not done by their end. */
        int lateness() {
            return dated == 0 ? 0 : (int) Math.round(100.0 * late / dated);
        }
    }

    /**
     * A way that procedures took.
     *
     * @param steps in the order of their first visit
     * @param way as {@link Instances#WAY} says it
     * @param medianSeconds that half of them took at most, {@code slowSeconds} nine of ten
     */
    record Path(List<String> steps, String way, int procedures, long medianSeconds, long slowSeconds) {}

    /** Paths of the procedures that ended last. */
    record Paths(List<Path> commonest, List<Path> slowest, int of) {}

    /** The steps that anybody visited or stands at, of all versions asked for. */
    List<Step> steps(Watched watched) {
        Map<String, Step> steps = new HashMap<>();
        String behind = watched.hasWalls()
                ? VISITS_BEHIND_WALLS.formatted(Watched.walled(), Overview.SUMMED, watched.rows("x"))
                : "";
        jdbc.sql(VISITS.formatted(watched.rows("x"), Overview.SUMMED, behind))
                .params(params(watched))
                .query(row -> {
                    add(
                            steps,
                            new Step(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getInt("visits"),
                                    row.getInt("cancelled"),
                                    row.getLong("seconds"),
                                    row.getInt("dated"),
                                    row.getInt("late"),
                                    0,
                                    0,
                                    0));
                });
        open(watched).forEach(step -> add(steps, step));
        jdbc.sql(FAILURES.formatted(watched.placed("x") + watched.beyondWalls("x")))
                .params(params(watched))
                .query(row -> {
                    String element = row.getString(2);
                    if (element != null) {
                        add(steps, new Step(row.getString(1), element, 0, 0, 0, 0, 0, 0, 0, row.getInt(3)));
                    }
                });
        return steps.values().stream()
                .filter(step -> step.visits() > 0 || step.open() > 0 || step.failed() > 0)
                .sorted(Comparator.comparing(Step::element))
                .toList();
    }

    /** Where procedures of these versions stand now. */
    List<Step> open(Watched watched) {
        String walls = watched.hasWalls() ? " and x.run_id not in " + Watched.walled() : "";
        return jdbc.sql(OPEN.formatted(NO_FRAMES, watched.rows("x"), walls, callingLate(watched)))
                .params(params(watched))
                .query((row, number) -> new Step(
                        row.getString(1),
                        row.getString(2),
                        row.getInt("open"),
                        0,
                        row.getLong("seconds"),
                        row.getInt("late"),
                        row.getInt("late"),
                        row.getInt("open"),
                        row.getInt("late") + row.getInt("calling"),
                        0))
                .list();
    }

    /** A select, for a statement's {@code from}, of the open calls in which a task is late, with the columns of a step. */
    static String callingLate(Watched watched) {
        return CALLING_LATE.formatted(
                watched.placed("x"), watched.hasWalls() ? " and x.run_id not in " + Watched.walled() : "");
    }

    private static void add(Map<String, Step> steps, Step some) {
        steps.merge(some.definition() + " " + some.element(), some, Step::and);
    }

    Paths paths(Watched watched, String process) {
        List<Path> all = new ArrayList<>(jdbc.sql(PATHS.formatted(Instances.WAY, watched.runs("x"), PATHS_OF))
                .params(params(watched))
                .param("process", process)
                .query((row, number) -> new Path(
                        Arrays.asList(row.getString("path").split(" ", -1)),
                        row.getString("way"),
                        row.getInt("n"),
                        row.getLong("median"),
                        row.getLong("slow")))
                .list());
        return new Paths(
                all.stream()
                        .sorted(Comparator.comparingInt(Path::procedures)
                                .reversed()
                                .thenComparing(path -> String.join(" ", path.steps())))
                        .limit(PATHS_SHOWN)
                        .toList(),
                all.stream()
                        .sorted(Comparator.comparingLong(Path::medianSeconds)
                                .reversed()
                                .thenComparing(path -> String.join(" ", path.steps())))
                        .limit(PATHS_SHOWN)
                        .toList(),
                all.stream().mapToInt(Path::procedures).sum());
    }

    /** How many procedures are late now, as the overview counts them. */
    int late(Watched watched) {
        return overview.late(watched);
    }

    /** What began and ended in the period, by version. */
    Map<String, Overview.Flow> versions(Watched watched) {
        Map<String, Overview.Flow> versions = new HashMap<>();
        overview.versions(watched)
                .forEach(part -> versions.merge(
                        part.definition(),
                        new Overview.Flow(
                                part.definition(),
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                part.begun(),
                                part.finished(),
                                part.cancelled(),
                                part.seconds()),
                        Overview.Flow::and));
        return versions;
    }

    private Map<String, Object> params(Watched watched) {
        Map<String, Object> params = overview.params(watched);
        params.put("sinceWhen", watched.since().atStartOfDay(watched.zone()).toOffsetDateTime());
        return params;
    }
}
