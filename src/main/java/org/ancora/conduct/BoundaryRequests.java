package org.ancora.conduct;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.conduct.BoundaryRequest.Kind;
import org.ancora.conduct.BoundaryRequest.Said;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Requests beyond professional limits: begun by whoever was asked, recorded once, and settled (B1–B18). */
@Service
class BoundaryRequests {

    private static final int SHOWN = 50;

    private final BoundaryRows rows;
    private final Processes processes;
    private final Clock clock;

    BoundaryRequests(BoundaryRows rows, Processes processes, Clock clock) {
        this.rows = rows;
        this.processes = processes;
        this.clock = clock;
    }

    /** Whether this person may begin one: anybody at work on the case, since anybody can be asked. */
    static boolean mayBegin(Viewer viewer, CaseSummary caseFile) {
        return viewer.may(Permission.RECORD_BOUNDARY_REQUEST, caseFile.project(), caseFile.isOwnOf(viewer.id()));
    }

    /**
     * Begins one, unless this person has one of the case under way already; its id is returned. One whose procedure was ended
     * from outside, or that was begun before the case was closed, is under way no more: what a client asks afterwards is
     * recorded for itself (B16). The task of the old one stays until it is recorded (B-R2).
     */
    @Transactional
    public long begin(CaseSummary caseFile, UserId askedOf) {
        // Pressed twice at once: the second waits, and finds the first.
        rows.hold(caseFile.code());
        Set<Long> running = processes.inRunning(ConductProcess.KEY, caseFile.code(), ConductProcess.REQUEST);
        Optional<Long> open = rows.open(caseFile.code(), askedOf, running);
        if (open.isPresent()) {
            return open.get();
        }
        long id = rows.insert(caseFile.project(), caseFile.code(), askedOf, clock.instant());
        processes.start(
                ConductProcess.KEY,
                caseFile.code(),
                caseFile.project(),
                Variables.of(ConductProcess.REQUEST, id).and(ConductProcess.AUTHOR, askedOf));
        return id;
    }

    /**
     * Keeps what was recorded.
     *
     * @throws OptimisticLockingFailureException when it was recorded before
     */
    @Transactional
    public void record(long id, Said said, UserId by) {
        if (!rows.record(id, said, by, clock.instant())) {
            throw new OptimisticLockingFailureException("boundary request %d was recorded before".formatted(id));
        }
    }

    /** Notes a worry, or a question to somebody; {@code askedWhom} is null for the supervisors. */
    @Transactional
    public void follow(long id, Kind kind, String words, @Nullable UserId askedWhom) {
        rows.insert(id, kind, words, askedWhom);
    }

    /** Keeps what was decided or answered. */
    @Transactional
    public void settle(long id, Kind kind, String decision, String answer, UserId by) {
        rows.settle(id, kind, decision, answer, by, clock.instant());
    }

    /**
     * One request.
     *
     * @throws Hidden when there is none with this id
     */
    @Transactional(readOnly = true)
    public BoundaryRequest get(long id) {
        return rows.find(id).orElseThrow(() -> new Hidden("boundary request", id));
    }

    /** Those of a case, the newest first, in one statement. The caller has asked who may see them. */
    @Transactional(readOnly = true)
    public List<BoundaryRequest> of(CaseSummary caseFile) {
        return rows.ofCase(caseFile.code(), SHOWN);
    }
}
