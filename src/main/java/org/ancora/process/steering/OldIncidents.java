package org.ancora.process.steering;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.ManagementService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings what could not be done up to date with the engine when the application starts: failures of before there were causes,
 * and of a database that was brought back. It is one cheap question where there is nothing to do.
 */
@Component
class OldIncidents {

    private static final Logger log = LoggerFactory.getLogger(OldIncidents.class);

    /** To a transaction. */
    private static final int SOME = 200;

    private final IncidentRows rows;
    private final ManagementService management;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;

    OldIncidents(
            IncidentRows rows,
            ManagementService management,
            ApplicationEventPublisher events,
            TransactionTemplate transaction) {
        this.rows = rows;
        this.management = management;
        this.events = events;
        this.transaction = transaction;
    }

    @EventListener(ApplicationReadyEvent.class)
    void atStart() {
        int kept = keep();
        if (kept > 0) {
            log.info("{} steps that could not be done are shown from now on", kept);
        }
    }

    /** Keeps every failure of the engine's under its cause, of which somebody is told once; returns how many were new. */
    int keep() {
        transaction.executeWithoutResult(running -> rows.removeGone());
        int kept = 0;
        List<IncidentRows.Unkept> some = rows.unkept(SOME);
        while (!some.isEmpty()) {
            List<IncidentRows.Unkept> these = some;
            transaction.executeWithoutResult(running -> keep(these));
            kept += these.size();
            some = these.size() < SOME ? List.of() : rows.unkept(SOME);
        }
        return kept;
    }

    private void keep(List<IncidentRows.Unkept> some) {
        Set<Long> causes = new TreeSet<>();
        some.forEach(each -> rows.insert(
                        each.id(),
                        each.job(),
                        each.instance(),
                        each.root(),
                        each.definition(),
                        each.process(),
                        each.element(),
                        Fault.of(trace(each)),
                        each.since())
                .ifPresent(causes::add));
        causes.forEach(cause -> events.publishEvent(new IncidentListeners.StepFailed(cause)));
    }

    private @Nullable String trace(IncidentRows.Unkept each) {
        String job = each.job();
        String trace = job == null ? null : management.getJobExceptionStacktrace(job);
        return trace == null ? each.message() : trace;
    }
}
