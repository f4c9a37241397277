package org.ancora.referral.directory;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.ancora.access.Permission;
import org.ancora.access.UserId;
import org.ancora.access.Viewers;
import org.ancora.referral.directory.DirectoryLoads.Load;
import org.ancora.referral.directory.DirectoryLoads.State;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Has a file read beside the directory and compared with it, and stored in one transaction, so that whoever searches meanwhile
 * finds either what was or what is. Interrupted, either begins anew.
 */
@Service
class DirectoryLoader {

    /** Sets these locks apart from those of others. */
    private static final int LOCK = 180;

    private final JdbcClient jdbc;
    private final DirectoryLoads loads;
    private final SameOrganizations sameOrganizations;
    private final RowCheck rowCheck;
    private final Comparison comparison;
    private final Storing storing;
    private final Viewers viewers;
    private final Clock clock;
    private final TransactionTemplate alone;

    DirectoryLoader(
            JdbcClient jdbc,
            DirectoryLoads loads,
            SameOrganizations sameOrganizations,
            RowCheck rowCheck,
            Comparison comparison,
            Storing storing,
            Viewers viewers,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.loads = loads;
        this.sameOrganizations = sameOrganizations;
        this.rowCheck = rowCheck;
        this.comparison = comparison;
        this.storing = storing;
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
            return load == null
                    || load.state() != State.STORING
                    || storing.store(load, percent -> state(id, "storing", percent));
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
        GivenFile file = new GivenFile(jdbc, load.id(), percent -> state(load.id(), "reading", percent * 6 / 10));
        String name = load.fileName();
        byte[] start = file.start();
        if (start.length > 3 && start[0] == 'P' && start[1] == 'K' && start[2] < 8) {
            PackageFile.read(name, file.size(), file, staging);
        } else if (JsonFile.begins(new String(start, StandardCharsets.UTF_8))) {
            JsonFile.read(name, file.get(), staging);
        } else {
            FlatFile.read(name, file.get(), file.charset(), file.get(), staging);
        }
        staging.flush();
        state(load.id(), "reading", 70);
        if (staging.rows() == 0) {
            throw new Unreadable(name, 0, "", "nothing", "");
        }
        jdbc.sql("analyze directory_load_row").update();
        sameOrganizations.find(load);
        rowCheck.check(load, staging);
        comparison.compare(load, staging);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
