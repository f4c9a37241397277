package org.ancora.process.studio;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.ancora.access.Hidden;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.ancora.process.model.ProcessFolder;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What owners are changing, kept on the server while they change it. A draft may be broken: only what is published must
 * not. One draft a folder, shared by all owners; each of its files is held against the version that its author had opened.
 */
@Service("procedureDrafts") // "drafts" are those of the forms of tasks
@Transactional
public class Drafts {

    /** The longest file in bytes; the model check allows no more either. */
    public static final int LARGEST_FILE = 500_000;

    /** More files than any folder has. */
    public static final int MOST_FILES = 200;

    private final JdbcClient jdbc;
    private final Versions versions;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    Drafts(JdbcClient jdbc, Versions versions, Clock clock, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.versions = versions;
        this.clock = clock;
        this.events = events;
    }

    /** The draft of a folder over the version it began from; empty when nobody has begun one. */
    @Transactional(readOnly = true)
    public Optional<Draft> find(String folder) {
        return jdbc.sql("select * from procedure_draft where folder = :folder")
                .param("folder", folder)
                .query((row, index) -> draft(row, files(folder)))
                .optional();
    }

    /** All drafts, by folder. */
    @Transactional(readOnly = true)
    public Map<String, Draft> all() {
        Map<String, Map<String, DraftFile>> files = new HashMap<>();
        jdbc.sql(
                        "select folder, path, version, saved_by, saved_at, content is null as removed from procedure_draft_file")
                .query(row -> {
                    DraftFile file = file(row, 0);
                    files.computeIfAbsent(row.getString("folder"), any -> new TreeMap<>())
                            .put(file.path(), file);
                });
        Map<String, Draft> drafts = new TreeMap<>();
        jdbc.sql("select * from procedure_draft").query(row -> {
            String folder = row.getString("folder");
            drafts.put(folder, draft(row, files.getOrDefault(folder, Map.of())));
        });
        return drafts;
    }

    private static Draft draft(ResultSet row, Map<String, DraftFile> files) throws SQLException {
        return new Draft(
                row.getString("folder"),
                row.getString("base_deployment"),
                new UserId(row.getLong("begun_by")),
                row.getObject("begun_at", OffsetDateTime.class).toInstant(),
                files);
    }

    private Map<String, DraftFile> files(String folder) {
        Map<String, DraftFile> files = new TreeMap<>();
        jdbc.sql("""
                        select path, version, saved_by, saved_at, content is null as removed
                          from procedure_draft_file where folder = :folder
                        """).param("folder", folder).query(Drafts::file).list().forEach(file -> files.put(file.path(), file));
        return files;
    }

    private static DraftFile file(ResultSet row, int index) throws SQLException {
        return new DraftFile(
                row.getString("path"),
                row.getInt("version"),
                new UserId(row.getLong("saved_by")),
                row.getObject("saved_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("removed"));
    }

    /**
     * Begins a draft over the version that runs; one that is there already is gone on with.
     *
     * @throws Hidden when there is no such folder
     */
    public Draft begin(String folder, UserId by) {
        Version running = versions.running(folder).orElseThrow(() -> new Hidden("procedure", folder));
        int begun = jdbc.sql("""
                        insert into procedure_draft (folder, base_deployment, begun_by, begun_at)
                        values (:folder, :base, :by, :now) on conflict do nothing
                        """)
                .param("folder", folder)
                .param("base", running.deploymentId())
                .param("by", by.value())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        if (begun == 1) {
            log("procedure.draft-begun", folder, by);
        }
        return find(folder).orElseThrow();
    }

    /** The files of the version below with the draft's changes laid over them. */
    @Transactional(readOnly = true)
    public ProcessFolder folder(Draft draft) {
        return folders(List.of(draft)).get(0);
    }

    /** The same of several drafts, in their order. */
    @Transactional(readOnly = true)
    public List<ProcessFolder> folders(Collection<Draft> drafts) {
        Map<String, Map<String, byte @Nullable []>> changes = new HashMap<>();
        if (!drafts.isEmpty()) {
            jdbc.sql("select folder, path, content from procedure_draft_file where folder in (:folders)")
                    .param("folders", drafts.stream().map(Draft::folder).toList())
                    .query(row -> {
                        changes.computeIfAbsent(row.getString("folder"), any -> new HashMap<>())
                                .put(row.getString("path"), row.getBytes("content"));
                    });
        }
        return drafts.stream()
                .map(draft -> {
                    Map<String, byte[]> files =
                            new TreeMap<>(versions.files(draft.baseDeployment()).files());
                    changes.getOrDefault(draft.folder(), Map.of()).forEach((path, content) -> {
                        if (content == null) {
                            files.remove(path);
                        } else {
                            files.put(path, content);
                        }
                    });
                    return new ProcessFolder(draft.folder(), files);
                })
                .toList();
    }

    /** The draft's files, or those that run where nobody has begun one. */
    @Transactional(readOnly = true)
    public ProcessFolder current(String folder) {
        return find(folder)
                .map(this::folder)
                .orElseGet(() -> versions.files(versions.running(folder)
                        .orElseThrow(() -> new Hidden("procedure", folder))
                        .deploymentId()));
    }

    /**
     * Keeps a file.
     *
     * @param version the file's version in the draft when it was opened; 0 when the draft did not change it then
     * @return its version now
     * @throws Overtaken 409 when {@code version} is not the file's current draft version
     * @throws Problem 400 for a file that has no place in a folder, 413 for one that is too large
     */
    public int save(String folder, String path, byte[] content, int version, UserId by) {
        mustBeOurs(path, content);
        return write(folder, path, content, version, by);
    }

    /**
     * Takes a file away: it is not in what will be published.
     *
     * @param version the file's version in the draft when it was opened; 0 when the draft did not change it then
     * @return the version of its absence
     * @throws Overtaken 409 when {@code version} is not the file's current draft version
     */
    public int remove(String folder, String path, int version, UserId by) {
        return write(folder, path, null, version, by);
    }

    /**
     * Puts a file back to how it is in the version below.
     *
     * @param version the file's version in the draft when it was opened; 0 when the draft did not change it then
     * @throws Overtaken 409 when {@code version} is not the file's current draft version
     */
    public void takeBack(String folder, String path, int version, UserId by) {
        Draft draft = locked(folder);
        mustBeCurrent(draft, path, version);
        wrote(folder, by);
        jdbc.sql("delete from procedure_draft_file where folder = :folder and path = :path")
                .param("folder", folder)
                .param("path", path)
                .update();
        log("procedure.file-taken-back", folder, by, Map.of("path", path));
    }

    /** Throws the draft away with everything in it. */
    public void discard(String folder, UserId by) {
        if (clear(folder)) {
            log("procedure.draft-discarded", folder, by);
        }
    }

    /** Lays the draft over the version that runs now, because somebody has published meanwhile. */
    public void rebase(String folder, UserId by) {
        Draft draft = locked(folder);
        Version running = versions.running(folder).orElseThrow();
        if (!running.deploymentId().equals(draft.baseDeployment())) {
            jdbc.sql("update procedure_draft set base_deployment = :base where folder = :folder")
                    .param("base", running.deploymentId())
                    .param("folder", folder)
                    .update();
            log("procedure.draft-rebased", folder, by);
        }
    }

    /** Without an entry in the log: what was drafted has been published. */
    boolean clear(String folder) {
        return jdbc.sql("delete from procedure_draft where folder = :folder")
                        .param("folder", folder)
                        .update()
                == 1;
    }

    /** The draft, which nobody else can change until the transaction ends. */
    Draft locked(String folder) {
        jdbc.sql("select 1 from procedure_draft where folder = :folder for update")
                .param("folder", folder)
                .query()
                .listOfRows();
        return find(folder).orElseThrow(() -> new Problem(HttpStatus.CONFLICT, "studio.no-draft"));
    }

    private int write(String folder, String path, byte @Nullable [] content, int version, UserId by) {
        Draft draft = locked(folder);
        mustBeCurrent(draft, path, version);
        if (version != 0 && content != null && Arrays.equals(content, content(draft, path))) {
            return version;
        }
        if (!draft.files().containsKey(path) && draft.files().size() >= MOST_FILES) {
            throw new Problem(HttpStatus.CONTENT_TOO_LARGE, "studio.too-many", MOST_FILES);
        }
        wrote(folder, by);
        DraftFile before = draft.files().get(path);
        if (before == null || !before.savedBy().equals(by) || before.removed() != (content == null)) {
            // Editors save every few letters: said once for as long as nobody else has saved the file.
            log(content == null ? "procedure.file-removed" : "procedure.file-saved", folder, by, Map.of("path", path));
        }
        return jdbc.sql("""
                        insert into procedure_draft_file (folder, path, version, content, saved_by, saved_at)
                        values (:folder, :path, nextval('procedure_draft_version'), :content, :by, :now)
                        on conflict (folder, path) do update set version = excluded.version, content = excluded.content,
                               saved_by = excluded.saved_by, saved_at = excluded.saved_at
                        returning version
                        """)
                .param("folder", folder)
                .param("path", path)
                .param("content", content, java.sql.Types.BINARY)
                .param("by", by.value())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
    }

    /** Everybody who changed something in the draft, also where somebody else saved the same file later. */
    @Transactional(readOnly = true)
    public Set<UserId> authors(String folder) {
        return jdbc.sql("select account from procedure_draft_author where folder = :folder")
                .param("folder", folder)
                .query((row, index) -> new UserId(row.getLong(1)))
                .set();
    }

    /** Counts somebody among the authors who decided what is expected of the draft; nobody where there is none. */
    public void wrote(String folder, UserId by) {
        jdbc.sql("""
                        insert into procedure_draft_author (folder, account)
                        select folder, :by from procedure_draft where folder = :folder on conflict do nothing""").param("folder", folder).param("by", by.value()).update();
    }

    private void mustBeCurrent(Draft draft, String path, int version) {
        DraftFile theirs = draft.files().get(path);
        if ((theirs == null ? 0 : theirs.version()) != version) {
            throw new Overtaken(theirs, content(draft, path));
        }
    }

    private byte[] content(Draft draft, String path) {
        byte[] content = folder(draft).files().get(path);
        return content == null ? new byte[0] : content;
    }

    private static void mustBeOurs(String path, byte[] content) {
        if (!ProcessFolder.isPath(path)) {
            throw new Problem(HttpStatus.BAD_REQUEST, "studio.path");
        }
        if (content.length > LARGEST_FILE) {
            throw new Problem(HttpStatus.CONTENT_TOO_LARGE, "studio.large", LARGEST_FILE);
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
        } catch (CharacterCodingException otherEncoding) {
            throw new Problem(HttpStatus.BAD_REQUEST, "studio.encoding").causedBy(otherEncoding);
        }
    }

    private void log(String action, String folder, UserId by) {
        log(action, folder, by, Map.of());
    }

    private void log(String action, String folder, UserId by, Map<String, String> details) {
        events.publishEvent(new Audited(action, null, null, "procedure", folder, by, details));
    }
}
