package org.ancora.process.studio;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.ancora.access.Hidden;
import org.ancora.access.UserId;
import org.ancora.audit.ActivityLog;
import org.ancora.audit.Audited;
import org.ancora.process.OwnersWords;
import org.ancora.process.deployment.Deployments;
import org.ancora.process.deployment.ModelRefused;
import org.ancora.process.model.Finding;
import org.ancora.process.model.ProcessFolder;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Makes a new version run. What was looked at is what is deployed: every decision names the hash of the files it is about,
 * and is made again while nobody else can deploy or draft.
 */
@Service
@Transactional
public class Publishing {

    /** The longest note, in characters. */
    public static final int LONGEST_NOTE = 1000;

    /** An account that an author of a draft made or opened no longer than this before it may be the author's own. */
    private static final Duration FRESH_ACCOUNT = Duration.ofDays(30);

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Deployments deployments;
    private final Versions versions;
    private final Drafts drafts;
    private final Findings findings;
    private final FourEyes fourEyes;
    private final OwnersWords ownersWords;
    private final ObjectProvider<PublishingCheck> checks;
    private final ActivityLog log;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final ApplicationEventPublisher events;
    private final MessageSource messages;

    Publishing(
            Deployments deployments,
            Versions versions,
            Drafts drafts,
            Findings findings,
            FourEyes fourEyes,
            OwnersWords ownersWords,
            ObjectProvider<PublishingCheck> checks,
            ActivityLog log,
            JdbcClient jdbc,
            Clock clock,
            ApplicationEventPublisher events,
            MessageSource messages) {
        this.deployments = deployments;
        this.versions = versions;
        this.drafts = drafts;
        this.findings = findings;
        this.fourEyes = fourEyes;
        this.ownersWords = ownersWords;
        this.checks = checks;
        this.log = log;
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
        this.messages = messages;
    }

    /**
     * A draft as it would be published.
     *
     * @param hash of the files; to be named when they are published
     * @param changed the files that differ from those that run, by path
     * @param obstacles asked for only where the model check refuses nothing
     * @param overtaken whether somebody has published since the draft was begun
     * @param fourEyes whether a second owner has to approve
     * @param proposal the one that waits; it may be about files that have changed since
     * @param underWay what still finds out whether something stands in the way, so that the obstacles are not known yet
     * @param wrote everybody who changed something in the draft
     */
    public record Review(
            Version running,
            Draft draft,
            ProcessFolder files,
            String hash,
            Set<String> changed,
            List<Finding> findings,
            List<PublishingCheck.Obstacle> obstacles,
            boolean overtaken,
            boolean fourEyes,
            @Nullable Proposal proposal,
            PublishingCheck.@Nullable Progress underWay,
            Set<UserId> wrote) {

        /** Whether the model check refuses it. */
        public boolean refused() {
            return findings.stream().anyMatch(Finding::refuses);
        }

        /** Whether nothing stands in the way. */
        public boolean ready() {
            return !refused() && underWay == null && obstacles.isEmpty() && !overtaken && !changed.isEmpty();
        }

        /** Whether the waiting proposal is about these very files. */
        public boolean proposed() {
            return proposal != null
                    && proposal.hash().equals(hash)
                    && proposal.baseDeployment().equals(running.deploymentId());
        }

        /** Whoever wrote some of it or proposed it, and so cannot be the second pair of eyes. */
        public Set<UserId> authors() {
            Set<UserId> authors = new HashSet<>(wrote);
            if (proposal != null) {
                authors.add(proposal.proposedBy());
            }
            return authors;
        }
    }

    /** The draft of a folder with all that is to be said about it, however long that takes; empty when there is none. */
    @Transactional(readOnly = true)
    public Optional<Review> review(String folder, Locale language) {
        return drafts.find(folder).map(draft -> review(draft, true, language));
    }

    /** The same for a page: what takes long is done in the background, and the page says how far it is. */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public Optional<Review> glance(String folder, Locale language) {
        return drafts.find(folder).map(draft -> review(draft, false, language));
    }

    /** What still finds out whether something stands in the way of a draft; empty when it is known, or there is no draft. */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public Optional<PublishingCheck.Progress> underWay(String folder, Locale language) {
        return drafts.find(folder).flatMap(draft -> underWay(drafts.folder(draft), folder, language));
    }

    /**
     * Goes on in the background with finding out what stands in the way of a draft that the model check lets through.
     *
     * @throws Hidden when there is no draft
     */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public void begin(String folder) {
        ProcessFolder files = drafts.find(folder).map(drafts::folder).orElseThrow(() -> new Hidden("draft", folder));
        if (findings.of(files).stream().noneMatch(Finding::refuses)) {
            checks.orderedStream().forEach(check -> check.begin(files, folder));
        }
    }

    private Optional<PublishingCheck.Progress> underWay(ProcessFolder files, String folder, Locale language) {
        return checks.orderedStream()
                .flatMap(check -> check.underWay(files, folder, language).stream())
                .findFirst();
    }

    private Review review(Draft draft, boolean whole, Locale language) {
        String folder = draft.folder();
        Version running = versions.running(folder).orElseThrow();
        ProcessFolder files = drafts.folder(draft);
        List<Finding> found = findings.of(files);
        boolean refused = found.stream().anyMatch(Finding::refuses);
        Set<String> changed = changed(versions.files(running.deploymentId()), files);
        PublishingCheck.Progress underWay = whole || refused || changed.isEmpty()
                ? null
                : underWay(files, folder, language).orElse(null);
        return new Review(
                running,
                draft,
                files,
                files.hash(),
                changed,
                found,
                refused || underWay != null || (!whole && changed.isEmpty())
                        ? List.of()
                        : checks.orderedStream()
                                .flatMap(check -> check.obstacles(files, folder, language).stream())
                                .toList(),
                !draft.baseDeployment().equals(running.deploymentId()),
                fourEyes.wanted(),
                waiting(folder).orElse(null),
                underWay,
                drafts.authors(folder));
    }

    /** The paths at which two folders differ. */
    public static Set<String> changed(ProcessFolder before, ProcessFolder now) {
        Set<String> paths = new TreeSet<>(before.files().keySet());
        paths.addAll(now.files().keySet());
        paths.removeIf(
                path -> Arrays.equals(before.files().get(path), now.files().get(path)));
        return paths;
    }

    /**
     * Makes a draft run.
     *
     * @param hash of the files that the owner looked at
     * @throws Problem 409 when the draft or what runs has changed since, something stands in the way, or two owners are asked for
     * @throws ModelRefused when the model check refuses it
     */
    public Version publish(String folder, String hash, String note, UserId by, Locale language) {
        Review review = decided(folder, hash, language);
        if (review.fourEyes()) {
            throw new Problem(HttpStatus.CONFLICT, "studio.publish.four-eyes");
        }
        return publish(review, new Deployments.Publication("owner", by, null, cleaned(note), null));
    }

    /** Puts a draft before the other owners; an earlier proposal is taken back. Otherwise as {@link #publish}. */
    public Proposal propose(String folder, String hash, String note, UserId by, Locale language) {
        return propose(decided(folder, hash, language), "owner", cleaned(note), by);
    }

    private Proposal propose(Review review, String origin, String note, UserId by) {
        if (review.refused()) {
            // Says which rule refuses it, as publishing would.
            throw new ModelRefused(folder(review), review.findings());
        }
        String folder = folder(review);
        decide(folder, "withdrawn", by);
        jdbc.sql("""
                        insert into procedure_proposal (folder, base_deployment, content_hash, origin, note, proposed_by,
                                                        proposed_at, state)
                        values (:folder, :base, :hash, :origin, :note, :by, :now, 'waiting')
                        """)
                .param("folder", folder)
                .param("base", review.running().deploymentId())
                .param("hash", review.hash())
                .param("origin", origin)
                .param("note", note)
                .param("by", by.value())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        log("procedure.proposed", folder, by, Map.of("hash", shortened(review.hash())));
        return waiting(folder).orElseThrow();
    }

    /**
     * Makes a proposed draft run: exactly the files that were proposed.
     *
     * @throws Problem 403 for whoever proposed it or wrote some of it, and for an account that one of them has just made;
     *     otherwise as {@link #publish}
     */
    public Version approve(String folder, String hash, UserId by, Locale language) {
        Review review = decided(folder, hash, language);
        Proposal proposal = review.proposal();
        if (proposal == null || !review.proposed()) {
            throw new Problem(HttpStatus.CONFLICT, "studio.publish.not-proposed");
        }
        if (review.authors().contains(by)) {
            throw new Problem(HttpStatus.FORBIDDEN, "studio.publish.own");
        }
        if (log.handedOut(by, review.authors(), review.draft().begunAt().minus(FRESH_ACCOUNT))) {
            throw new Problem(HttpStatus.FORBIDDEN, "studio.publish.own-account", FRESH_ACCOUNT.toDays());
        }
        decide(folder, "published", by);
        return publish(
                review,
                new Deployments.Publication(proposal.origin(), proposal.proposedBy(), by, proposal.note(), null));
    }

    /** Takes a proposal back (its author) or turns it down (another owner); the draft stays. */
    public void decline(String folder, UserId by) {
        Proposal proposal =
                waiting(folder).orElseThrow(() -> new Problem(HttpStatus.CONFLICT, "studio.publish.not-proposed"));
        boolean own = proposal.proposedBy().equals(by);
        decide(folder, own ? "withdrawn" : "declined", by);
        log(own ? "procedure.proposal-withdrawn" : "procedure.proposal-declined", folder, by, Map.of());
    }

    private static String folder(Review review) {
        return review.running().folder();
    }

    private void decide(String folder, String state, UserId by) {
        jdbc.sql("""
                        update procedure_proposal set state = :state, decided_by = :by, decided_at = :now
                         where folder = :folder and state = 'waiting'
                        """)
                .param("state", state)
                .param("by", by.value())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("folder", folder)
                .update();
    }

    /** The proposal that waits for another owner. */
    @Transactional(readOnly = true)
    public Optional<Proposal> waiting(String folder) {
        return jdbc.sql("select * from procedure_proposal where folder = :folder and state = 'waiting'")
                .param("folder", folder)
                .query(Publishing::proposal)
                .optional();
    }

    /** The folders of which a proposal waits. */
    @Transactional(readOnly = true)
    public Set<String> waiting() {
        return Set.copyOf(jdbc.sql("select folder from procedure_proposal where state = 'waiting'")
                .query(String.class)
                .list());
    }

    private static Proposal proposal(ResultSet row, int index) throws SQLException {
        return new Proposal(
                row.getLong("id"),
                row.getString("folder"),
                row.getString("base_deployment"),
                row.getString("content_hash"),
                row.getString("origin"),
                row.getString("note"),
                new UserId(row.getLong("proposed_by")),
                row.getObject("proposed_at", OffsetDateTime.class).toInstant());
    }

    /**
     * Lets the files of an earlier version run again, as a new version; where two owners are asked for they become a draft
     * that is proposed.
     *
     * @param running the version that ran when the owner decided
     * @return the new version; empty when it waits for a second owner
     */
    public Optional<Version> goBack(
            String folder, String deployment, String running, String note, UserId by, Locale language) {
        deployments.holdOthersBack();
        Version now = versions.running(folder).orElseThrow(() -> new Hidden("procedure", folder));
        Version earlier = versions.find(deployment)
                .filter(version -> version.folder().equals(folder))
                .orElseThrow(() -> new Hidden("version", deployment));
        if (!now.deploymentId().equals(running)) {
            throw new Problem(HttpStatus.CONFLICT, "studio.publish.overtaken");
        }
        ProcessFolder files = versions.files(earlier.deploymentId());
        Set<String> changed = changed(versions.files(now.deploymentId()), files);
        if (changed.isEmpty()) {
            throw new Problem(HttpStatus.CONFLICT, "studio.publish.nothing");
        }
        if (fourEyes.wanted()) {
            fill(folder, files, changed, by);
            propose(review(drafts.locked(folder), true, language), "owner", cleaned(note), by);
            return Optional.empty();
        }
        mustHaveNoObstacles(files, language, PublishingCheck::asksWhenGoingBack);
        return Optional.of(deploy(
                now, files, new Deployments.Publication("owner", by, null, cleaned(note), earlier.deploymentId())));
    }

    /**
     * Lays files over those that run and makes them run, as a modelling tool does; where two owners are asked for they become
     * a draft that is proposed.
     *
     * @return the new version, or the one that runs where nothing is new; empty when it waits for a second owner
     */
    public Optional<Version> fromModeler(String folder, Map<String, byte[]> files, UserId by, Locale language) {
        deployments.holdOthersBack();
        Version now = versions.running(folder).orElseThrow(() -> new Hidden("procedure", folder));
        ProcessFolder before = versions.files(now.deploymentId());
        ProcessFolder after = laidOver(before, files, language);
        List<Finding> found = findings.of(after);
        if (found.stream().anyMatch(Finding::refuses)) {
            throw new ModelRefused(folder, found);
        }
        if (changed(before, findings.asDeployed(after)).isEmpty()) {
            return Optional.of(now);
        }
        if (fourEyes.wanted()) {
            fill(folder, after, changed(before, after), by);
            propose(review(drafts.locked(folder), true, language), "modeler", "", by);
            return Optional.empty();
        }
        mustHaveNoObstacles(after, language, check -> true);
        return Optional.of(deploy(now, after, new Deployments.Publication("modeler", by, null, "", null)));
    }

    private ProcessFolder laidOver(ProcessFolder before, Map<String, byte[]> files, Locale language) {
        Map<String, byte[]> all = new TreeMap<>(before.files());
        all.putAll(NewNames.kept(before, files, language, messages));
        return new ProcessFolder(before.name(), all);
    }

    /**
     * Finds out whether something stands in the way of files from a modelling tool. Such a tool waits for seconds only and then
     * says that it failed, whatever came of it; so it is answered in time, and the rest is found out in the background.
     *
     * @param patience how long this waits
     * @return how far it is by then; empty when {@link #fromModeler} answers at once
     */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public Optional<PublishingCheck.Progress> tryForModeler(
            String folder, Map<String, byte[]> files, Locale language, Duration patience) {
        Version now = versions.running(folder).orElseThrow(() -> new Hidden("procedure", folder));
        ProcessFolder before = versions.files(now.deploymentId());
        ProcessFolder after = laidOver(before, files, language);
        if (findings.of(after).stream().anyMatch(Finding::refuses)
                || changed(before, findings.asDeployed(after)).isEmpty()) {
            return Optional.empty();
        }
        long until = System.nanoTime() + patience.toNanos();
        Optional<PublishingCheck.Progress> left = underWay(after, folder, language);
        while (left.isPresent()) {
            if (!left.get().going()) {
                checks.orderedStream().forEach(check -> check.begin(after, folder));
            }
            if (System.nanoTime() - until >= 0) {
                return left;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            left = underWay(after, folder, language);
        }
        return left;
    }

    /** Begins a draft with these files; one that others are working on is left alone. */
    private void fill(String folder, ProcessFolder files, Set<String> changed, UserId by) {
        if (drafts.find(folder).isPresent()) {
            throw new Problem(HttpStatus.CONFLICT, "studio.publish.draft-in-the-way");
        }
        drafts.begin(folder, by);
        for (String path : changed) {
            byte[] content = files.files().get(path);
            if (content == null) {
                drafts.remove(folder, path, 0, by);
            } else {
                drafts.save(folder, path, content, 0, by);
            }
        }
    }

    /** The draft as it is now, if it is what was looked at and nothing came in between. */
    private Review decided(String folder, String hash, Locale language) {
        deployments.holdOthersBack();
        Review review = review(drafts.locked(folder), true, language);
        if (review.overtaken()) {
            throw new Problem(HttpStatus.CONFLICT, "studio.publish.overtaken");
        }
        if (!review.hash().equals(hash)) {
            throw new Problem(HttpStatus.CONFLICT, "studio.publish.changed");
        }
        if (review.changed().isEmpty()) {
            throw new Problem(HttpStatus.CONFLICT, "studio.publish.nothing");
        }
        if (!review.obstacles().isEmpty()) {
            throw new Problem(
                    HttpStatus.CONFLICT,
                    "studio.publish.obstacle",
                    review.obstacles().get(0).words());
        }
        return review;
    }

    private void mustHaveNoObstacles(ProcessFolder files, Locale language, Predicate<PublishingCheck> asked) {
        checks.orderedStream()
                .filter(asked)
                .flatMap(check -> check.obstacles(files, files.name(), language).stream())
                .findFirst()
                .ifPresent(obstacle -> {
                    throw new Problem(HttpStatus.CONFLICT, "studio.publish.obstacle", obstacle.words());
                });
    }

    private Version publish(Review review, Deployments.Publication publication) {
        Version now = deploy(review.running(), review.files(), publication);
        decide(now.folder(), "withdrawn", publication.by());
        drafts.clear(now.folder());
        return now;
    }

    private Version deploy(Version before, ProcessFolder files, Deployments.Publication publication) {
        String id = deployments.publish(files, publication);
        Version now = versions.find(id).orElseThrow();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                ownersWords.forget();
            }
        });
        events.publishEvent(new ProcedurePublished(before, now, publication.by(), publication.restoredFrom()));
        UserId approvedBy = publication.approvedBy();
        String restored = publication.restoredFrom();
        log(
                restored == null ? "procedure.published" : "procedure.restored",
                now.folder(),
                approvedBy == null ? publication.by() : approvedBy,
                Map.of(
                        "version", String.valueOf(now.number()),
                        "origin", publication.origin(),
                        "proposedBy", publication.by().toString(),
                        "hash", shortened(files.hash())));
        return now;
    }

    private void log(String action, String folder, UserId by, Map<String, String> details) {
        events.publishEvent(new Audited(action, null, null, "procedure", folder, by, details));
    }

    private static String cleaned(String note) {
        String words = note.replaceAll("[\\p{Cntrl}&&[^\\n]]", " ").strip();
        return words.length() <= LONGEST_NOTE ? words : words.substring(0, LONGEST_NOTE);
    }

    private static String shortened(String hash) {
        return hash.substring(0, 16);
    }
}
