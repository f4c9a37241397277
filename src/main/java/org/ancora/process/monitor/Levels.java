package org.ancora.process.monitor;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ancora.access.ProjectId;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Measures the service levels that modules publish, over what was promised for a day of the period: kept, missed, and the cases
 * behind each number.
 */
@Component
class Levels {

    static final int PAGE = 50;

    private static final String OF_PERIOD = " x.due_at >= :sinceWhen and (x.due_at < :now or x.done_at is not null)";

    private static final String KEPT = "x.done_at is not null and x.done_at <= x.due_at";

    private final JdbcClient jdbc;
    private final List<ServiceLevel> levels;

    Levels(JdbcClient jdbc, ObjectProvider<ServiceLevel> levels) {
        this.jdbc = jdbc;
        this.levels = levels.stream()
                .sorted(Comparator.comparingInt(ServiceLevel::order))
                .toList();
    }

    /** How often one promise was kept and missed; what is still ahead counts as neither. */
    record Measured(String code, int kept, int missed) {

        int all() {
            return kept + missed;
        }

        /** Of a hundred; 100 where nothing was promised. */
        int percent() {
            return all() == 0 ? 100 : (int) Math.floor(100.0 * kept / all());
        }
    }

    /** One promise. */
    record Promise(
            String caseCode,
            ProjectId project,
            Instant due,
            @Nullable Instant done) {}

    /** A page of promises; {@code next} is how many were shown until here, or null on the last page. */
    record Page(List<Promise> promises, @Nullable Integer next) {}

    Optional<ServiceLevel> find(String code) {
        return levels.stream().filter(level -> level.code().equals(code)).findFirst();
    }

    /** All levels, in one statement. */
    List<Measured> measure(Watched watched) {
        if (levels.isEmpty()) {
            return List.of();
        }
        String where = watched.placed("x") + watched.beyondWalls("x");
        String sql = levels.stream()
                .map(level -> "select '" + level.code() + "' as code, count(*) filter (where " + KEPT
                        + ") as kept, count(*) filter (where not (" + KEPT + ")) as missed from (" + level.sql()
                        + ") x where " + OF_PERIOD + " and " + where)
                .collect(Collectors.joining(" union all "));
        Map<String, Measured> measured = new HashMap<>();
        jdbc.sql(sql).params(params(watched)).query(row -> {
            measured.put(row.getString(1), new Measured(row.getString(1), row.getInt(2), row.getInt(3)));
        });
        return levels.stream()
                .map(level -> measured.getOrDefault(level.code(), new Measured(level.code(), 0, 0)))
                .toList();
    }

    /**
     * The promises behind a number, the one missed by most first; of those kept, the latest first.
     *
     * @param after how many were shown already
     */
    Page promises(ServiceLevel level, boolean kept, int after, int limit, Watched watched) {
        List<Promise> found = jdbc.sql("select * from (" + level.sql() + ") x where " + OF_PERIOD + " and "
                        + watched.placed("x") + watched.beyondWalls("x") + " and "
                        + (kept ? KEPT : "not (" + KEPT + ")") + " order by "
                        + (kept ? "x.due_at desc" : "coalesce(x.done_at, :now) - x.due_at desc")
                        + ", x.case_code offset :after limit :limit")
                .params(params(watched))
                .param("after", after)
                .param("limit", limit + 1)
                .query((row, number) -> {
                    Timestamp done = row.getTimestamp("done_at");
                    return new Promise(
                            row.getString("case_code"),
                            new ProjectId(row.getLong("project_id")),
                            row.getTimestamp("due_at").toInstant(),
                            done == null ? null : done.toInstant());
                })
                .list();
        return found.size() <= limit
                ? new Page(found, null)
                : new Page(List.copyOf(found.subList(0, limit)), after + limit);
    }

    private static Map<String, Object> params(Watched watched) {
        Map<String, Object> params = watched.params();
        params.put("sinceWhen", watched.since().atStartOfDay(watched.zone()).toOffsetDateTime());
        return params;
    }
}
