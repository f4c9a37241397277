package org.ancora.process.steering;

import java.time.Clock;
import org.ancora.process.IdWords;
import org.ancora.process.guide.Plan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells of a cause once, after the failure itself is safe: telling may fail as well, and must not take the failure with it. What
 * could not be told is told with the next failure of the same cause.
 */
@Component
class CauseTeller {

    private static final Logger log = LoggerFactory.getLogger(CauseTeller.class);

    private final IncidentRows rows;
    private final Outlines outlines;
    private final IncidentWords words;
    private final Clock clock;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate alone;

    CauseTeller(
            IncidentRows rows,
            Outlines outlines,
            IncidentWords words,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.rows = rows;
        this.outlines = outlines;
        this.words = words;
        this.clock = clock;
        this.events = events;
        this.alone = new TransactionTemplate(transactions);
        alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    private CauseArose arose(IncidentRows.Untold untold) {
        Plan plan = outlines.plan(untold.definition());
        Plan.Node step = plan.byId().get(untold.element());
        return new CauseArose(
                untold.project(),
                untold.process(),
                untold.element(),
                step == null || step.name().isEmpty() ? IdWords.of(untold.element()) : step.name(),
                plan.name().isEmpty() ? IdWords.of(untold.process()) : plan.name(),
                words.step(untold.definition(), untold.element()),
                untold.kind(),
                clock.instant(),
                untold.solved());
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void on(IncidentListeners.StepFailed failed) {
        try {
            alone.executeWithoutResult(
                    running -> rows.tell(failed.cause()).map(this::arose).ifPresent(events::publishEvent));
        } catch (RuntimeException untold) {
            log.warn("Nobody was told of the cause {}", failed.cause(), untold);
        }
    }
}
