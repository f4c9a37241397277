package org.ancora.process.monitor;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ancora.access.OncePerPage;
import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the figures of the overview: sums where they are kept, rows only for what no sum can know. */
@Component
class Overview {

    private static final int DAYS_AHEAD = 7;

    /** Only what a page can show: of dates those of the days ahead, of what is late whether its day has passed. */
    private static final String TALLIES = """
            select t.kind, t.definition, t.key, sum(t.n) as n
              from (select x.kind, case when x.kind in ('state', 'late') then x.definition_id end as definition,
                           case when x.kind <> 'late' then x.key end as key, sum(x.n) as n
                      from procedure_tally x
                     where %1$s and %2$s
                     group by 1, 2, 3%3$s) t
             group by 1, 2, 3
            """;

    private static final String LATE_ASKED = "(x.kind = 'late' and x.key < :day::text)";

    private static final String TALLIES_ASKED = """
            (x.kind in ('state', 'age', 'worker') or %s
             or (x.kind = 'due' and x.key >= :today::text and x.key < :ahead::text))""".formatted(LATE_ASKED);

    /** What a wall hides is taken off again. */
    private static final String TALLIES_BEHIND_WALLS = """

                    union all
                    select x.kind, case when x.kind in ('state', 'late') then x.definition_id end,
                           case when x.kind <> 'late' then x.key end, -count(*)
                      from procedure_share x where x.run_id in %s and %s and %s
                     group by 1, 2, 3""";

    private static final String WEEKS = """
            select x.week, x.definition_id, sum(x.begun) as begun, sum(x.finished) as finished,
                   sum(x.cancelled) as cancelled, sum(x.seconds) as seconds
              from (select x.week, x.definition_id, x.begun, x.finished, x.cancelled, x.seconds
                      from procedure_week x where x.week >= :since and %1$s
                    union all
                    select x.week, x.definition_id, x.begun, x.finished, x.cancelled, x.seconds
                      from procedure_week_part x where x.at >= greatest(:sinceAt, :summed) and x.at >= %2$s and x.week >= :since and %3$s%4$s) x
             group by x.week, x.definition_id
            """;

    private static final String WEEKS_BEHIND_WALLS = """

                    union all
                    select x.week, x.definition_id, -x.begun, -x.finished, -x.cancelled, -x.seconds
                      from procedure_week_part x
                     where x.run_id in %s and x.week >= :since and x.at < %s and %s""";

    /** Where the sums end and the rows begin. */
    static final String SUMMED =
            "coalesce((select s.next::timestamp at time zone 'UTC' from procedure_summed s), '-infinity'::timestamptz)";

    private final JdbcClient jdbc;
    private final Definitions definitions;

    Overview(JdbcClient jdbc, Definitions definitions) {
        this.jdbc = jdbc;
        this.definitions = definitions;
    }

    /**
     * One procedure in figures.
     *
     * @param running all that go on; {@code working}, {@code waiting}, {@code failed} and {@code suspended} are parts of it,
     *     {@code late} is counted besides
     * @param seconds that those took which ended in the period, together
     */
    record Flow(
            String key,
            int running,
            int working,
            int waiting,
            int late,
            int failed,
            int suspended,
            int begun,
            int finished,
            int cancelled,
            long seconds) {

        static Flow none(String key) {
            return new Flow(key, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        }

        Flow and(Flow other) {
            return new Flow(
                    key,
                    running + other.running,
                    working + other.working,
                    waiting + other.waiting,
                    late + other.late,
                    failed + other.failed,
                    suspended + other.suspended,
                    begun + other.begun,
                    finished + other.finished,
                    cancelled + other.cancelled,
                    seconds + other.seconds);
        }
    }

    /** One week: what was begun and what ended. */
    record Week(LocalDate monday, int begun, int finished, int cancelled) {}

    /** How many open tasks fall due on a day. */
    record Day(LocalDate day, int due) {}

    /** Open tasks by how long they are open: up to one week, two, four, eight, and longer. */
    record Age(int fromWeeks, int tasks) {}

    /**
     * What one person has before them.
     *
     * @param worker null for what nobody has
     */
    record Worker(@Nullable UserId worker, int open, int late) {}

    /** All figures of the page. */
    record Figures(
            List<Flow> flows, List<Week> weeks, List<Day> ahead, int lateTasks, List<Age> ages, List<Worker> workers) {

        Flow total() {
            return flows.stream().reduce(Flow.none(""), Flow::and);
        }
    }

    /**
     * What the statements of these pages take. Where the sums end is told as a date too, by which the database knows how few
     * rows are left; the statement itself reads it again, for the sums may have grown since.
     */
    Map<String, Object> params(Watched watched) {
        Map<String, Object> params = watched.params();
        params.put("summed", OncePerPage.know("monitor.summed", this::summed));
        return params;
    }

    private OffsetDateTime summed() {
        return jdbc.sql("select next from procedure_summed")
                .query(LocalDate.class)
                .optional()
                .orElse(LocalDate.EPOCH)
                .atStartOfDay()
                .atOffset(ZoneOffset.UTC);
    }

    Figures read(Watched watched) {
        Map<String, Flow> flows = new HashMap<>();
        Map<LocalDate, Integer> ahead = new TreeMap<>();
        for (int day = 0; day < DAYS_AHEAD; day++) {
            ahead.put(watched.today().plusDays(day), 0);
        }
        Map<Integer, Integer> ages = new TreeMap<>();
        Map<String, Integer> open = new HashMap<>();
        int[] lateTasks = {0};
        tallies(TALLIES_ASKED, watched).forEach(tally -> {
            switch (tally.kind()) {
                case "state" -> add(flows, state(tally));
                case "late" -> add(flows, late(definitions.key(tally.definition()), tally.n()));
                case "due" -> ahead.computeIfPresent(LocalDate.parse(tally.key()), (day, due) -> due + tally.n());
                case "age" ->
                    ages.merge(bucket(LocalDate.parse(tally.key()), watched.today()), tally.n(), Integer::sum);
                case "worker" -> open.merge(tally.key(), tally.n(), Integer::sum);
                default -> throw new IllegalStateException(tally.kind());
            }
        });
        lateToday(watched).forEach((definition, n) -> add(flows, late(definitions.key(definition), n)));
        Map<String, Integer> late = lateOfWorkers(watched);
        late.values().forEach(n -> lateTasks[0] += n);
        List<Week> weeks = weeks(watched, flows);
        return new Figures(
                flows.values().stream().sorted(Comparator.comparing(Flow::key)).toList(),
                weeks,
                ahead.entrySet().stream()
                        .map(entry -> new Day(entry.getKey(), entry.getValue()))
                        .toList(),
                lateTasks[0],
                List.of(0, 1, 2, 4, 8).stream()
                        .map(from -> new Age(from, ages.getOrDefault(from, 0)))
                        .toList(),
                workers(open, late));
    }

    private static List<Worker> workers(Map<String, Integer> open, Map<String, Integer> late) {
        TreeSet<String> all = new TreeSet<>(open.keySet());
        all.addAll(late.keySet());
        return all.stream()
                .map(key -> new Worker(
                        key.isEmpty() ? null : UserId.of(key), open.getOrDefault(key, 0), late.getOrDefault(key, 0)))
                .filter(worker -> worker.open() > 0 || worker.late() > 0)
                .sorted(Comparator.comparingInt(Worker::open).reversed())
                .toList();
    }

    private static int bucket(LocalDate week, LocalDate today) {
        long weeks = Math.max(0, (today.toEpochDay() - week.toEpochDay()) / 7);
        return weeks >= 8 ? 8 : weeks >= 4 ? 4 : weeks >= 2 ? 2 : (int) weeks;
    }

    private record Tally(String kind, String definition, String key, int n) {}

    /**
     * How many procedures are late: those with an open task, of their own or of a procedure that they called, whose end has
     * passed. It is the one meaning of "late" for all pages and lists.
     */
    int late(Watched watched) {
        return tallies(LATE_ASKED, watched).stream().mapToInt(Tally::n).sum()
                + lateToday(watched).values().stream()
                        .mapToInt(Integer::intValue)
                        .sum();
    }

    private List<Tally> tallies(String which, Watched watched) {
        String behind =
                watched.hasWalls() ? TALLIES_BEHIND_WALLS.formatted(Watched.walled(), which, watched.rows("x")) : "";
        return jdbc.sql(TALLIES.formatted(which, watched.rows("x"), behind))
                .params(watched.params())
                .param("today", watched.today())
                .param("ahead", watched.today().plusDays(DAYS_AHEAD))
                .query((row, number) -> new Tally(
                        row.getString("kind"),
                        String.valueOf(row.getString("definition")),
                        String.valueOf(row.getString("key")),
                        row.getInt("n")))
                .list();
    }

    private Flow state(Tally tally) {
        int n = tally.n();
        return new Flow(
                definitions.key(tally.definition()),
                n,
                tally.key().equals("working") ? n : 0,
                tally.key().equals("waiting") ? n : 0,
                0,
                tally.key().equals("failed") ? n : 0,
                tally.key().equals("suspended") ? n : 0,
                0,
                0,
                0,
                0);
    }

    private static Flow late(String key, int n) {
        return new Flow(key, 0, 0, 0, n, 0, 0, 0, 0, 0, 0);
    }

    private static void add(Map<String, Flow> flows, Flow some) {
        flows.merge(some.key(), some, Flow::and);
    }

    /** What the sums by day cannot know: which of today's ends have passed. */
    private Map<String, Integer> lateToday(Watched watched) {
        Map<String, Integer> late = new HashMap<>();
        jdbc.sql("""
                        select x.definition_id, count(*) from procedure_run x
                         where x.ended_at is null and x.due_at >= :day::timestamp at time zone 'UTC' and x.due_at < :now
                           and %s group by x.definition_id
                        """.formatted(watched.runs("x"))).params(watched.params()).query(row -> {
            late.put(row.getString(1), row.getInt(2));
        });
        return late;
    }

    private Map<String, Integer> lateOfWorkers(Watched watched) {
        Map<String, Integer> late = new HashMap<>();
        String flow = watched.asked().flow() == null
                ? ""
                : " and exists (select 1 from procedure_run r where r.id = x.run_id and r.definition_id = any(:definitions))";
        String walls = watched.hasWalls() ? " and x.run_id not in " + Watched.walled() : "";
        jdbc.sql("""
                        select x.assignee, count(*) from procedure_step x
                         where x.left_at is null and x.due_at < :now and %s%s%s group by x.assignee
                        """.formatted(watched.placed("x"), flow, walls))
                .params(watched.params())
                .query(row -> {
                    late.put(Objects.requireNonNullElse(row.getString(1), ""), row.getInt(2));
                });
        return late;
    }

    private List<Week> weeks(Watched watched, Map<String, Flow> flows) {
        Map<LocalDate, Week> weeks = new TreeMap<>();
        for (LocalDate monday = watched.since(); !monday.isAfter(watched.today()); monday = monday.plusWeeks(1)) {
            weeks.put(monday, new Week(monday, 0, 0, 0));
        }
        versions(watched).forEach(part -> {
            add(
                    flows,
                    new Flow(
                            definitions.key(part.definition()),
                            0,
                            0,
                            0,
                            0,
                            0,
                            0,
                            part.begun(),
                            part.finished(),
                            part.cancelled(),
                            part.seconds()));
            weeks.computeIfPresent(
                    part.week(),
                    (monday, week) -> new Week(
                            monday,
                            week.begun() + part.begun(),
                            week.finished() + part.finished(),
                            week.cancelled() + part.cancelled()));
        });
        return new ArrayList<>(weeks.values());
    }

    /** What began and ended in one week in one version. */
    record Part(LocalDate week, String definition, int begun, int finished, int cancelled, long seconds) {}

    List<Part> versions(Watched watched) {
        String behind =
                watched.hasWalls() ? WEEKS_BEHIND_WALLS.formatted(Watched.walled(), SUMMED, watched.rows("x")) : "";
        return jdbc.sql(WEEKS.formatted(watched.rows("x"), SUMMED, watched.runs("x"), behind))
                .params(params(watched))
                .query((row, number) -> new Part(
                        row.getObject("week", LocalDate.class),
                        row.getString("definition_id"),
                        row.getInt("begun"),
                        row.getInt("finished"),
                        row.getInt("cancelled"),
                        row.getLong("seconds")))
                .list();
    }
}
