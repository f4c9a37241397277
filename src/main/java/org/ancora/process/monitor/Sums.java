package org.ancora.process.monitor;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.ancora.time.VirtualClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the sums up to date that make a page of two million procedures as quick as one of two hundred: days that are gone are
 * added once. The two last days are never among them, since a transaction of theirs may still be under way. It is done every
 * few minutes beside the pages, which read row by row whatever is not summed yet; with a moved clock there is no need.
 */
@Component
class Sums implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Sums.class);

    private static final int DAYS_LEFT_OUT = 1;
    private static final int MINUTES = 5;

    /** So many lines of the open sums are read as quickly as none. */
    private static final int LINES = 20_000;

    /**
     * Where the sums of beginnings stand under another version than the rows do, and by how much: an earlier release left them
     * under the version that a procedure was moved away from. Only where the rows are all still there, for what the history may
     * forget lives on in the sums alone; and nowhere in a project and office of which some week has more rows than sums: there
     * rows were summed in another week, as before the project moved to another time zone, and two of them that changed places
     * would look like one that changed its version.
     */
    private static final String ASTRAY = """
            with told as (
                select week, definition_id, project_id, office, sum(begun) as begun
                  from (select week, definition_id, project_id, office, begun from procedure_week_part
                         where begun > 0 and at < %s
                        union all
                        select week, definition_id, project_id, office, -begun from procedure_week) both_of_them
                 group by week, definition_id, project_id, office having sum(begun) <> 0),
            whole as (
                select week, project_id, office
                  from (select week, project_id, office, sum(begun) as more,
                               max(sum(begun)) over (partition by project_id, office) as most
                          from told group by week, project_id, office) weeks
                 where more = 0 and most = 0)
            select t.week, t.definition_id, t.project_id, t.office, t.begun
              from told t
              join whole w on w.week = t.week and w.project_id is not distinct from t.project_id
                          and w.office is not distinct from t.office
            """.formatted(Overview.SUMMED);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final TransactionTemplate alone;
    private @Nullable ScheduledExecutorService thread;
    private long drawnUpTo = -LINES;

    Sums(JdbcClient jdbc, Clock clock, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.alone = new TransactionTemplate(transactions);
        this.alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @EventListener(ApplicationReadyEvent.class)
    synchronized void begin() {
        if (clock instanceof VirtualClock || thread != null) {
            return;
        }
        ScheduledExecutorService minding = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread own = new Thread(task, "procedure-sums");
            own.setDaemon(true);
            return own;
        });
        minding.execute(this::setRight);
        var unused = minding.scheduleWithFixedDelay(this::bringUpToDate, 1, MINUTES, TimeUnit.MINUTES);
        thread = minding;
    }

    @Override
    public synchronized void destroy() {
        if (thread != null) {
            thread.shutdownNow();
        }
    }

    /** Sums the days that are gone, and draws the lines of the open sums together where there are many new ones. */
    void bringUpToDate() {
        try {
            sumUntil(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(DAYS_LEFT_OUT));
            long newest = jdbc.sql("select coalesce(max(id), 0) from procedure_tally")
                    .query(Long.class)
                    .single();
            if (newest - drawnUpTo > LINES) {
                drawTogether();
                drawnUpTo = newest;
            }
        } catch (DataAccessException | TransactionException unreachable) {
            // Pages are right without; it is tried again in a few minutes.
            log.warn("The sums of procedures could not be brought up to date: {}", unreachable.getMessage());
        }
    }

    /**
     * Puts beginnings that an earlier release summed under a version that was left under the one in which the procedure goes on.
     * Nobody waits unless something is astray; then whoever moves procedures to another version does, for a moment.
     */
    void setRight() {
        try {
            if (!jdbc.sql("select exists (" + ASTRAY + ")").query(Boolean.class).single()) {
                return;
            }
            int lines = Objects.requireNonNull(alone.execute(status -> {
                jdbc.sql("select pg_advisory_xact_lock(726241) is null")
                        .query(Boolean.class)
                        .single();
                return jdbc.sql("""
                                insert into procedure_week as w
                                       (week, definition_id, project_id, office, begun, finished, cancelled, seconds)
                                select week, definition_id, project_id, office, begun, 0, 0, 0 from (%s) astray
                                on conflict (week, definition_id, project_id, office) do update
                                   set begun = w.begun + excluded.begun
                                """.formatted(ASTRAY)).update();
            }));
            log.info("Beginnings of procedures were summed under the version in which they go on: {} lines", lines);
        } catch (DataAccessException | TransactionException unreachable) {
            // It is looked at again at the next start.
            log.warn("The sums of procedures could not be set right: {}", unreachable.getMessage());
        }
    }

    /** Sums every day before this one that is not summed yet. */
    void sumUntil(LocalDate day) {
        alone.executeWithoutResult(status -> jdbc.sql("select sum_procedures(:until) is null")
                .param("until", day)
                .query(Boolean.class)
                .single());
    }

    /** Draws the lines of the open sums together. */
    void drawTogether() {
        alone.executeWithoutResult(status -> jdbc.sql("select draw_tally_together() is null")
                .query(Boolean.class)
                .single());
    }

    /** Forgets the sums, after the rows were made anew; they are made again with the next look. */
    void sumAgain() {
        jdbc.sql("delete from procedure_week").update();
        jdbc.sql("delete from procedure_step_week").update();
        jdbc.sql("delete from procedure_summed").update();
    }
}
