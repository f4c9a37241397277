package org.ancora.referral.directory;

import java.io.IOException;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Scope;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.audit.Audited;
import org.ancora.audit.ReadLog;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Sources of the directory, and the files that come from them: given, read without changing anything, then stored in one go. */
@Service
class DirectoryLoads {

    private static final int PIECE = 1 << 20;
    private static final int LISTED = 30;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;
    private final Processes processes;
    private final ApplicationEventPublisher events;
    private final ReadLog reads;
    private final Clock clock;

    DirectoryLoads(JdbcClient jdbc, Processes processes, ApplicationEventPublisher events, ReadLog reads, Clock clock) {
        this.jdbc = jdbc;
        this.processes = processes;
        this.events = events;
        this.reads = reads;
        this.clock = clock;
    }

    /** Where rows come from. */
    record Source(
            long id,
            ProjectId project,
            String name,
            int resources,
            @Nullable Instant storedAt) {}

    /** A taxonomy of a source, in the version that the source gave. */
    record Taxonomy(String name, @Nullable String version) {}

    /** How far a file has come. */
    enum State {
        GIVEN,
        READING,
        CHECKED,
        UNREADABLE,
        STORING,
        STORED,
        /** Whoever had it read or stored may not load any more; nothing of it was stored. */
        STOPPED;

        /** Public so that templates may ask. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Public so that templates may ask. */
        public boolean isRunning() {
            return this == GIVEN || this == READING || this == STORING;
        }
    }

    /** What a file does to the rows of one kind. */
    record Count(String kind, int added, int changed, int unchanged, int vanishing) {}

    /**
     * A file.
     *
     * @param vanishing rows of the source that it does not name any more
     * @param manyVanish whether those are more than a fifth
     * @param bad rows that cannot be used
     * @param remarks what is odd about rows that are used all the same
     * @param unknown columns that HSDS does not know; they are kept
     * @param startedBy who had it read or stored last; null for Ancora itself
     */
    record Load(
            long id,
            long source,
            ProjectId project,
            String sourceName,
            String fileName,
            State state,
            String form,
            boolean partial,
            int percent,
            int rows,
            int added,
            int changed,
            int unchanged,
            int vanishing,
            boolean manyVanish,
            int bad,
            int remarks,
            List<String> covers,
            List<String> unknown,
            List<Count> counts,
            int sourceVersion,
            @Nullable String byName,
            Instant at,
            @Nullable UserId startedBy,
            @Nullable String startedByName) {

        /** Whether storing it would change anything; public so that templates may ask. */
        public boolean isNews() {
            return added + changed + vanishing > 0;
        }
    }

    /** The sources whose files this person may load. */
    List<Source> sources(Viewer viewer) {
        return sources(Scope.of(viewer, Permission.LOAD_DIRECTORY));
    }

    /** A source, if this person may search in it. */
    Optional<Source> sourceToRead(long id, Viewer viewer) {
        return sources(Scope.of(viewer, Permission.SEARCH_DIRECTORY)).stream()
                .filter(source -> source.id() == id)
                .findFirst();
    }

    private List<Source> sources(Scope scope) {
        return jdbc.sql("""
                        select s.*, (select max(l.finished_at) from directory_load l
                                      where l.source_id = s.id and l.state = 'stored') as stored_at,
                               (select count(*) from directory_resource r where r.source_id = s.id and r.active) as resources
                          from directory_source s where %s order by s.project_id, lower(s.name)
                        """.formatted(scope.sql("s.project_id")))
                .params(scope.params())
                .query(DirectoryLoads::source)
                .list();
    }

    /**
     * A source whose files this person may load.
     *
     * @throws Hidden when this person has nothing to do with its project
     * @throws org.ancora.access.Forbidden when others of the project may
     */
    Source source(long id, Viewer viewer) {
        Source source = sources(Scope.of(Viewer.system(), Permission.LOAD_DIRECTORY)).stream()
                .filter(each -> each.id() == id && isKnownTo(each.project(), viewer))
                .findFirst()
                .orElseThrow(() -> new Hidden("source", id));
        viewer.require(Permission.LOAD_DIRECTORY, source.project());
        return source;
    }

    private static boolean isKnownTo(ProjectId project, Viewer viewer) {
        return viewer.projects().contains(project) || viewer.may(Permission.LOAD_DIRECTORY, project);
    }

    /**
     * Begins a source.
     *
     * @throws Problem 409 when the project has one of this name
     */
    @Transactional
    public long begin(ProjectId project, String name, @Nullable UserId by) {
        Optional<Long> id = jdbc.sql("""
                        insert into directory_source (project_id, name, created_at, created_by)
                        values (:project, :name, :now, :by) on conflict do nothing returning id
                        """)
                .param("project", project.value())
                .param("name", name)
                .param("now", now())
                .param("by", account(by))
                .query(Long.class)
                .optional();
        long source = id.orElseThrow(() -> new Problem(HttpStatus.CONFLICT, "directory.source.taken"));
        events.publishEvent(
                new Audited("directory.source-begun", project, null, "directory-source", "" + source, by, Map.of()));
        return source;
    }

    /** The taxonomies of a source, by name. */
    List<Taxonomy> taxonomies(Source source) {
        return jdbc.sql("""
                        select name, data ->> 'version' as version from directory_taxonomy
                         where source_id = :source and active and name is not null order by name, ref limit 20
                        """)
                .param("source", source.id())
                .query((row, number) -> new Taxonomy(row.getString("name"), row.getString("version")))
                .list();
    }

    /** Keeps a file, piece by piece; nothing of it is read yet. */
    @Transactional
    public long take(Source source, String fileName, InputStream bytes, int largest, @Nullable UserId by)
            throws IOException {
        long id = jdbc.sql("""
                        insert into directory_load (source_id, file_name, bytes, state, loaded_by, loaded_at)
                        values (:source, :name, 0, 'given', :by, :now) returning id
                        """)
                .param("source", source.id())
                .param("name", fileName)
                .param("by", account(by))
                .param("now", now())
                .query(Long.class)
                .single();
        long size = 0;
        int no = 0;
        for (byte[] piece = bytes.readNBytes(PIECE); piece.length > 0; piece = bytes.readNBytes(PIECE)) {
            size += piece.length;
            if (size > largest) {
                throw new Problem(HttpStatus.CONTENT_TOO_LARGE, "directory.load.large", largest >> 20);
            }
            jdbc.sql("insert into directory_load_piece (load_id, no, bytes) values (:load, :no, :bytes)")
                    .param("load", id)
                    .param("no", no++)
                    .param("bytes", piece)
                    .update();
        }
        jdbc.sql("update directory_load set bytes = :size where id = :id")
                .param("size", size)
                .param("id", id)
                .update();
        tell("directory.file-given", source.project(), id, by);
        start(id, source.project());
        return id;
    }

    List<Load> latest(Source source) {
        return jdbc.sql(SELECT + " where l.source_id = :source order by l.id desc limit " + LISTED)
                .param("source", source.id())
                .query(DirectoryLoads::load)
                .list();
    }

    /**
     * A file that this person may load.
     *
     * @throws Hidden when this person has nothing to do with its project
     * @throws org.ancora.access.Forbidden when others of the project may
     */
    Load find(long id, Viewer viewer) {
        Load load =
                find(id).filter(each -> isKnownTo(each.project(), viewer)).orElseThrow(() -> new Hidden("load", id));
        viewer.require(Permission.LOAD_DIRECTORY, load.project());
        return load;
    }

    Optional<Load> find(long id) {
        return jdbc.sql(SELECT + " where l.id = :id")
                .param("id", id)
                .query(DirectoryLoads::load)
                .optional();
    }

    /** What is wrong with it, the errors first. */
    List<Fault> faults(Load load, int most) {
        return jdbc.sql("""
                        select file, line, field, problem, value, error from directory_load_fault
                         where load_id = :id order by error desc, id limit :most
                        """)
                .param("id", load.id())
                .param("most", most)
                .query((row, number) -> new Fault(
                        row.getString(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getBoolean(6)))
                .list();
    }

    /**
     * Has a checked file stored.
     *
     * @throws Problem 409 when it is not checked, or when another file of the source was stored since
     */
    @Transactional
    public void store(Load load, @Nullable UserId by) {
        int begun =
                jdbc.sql("""
                        update directory_load l set state = 'storing', percent = 0, started_by = :by
                          from directory_source s
                         where l.id = :id and l.state = 'checked' and s.id = l.source_id and s.version = l.source_version
                        """).param("by", account(by)).param("id", load.id()).update();
        if (begun == 0) {
            throw new Problem(HttpStatus.CONFLICT, "directory.load.busy");
        }
        tell("directory.file-stored", load.project(), load.id(), by);
        start(load.id(), load.project());
    }

    /** Throws away a file that is not stored, with all that it said. */
    @Transactional
    public void discard(Load load, @Nullable UserId by) {
        int gone = jdbc.sql(
                        "delete from directory_load where id = :id and state in ('given', 'reading', 'checked', 'unreadable', 'stopped')")
                .param("id", load.id())
                .update();
        if (gone == 0) {
            throw new Problem(HttpStatus.CONFLICT, "directory.load.busy");
        }
        tell("directory.file-discarded", load.project(), load.id(), by);
    }

    /** Writes into both logs that a source leaves as a file. */
    @Transactional
    public void givenOut(Source source, String format, Viewer viewer) {
        reads.record(viewer, source.project(), null, "directory-source", "" + source.id(), "export");
        events.publishEvent(new Audited(
                        "directory.exported",
                        source.project(),
                        null,
                        "directory-source",
                        "" + source.id(),
                        viewer.id(),
                        Map.of())
                .with("format", format));
    }

    /** Ends a file whose reader or storer may not load any more; nothing of it is stored. */
    void stop(Load load) {
        jdbc.sql("update directory_load set state = 'stopped', percent = 0, finished_at = :now where id = :id")
                .param("now", now())
                .param("id", load.id())
                .update();
        tell("directory.file-stopped", load.project(), load.id(), UserId.SYSTEM);
    }

    private void start(long id, ProjectId project) {
        processes.start(
                DirectoryLoadSteps.PROCESS, "directory-load-" + id, project, Variables.of(DirectoryLoadSteps.LOAD, id));
    }

    private void tell(String action, ProjectId project, long id, @Nullable UserId by) {
        events.publishEvent(new Audited(action, project, null, "directory-load", "" + id, by, Map.of("load", "" + id)));
    }

    /** Ancora itself has no account. */
    private static @Nullable Long account(@Nullable UserId by) {
        return by == null || by.equals(UserId.SYSTEM) ? null : by.value();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static final String SELECT = """
            select l.*, s.project_id, s.name as source_name, a.name as by_name, b.id as starter, b.name as starter_name
              from directory_load l
              join directory_source s on s.id = l.source_id
              left join account a on a.id = l.loaded_by
              left join account b on b.id = coalesce(l.started_by, l.loaded_by)
            """;

    private static Source source(ResultSet row, int number) throws SQLException {
        OffsetDateTime stored = row.getObject("stored_at", OffsetDateTime.class);
        return new Source(
                row.getLong("id"),
                new ProjectId(row.getLong("project_id")),
                row.getString("name"),
                row.getInt("resources"),
                stored == null ? null : stored.toInstant());
    }

    private static Load load(ResultSet row, int number) throws SQLException {
        long starter = row.getLong("starter");
        UserId startedBy = row.wasNull() ? null : new UserId(starter);
        return new Load(
                row.getLong("id"),
                row.getLong("source_id"),
                new ProjectId(row.getLong("project_id")),
                row.getString("source_name"),
                row.getString("file_name"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("form"),
                row.getBoolean("partial"),
                row.getInt("percent"),
                row.getInt("row_count"),
                row.getInt("added"),
                row.getInt("changed"),
                row.getInt("unchanged"),
                row.getInt("vanishing"),
                row.getBoolean("many_vanish"),
                row.getInt("bad"),
                row.getInt("remarks"),
                Arrays.asList((String[]) row.getArray("covers").getArray()),
                Arrays.asList((String[]) row.getArray("unknown").getArray()),
                JSON.readValue(row.getString("counts"), new TypeReference<List<Count>>() {}),
                row.getInt("source_version"),
                row.getString("by_name"),
                Objects.requireNonNull(row.getObject("loaded_at", OffsetDateTime.class))
                        .toInstant(),
                startedBy,
                row.getString("starter_name"));
    }
}
