package org.ancora.process.monitor;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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

    /** A page of promises; {@code next} is null on the last one. */
    record Page(List<Promise> promises, @Nullable After next) {}

    /**
     * The last row of a page, after which the next one begins. What is not kept yet is missed by more from moment to moment, so
     * all pages of a list are of the moment of the first.
     *
     * @param asOf that moment
     * @param place by what it stands there, in microseconds
     * @param id of the promise
     */
    record After(Instant asOf, long place, String id) {

        static Optional<After> of(String typed) {
            String[] parts = typed.split("_", -1);
            return parts.length == 3
                            && parts[0].matches("[0-9]{1,18}")
                            && parts[1].matches("-?[0-9]{1,18}")
                            && parts[2].matches("[A-Za-z0-9-]{1,60}")
                    ? Optional.of(new After(
                            Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS),
                            Long.parseLong(parts[1]),
                            parts[2]))
                    : Optional.empty();
        }

        String text() {
            return ChronoUnit.MICROS.between(Instant.EPOCH, asOf) + "_" + place + "_" + id;
        }
    }

    Optional<ServiceLevel> find(String code) {
        return levels.stream().filter(level -> level.code().equals(code)).findFirst();
    }

    /** All levels, in one statement. */
    List<Measured> measure(Watched watched) {
        if (levels.isEmpty()) {
            return List.of();
        }
        String where = where(watched);
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
     * @param after the end of the page before, or nothing for the first page
     */
    Page promises(ServiceLevel level, boolean kept, Optional<After> after, int limit, Watched watched) {
        Instant asOf = after.map(After::asOf).orElse(watched.now()).truncatedTo(ChronoUnit.MICROS);
        Map<String, Object> params = params(watched);
        params.put("now", asOf.atOffset(ZoneOffset.UTC));
        after.ifPresent(last -> {
            params.put("afterPlace", last.place());
            params.put("afterId", last.id());
        });
        String place = kept ? "x.due_at" : "coalesce(x.done_at, :now) - x.due_at";
        List<After> places = new ArrayList<>();
        List<Promise> found = new ArrayList<>(jdbc.sql("select * from (select x.*, (extract(epoch from " + place
                        + ") * 1000000)::bigint as place from (" + level.sql() + ") x where " + OF_PERIOD + " and "
                        + where(watched) + " and " + (kept ? KEPT : "not (" + KEPT + ")") + ") x"
                        + (after.isEmpty()
                                ? ""
                                : " where x.place < :afterPlace or (x.place = :afterPlace and x.id > :afterId)")
                        + " order by x.place desc, x.id limit " + (limit + 1))
                .params(params)
                .query((row, number) -> {
                    places.add(new After(asOf, row.getLong("place"), row.getString("id")));
                    Timestamp done = row.getTimestamp("done_at");
                    return new Promise(
                            row.getString("case_code"),
                            new ProjectId(row.getLong("project_id")),
                            row.getTimestamp("due_at").toInstant(),
                            done == null ? null : done.toInstant());
                })
                .list());
        if (found.size() <= limit) {
            return new Page(found, null);
        }
        found.remove(limit);
        return new Page(found, places.get(limit - 1));
    }

    /** Promises have no version of a procedure; the cases to which they were made went through one. */
    private static String where(Watched watched) {
        return watched.placed("x") + watched.beyondWalls("x") + watched.ofCases("x");
    }

    private static Map<String, Object> params(Watched watched) {
        Map<String, Object> params = watched.params();
        params.put("sinceWhen", watched.since().atStartOfDay(watched.zone()).toOffsetDateTime());
        return params;
    }
}
