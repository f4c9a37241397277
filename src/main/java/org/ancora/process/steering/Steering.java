package org.ancora.process.steering;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.audit.Audited;
import org.ancora.web.Problem;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * What people may do to a running procedure (X3): each deed is foreseen in words before it is done, is done in one transaction
 * with its reason and its entry in the case's log, and is refused when the procedure has gone on since it was looked at.
 */
@Service
class Steering {

    static final int SHORTEST_REASON = 3;
    static final int LONGEST_REASON = 500;

    private final RunRows rows;
    private final TimerDates timers;
    private final Tokens tokens;
    private final RoutingValues values;
    private final DiagramVersions versions;
    private final Lifecycle lifecycle;
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Steering(
            RunRows rows,
            TimerDates timers,
            Tokens tokens,
            RoutingValues values,
            DiagramVersions versions,
            Lifecycle lifecycle,
            JdbcClient jdbc,
            JsonMapper json,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            Clock clock) {
        this.rows = rows;
        this.timers = timers;
        this.tokens = tokens;
        this.values = values;
        this.versions = versions;
        this.lifecycle = lifecycle;
        this.jdbc = jdbc;
        this.json = json;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** The procedure, for whoever may watch those of its project; hidden from all others, and behind a wall. */
    Run open(String id, Viewer viewer) {
        return rows.find(id).filter(run -> maySee(run, viewer)).orElseThrow(() -> new Hidden("procedure", id));
    }

    static boolean maySee(Run run, Viewer viewer) {
        return viewer.may(Permission.WATCH_PROCEDURES, run.project()) && !viewer.walledOff(run.caseCode());
    }

    static boolean maySteer(Run run, Viewer viewer) {
        return maySee(run, viewer) && viewer.may(Permission.STEER_PROCEDURES, run.project());
    }

    /** What would happen, in words; refused as the deed itself would be. */
    List<String> foresee(Run run, Order order, Viewer viewer) {
        viewer.require(Permission.STEER_PROCEDURES, run.project());
        requireReason(order.reason());
        return prepare(run, order, viewer).effects();
    }

    /**
     * Does it.
     *
     * @param seen {@link RunRows#fingerprint} of what the person saw; null where nobody looked at this one by itself
     * @return the procedure to look at afterwards
     * @throws Problem when it has gone on since, is over, or cannot do it
     */
    String act(String id, Order order, @Nullable String seen, Viewer viewer) {
        Run run = open(id, viewer);
        viewer.require(Permission.STEER_PROCEDURES, run.project());
        requireReason(order.reason());
        try {
            return order.deed() == Deed.MIGRATE
                    ? migrate(id, order, seen, viewer)
                    : Objects.requireNonNull(transaction.execute(running -> actNow(id, order, seen, viewer)));
        } catch (OptimisticLockingException | ConcurrencyFailureException overtaken) {
            throw new Problem(HttpStatus.CONFLICT, "steering.overtaken").causedBy(overtaken);
        } catch (ProcessEngineException failed) {
            throw new Problem(HttpStatus.CONFLICT, "steering.failed").causedBy(failed);
        }
    }

    private String actNow(String id, Order order, @Nullable String seen, Viewer viewer) {
        boolean runs = rows.hold(id);
        Run run = open(id, viewer);
        if (runs) {
            requireAsSeen(id, seen);
        }
        Prepared prepared = prepare(run, order, viewer);
        String then = prepared.act().get();
        record(run, order, prepared.details(), viewer);
        if (order.deed() == Deed.RESTART) {
            // Whoever watches the one that begins reads there, too, by whom and why.
            keep(then, RunJournal.BEGUN, run, order, Map.of("after", run.id()), viewer);
        }
        return then;
    }

    /** It has a transaction of its own, for the engine moves what was called as well; its reason is kept in that one. */
    private String migrate(String id, Order order, @Nullable String seen, Viewer viewer) {
        Run run = open(id, viewer);
        requireAsSeen(id, seen);
        return prepare(run, order, viewer).act().get();
    }

    private void requireAsSeen(String id, @Nullable String seen) {
        if (seen != null && !seen.equals(rows.fingerprint(id))) {
            throw new Problem(HttpStatus.CONFLICT, "steering.overtaken");
        }
    }

    private void record(Run run, Order order, Map<String, String> details, Viewer viewer) {
        keep(run.id(), order.deed().code(), run, order, details, viewer);
        String code = Objects.requireNonNullElse(run.caseCode(), run.id());
        Audited change = audited(order.deed(), run, code, viewer).with("process", run.process());
        for (Map.Entry<String, String> detail : details.entrySet()) {
            change = change.with(detail.getKey(), detail.getValue());
        }
        events.publishEvent(change);
    }

    /**
     * Keeps what was done, and why, for the journal of a procedure.
     *
     * @param root the procedure in whose journal it stands
     */
    private void keep(String root, String action, Run run, Order order, Map<String, String> details, Viewer viewer) {
        jdbc.sql("""
                        insert into steering_deed (root_instance_id, project_id, case_code, action, by_account, at, reason, details)
                        values (:root, :project, :case, :action, :by, :now, :reason, :details::jsonb)
                        """)
                .param("root", root)
                .param("project", run.project().value())
                .param("case", run.caseCode())
                .param("action", action)
                .param("by", viewer.id().value())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("reason", order.reason().strip())
                .param("details", json.writeValueAsString(details))
                .update();
    }

    private static Audited audited(Deed deed, Run run, String code, Viewer viewer) {
        return switch (deed) {
            case RESCHEDULE -> Audited.ofCase("steering.reschedule", run.project(), code, viewer.id());
            case MOVE -> Audited.ofCase("steering.move", run.project(), code, viewer.id());
            case RETRY -> Audited.ofCase("steering.retry", run.project(), code, viewer.id());
            case SUSPEND -> Audited.ofCase("steering.suspend", run.project(), code, viewer.id());
            case RESUME -> Audited.ofCase("steering.resume", run.project(), code, viewer.id());
            case CORRECT -> Audited.ofCase("steering.correct", run.project(), code, viewer.id());
            case MIGRATE -> Audited.ofCase("steering.migrate", run.project(), code, viewer.id());
            case CANCEL -> Audited.ofCase("steering.cancel", run.project(), code, viewer.id());
            case RESTART -> Audited.ofCase("steering.restart", run.project(), code, viewer.id());
        };
    }

    static void requireReason(String reason) {
        int length = reason.strip().length();
        if (length < SHORTEST_REASON || length > LONGEST_REASON || reason.indexOf('\0') >= 0) {
            throw new Problem(HttpStatus.BAD_REQUEST, "steering.reason.needed", LONGEST_REASON);
        }
    }

    private Prepared prepare(Run run, Order order, Viewer viewer) {
        if (!order.deed().fits(run)) {
            throw unfit(run, order.deed());
        }
        Locale language = viewer.locale();
        return switch (order.deed()) {
            case RESCHEDULE -> timers.reschedule(run, order, viewer);
            case MOVE -> tokens.move(run, order, language);
            case RETRY -> lifecycle.retry(run, order, language);
            case SUSPEND -> lifecycle.suspend(run, language);
            case RESUME -> lifecycle.resume(run, language);
            case CORRECT -> values.correct(run, order, language);
            case MIGRATE -> versions.migrate(run, order, viewer, details -> record(run, order, details, viewer));
            case CANCEL -> lifecycle.cancel(run, viewer);
            case RESTART -> lifecycle.restart(run, order, viewer);
        };
    }

    private static Problem unfit(Run run, Deed deed) {
        if (!run.running()) {
            return new Problem(HttpStatus.CONFLICT, "steering.over");
        }
        return deed == Deed.RESUME
                ? new Problem(HttpStatus.CONFLICT, "steering.not-suspended")
                : deed == Deed.RESTART
                        ? new Problem(HttpStatus.CONFLICT, "steering.still-running")
                        : new Problem(HttpStatus.CONFLICT, "steering.suspended");
    }
}
