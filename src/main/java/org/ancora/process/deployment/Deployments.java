package org.ancora.process.deployment;

import java.io.ByteArrayInputStream;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.ancora.access.UserId;
import org.ancora.process.model.Finding;
import org.ancora.process.model.ModelCheck;
import org.ancora.process.model.ProcessFolder;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The one way into the engine for procedures. A folder goes in whole or not at all; running procedures finish on the
 * version they began with.
 */
@Service
public class Deployments {

    /** What became of a folder that came with the release. */
    public enum Outcome {
        /** It is new or changed, and now runs. */
        DEPLOYED,
        /** It is what already runs. */
        UNCHANGED,
        /** Its owner has published a version since, which is kept. */
        OWNERS_VERSION_KEPT
    }

    private record Newest(String engineId, String origin, String hash) {}

    private final ModelCheck check;
    private final ShippedFolders shipped;
    private final RepositoryService repository;
    private final JdbcClient jdbc;
    private final Clock clock;

    Deployments(ModelCheck check, ShippedFolders shipped, RepositoryService repository, JdbcClient jdbc, Clock clock) {
        this.check = check;
        this.shipped = shipped;
        this.repository = repository;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Deploys a folder of the release, unless it already runs or its owner has gone on from there.
     *
     * @throws ModelRefused when it is new or changed and must not run
     */
    @Transactional
    public Outcome seed(ProcessFolder folder) {
        // Several nodes start at once; the second waits and then finds the work done.
        holdOthersBack();
        Optional<Newest> newest = newest(folder.name());
        if (newest.isPresent() && !newest.get().origin().equals("seed")) {
            return Outcome.OWNERS_VERSION_KEPT;
        }
        String hash = folder.hash();
        if (newest.isPresent() && newest.get().hash().equals(hash)) {
            return Outcome.UNCHANGED;
        }
        deploy(folder, "seed", hash);
        return Outcome.DEPLOYED;
    }

    /**
     * Deploys an owner's version of a folder; from now on releases leave the folder alone.
     *
     * @return the engine's deployment id
     * @throws ModelRefused when it must not run
     */
    @Transactional
    public String publish(ProcessFolder folder) {
        holdOthersBack();
        return deploy(folder, "owner", folder.hash());
    }

    /**
     * As {@link #publish(ProcessFolder)}, with who did it and why. Whoever decides by what runs now calls {@link
     * #holdOthersBack()} before looking.
     */
    @Transactional
    public String publish(ProcessFolder folder, Publication publication) {
        holdOthersBack();
        String id = deploy(folder, publication.origin(), folder.hash());
        UserId approvedBy = publication.approvedBy();
        jdbc.sql("""
                        insert into publication (engine_id, published_by, approved_by, note, restored_from,
                                                 release_hash)
                        values (:id, :by, :approvedBy, :note, :restoredFrom, :release)
                        """)
                .param("id", id)
                .param("by", publication.by().value())
                .param("approvedBy", approvedBy == null ? null : approvedBy.value())
                .param("note", publication.note())
                .param("restoredFrom", publication.restoredFrom())
                .param("release", shipped.hashes().get(folder.name()))
                .update();
        return id;
    }

    /**
     * What is said of an owner's version.
     *
     * @param origin {@code owner} or {@code modeler}
     * @param approvedBy the second owner, where two are asked for
     * @param note at most 1000 characters
     * @param restoredFrom the version whose files were taken up again
     */
    public record Publication(
            String origin,
            UserId by,
            @Nullable UserId approvedBy,
            String note,
            @Nullable String restoredFrom) {}

    /** Nobody else deploys until the transaction ends; on whatever node. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void holdOthersBack() {
        jdbc.sql("select pg_advisory_xact_lock(hashtext('deployment'))").query().listOfRows();
    }

    private String deploy(ProcessFolder folder, String origin, String hash) {
        ModelCheck.Result result = check.check(folder);
        if (result.refused()) {
            throw new ModelRefused(folder.name(), result.findings());
        }
        DeploymentBuilder builder =
                repository.createDeployment().name(folder.name()).source(origin);
        result.files().forEach((path, content) -> builder.addInputStream(path, new ByteArrayInputStream(content)));
        String id = engineDeploys(folder, builder);
        jdbc.sql("""
                        insert into deployment (engine_id, folder, origin, content_hash, deployed_at)
                        values (:id, :folder, :origin, :hash, :at)""")
                .param("id", id)
                .param("folder", folder.name())
                .param("origin", origin)
                .param("hash", hash)
                .param("at", Timestamp.from(clock.instant()))
                .update();
        return id;
    }

    private static String engineDeploys(ProcessFolder folder, DeploymentBuilder builder) {
        try {
            return builder.deploy().getId();
        } catch (ParseException engineRefuses) {
            List<Finding> findings = engineRefuses.getResorceReports().stream()
                    .flatMap(report -> report.getErrors().stream()
                            .map(problem -> Finding.byEngine(
                                    report.getResourceName(),
                                    problem.getMainElementId(),
                                    problem.getLine(),
                                    problem.getMessage())))
                    .toList();
            ModelRefused refused = new ModelRefused(folder.name(), findings);
            refused.initCause(engineRefuses);
            throw refused;
        }
    }

    private Optional<Newest> newest(String folder) {
        return jdbc.sql("""
                        select engine_id, origin, content_hash from deployment
                        where folder = :folder order by id desc limit 1""")
                .param("folder", folder)
                .query((row, number) -> new Newest(row.getString(1), row.getString(2), row.getString(3)))
                .optional();
    }
}
