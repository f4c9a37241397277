package org.ancora.engagement;

import static org.ancora.engagement.EngagementProcess.CAPACITY_AVAILABLE;

import org.ancora.access.UserId;
import org.ancora.casework.CapacityChanged;
import org.ancora.casework.CaseAssigned;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Caseloads;
import org.ancora.casework.Cases;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Keeps the procedure and the case's assignment together: whoever has the case has its tasks, and a case that waits for
 * room is looked at again when it is reassigned or when room appears (A-R1).
 */
@Component
class Assignments {

    private final Cases cases;
    private final Caseloads caseloads;
    private final Processes processes;

    /**
     * The case that a task of its own procedure assigns just now. That procedure checks the caseload as its next step;
     * telling it to do so would take away the very task that is being completed.
     */
    private final ThreadLocal<String> inHand = ThreadLocal.withInitial(() -> "");

    Assignments(Cases cases, Caseloads caseloads, Processes processes) {
        this.cases = cases;
        this.caseloads = caseloads;
        this.processes = processes;
    }

    /** Assigns the case as part of completing a task of its procedure. */
    void assignFromTask(String caseCode, UserId to, UserId by, String reason) {
        inHand.set(caseCode);
        try {
            cases.assign(caseCode, to, by, reason);
        } finally {
            inHand.remove();
        }
    }

    @EventListener
    void on(CaseAssigned assigned) {
        processes.reassign(assigned.code(), assigned.from(), assigned.to());
        lookAgain(assigned.code());
    }

    /** Room goes to the case that has waited longest. */
    @EventListener
    void on(CapacityChanged changed) {
        for (CaseSummary waiting : caseloads.waiting(changed.user(), changed.project())) {
            if (!caseloads.hasRoom(changed.user(), changed.project())) {
                return;
            }
            lookAgain(waiting.code());
        }
    }

    private void lookAgain(String caseCode) {
        if (!caseCode.equals(inHand.get()) && processes.isWaitingFor(CAPACITY_AVAILABLE, caseCode)) {
            processes.correlate(CAPACITY_AVAILABLE, caseCode, Variables.none());
        }
    }
}
