package org.ancora.process.studio;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ancora.access.UserId;
import org.ancora.process.model.ProcessFolder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The versions of each folder of procedures, and the files that each consists of. */
@Service
@Transactional(readOnly = true)
public class Versions {

    private static final String SELECT = """
            select v.*, p.published_by, coalesce(p.note, '') as note
              from (select d.*, row_number() over (partition by folder order by id) as number from deployment d) v
              left join publication p on p.engine_id = v.engine_id
            """;

    private static final int KEPT = 60;

    private final JdbcClient jdbc;

    /** What is deployed never changes, so it is read once while it is looked at. */
    private final Map<String, ProcessFolder> files = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ProcessFolder> eldest) {
            return size() > KEPT;
        }
    };

    Versions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The names of all folders of which some version was deployed, in alphabetical order. */
    public List<String> folders() {
        return jdbc.sql("select distinct folder from deployment order by folder")
                .query(String.class)
                .list();
    }

    /** The newest version of each folder, by folder; new cases begin with it. */
    public Map<String, Version> running() {
        Map<String, Version> newest = new TreeMap<>();
        jdbc.sql(SELECT + " where v.id in (select max(id) from deployment group by folder)")
                .query(Versions::version)
                .list()
                .forEach(version -> newest.put(version.folder(), version));
        return newest;
    }

    /** The newest version of a folder; empty for a folder that nobody has. */
    public Optional<Version> running(String folder) {
        return jdbc.sql(SELECT + " where v.folder = :folder order by v.id desc limit 1")
                .param("folder", folder)
                .query(Versions::version)
                .optional();
    }

    /** All versions of a folder, the newest first. */
    public List<Version> of(String folder) {
        return jdbc.sql(SELECT + " where v.folder = :folder order by v.id desc")
                .param("folder", folder)
                .query(Versions::version)
                .list();
    }

    /** A version by the engine's id. */
    public Optional<Version> find(String deploymentId) {
        return jdbc.sql(SELECT + " where v.engine_id = :id")
                .param("id", deploymentId)
                .query(Versions::version)
                .optional();
    }

    /**
     * The files of a version as the engine keeps them: diagrams and tables in our own spelling, everything else as it was
     * handed in.
     *
     * @throws java.util.NoSuchElementException when there is no such version
     */
    public ProcessFolder files(String deploymentId) {
        synchronized (files) {
            ProcessFolder known = files.get(deploymentId);
            if (known != null) {
                return new ProcessFolder(known.name(), known.files());
            }
        }
        ProcessFolder read = read(deploymentId);
        synchronized (files) {
            files.put(deploymentId, read);
        }
        return new ProcessFolder(read.name(), read.files());
    }

    private ProcessFolder read(String deploymentId) {
        Version version = find(deploymentId).orElseThrow();
        Map<String, byte[]> found = new TreeMap<>();
        jdbc.sql("select name_, bytes_ from act_ge_bytearray where deployment_id_ = :id and not generated_")
                .param("id", deploymentId)
                .query(row -> {
                    found.put(row.getString("name_"), row.getBytes("bytes_"));
                });
        return new ProcessFolder(version.folder(), found);
    }

    private static Version version(ResultSet row, int index) throws SQLException {
        long by = row.getLong("published_by");
        boolean released = row.wasNull();
        return new Version(
                row.getString("engine_id"),
                row.getInt("number"),
                row.getString("folder"),
                row.getString("origin"),
                released ? null : new UserId(by),
                row.getObject("deployed_at", OffsetDateTime.class).toInstant(),
                row.getString("note"));
    }
}
