package org.ancora.casework;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.network.CaseStatus;
import org.ancora.network.ProjectStatus;
import org.jspecify.annotations.Nullable;

/**
 * What lists, headers, panels and steps need to know of a case.
 *
 * @param id identity
 * @param code {@code YRK-2026-0388}
 * @param project to which it belongs
 * @param profile the client
 * @param client the client's name; empty for an anonymous client, and for one who is concealed
 * @param concealed whether the client is protected from whoever this was read for: no name, no contact points, no source
 * @param languages the client's languages, the preferred one first
 * @param status where it stands, in the words of procedures: the category of its project status
 * @param projectStatus what its project calls that (C47)
 * @param serviceMode how the client is served
 * @param assignee the caseworker, if any
 * @param assigneeName the caseworker's name
 * @param assigneeLeft whether it is open and that person's access to its project has ended (C-R11)
 * @param assignedAt when that caseworker was assigned
 * @param waitingSince since when it waits for room in the caseworker's caseload
 * @param openedAt when it was opened
 * @param admittedAt when the client was admitted
 * @param closedAt when it was closed
 * @param closingReason why, exactly when it is closed
 * @param source who referred the client
 * @param openFlags kinds of the flags that nobody has resolved yet
 * @param sharing with whom it is shared besides the caseworker
 * @param emergency whether whoever this was read for opened it in an emergency, and reads it like their own for a while
 * @param version counts its changes, for editing without overwriting each other
 */
public record CaseSummary(
        CaseId id,
        String code,
        ProjectId project,
        ProfileId profile,
        String client,
        boolean concealed,
        List<Locale> languages,
        CaseStatus status,
        ProjectStatus projectStatus,
        ServiceMode serviceMode,
        @Nullable UserId assignee,
        @Nullable String assigneeName,
        boolean assigneeLeft,
        @Nullable Instant assignedAt,
        @Nullable Instant waitingSince,
        Instant openedAt,
        @Nullable Instant admittedAt,
        @Nullable Instant closedAt,
        @Nullable ClosingReason closingReason,
        ReferralSource source,
        List<Flag.Kind> openFlags,
        Sharing sharing,
        boolean emergency,
        int version) {

    /** Returns whether work on it has ended. */
    public boolean isClosed() {
        return status == CaseStatus.CLOSED;
    }

    /** Returns whether it is assigned to this person. */
    public boolean isAssignedTo(UserId user) {
        return user.equals(assignee);
    }

    /** Returns whether it is this person's own: assigned to them or their team, or shared with them as a collaborator. */
    public boolean isOwnOf(UserId user) {
        return emergency || isAssignedTo(user) || sharing.includes(user);
    }

    /** Returns whether a flag is open that stops the closing, such as risk, so that nothing may close by itself. */
    public boolean isAtRisk() {
        return openFlags.stream().anyMatch(Flag.Kind::stopsClosing);
    }

    /** Returns the language to write to the client in. */
    public Locale preferredLanguage() {
        return languages.get(0);
    }

    /** Returns the address of its page. */
    public String path() {
        return "/cases/" + code;
    }
}
