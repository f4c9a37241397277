package org.ancora.referral.directory;

import java.util.ArrayList;
import java.util.List;
import org.ancora.referral.directory.DirectoryLoads.Count;
import org.ancora.referral.directory.DirectoryLoads.Load;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Compares a file that was read with what its source says in the directory; nothing is touched by looking. */
@Component
class Comparison {

    /** One in so many rows may vanish without a question. */
    private static final int FIFTH = 5;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;

    Comparison(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Notes what storing would add, change and take away: the file is checked then. */
    void compare(Load load, Staging staging) {
        List<Count> counts = new ArrayList<>();
        boolean many = false;
        for (Kind kind : Kind.inOrder()) {
            String table = kind.table();
            String ofKind = kind.hasTable() ? "" : " and t.kind = :kind";
            Count count = jdbc.sql("""
                            select count(*) filter (where t.id is null) as added,
                                   count(*) filter (where t.id is not null and (not t.active or t.data is distinct from %s)) as changed,
                                   count(*) filter (where t.active and t.data is not distinct from %s) as unchanged
                              from directory_load_row r
                              left join %s t on t.source_id = :source and t.ref = r.ref %s
                             where r.load_id = :load and r.kind = :kind and not r.bad
                            """.formatted(said(staging.isPartial()), said(staging.isPartial()), table, ofKind))
                    .param("source", load.source())
                    .param("load", load.id())
                    .param("kind", kind.code())
                    .query((row, number) -> new Count(
                            kind.code(), row.getInt("added"), row.getInt("changed"), row.getInt("unchanged"), 0))
                    .single();
            int vanishing = 0;
            if (!staging.isPartial() && staging.covers().contains(kind)) {
                vanishing = jdbc.sql("select count(*) from %s t where %s".formatted(table, VANISHED + ofKind))
                        .param("source", load.source())
                        .param("load", load.id())
                        .param("kind", kind.code())
                        .query(Integer.class)
                        .single();
                int active = jdbc.sql("select count(*) from %s t where t.source_id = :source and t.active %s"
                                .formatted(table, ofKind))
                        .param("source", load.source())
                        .param("kind", kind.code())
                        .query(Integer.class)
                        .single();
                many |= kind.hasTable() && vanishing * FIFTH > active;
            }
            if (count.added() + count.changed() + count.unchanged() + vanishing > 0) {
                counts.add(new Count(count.kind(), count.added(), count.changed(), count.unchanged(), vanishing));
            }
        }
        jdbc.sql("""
                        update directory_load l
                           set state = 'checked', percent = 100, form = :form, partial = :partial, row_count = :rows,
                               covers = :covers, unknown = :unknown, counts = :counts::jsonb, added = :added, changed = :changed,
                               unchanged = :unchanged, vanishing = :vanishing, many_vanish = :many,
                               bad = :refused + (select count(*) from directory_load_row r where r.load_id = l.id and r.bad),
                               remarks = (select count(*) from directory_load_fault f where f.load_id = l.id and not f.error),
                               source_version = (select s.version from directory_source s where s.id = l.source_id)
                         where l.id = :id
                        """)
                .param("form", staging.form())
                .param("partial", staging.isPartial())
                .param("rows", staging.rows())
                .param("covers", staging.covers().stream().map(Kind::code).toArray(String[]::new))
                .param("unknown", staging.unknown().toArray(String[]::new))
                .param("counts", JSON.writeValueAsString(counts))
                .param("added", counts.stream().mapToInt(Count::added).sum())
                .param("changed", counts.stream().mapToInt(Count::changed).sum())
                .param("unchanged", counts.stream().mapToInt(Count::unchanged).sum())
                .param("vanishing", counts.stream().mapToInt(Count::vanishing).sum())
                .param("many", many)
                .param("refused", staging.refused())
                .param("id", load.id())
                .update();
    }

    /** A row {@code t} of the directory that the file does not name; one that it names badly stays. */
    static final String VANISHED = """
            t.source_id = :source and t.active
            and not exists (select 1 from directory_load_row r where r.load_id = :load and r.kind = :kind and r.ref = t.ref)
            """;

    /** What a row of the directory says once the row of the file is stored: a part says something more, a whole says it all. */
    static String said(boolean partial) {
        return partial ? "(t.data || r.data)" : "r.data";
    }
}
