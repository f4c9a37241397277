package org.ancora.process.migration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.access.Viewers;
import org.ancora.audit.Audited;
import org.ancora.audit.AuditedTogether;
import org.ancora.process.Alone;
import org.ancora.process.migration.Migration.Outcome;
import org.ancora.process.migration.Migration.Row;
import org.ancora.process.migration.Migration.State;
import org.ancora.process.migration.Mover.Journey;
import org.ancora.process.migration.Mover.NotMoved;
import org.ancora.process.migration.Releases.Release;
import org.ancora.process.studio.FourEyes;
import org.ancora.process.studio.Owners;
import org.ancora.web.Problem;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves what a migration holds, some procedures to a transaction: that they were moved and that it was kept what became of them
 * are committed together, so that whoever goes on after a node was killed finds the rest and does nothing twice. Where one of
 * them cannot be moved, each of its neighbours gets a transaction of its own.
 */
@Component
class MigrationRunner {

    /** Chosen so that a transaction takes some tenths of a second. */
    static final int CHUNK = 20;

    /** How many transactions one job makes; far below the engine's lock on a job. */
    private static final int CHUNKS_A_STEP = 25;

    /** Somebody who works on a case just now is done with it soon. */
    private static final int TRIES = 3;

    private static final Logger log = LoggerFactory.getLogger(MigrationRunner.class);

    private final MigrationRows rows;
    private final Mover mover;
    private final RuntimeService runtime;
    private final ApplicationEventPublisher events;
    private final Viewers viewers;
    private final Alone alone;
    private final TransactionTemplate undone;
    private final Releases releases;
    private final FourEyes fourEyes;

    MigrationRunner(
            MigrationRows rows,
            Mover mover,
            RuntimeService runtime,
            ApplicationEventPublisher events,
            Viewers viewers,
            PlatformTransactionManager transactions,
            Alone alone,
            Releases releases,
            FourEyes fourEyes) {
        this.rows = rows;
        this.mover = mover;
        this.runtime = runtime;
        this.events = events;
        this.viewers = viewers;
        this.alone = alone;
        this.undone = new TransactionTemplate(transactions);
        this.releases = releases;
        this.fourEyes = fourEyes;
    }

    /**
     * Whether cases may go on only in the version that runs: where two owners decide what runs, nobody takes them to another
     * one alone, whoever approved that at its time (decision 0013).
     */
    boolean onlyNewest() {
        return fourEyes.wanted();
    }

    private void requireDecided(String folder, String deployment) {
        if (fourEyes.wanted() && !releases.of(folder).get(0).deployment().equals(deployment)) {
            throw new Problem(HttpStatus.CONFLICT, "migration.four-eyes");
        }
    }

    /**
     * Keeps what was chosen and leaves it to the engine's jobs.
     *
     * @throws Problem 409 where {@link #onlyNewest} and it is another one; trying is free
     */
    @Transactional
    public long begin(Release from, Release to, Choice choice, boolean trial, UserId by) {
        if (!trial) {
            requireDecided(to.folder(), to.deployment());
        }
        long id = rows.insert(from, to, choice, trial, by);
        if (!trial) {
            events.publishEvent(told(rows.find(id).orElseThrow(), "begun"));
        }
        goOnLater(id);
        return id;
    }

    /**
     * Moves one procedure now, or tries it, without keeping a migration of it.
     *
     * @param with what is done in the same transaction once it is moved; where that fails, nothing is moved
     */
    Outcome one(Release from, Release to, String instance, boolean trial, UserId by, Runnable with) {
        if (!trial) {
            requireDecided(to.folder(), to.deployment());
        }
        for (int attempt = 1; ; attempt++) {
            try {
                Journey journey = mover.journey(to.deployment(), Choice.SAME);
                return trial
                        ? tried(journey, List.of(instance)).getOrDefault(instance, Outcome.ENDED)
                        : alone.get(() -> moved(from, to, instance, journey, by, with));
            } catch (NotMoved reason) {
                return reason.outcome();
            } catch (OptimisticLockingException | ConcurrencyFailureException crossed) {
                if (attempt == TRIES) {
                    return Outcome.failed("busy");
                }
            } catch (RuntimeException failure) {
                log.warn("The procedure {} could not be moved", instance, failure);
                return Outcome.failed("fault");
            }
        }
    }

    private Outcome moved(Release from, Release to, String instance, Journey journey, UserId by, Runnable with) {
        Outcome outcome = mover.move(List.of(instance), journey, true).getOrDefault(instance, Outcome.ENDED);
        if (outcome.state() == State.MOVED) {
            rows.subject(instance)
                    .flatMap(row -> line(row, from.number(), to.number(), by))
                    .ifPresent(events::publishEvent);
            with.run();
        }
        return outcome;
    }

    /** Gives those that failed another turn, by whoever says so: it is their right and their name from here on. */
    @Transactional
    public void again(long id, UserId by) {
        Migration migration = rows.lock(id);
        if (!migration.trial()) {
            requireDecided(migration.folder(), migration.to());
        }
        if (rows.again(id, by) > 0) {
            goOnLater(id);
        }
    }

    /** Begins another job for one that stands still; two of them do not get in each other's way. */
    @Transactional
    public void goOnLater(long id) {
        runtime.createProcessInstanceByKey(MigrationSteps.PROCESS)
                .businessKey("migration-" + id)
                .setVariable(MigrationSteps.MIGRATION.name(), id)
                .execute();
    }

    /** Goes on until none is left: each job of the engine does some, and leaves the rest to another. */
    void goOnInBackground(long id) {
        for (int chunk = 0; chunk < CHUNKS_A_STEP; chunk++) {
            if (!goOn(id)) {
                return;
            }
        }
        goOnLater(id);
    }

    /** Moves the next procedures, committed on its own; returns whether others may be left. */
    boolean goOn(long id) {
        Migration migration = rows.find(id).orElseThrow();
        if (!migration.running()) {
            return false;
        }
        if (!mayStill(migration.by())) {
            alone.run(() -> {
                rows.lock(id);
                rows.giveUp(id, Outcome.failed("not-allowed"));
            });
        }
        List<Row> next = rows.next(id, CHUNK);
        if (next.isEmpty()) {
            alone.run(() -> {
                if (rows.finish(id) && !migration.trial()) {
                    events.publishEvent(told(migration, "finished"));
                }
            });
            return false;
        }
        try {
            attempt(migration, next);
        } catch (RuntimeException failure) {
            log.debug("Migration {} goes on one by one", id, failure);
            next.forEach(row -> one(migration, row));
        }
        return true;
    }

    /** Whoever began it may have lost the right to since. */
    private boolean mayStill(UserId starter) {
        return starter.equals(UserId.SYSTEM)
                || viewers.of(starter).filter(Owners::is).isPresent();
    }

    private void one(Migration migration, Row row) {
        for (int attempt = 1; ; attempt++) {
            try {
                attempt(migration, List.of(row));
                return;
            } catch (NotMoved reason) {
                keep(migration, row, reason.outcome());
                return;
            } catch (OptimisticLockingException | ConcurrencyFailureException crossed) {
                if (attempt == TRIES) {
                    log.info("Migration {} leaves {}, on which somebody works", migration.id(), row.instance());
                    keep(migration, row, Outcome.failed("busy"));
                    return;
                }
            } catch (RuntimeException failure) {
                log.warn("Migration {} could not move {}", migration.id(), row.instance(), failure);
                keep(migration, row, Outcome.failed("fault"));
                return;
            }
        }
    }

    private void keep(Migration migration, Row row, Outcome outcome) {
        alone.run(() -> rows.done(migration.id(), Map.of(row.instance(), outcome)));
    }

    /** Moves these or none of them. */
    private void attempt(Migration migration, List<Row> next) {
        if (migration.trial()) {
            Map<String, Outcome> outcomes =
                    tried(journey(migration), next.stream().map(Row::instance).toList());
            alone.run(() -> rows.done(migration.id(), outcomes));
            return;
        }
        alone.run(() -> {
            // Whoever comes second waits here, and then finds that these had their turn.
            rows.lock(migration.id());
            Map<String, Row> waiting = stillWaiting(migration, next);
            Map<String, Outcome> outcomes = mover.move(waiting.keySet(), journey(migration), true);
            rows.done(migration.id(), outcomes);
            tell(migration, waiting, outcomes);
        });
    }

    private Map<String, Row> stillWaiting(Migration migration, List<Row> next) {
        Map<String, Row> known = next.stream()
                .collect(Collectors.toMap(Row::instance, Function.identity(), (one, other) -> one, LinkedHashMap::new));
        known.keySet().retainAll(rows.waiting(migration.id(), known.keySet()));
        return known;
    }

    /** What would become of them: they are moved, written, and all of it is rolled back. */
    private Map<String, Outcome> tried(Journey journey, Collection<String> instances) {
        Map<String, Outcome> outcomes = new HashMap<>();
        try {
            alone.run(() -> {
                undone.executeWithoutResult(TransactionStatus::setRollbackOnly);
                outcomes.putAll(mover.move(instances, journey, false));
            });
        } catch (UnexpectedRollbackException asMeant) {
            return outcomes;
        }
        throw new IllegalStateException("a trial was not undone");
    }

    private Journey journey(Migration migration) {
        return mover.journey(migration.to(), migration.choice());
    }

    /** One line in the log of each case, and none where nothing was moved. */
    private void tell(Migration migration, Map<String, Row> rowsById, Map<String, Outcome> outcomes) {
        List<Audited> lines = new ArrayList<>();
        outcomes.forEach((instance, outcome) -> {
            Row row = rowsById.get(instance);
            if (row != null && outcome.state() == State.MOVED) {
                line(row, migration.fromNumber(), migration.toNumber(), migration.by())
                        .ifPresent(lines::add);
            }
        });
        publish(lines);
    }

    private static Optional<Audited> line(Row row, int from, int to, UserId by) {
        String code = row.caseCode();
        Long project = row.project();
        return code == null || project == null
                ? Optional.empty()
                : Optional.of(Audited.ofCase("procedure.moved", new ProjectId(project), code, by)
                        .with("procedure", row.process())
                        .with("from-version", from)
                        .with("to-version", to));
    }

    private void publish(List<Audited> lines) {
        if (!lines.isEmpty()) {
            events.publishEvent(new AuditedTogether(lines));
        }
    }

    private static Audited told(Migration migration, String what) {
        String action = what.equals("begun") ? "procedure.migration-begun" : "procedure.migration-finished";
        return new Audited(
                action,
                null,
                null,
                "procedure",
                migration.folder(),
                migration.by(),
                Map.of(
                        "migration", String.valueOf(migration.id()),
                        "from", String.valueOf(migration.fromNumber()),
                        "to", String.valueOf(migration.toNumber())));
    }
}
