package org.ancora.attention.complaint;

import java.time.Instant;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.attention.DayUnit;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a petition on its way, by the petition's number.
 *
 * @param terms what was promised under which rules
 * @param told what staff and person were told already
 * @param stoppedAt since when the clock stands still, or null while it runs
 * @param unitWorker the one person of the unit who answers; null for the whole unit
 * @param answer as it was written last, or null
 * @param links to other complaints, institutions and cases
 * @param version rises with every change
 */
record Complaint(
        String number,
        ProjectId project,
        Instant registeredAt,
        ComplaintStage stage,
        Terms terms,
        Told told,
        @Nullable Instant stoppedAt,
        @Nullable UserId unitWorker,
        @Nullable String answer,
        @Nullable Instant answeredAt,
        @Nullable Instant endedAt,
        Links links,
        int version) {

    /**
     * What was promised.
     *
     * @param mostDays business days to which it can be extended at most
     * @param firstDue as it was told first
     * @param due as it stands now
     * @param overCap whether the table's own count would have passed the legal cap
     */
    record Terms(
            DayUnit unit,
            int mostDays,
            int warnDays,
            int lateDays,
            int stepDays,
            Instant firstDue,
            Instant due,
            boolean overCap) {}

    /** When each was told; null when not yet. {@code newDue} is the date that was told after the promise was broken. */
    record Told(
            @Nullable Instant halfway,
            @Nullable Instant warned,
            @Nullable Instant breached,
            @Nullable Instant newDue) {}

    /** What it is linked with. */
    record Links(
            @Nullable String appealOf,
            @Nullable String mergedInto,
            @Nullable String redirectedTo,
            @Nullable String caseCode) {}

    public boolean isStopped() {
        return stoppedAt != null;
    }

    public boolean isBroken() {
        return told.breached() != null;
    }

    public String path() {
        return "/complaints/" + number;
    }

    /** Whether the viewer may know of it: by the permission, or as the unit that answers; never beyond a wall (J-R12). */
    boolean isFor(Viewer viewer) {
        return !viewer.walledOff(number) && viewer.may(Permission.READ_PETITIONS, project, isOfUnitOf(viewer));
    }

    /** Whether it is the viewer's to answer. */
    boolean isOfUnitOf(Viewer viewer) {
        return stage != ComplaintStage.ROUTING
                && viewer.roles(project).contains(Role.UNIT)
                && (unitWorker == null || unitWorker.equals(viewer.id()));
    }

    /** Whether the viewer may stop the clock, end it, or add what came in. */
    boolean mayBeHandledBy(Viewer viewer) {
        return isFor(viewer) && (viewer.may(Permission.ATTEND_USERS, project) || isOfUnitOf(viewer));
    }

    /** Whether the viewer may give it more time. */
    boolean mayBeExtendedBy(Viewer viewer) {
        return isFor(viewer) && viewer.may(Permission.DECIDE_AS_SUPERVISOR, project);
    }
}
