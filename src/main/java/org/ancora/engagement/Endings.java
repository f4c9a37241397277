package org.ancora.engagement;

import static org.ancora.engagement.EngagementProcess.ENDED_BY_HAND;
import static org.ancora.engagement.EngagementProcess.END_REASON;
import static org.ancora.engagement.EngagementProcess.SERVICE_MODE_CHANGED;

import java.util.Set;
import org.ancora.access.UserId;
import org.ancora.casework.CaseClosed;
import org.ancora.casework.Cases;
import org.ancora.casework.ClosingReason;
import org.ancora.casework.ServiceMode;
import org.ancora.casework.ServiceModeChanged;
import org.ancora.process.Processes;
import org.ancora.process.StepContext;
import org.ancora.process.Variables;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * How the search for a client ends: by its own procedure, or because the case was closed or moved by hand at any moment
 * (processes §1, step 4).
 */
@Component
class Endings {

    /** Reasons that the procedure tells apart. */
    private static final Set<ClosingReason> TOLD =
            Set.of(ClosingReason.WITHDRAWN, ClosingReason.TRANSFERRED, ClosingReason.DECEASED);

    private final Episodes episodes;
    private final Cases cases;
    private final Processes processes;

    /** True while the procedure itself closes its case; it must not be told that somebody did. */
    private final ThreadLocal<Boolean> closing = ThreadLocal.withInitial(() -> false);

    Endings(Episodes episodes, Cases cases, Processes processes) {
        this.episodes = episodes;
        this.cases = cases;
        this.processes = processes;
    }

    /** Ends the episode and closes the case; one that a person closed already stays as they closed it. */
    void close(StepContext step, String reason) {
        closing.set(true);
        try {
            episodes.end(step.caseCode(), reason);
            cases.close(step.caseCode(), reason, UserId.SYSTEM);
        } finally {
            closing.remove();
        }
    }

    /** The client is in service; the episode ends with it, and what is left is writing it up (A21). */
    void admit(StepContext step) {
        cases.admit(step.caseCode(), step.find(EngagementProcess.WORKER).orElse(UserId.SYSTEM));
        episodes.end(step.caseCode(), Episodes.IN_SERVICE);
    }

    /** Also after the client was admitted, when the episode is over and only writing it up is left. */
    @EventListener
    void on(CaseClosed closed) {
        if (!closing.get() && processes.isWaitingFor(ENDED_BY_HAND, closed.code())) {
            processes.correlate(ENDED_BY_HAND, closed.code(), Variables.of(END_REASON, ending(closed.reason())));
        }
    }

    /** A client who goes over to group service may no longer be sought as an individual one: a supervisor decides (A-R14). */
    @EventListener
    void on(ServiceModeChanged changed) {
        if (changed.to() == ServiceMode.GROUP && processes.isWaitingFor(SERVICE_MODE_CHANGED, changed.code())) {
            processes.correlate(SERVICE_MODE_CHANGED, changed.code(), Variables.none());
        }
    }

    private static String ending(ClosingReason reason) {
        return TOLD.contains(reason) ? reason.code() : ClosingReason.CLOSED_BY_HAND.code();
    }
}
