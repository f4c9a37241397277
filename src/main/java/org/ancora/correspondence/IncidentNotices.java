package org.ancora.correspondence;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.ancora.access.Role;
import org.ancora.process.steering.CauseArose;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells owners and administrators of a project at once, and once for each cause, when steps of its procedures fail for good. */
@Component
class IncidentNotices implements NoticePlaces {

    /** Leads to the list of what could not be done. */
    static final String KIND = "incident";

    /** The same, where there are words of its own for what was not done. */
    static final String OF_STEP = "incident-step";

    private final Notices notices;

    IncidentNotices(Notices notices) {
        this.notices = notices;
    }

    @EventListener
    void on(CauseArose arose) {
        String step = arose.process() + "." + arose.element();
        String does = arose.step();
        NewNotice notice = new NewNotice(
                does == null ? KIND : OF_STEP,
                arose.project(),
                null,
                List.of(
                        does == null
                                ? "key:task." + step + "|flow." + step + "|" + arose.title()
                                : "key:incident.step." + does,
                        "key:process." + arose.process() + "|" + arose.procedure(),
                        "key:incident.why." + arose.kind()),
                true,
                // Somebody who leads several projects hears of the same cause once a day, and again when it was solved
                // meanwhile.
                "incident/" + step + "/" + arose.kind() + "/"
                        + arose.since().toString().substring(0, 10)
                        + (arose.solved() == null ? "" : "/" + hour(arose.solved())));
        notices.tell(Role.OWNER, notice);
        notices.tell(Role.ADMIN, notice);
    }

    @Override
    public Optional<String> of(String kind, @Nullable String about) {
        return kind.equals(KIND) || kind.equals(OF_STEP) ? Optional.of("/monitor/incidents") : Optional.empty();
    }

    /** What stopped several projects is solved in all of them at about the same time. */
    private static String hour(Instant solved) {
        return solved.truncatedTo(ChronoUnit.HOURS).toString();
    }
}
