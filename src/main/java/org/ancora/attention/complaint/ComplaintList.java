package org.ancora.attention.complaint;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Scope;
import org.ancora.access.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The list of complaints: one statement a page, one for all counts; pages go on from the last row. */
@Component
class ComplaintList {

    static final int PAGE = 50;

    /** Beyond this a count only says "more". */
    static final int COUNTED_UP_TO = 1000;

    /** What a unit's own rows are, as {@link Complaint#isOfUnitOf}. */
    private static final String OWN =
            "c.stage <> 'routing' and (c.unit_worker is null or c.unit_worker = :scopeViewer)";

    private final JdbcClient jdbc;
    private final Clock clock;

    ComplaintList(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Which of them. */
    enum Tab {
        OPEN,
        LATE,
        STOPPED,
        ENDED;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Tab of(String code) {
            for (Tab tab : values()) {
                if (tab.code().equals(code)) {
                    return tab;
                }
            }
            return OPEN;
        }

        String sql() {
            return switch (this) {
                case OPEN -> "c.ended_at is null";
                case LATE ->
                    "c.ended_at is null and c.answered_at is null and c.due_at < :now and c.stopped_at is null";
                case STOPPED -> "c.ended_at is null and c.stopped_at is not null";
                case ENDED -> "c.ended_at is not null";
            };
        }
    }

    /** The last row of a page, after which the next one begins. */
    record Place(Instant at, String number) {

        static @Nullable Place of(String text) {
            int tilde = text.indexOf('~');
            if (tilde < 0) {
                return null;
            }
            try {
                return new Place(Instant.parse(text.substring(0, tilde)), text.substring(tilde + 1));
            } catch (DateTimeException unreadable) {
                return null;
            }
        }

        @Override
        public String toString() {
            return at + "~" + number;
        }
    }

    /** A complaint with what its petition says. */
    record Row(
            Complaint complaint,
            String kind,
            String person,
            @Nullable String worker) {}

    /** A page; {@code next} is null on the last one. */
    record Page(List<Row> rows, @Nullable Place next) {}

    /** What is looked for. */
    record Asked(Tab tab, String text, @Nullable Place after) {}

    @Transactional(readOnly = true)
    Page page(Asked asked, Viewer viewer) {
        Map<String, Object> params = params(asked, viewer);
        boolean ended = asked.tab() == Tab.ENDED;
        String order = ended ? "c.registered_at desc, c.number desc" : "c.due_at, c.number";
        StringBuilder where = new StringBuilder(where(asked, viewer))
                .append(" and ")
                .append(asked.tab().sql());
        Place after = asked.after();
        if (after != null) {
            where.append(
                    ended
                            ? " and (c.registered_at, c.number) < (:afterAt, :afterNumber)"
                            : " and (c.due_at, c.number) > (:afterAt, :afterNumber)");
            params.put("afterAt", ComplaintRows.at(after.at()));
            params.put("afterNumber", after.number());
        }
        List<Row> rows = jdbc.sql("""
                        select c.*, p.kind, trim(q.given_name || ' ' || q.family_name) as person, a.name as worker_name
                          from complaint c
                          join petition p on p.number = c.number
                          join petitioner q on q.id = p.petitioner_id
                          left join account a on a.id = c.unit_worker
                         where %s order by %s limit %d
                        """.formatted(where, order, PAGE + 1))
                .params(params)
                .query((row, index) -> new Row(
                        ComplaintRows.complaint(row, index),
                        row.getString("kind"),
                        row.getString("person"),
                        row.getString("worker_name")))
                .list();
        if (rows.size() <= PAGE) {
            return new Page(rows, null);
        }
        Complaint last = rows.get(PAGE - 1).complaint();
        return new Page(
                List.copyOf(rows.subList(0, PAGE)),
                new Place(ended ? last.registeredAt() : last.terms().due(), last.number()));
    }

    /** How many there are under each tab, each at most one more than {@link #COUNTED_UP_TO}. */
    @Transactional(readOnly = true)
    Map<Tab, Integer> counts(Asked asked, Viewer viewer) {
        List<String> columns = new ArrayList<>();
        for (Tab tab : Tab.values()) {
            columns.add("""
                    (select count(*) from (select 1 from complaint c join petition p on p.number = c.number
                       join petitioner q on q.id = p.petitioner_id
                      where %s and %s limit %d) counted) as %s
                    """.formatted(where(asked, viewer), tab.sql(), COUNTED_UP_TO + 1, tab.code()));
        }
        return jdbc.sql("select " + String.join(", ", columns))
                .params(params(asked, viewer))
                .query((row, index) -> {
                    Map<Tab, Integer> counts = new HashMap<>();
                    for (Tab tab : Tab.values()) {
                        counts.put(tab, row.getInt(tab.code()));
                    }
                    return counts;
                })
                .single();
    }

    private static String where(Asked asked, Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.READ_PETITIONS);
        String seen = scope.sql("c.project_id", OWN) + scope.beyondWalls("c.number");
        return asked.text().isEmpty()
                ? seen
                : seen + " and (c.number ilike :text or (q.given_name || ' ' || q.family_name) ilike :text)";
    }

    private Map<String, Object> params(Asked asked, Viewer viewer) {
        Map<String, Object> params =
                new HashMap<>(Scope.of(viewer, Permission.READ_PETITIONS).params());
        params.put("now", ComplaintRows.at(clock.instant()));
        params.put("text", "%" + asked.text().replaceAll("([\\\\%_])", "\\\\$1") + "%");
        return params;
    }

    /** Projects in which the viewer may enter what came by letterbox or e-mail. */
    static List<ProjectId> registering(Viewer viewer) {
        return List.copyOf(viewer.projects(Permission.ATTEND_USERS));
    }
}
