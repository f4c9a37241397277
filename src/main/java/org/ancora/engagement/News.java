package org.ancora.engagement;

import java.time.Instant;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The client or the source got in touch by themselves: recorded, and heard by the procedure at once (A-R3). */
@Service
class News {

    private final Episodes episodes;
    private final ContactAttempts attempts;
    private final Processes processes;

    News(Episodes episodes, ContactAttempts attempts, Processes processes) {
        this.episodes = episodes;
        this.attempts = attempts;
        this.processes = processes;
    }

    /** Who may get in touch, and what the procedure is told then. */
    enum Kind {
        CLIENT("in-touch", EngagementProcess.CLIENT_IN_TOUCH, "in-touch", "client", "client-called"),
        SOURCE("source-answered", EngagementProcess.SOURCE_ANSWERED, "source", "source", "answered");

        private final String page;
        private final String message;
        private final String place;
        private final String party;
        private final String outcome;

        Kind(String page, String message, String place, String party, String outcome) {
            this.page = page;
            this.message = message;
            this.place = place;
            this.party = party;
            this.outcome = outcome;
        }

        /** The last step of the page's address, and the name of its words. */
        String page() {
            return page;
        }
    }

    /** Whether a procedure of the case would hear it now. */
    boolean isAwaited(Kind kind, String caseCode) {
        return processes.isWaitingFor(kind.message, caseCode);
    }

    /**
     * Records the contact and tells the procedure, both or neither.
     *
     * @param channel {@code phone}, {@code sms}, {@code email} or {@code visit}
     * @param note may be empty
     * @throws org.ancora.process.NotWaiting when no procedure is waiting for it any more
     */
    @Transactional
    void heard(Kind kind, CaseSummary file, String channel, Instant when, String note, Viewer viewer) {
        episodes.running(file.code())
                .ifPresent(episode -> attempts.record(
                        file.project(),
                        new NewAttempt(
                                episode.id(),
                                file.code(),
                                null,
                                kind.place,
                                0,
                                kind.party,
                                channel,
                                null,
                                kind.outcome,
                                "",
                                note,
                                null,
                                when,
                                viewer.id())));
        processes.correlate(kind.message, file.code(), Variables.none());
    }
}
