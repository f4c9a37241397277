package org.ancora.referral.directory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.ancora.access.Permission;
import org.ancora.access.UserId;
import org.ancora.access.Viewers;
import org.ancora.referral.directory.DirectoryLoads.Count;
import org.ancora.referral.directory.DirectoryLoads.Load;
import org.ancora.referral.directory.DirectoryLoads.State;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a file beside the directory and compares the two; stores it in one transaction, so that whoever searches meanwhile
 * finds either what was or what is. Interrupted, either begins anew.
 */
@Service
class DirectoryLoader {

    /** One in so many rows may vanish without a question. */
    private static final int FIFTH = 5;

    /** Sets these locks apart from those of others. */
    private static final int LOCK = 180;

    private static final int LOOKED_AT = 4096;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;
    private final DirectoryLoads loads;
    private final ResourceRows resources;
    private final Viewers viewers;
    private final Clock clock;
    private final TransactionTemplate alone;

    DirectoryLoader(
            JdbcClient jdbc,
            DirectoryLoads loads,
            ResourceRows resources,
            Viewers viewers,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.loads = loads;
        this.resources = resources;
        this.viewers = viewers;
        this.clock = clock;
        this.alone = new TransactionTemplate(transactions);
        alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Does what a file waits for: reads it, or stores it. Nothing where it waits for nothing, or where the person who had
     * it read or stored may not load any more: it is stopped then.
     */
    void goOn(long id) {
        try {
            alone.executeWithoutResult(transaction -> {
                Load load = mine(id);
                if (load != null && (load.state() == State.GIVEN || load.state() == State.READING)) {
                    state(id, "reading", 0);
                    read(load);
                }
            });
        } catch (Unreadable unreadable) {
            alone.executeWithoutResult(transaction -> unreadable(id, unreadable.fault()));
        }
        boolean done = Boolean.TRUE.equals(alone.execute(transaction -> {
            Load load = mine(id);
            return load == null || load.state() != State.STORING || store(load);
        }));
        if (!done) {
            alone.executeWithoutResult(transaction -> forget(id));
            goOn(id);
        }
    }

    /** The file, once nobody else is at work on it: a person's request and the engine's job may come together. */
    private @Nullable Load mine(long id) {
        jdbc.sql("select pg_advisory_xact_lock(:directory, :id)")
                .param("directory", LOCK)
                .param("id", (int) id)
                .query((row, number) -> true)
                .single();
        Load load = loads.find(id).orElse(null);
        if (load == null || !load.state().isRunning() || mayLoad(load)) {
            return load;
        }
        loads.stop(load);
        return null;
    }

    private boolean mayLoad(Load load) {
        UserId starter = load.startedBy();
        return starter == null
                || viewers.of(starter)
                        .filter(viewer -> viewer.may(Permission.LOAD_DIRECTORY, load.project()))
                        .isPresent();
    }

    /** Another file of the source was stored since this one was compared: it has to be compared again. */
    private void forget(long id) {
        for (String table : List.of("directory_load_fault", "directory_load_row")) {
            jdbc.sql("delete from " + table + " where load_id = :id")
                    .param("id", id)
                    .update();
        }
        jdbc.sql("update directory_load set state = 'given' where id = :id")
                .param("id", id)
                .update();
    }

    private void unreadable(long id, Fault fault) {
        Staging.writeFaults(jdbc, id, List.of(fault));
        jdbc.sql("update directory_load set state = 'unreadable', bad = 1, finished_at = :now where id = :id")
                .param("now", now())
                .param("id", id)
                .update();
    }

    /** Told in a transaction of its own, so that whoever waits sees it. */
    private void state(long id, String state, int percent) {
        alone.executeWithoutResult(
                transaction -> jdbc.sql("update directory_load set state = :state, percent = :percent where id = :id")
                        .param("state", state)
                        .param("percent", percent)
                        .param("id", id)
                        .update());
    }

    private void read(Load load) {
        Staging staging = new Staging(jdbc, load.id());
        Pieces pieces = new Pieces(load.id());
        String name = load.fileName();
        byte[] start = pieces.start();
        if (start.length > 3 && start[0] == 'P' && start[1] == 'K' && start[2] < 8) {
            PackageFile.read(name, pieces.size(), pieces, staging);
        } else if (JsonFile.begins(new String(start, StandardCharsets.UTF_8))) {
            JsonFile.read(name, pieces.get(), staging);
        } else {
            Charset charset = charset(pieces);
            FlatFile.read(name, pieces.get(), charset, pieces.get(), staging);
        }
        staging.flush();
        state(load.id(), "reading", 70);
        if (staging.rows() == 0) {
            throw new Unreadable(name, 0, "", "nothing", "");
        }
        jdbc.sql("analyze directory_load_row").update();
        again(load, staging);
        references(load);
        taxonomies(load);
        compare(load, staging);
    }

    /** UTF-8 where all of it is; else the encoding in which older spreadsheets write. */
    private static Charset charset(Pieces pieces) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        CharBuffer chars = CharBuffer.allocate(1 << 16);
        try (InputStream in = pieces.get()) {
            boolean end = false;
            while (!end) {
                int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
                end = read < 0;
                bytes.position(bytes.position() + Math.max(0, read)).flip();
                if (decoder.decode(bytes, chars, end).isError()) {
                    return Charset.forName("windows-1252");
                }
                bytes.compact();
                chars.clear();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return StandardCharsets.UTF_8;
    }

    /** Rows that stand twice: a mistake in a table, a remark where JSON says the same thing differently. */
    private void again(Load load, Staging staging) {
        boolean mistake = !staging.form().equals("json") && !staging.form().equals("flat");
        jdbc.sql("""
                        insert into directory_load_fault (load_id, file, line, field, problem, value, error)
                        select load_id, file, again_line, 'id', :problem, left(ref, 80), :error from directory_load_row
                         where load_id = :load and again_line is not null order by line limit 1000
                        """)
                .param("load", load.id())
                .param("problem", mistake ? "twice" : "clash")
                .param("error", mistake)
                .update();
        if (mistake) {
            jdbc.sql("update directory_load_row set bad = true where load_id = :load and again_line is not null")
                    .param("load", load.id())
                    .update();
        }
    }

    /** Rows that name one that is neither in the file nor in the directory; in the order in which they depend on one another. */
    private void references(Load load) {
        for (Kind kind : Kind.inOrder()) {
            for (Map.Entry<String, Kind> each : kind.references().entrySet()) {
                if (kind != Kind.ATTRIBUTE && !each.getKey().equals("parent_id")) {
                    reference(load, kind, each.getKey(), each.getValue());
                }
            }
        }
        owners(load, Kind.ATTRIBUTE, "link_id", "link_entity");
        jdbc.sql("""
                        insert into directory_load_fault (load_id, file, line, field, problem, value, error)
                        select r.load_id, r.file, r.line, %s, 'no-term', left(r.data ->> 'taxonomy_term_id', 80), false
                          from directory_load_row r
                         where r.load_id = :load and r.kind = 'attribute' and not r.bad
                           and not exists (select 1 from directory_load_row t
                                            where t.load_id = r.load_id and t.kind = 'taxonomy_term'
                                              and t.ref = r.data ->> 'taxonomy_term_id')
                           and not exists (select 1 from directory_taxonomy_term t join directory_source s on s.id = t.source_id
                                            where s.project_id = :project and t.active
                                              and t.ref = r.data ->> 'taxonomy_term_id')
                           and not exists (select 1 from directory_taxonomy_term t join directory_source s on s.id = t.source_id
                                            where s.project_id = :project and t.active
                                              and t.code = r.data ->> 'taxonomy_term_id')
                         order by r.line limit 2000
                        """.formatted(field("taxonomy_term_id")))
                .param("load", load.id())
                .param("project", load.project().value())
                .update();
    }

    private void reference(Load load, Kind kind, String column, Kind named) {
        Kind.Column known = kind.columns().get(column);
        boolean error = known != null && known.need() == Kind.Need.ESSENTIAL;
        String dangling =
                """
                r.load_id = :load and r.kind = :kind and not r.bad and r.data ->> '%s' is not null
                and not exists (select 1 from directory_load_row t where t.load_id = r.load_id and t.kind = :named
                                   and t.ref = r.data ->> '%s' and not t.bad)
                and not exists (select 1 from %s t where t.source_id = :source and t.active and t.ref = r.data ->> '%s' %s)
                """.formatted(column, column, named.table(), column, named.hasTable() ? "" : "and t.kind = :named");
        jdbc.sql("""
                        insert into directory_load_fault (load_id, file, line, field, problem, value, error)
                        select r.load_id, r.file, r.line, %s, :problem, left(r.data ->> '%s', 80), :error
                          from directory_load_row r where %s order by r.line limit 2000
                        """.formatted(field(column), column, dangling))
                .param("load", load.id())
                .param("kind", kind.code())
                .param("named", named.code())
                .param("source", load.source())
                .param("problem", "no-" + named.code().replace('_', '-'))
                .param("error", error)
                .update();
        if (error) {
            jdbc.sql("update directory_load_row r set bad = true where " + dangling)
                    .param("load", load.id())
                    .param("kind", kind.code())
                    .param("named", named.code())
                    .param("source", load.source())
                    .update();
        }
    }

    /** Tags on nothing: kept, and told. */
    private void owners(Load load, Kind kind, String id, String type) {
        jdbc.sql("""
                        insert into directory_load_fault (load_id, file, line, field, problem, value, error)
                        select r.load_id, r.file, r.line, %s, 'no-owner', left(r.data ->> '%s', 80), false
                          from directory_load_row r
                         where r.load_id = :load and r.kind = :kind and not r.bad
                           and not exists (select 1 from directory_load_row t
                                            where t.load_id = r.load_id and t.kind = r.data ->> '%s' and t.ref = r.data ->> '%s')
                           and not exists (select 1 from directory_service t
                                            where t.source_id = :source and t.active and t.ref = r.data ->> '%s')
                         order by r.line limit 2000
                        """.formatted(field(id), id, type, id, id))
                .param("load", load.id())
                .param("kind", kind.code())
                .param("source", load.source())
                .update();
    }

    private static String field(String column) {
        return "case when r.place = '' then '%s' else r.place || '.%s' end".formatted(column, column);
    }

    /** Terms whose parent is nowhere, and terms that stand above themselves. */
    private void taxonomies(Load load) {
        jdbc.sql("""
                        insert into directory_load_fault (load_id, file, line, field, problem, value, error)
                        select r.load_id, r.file, r.line, %s, 'no-parent', left(r.data ->> 'parent_id', 80), false
                          from directory_load_row r
                         where r.load_id = :load and r.kind = 'taxonomy_term' and not r.bad and r.data ->> 'parent_id' is not null
                           and not exists (select 1 from directory_load_row t
                                            where t.load_id = r.load_id and t.kind = 'taxonomy_term'
                                              and t.ref = r.data ->> 'parent_id')
                           and not exists (select 1 from directory_load_row t
                                            where t.load_id = r.load_id and t.kind = 'taxonomy_term'
                                              and t.data ->> 'code' = r.data ->> 'parent_id')
                           and not exists (select 1 from directory_taxonomy_term t
                                            where t.source_id = :source and t.active and t.ref = r.data ->> 'parent_id')
                           and not exists (select 1 from directory_taxonomy_term t
                                            where t.source_id = :source and t.active and t.code = r.data ->> 'parent_id')
                         order by r.line limit 2000
                        """.formatted(field("parent_id")))
                .param("load", load.id())
                .param("source", load.source())
                .update();
        String circles = """
                with recursive up as (
                    select r.ref as first, r.data ->> 'parent_id' as parent, array[r.ref] as seen, false as circle
                      from directory_load_row r
                     where r.load_id = :load and r.kind = 'taxonomy_term' and r.data ->> 'parent_id' is not null
                    union all
                    select up.first, r.data ->> 'parent_id', up.seen || r.ref, r.ref = up.first
                      from up join directory_load_row r on r.load_id = :load and r.kind = 'taxonomy_term' and r.ref = up.parent
                     where not up.circle and not r.ref = any(up.seen[2:]) and cardinality(up.seen) < 30
                )
                select first from up where circle
                """;
        jdbc.sql("""
                        insert into directory_load_fault (load_id, file, line, field, problem, value, error)
                        select r.load_id, r.file, r.line, %s, 'circle', left(r.data ->> 'parent_id', 80), true
                          from directory_load_row r
                         where r.load_id = :load and r.kind = 'taxonomy_term' and r.ref in (%s) order by r.line limit 2000
                        """.formatted(field("parent_id"), circles))
                .param("load", load.id())
                .update();
        jdbc.sql(
                        "update directory_load_row r set bad = true where r.load_id = :load and r.kind = 'taxonomy_term' and r.ref in (%s)"
                                .formatted(circles))
                .param("load", load.id())
                .update();
    }

    /** What storing would add, change and take away; nothing is touched by looking. */
    private void compare(Load load, Staging staging) {
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
    private static final String VANISHED = """
            t.source_id = :source and t.active
            and not exists (select 1 from directory_load_row r where r.load_id = :load and r.kind = :kind and r.ref = t.ref)
            """;

    /** What a row of the directory says once the row of the file is stored: a part says something more, a whole says it all. */
    private static String said(boolean partial) {
        return partial ? "(t.data || r.data)" : "r.data";
    }

    /** Everything at once: what the file names, what it does not name any more, and what a search finds of both. */
    private boolean store(Load load) {
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
                                .formatted(kind.table(), VANISHED + (kind.hasTable() ? "" : " and t.kind = :kind")))
                        .param("now", now())
                        .param("source", load.source())
                        .param("load", load.id())
                        .param("kind", kind.code())
                        .update();
            }
            done++;
            state(load.id(), "storing", 60 * done / Kind.values().length);
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
                                said(load.partial()).replace("r.data", "excluded.data"),
                                said(load.partial()).replace("r.data", "excluded.data")))
                .param("source", load.source())
                .param("now", now())
                .param("load", load.id())
                .param("kind", kind.code())
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /** A file that is kept in pieces, opened as often as it is needed; one piece at a time is in memory. */
    private final class Pieces implements Supplier<InputStream> {

        private final long load;
        private final int count;

        Pieces(long load) {
            this.load = load;
            this.count = jdbc.sql("select count(*) from directory_load_piece where load_id = :load")
                    .param("load", load)
                    .query(Integer.class)
                    .single();
        }

        long size() {
            return jdbc.sql("select bytes from directory_load where id = :load")
                    .param("load", load)
                    .query(Long.class)
                    .single();
        }

        byte[] start() {
            try (InputStream in = get()) {
                return in.readNBytes(LOOKED_AT);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        /** One piece after the other, each read when the one before it is used up. */
        @Override
        public InputStream get() {
            return new SequenceInputStream(Collections.enumeration(new AbstractList<InputStream>() {
                @Override
                public int size() {
                    return count;
                }

                @Override
                public InputStream get(int no) {
                    if (count > 1) {
                        state(load, "reading", 60 * no / count);
                    }
                    return new ByteArrayInputStream(
                            jdbc.sql("select bytes from directory_load_piece where load_id = :load and no = :no")
                                    .param("load", load)
                                    .param("no", no)
                                    .query(byte[].class)
                                    .single());
                }
            }));
        }
    }
}
