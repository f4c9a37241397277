package org.ancora.referral.directory;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.IntConsumer;
import org.ancora.referral.directory.DirectoryLoads.Load;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes a file that was compared into the directory. */
@Component
class Storing {

    private final JdbcClient jdbc;
    private final ResourceRows resources;
    private final Clock clock;

    Storing(JdbcClient jdbc, ResourceRows resources, Clock clock) {
        this.jdbc = jdbc;
        this.resources = resources;
        this.clock = clock;
    }

    /**
     * Everything at once: what the file names, what it does not name any more, and what a search finds of both.
     *
     * @param progress told how far it is, of 100
     * @return whether it is stored; false where another file of the source was stored since this one was compared
     */
    boolean store(Load load, IntConsumer progress) {
        boolean current = jdbc.sql("select version = :version from directory_source where id = :id for update")
                .param("version", load.sourceVersion())
                .param("id", load.source())
                .query(Boolean.class)
                .single();
        if (!current) {
            return false;
        }
        int done = 0;
        for (Kind kind : Kind.inOrder()) {
            upsert(load, kind);
            if (!load.partial() && load.covers().contains(kind.code())) {
                jdbc.sql("update %s t set active = false, changed_at = :now where %s"
                                .formatted(
                                        kind.table(),
                                        Comparison.VANISHED + (kind.hasTable() ? "" : " and t.kind = :kind")))
                        .param("now", now())
                        .param("source", load.source())
                        .param("load", load.id())
                        .param("kind", kind.code())
                        .update();
            }
            done++;
            progress.accept(60 * done / Kind.values().length);
        }
        if (load.isNews()) {
            resources.write(load.source(), load.project());
        }
        jdbc.sql("update directory_source set version = version + :more where id = :id")
                .param("more", load.isNews() ? 1 : 0)
                .param("id", load.source())
                .update();
        for (String table : List.of("directory_load_row", "directory_load_piece")) {
            jdbc.sql("delete from " + table + " where load_id = :id")
                    .param("id", load.id())
                    .update();
        }
        jdbc.sql("update directory_load set state = 'stored', percent = 100, finished_at = :now where id = :id")
                .param("now", now())
                .param("id", load.id())
                .update();
        return true;
    }

    private void upsert(Load load, Kind kind) {
        boolean table = kind.hasTable();
        jdbc.sql("""
                        insert into %s as t (source_id, ref, data, changed_at %s)
                        select :source, r.ref, r.data, :now %s from directory_load_row r
                         where r.load_id = :load and r.kind = :kind and not r.bad order by r.line
                        on conflict (source_id, %s ref) do update
                           set data = %s, active = true, changed_at = excluded.changed_at
                         where not t.active or t.data is distinct from %s
                        """.formatted(
                                kind.table(),
                                table ? "" : ", kind",
                                table ? "" : ", r.kind",
                                table ? "" : "kind,",
                                Comparison.said(load.partial()).replace("r.data", "excluded.data"),
                                Comparison.said(load.partial()).replace("r.data", "excluded.data")))
                .param("source", load.source())
                .param("now", now())
                .param("load", load.id())
                .param("kind", kind.code())
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
