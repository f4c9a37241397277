package org.ancora.engagement;

import static org.ancora.engagement.EngagementProcess.CAP_DUE;
import static org.ancora.engagement.EngagementProcess.ENDED_BY_HAND;
import static org.ancora.engagement.EngagementProcess.SEARCH_ENDED;
import static org.ancora.engagement.EngagementProcess.SEARCH_LENGTHENED;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.ServiceMode;
import org.ancora.network.Projects;
import org.ancora.process.Deadlines;
import org.ancora.process.MovingDates;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.ancora.time.Deadline;
import org.ancora.time.Moved;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The search for an existing client as people steer it: begun, ended early, or given more time (A23–A35, A-R11). */
@Service
class Searches {

    private final Episodes episodes;
    private final EpisodeDecisions decisions;
    private final Glances glances;
    private final Processes processes;
    private final Deadlines deadlines;
    private final MovingDates dates;
    private final Projects projects;
    private final Clock clock;

    Searches(
            Episodes episodes,
            EpisodeDecisions decisions,
            Glances glances,
            Processes processes,
            Deadlines deadlines,
            MovingDates dates,
            Projects projects,
            Clock clock) {
        this.episodes = episodes;
        this.decisions = decisions;
        this.glances = glances;
        this.processes = processes;
        this.deadlines = deadlines;
        this.dates = dates;
        this.projects = projects;
        this.clock = clock;
    }

    /**
     * Begins to search for a client of whom nothing is heard any more.
     *
     * @throws EngagementRefused where it cannot begin, with the reason
     */
    @Transactional
    Episode begin(CaseSummary file, String reason, Viewer viewer) {
        viewer.require(Permission.CLOSE_CASE, file.project());
        Episode episode = episodes.start(file, Track.EXISTING, viewer.id());
        decisions.record(episode, "search", "begun", reason, null, viewer.id());
        return episode;
    }

    /**
     * Whether a search could begin: for an existing client in individual service for whom none runs or is being written up
     * (A1, A2). A client who was never admitted cannot be lost; they are looked for by the procedure for new ones.
     */
    boolean canBegin(CaseSummary file) {
        return Episodes.isInService(file) && file.serviceMode() == ServiceMode.INDIVIDUAL && !isRunning(file);
    }

    /** Whether a procedure of either track runs, or what it found is being written up. */
    boolean isRunning(CaseSummary file) {
        return processes.isWaitingFor(ENDED_BY_HAND, file.code());
    }

    /** Whether what a procedure came to is known, and only its documentation is missing (A22). */
    boolean isBeingWrittenUp(CaseSummary file) {
        return isRunning(file) && episodes.running(file.code()).isEmpty();
    }

    /** Whether the search runs and could be ended early: it does until the letter is due. */
    boolean canEnd(String caseCode) {
        return processes.isWaitingFor(SEARCH_ENDED, caseCode);
    }

    /**
     * Whether a supervisor has the search in hand because the client is known to be in hospital, in custody or away: whether it
     * goes on is theirs to say, and nobody else ends it over their head.
     */
    boolean isWithSupervisor(String caseCode) {
        return glances.progress(caseCode, Track.EXISTING)
                .flatMap(progress -> Stage.of(progress.present()))
                .equals(Optional.of(Stage.AWAY_BY_FAMILY));
    }

    /** Whether this viewer could end the search early: whoever may close the case, but see {@link #isWithSupervisor}. */
    boolean mayEnd(CaseSummary file, Viewer viewer) {
        return viewer.may(Permission.CLOSE_CASE, file.project())
                && canEnd(file.code())
                && (viewer.may(Permission.DECIDE_AS_SUPERVISOR, file.project()) || !isWithSupervisor(file.code()));
    }

    /**
     * Ends the search before its last day; the safety stop and the letter follow as they would then.
     *
     * @throws EngagementRefused when it is over already, or with a supervisor and the viewer is none
     */
    @Transactional
    void endEarly(CaseSummary file, String reason, Viewer viewer) {
        viewer.require(Permission.CLOSE_CASE, file.project());
        Episode episode = running(file);
        if (!canEnd(file.code())) {
            throw new EngagementRefused("engagement.refused.search-over");
        }
        if (!mayEnd(file, viewer)) {
            throw new EngagementRefused("engagement.refused.with-supervisor");
        }
        processes.correlate(SEARCH_ENDED, file.code(), Variables.none());
        decisions.record(episode, "search", "ended-early", reason, null, viewer.id());
    }

    /** The last day of the search as it stands; empty before the first unanswered attempt and once the search is over. */
    Optional<Deadline> lastDay(String caseCode) {
        return glances.progress(caseCode, Track.EXISTING)
                .flatMap(progress -> progress.find(CAP_DUE))
                .flatMap(due -> deadlines.explain(caseCode, due, Schedule.LAST_DAY));
    }

    /**
     * Gives the search more time than the programme's: a supervisor's decision, with its reason (A-R11).
     *
     * @param months how many more, 1 to 12
     * @throws EngagementRefused when the search is over, or has no last day yet
     */
    @Transactional
    void lengthen(CaseSummary file, int months, String reason, Viewer viewer) {
        viewer.require(Permission.DECIDE_AS_SUPERVISOR, file.project());
        Episode episode = running(file);
        if (!canEnd(file.code())) {
            throw new EngagementRefused("engagement.refused.search-over");
        }
        Deadline before =
                lastDay(file.code()).orElseThrow(() -> new EngagementRefused("engagement.refused.no-last-day"));
        Instant now = clock.instant();
        Deadline after = projects.calendar(file.project()).months(before.from(), before.latest() + months);
        if (!dates.move(file.code(), before.due(), after, Moved.extended(before, now))) {
            throw new EngagementRefused("engagement.refused.search-over");
        }
        decisions.record(episode, "search", "lengthened", reason, after.due(), viewer.id());
        if (processes.isWaitingFor(SEARCH_LENGTHENED, file.code())) {
            processes.correlate(SEARCH_LENGTHENED, file.code(), Variables.none());
        }
    }

    private Episode running(CaseSummary file) {
        return episodes.running(file.code())
                .filter(episode -> episode.track() == Track.EXISTING)
                .orElseThrow(() -> new EngagementRefused("engagement.refused.search-over"));
    }
}
