package org.ancora.casework;

import java.time.Instant;
import org.ancora.access.UserId;
import org.ancora.network.CaseStatus;
import org.ancora.network.ProjectStatus;
import org.ancora.network.StatusId;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.Embedded.OnEmpty;
import org.springframework.data.relational.core.mapping.Table;

/** A case as it is kept: who it is about, where it stands, where it came from. Verbs return changed copies. */
@Table("case_file")
record CaseFile(
        @Id @Nullable Long id,
        String code,
        long projectId,
        long profileId,
        String serviceMode,
        long statusId,
        @Embedded(onEmpty = OnEmpty.USE_EMPTY) Standing standing,
        @Embedded(onEmpty = OnEmpty.USE_EMPTY) Opening opening,
        @Version int version) {

    /** Where a case stands; its status is the category of the project's status. */
    record Standing(
            String status,
            @Nullable Long assignee,
            @Nullable Instant assignedAt,
            @Nullable Instant waitingSince,
            @Nullable Instant admittedAt,
            @Nullable Instant closedAt,
            @Nullable String closingReason,
            String closingNote) {

        static final Standing NEW = new Standing(CaseStatus.NEW.code(), null, null, null, null, null, null, "");
    }

    /** How a case came to be. */
    record Opening(
            String sourceKind,
            String sourceName,
            String sourcePhone,
            String sourceEmail,
            Instant openedAt,
            @Nullable Long openedBy) {}

    static CaseFile opened(String code, NewCase opened, ProjectStatus status, Instant now) {
        ReferralSource source = opened.source();
        Opening opening = new Opening(
                source.kind().code(), source.name(), source.phone(), source.email(), now, Columns.account(opened.by()));
        return new CaseFile(
                null,
                code,
                opened.project().value(),
                opened.profile().value(),
                opened.serviceMode().code(),
                status.id().value(),
                Standing.NEW,
                opening,
                0);
    }

    CaseStatus status() {
        return CaseStatus.of(standing.status);
    }

    boolean isClosed() {
        return status() == CaseStatus.CLOSED;
    }

    /** Whether it counts in its worker's caseload: closed and waiting cases do not (A-R1). */
    boolean isLoad() {
        return standing.assignee != null
                && (status() == CaseStatus.ASSIGNED
                        || status() == CaseStatus.IN_PROGRESS
                        || status() == CaseStatus.PENDING);
    }

    @Nullable
    UserId assignee() {
        Long assignee = standing.assignee;
        return assignee == null ? null : new UserId(assignee);
    }

    /** Given to a caseworker, whose room is looked at anew unless the client is in service already. */
    CaseFile assigned(UserId to, Instant now) {
        CaseStatus next = status() == CaseStatus.IN_PROGRESS ? CaseStatus.IN_PROGRESS : CaseStatus.ASSIGNED;
        return with(new Standing(next.code(), to.value(), now, null, standing.admittedAt, null, null, ""));
    }

    CaseFile waiting(Instant now) {
        Instant since = standing.waitingSince == null ? now : standing.waitingSince;
        return with(new Standing(
                CaseStatus.WAITING_FOR_CAPACITY.code(),
                standing.assignee,
                standing.assignedAt,
                since,
                standing.admittedAt,
                null,
                null,
                ""));
    }

    CaseFile takenUp() {
        return with(new Standing(
                CaseStatus.ASSIGNED.code(),
                standing.assignee,
                standing.assignedAt,
                null,
                standing.admittedAt,
                null,
                null,
                ""));
    }

    CaseFile admitted(Instant now) {
        return with(new Standing(
                CaseStatus.IN_PROGRESS.code(), standing.assignee, standing.assignedAt, null, now, null, null, ""));
    }

    CaseFile closed(ClosingReason reason, String note, Instant now) {
        return with(new Standing(
                CaseStatus.CLOSED.code(),
                standing.assignee,
                standing.assignedAt,
                null,
                standing.admittedAt,
                now,
                reason.code(),
                note));
    }

    /** Of one of the project's own statuses, which is not a closed one; who was admitted once stays so. */
    CaseFile in(ProjectStatus status, Instant now) {
        boolean admitted = status.category() == CaseStatus.IN_PROGRESS && standing.admittedAt == null;
        return with(new Standing(
                        status.category().code(),
                        standing.assignee,
                        standing.assignedAt,
                        status.category() == CaseStatus.WAITING_FOR_CAPACITY ? standing.waitingSince : null,
                        admitted ? now : standing.admittedAt,
                        null,
                        null,
                        ""))
                .of(status);
    }

    /** Of this status, in whose category it stands already. */
    CaseFile of(ProjectStatus status) {
        return new CaseFile(
                id, code, projectId, profileId, serviceMode, status.id().value(), standing, opening, version);
    }

    StatusId ofStatus() {
        return new StatusId(statusId);
    }

    CaseFile servedIn(ServiceMode mode) {
        return new CaseFile(id, code, projectId, profileId, mode.code(), statusId, standing, opening, version);
    }

    private CaseFile with(Standing changed) {
        return new CaseFile(id, code, projectId, profileId, serviceMode, statusId, changed, opening, version);
    }
}
