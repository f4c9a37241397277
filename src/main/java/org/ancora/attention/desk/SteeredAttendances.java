package org.ancora.attention.desk;

import java.util.Set;
import org.ancora.process.ProcedureCancelled;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A visit or call whose procedure somebody ends before its end is over: the desk does not go on waiting for it. */
@Component
class SteeredAttendances {

    private static final Set<String> PROCEDURES = Set.of(AttentionProcess.IN_PERSON, AttentionProcess.BY_PHONE);

    private final Attendances attendances;

    SteeredAttendances(Attendances attendances) {
        this.attendances = attendances;
    }

    @EventListener
    void on(ProcedureCancelled cancelled) {
        if (PROCEDURES.contains(cancelled.process())) {
            attendances.cancelled(cancelled.caseCode());
        }
    }
}
