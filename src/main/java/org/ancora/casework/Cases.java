package org.ancora.casework;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ancora.access.Hidden;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.audit.Audited;
import org.ancora.network.CaseStatus;
import org.ancora.network.Project;
import org.ancora.network.ProjectReason;
import org.ancora.network.ProjectStatus;
import org.ancora.network.Projects;
import org.ancora.network.StatusFlow;
import org.ancora.network.StatusId;
import org.ancora.network.Statuses;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The cases. Every change is told as an event and to the activity log, in the same transaction.
 *
 * <p>Changing methods trust their caller to have asked whether the person may; {@link UserId#SYSTEM} stands for Ancora itself.
 */
@Service
public class Cases {

    private final CaseFiles files;
    private final StatusMoves moves;
    private final StatusRules rules;
    private final Statuses statuses;
    private final CaseRows rows;
    private final FlagRows flags;
    private final Projects projects;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Cases(
            CaseFiles files,
            StatusMoves moves,
            StatusRules rules,
            Statuses statuses,
            CaseRows rows,
            FlagRows flags,
            Projects projects,
            ApplicationEventPublisher events,
            Clock clock) {
        this.files = files;
        this.moves = moves;
        this.rules = rules;
        this.statuses = statuses;
        this.rows = rows;
        this.flags = flags;
        this.projects = projects;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Opens a case with the next code of its project and year, {@code YRK-2026-0388}. Codes are never given twice, however
     * many intakes arrive at once.
     *
     * @throws Hidden when there is no such project
     */
    @Transactional
    public CaseSummary open(NewCase opened) {
        Project project = projects.get(opened.project());
        Instant now = clock.instant();
        int year = now.atZone(project.calendar().zone()).getYear();
        String code = "%s-%d-%04d".formatted(project.codePrefix(), year, rows.nextNumber(project.id(), year));
        ProjectStatus first = statuses.flow(project.id()).first(CaseStatus.NEW);
        files.save(CaseFile.opened(code, opened, first, now));
        events.publishEvent(Audited.ofCase("case.opened", project.id(), code, opened.by())
                .with("source", opened.source().kind().code()));
        events.publishEvent(new CaseOpened(code, project.id(), opened.by()));
        return byCode(code);
    }

    /** Returns a case, if there is one with this code; for steps and listeners, which may see every case. */
    public Optional<CaseSummary> find(String code) {
        return rows.find(code, Viewer.system());
    }

    /**
     * Returns a case; for steps and listeners, which may see every case.
     *
     * @throws Hidden when there is none with this code
     */
    public CaseSummary byCode(String code) {
        return byCode(code, Viewer.system());
    }

    /**
     * Returns a case that the viewer may see.
     *
     * @throws Hidden when there is none with this code, or it is not for this viewer
     */
    public CaseSummary byCode(String code, Viewer viewer) {
        return rows.find(code, viewer).orElseThrow(() -> new Hidden("case", code));
    }

    /** Returns those of the cases with these codes that the viewer may see, by code, in one statement. */
    public Map<String, CaseSummary> byCodes(Collection<String> codes, Viewer viewer) {
        return rows.withCodes(codes, viewer);
    }

    /** Returns those of a client's cases that the viewer may see, the newest first. */
    public List<CaseSummary> ofProfile(ProfileId profile, Viewer viewer) {
        return rows.ofProfile(profile, viewer);
    }

    /**
     * Returns the open cases of these projects that are the viewer's own, by the client's name; without clients who are protected
     * from them.
     *
     * @param most how many at most
     */
    public List<CaseSummary> openOwn(Collection<ProjectId> projects, Viewer viewer, int most) {
        return rows.openOwn(projects, viewer, most);
    }

    /** Returns every flag of a case, open ones first, then the newest. */
    public List<Flag> flags(CaseSummary caseFile) {
        return flags.of(caseFile.id());
    }

    /** Returns the flags of a case, what may be raised besides, and what each asks of whoever sees it. */
    FlagRows.Board flagBoard(CaseSummary caseFile) {
        return flags.board(caseFile);
    }

    /** Returns a project's kind of flag, retired or not, if it has one with this code. */
    public Optional<Flag.Kind> flagKind(ProjectId project, String code) {
        return flags.kind(project, code);
    }

    /**
     * Gives a case to a caseworker. Whether they have room is asked afterwards ({@link Caseloads#takeUp}), so reassigning a
     * waiting case looks at the new worker's room (A-R1). Giving it to the one who has it changes nothing.
     *
     * @param reason may be empty
     * @throws CaseIsClosed when the case is closed
     * @throws Hidden when there is none with this code
     */
    @Transactional
    public void assign(String code, UserId to, UserId by, String reason) {
        assign(code, null, to, by, reason);
    }

    /** As {@link #assign(String, UserId, UserId, String)}, unless the case was changed since {@code version}. */
    @Transactional
    public void assign(String code, @Nullable Integer version, UserId to, UserId by, String reason) {
        CaseFile before = open(code, version);
        UserId from = before.assignee();
        if (to.equals(from)) {
            return;
        }
        CaseFile after = moves.save(before, before.assigned(to, clock.instant()), by);
        rows.noteAssignment(id(after), "assigned", to, by, clock.instant(), reason.strip());
        Audited told = audited("case.assigned", after, by).with("to", to);
        events.publishEvent(from == null ? told : told.with("from", from));
        events.publishEvent(new CaseAssigned(code, project(after), from, to, by, after.version()));
        tellRoom(before);
    }

    /**
     * Admits the client to service, or notes that service is resumed (A21). Admitting twice changes nothing.
     *
     * @throws CaseIsClosed when the case is closed
     */
    @Transactional
    public void admit(String code, UserId by) {
        CaseFile file = open(code, null);
        if (file.status() == CaseStatus.IN_PROGRESS) {
            return;
        }
        CaseFile after = moves.save(file, file.admitted(clock.instant()), by);
        events.publishEvent(audited("case.admitted", after, by));
        events.publishEvent(new CaseAdmitted(code, project(after), by));
    }

    /** As {@link #close(String, Integer, ClosingReason, String, UserId)} with the reason's code and no note. */
    @Transactional
    public void close(String code, String reasonCode, UserId by) {
        close(code, null, ClosingReason.of(reasonCode), "", by);
    }

    /**
     * Closes a case for a reason. Closing a closed case changes nothing, so that a flow which ends because the case was
     * closed may close it too.
     *
     * @param version the version that the person saw, or null to close it however it stands
     * @param note may be empty
     */
    @Transactional
    public void close(String code, @Nullable Integer version, ClosingReason reason, String note, UserId by) {
        CaseFile before = file(code);
        if (before.isClosed()) {
            return;
        }
        expect(before, version);
        if (statuses.reason(project(before), reason.code()).isEmpty()) {
            throw new IllegalArgumentException("the project closes no case for this reason: " + reason.code());
        }
        close(before, before.closed(reason, note.strip(), clock.instant()), reason, by);
    }

    private void close(CaseFile before, CaseFile closed, ClosingReason reason, UserId by) {
        CaseFile after = moves.save(before, closed, by);
        events.publishEvent(audited("case.closed", after, by).with("reason", reason.code()));
        events.publishEvent(new CaseClosed(after.code(), project(after), reason, by));
        tellRoom(before);
    }

    /**
     * Gives a case another of its project's statuses (C47–C51, C53–C56). Giving it the one it has changes nothing.
     *
     * <p>Unlike the other changes this one asks itself whether the person may: the permission (to close, to open again, or
     * to change a status), the change itself among those that the project leaves to their roles, and, for a closed case,
     * the project's rule for opening it again. Ancora itself is asked for none of this, but for a reason to close.
     *
     * @param version the version that the person saw, or null to change it however it stands
     * @param reason key of one of the project's closing reasons; needed exactly when the status is a closed one
     * @param note needed to open a closed case, and with reasons that want one; may be empty otherwise
     * @throws StatusRefused when something stands in the way: it says what, and who could change it
     * @throws org.ancora.access.Forbidden when the permission is missing
     * @throws Hidden when there is no such case for this person
     */
    @Transactional
    public void changeStatus(
            String code, @Nullable Integer version, StatusId to, @Nullable String reason, String note, Viewer by) {
        CaseSummary seen = byCode(code, by);
        CaseFile before = file(code);
        expect(before, version);
        if (before.ofStatus().equals(to)) {
            return;
        }
        StatusFlow flow = statuses.flow(seen.project());
        ProjectStatus target = rules.check(seen, flow, to, note, by);
        Instant now = clock.instant();
        if (target.isClosed()) {
            ProjectReason why = rules.reason(seen, reason, note, by);
            ClosingReason closing = ClosingReason.of(why.key());
            if (before.isClosed()) {
                Instant then = Objects.requireNonNullElse(seen.closedAt(), now);
                CaseFile after = moves.save(
                        before, before.closed(closing, note.strip(), then).of(target), by.id());
                events.publishEvent(changed(after, seen, target, by).with("reason", closing.code()));
                return;
            }
            close(before, before.closed(closing, note.strip(), now).of(target), closing, by.id());
            return;
        }
        CaseFile after = moves.save(before, before.in(target, now), by.id());
        if (before.isClosed()) {
            rows.noteReopening(id(after), by.id(), now, note.strip());
            events.publishEvent(audited("case.reopened", after, by.id()).with("status", target.key()));
            events.publishEvent(new CaseReopened(code, seen.project(), by.id()));
        } else {
            events.publishEvent(changed(after, seen, target, by));
            tellRoom(before);
        }
    }

    private static Audited changed(CaseFile after, CaseSummary seen, ProjectStatus target, Viewer by) {
        return audited("case.status-changed", after, by.id())
                .with("was", seen.projectStatus().key())
                .with("status", target.key());
    }

    /**
     * Returns the statuses that this person may give a case now, in the project's order; one that needs a reason or has a
     * condition before it is among them.
     */
    public List<ProjectStatus> nextStatuses(CaseSummary caseFile, Viewer viewer) {
        return rules.offered(caseFile, statuses.flow(caseFile.project()), viewer);
    }

    /**
     * Changes how the client is served (A-R14). Asking for what already holds changes nothing.
     *
     * @throws CaseIsClosed when the case is closed
     */
    @Transactional
    public void changeServiceMode(String code, ServiceMode mode, UserId by) {
        changeServiceMode(code, null, mode, by);
    }

    /** As {@link #changeServiceMode(String, ServiceMode, UserId)}, unless the case was changed since {@code version}. */
    @Transactional
    public void changeServiceMode(String code, @Nullable Integer version, ServiceMode mode, UserId by) {
        CaseFile file = open(code, null);
        ServiceMode from = ServiceMode.of(file.serviceMode());
        if (from == mode) {
            return;
        }
        expect(file, version);
        CaseFile after = files.save(file.servedIn(mode));
        events.publishEvent(audited("case.service-mode-changed", after, by).with("mode", mode.code()));
        events.publishEvent(new ServiceModeChanged(code, project(after), from, mode, by));
    }

    /**
     * Raises a flag (C72). Raising one that is open already changes nothing.
     *
     * @param note may be empty
     * @throws CaseIsClosed when the case is closed (C-R6)
     */
    @Transactional
    public void raiseFlag(String code, Flag.Kind kind, String note, UserId by) {
        CaseFile file = open(code, null);
        if (flags.raise(id(file), kind, note.strip(), clock.instant(), by)) {
            events.publishEvent(audited("case.flag-raised", file, by).with("flag", kind.code()));
            events.publishEvent(new FlagRaised(code, project(file), kind, by));
        }
    }

    /**
     * Resolves an open flag. Resolving one that is not open changes nothing.
     *
     * @param resolution what was done about it; may be empty
     * @throws CaseIsClosed when the case is closed (C-R6)
     */
    @Transactional
    public void resolveFlag(String code, Flag.Kind kind, String resolution, UserId by) {
        CaseFile file = open(code, null);
        if (flags.resolve(id(file), kind, resolution.strip(), clock.instant(), by)) {
            events.publishEvent(audited("case.flag-resolved", file, by).with("flag", kind.code()));
            events.publishEvent(new FlagResolved(code, project(file), kind, by));
        }
    }

    private CaseFile file(String code) {
        return files.findByCode(code).orElseThrow(() -> new Hidden("case", code));
    }

    private CaseFile open(String code, @Nullable Integer version) {
        CaseFile file = file(code);
        expect(file, version);
        if (file.isClosed()) {
            throw new CaseIsClosed(code);
        }
        return file;
    }

    private static void expect(CaseFile file, @Nullable Integer version) {
        if (version != null && version != file.version()) {
            throw new OptimisticLockingFailureException(
                    "case %s is at version %d, not %d".formatted(file.code(), file.version(), version));
        }
    }

    private void tellRoom(CaseFile before) {
        UserId worker = before.assignee();
        if (worker != null && before.isLoad()) {
            events.publishEvent(new CapacityChanged(worker, project(before)));
        }
    }

    private static Audited audited(String action, CaseFile file, UserId by) {
        return Audited.ofCase(action, project(file), file.code(), by);
    }

    private static ProjectId project(CaseFile file) {
        return new ProjectId(file.projectId());
    }

    private static CaseId id(CaseFile file) {
        return new CaseId(Objects.requireNonNull(file.id()));
    }
}
