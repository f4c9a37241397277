package org.ancora.referral;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.ancora.access.Hidden;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.audit.Audited;
import org.ancora.casework.CaseClosed;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.record.CaseRecord;
import org.ancora.casework.record.CaseRecord.Remembered;
import org.ancora.network.Projects;
import org.ancora.process.ProcedureCancelled;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.ancora.time.BusinessCalendar;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The referrals of cases (C97–C114). Each has a procedure that follows it until nothing is left to do; the engine knows its
 * id and its dates, and nothing of what it says.
 */
@Service
class Referrals {

    private final ReferralRows rows;
    private final CaseRecord record;
    private final Cases cases;
    private final Projects projects;
    private final Processes processes;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Referrals(
            ReferralRows rows,
            CaseRecord record,
            Cases cases,
            Projects projects,
            Processes processes,
            ApplicationEventPublisher events,
            Clock clock) {
        this.rows = rows;
        this.record = record;
        this.cases = cases;
        this.projects = projects;
        this.processes = processes;
        this.events = events;
        this.clock = clock;
    }

    /** A case's referrals, the newest first. */
    @Transactional(readOnly = true)
    public List<Referral> of(CaseSummary caseFile, @Nullable Long before, int limit) {
        return rows.of(caseFile.id(), before, limit);
    }

    /** Those about which something is left to do, the oldest first. */
    @Transactional(readOnly = true)
    public List<Referral> unfinished(CaseSummary caseFile) {
        return rows.unfinished(caseFile.id());
    }

    /** The codes of a project's open cases that have unfinished referrals. */
    @Transactional(readOnly = true)
    public Set<String> unfinishedIn(ProjectId project) {
        return rows.unfinishedIn(project);
    }

    /**
     * One referral.
     *
     * @throws Hidden when the case has none with this id
     */
    @Transactional(readOnly = true)
    public Referral get(CaseSummary caseFile, long id) {
        return rows.find(caseFile.id(), id).orElseThrow(() -> new Hidden("referral", id));
    }

    /** One referral, for steps and tasks, which may see every one. */
    @Transactional(readOnly = true)
    public Referral get(long id) {
        return rows.get(id);
    }

    /** The follow-ups of these referrals, the newest first. */
    @Transactional(readOnly = true)
    public List<FollowUp> followUps(Collection<Long> referrals) {
        return rows.followUps(referrals);
    }

    /** What happened to these referrals, the newest first. */
    @Transactional(readOnly = true)
    public List<HistoryLine> history(Collection<Long> referrals) {
        return rows.history(referrals);
    }

    /** What somebody has to follow up until then on the cases that are theirs. */
    @Transactional(readOnly = true)
    public List<Referral> dueFor(Viewer person, Instant until, int limit) {
        return rows.dueFor(person, until, limit);
    }

    /**
     * Refers a client to a service (C102, C129). Nothing is sent by this.
     *
     * @param followUpOn when to ask what became of it: today or later
     * @return the referral's id
     */
    @Transactional
    public long make(CaseSummary caseFile, Resource resource, Referral.Need need, LocalDate followUpOn, UserId by) {
        return make(caseFile, resource, need, followUpOn, UUID.randomUUID(), by);
    }

    /**
     * As above, once however often the same form is sent.
     *
     * @param requestKey the same for the same form with the same words, see {@link org.ancora.web.RequestKey}
     * @return the id of the referral that was made now, or with this key before
     */
    @Transactional
    public long make(
            CaseSummary caseFile,
            Resource resource,
            Referral.Need need,
            LocalDate followUpOn,
            UUID requestKey,
            UserId by) {
        Instant now = clock.instant();
        Optional<Long> earlier = rows.made(caseFile.id(), requestKey);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        long id = rows.insert(caseFile.id(), resource, need, requestKey, by, now);
        rows.insertFollowUp(id, followUpOn, due(followUpOn, projects.calendar(caseFile.project())));
        rows.note(id, now, "made", by, "", null, null, "");
        String process = processes.start(
                ReferralProcess.KEY,
                caseFile.code(),
                caseFile.project(),
                Variables.of(ReferralProcess.REFERRAL, id)
                        .and(Processes.WORKER, caseFile.assignee())
                        .and(ReferralProcess.FINISHED, false));
        rows.followedBy(id, process);
        events.publishEvent(new Audited(
                "referral.made", caseFile.project(), caseFile.code(), "referral", String.valueOf(id), by, Map.of()));
        return id;
    }

    /**
     * Writes down what somebody found out, outside the task for it: a call came in, or the client told (C105, C111).
     *
     * @param version of the referral that the person saw
     * @throws OptimisticLockingFailureException when it was changed since, or nothing is left to do about it
     */
    @Transactional
    public void record(CaseSummary caseFile, long id, int version, Referral.Result result, UserId by) {
        Referral before = rows.lock(id);
        if (before.version() != version || before.isFinished()) {
            throw new OptimisticLockingFailureException(
                    "referral %d is no longer at version %d".formatted(id, version));
        }
        boolean finished = settle(before, "referral.recorded", result, by);
        String process = Objects.requireNonNull(before.process());
        if (!processes.tell(process, ReferralProcess.RECORDED, Variables.of(ReferralProcess.FINISHED, finished))) {
            throw new OptimisticLockingFailureException("referral %d goes on at this moment".formatted(id));
        }
    }

    /**
     * Follows a referral up as its task asks.
     *
     * @return the variables by which the procedure goes on
     */
    @Transactional
    public Variables followUp(long id, Referral.Result result, UserId by) {
        return Variables.of(ReferralProcess.FINISHED, settle(rows.lock(id), "referral.followed-up", result, by));
    }

    /** Returns whether nothing is left to do. */
    private boolean settle(Referral before, String action, Referral.Result result, UserId by) {
        Instant now = clock.instant();
        rows.change(before.id(), result.status(), result.outcome());
        rows.doneFollowUp(before.id(), result, by, now)
                .ifPresent(followUp -> events.publishEvent(new ReferralFollowedUp(
                        before.caseCode(),
                        before.project(),
                        before.id(),
                        followUp,
                        result.status(),
                        result.outcome(),
                        by)));
        rows.note(
                before.id(),
                now,
                action.substring("referral.".length()),
                by,
                "",
                result.status(),
                result.outcome(),
                result.note());
        events.publishEvent(
                audited(action, before, by).with("status", result.status().code()));
        LocalDate next = result.nextOn();
        if (next == null) {
            rows.finish(before.id(), now);
            return true;
        }
        rows.insertFollowUp(before.id(), next, due(next, projects.calendar(before.project())));
        return false;
    }

    /** However a case ends, its referrals are no longer followed; they stay as they were. */
    @EventListener
    @Transactional
    public void on(CaseClosed closed) {
        for (Referral referral : rows.unfinished(cases.byCode(closed.code()).id())) {
            rows.finish(referral.id(), clock.instant());
            rows.note(referral.id(), clock.instant(), "ended-with-case", null, "", null, null, "");
            events.publishEvent(audited("referral.ended-with-case", referral, null));
            processes.tell(Objects.requireNonNull(referral.process()), ReferralProcess.CASE_CLOSED, Variables.none());
        }
    }

    /** Somebody ended its procedure by hand: it is no longer followed, and keeps nothing from being closed. */
    @EventListener
    @Transactional
    public void on(ProcedureCancelled cancelled) {
        if (!cancelled.process().equals(ReferralProcess.KEY)) {
            return;
        }
        for (Referral referral :
                rows.unfinished(cases.byCode(cancelled.caseCode()).id())) {
            if (cancelled.instance().equals(referral.process())) {
                rows.finish(referral.id(), clock.instant());
                rows.note(referral.id(), clock.instant(), "ended-by-hand", cancelled.by(), "", null, null, "");
            }
        }
    }

    /** The first office day on or after a day. */
    static LocalDate officeDay(LocalDate day, BusinessCalendar calendar) {
        return calendar.plus(day, 0);
    }

    static Instant due(LocalDate day, BusinessCalendar calendar) {
        return calendar.endOf(officeDay(day, calendar));
    }

    static Audited audited(String action, Referral referral, @Nullable UserId by) {
        return new Audited(
                action,
                referral.project(),
                referral.caseCode(),
                "referral",
                String.valueOf(referral.id()),
                by,
                Map.of());
    }

    /** What stands in the reminders about these referrals, by the referral's id. */
    @Transactional(readOnly = true)
    public Map<Long, List<Remembered>> reminders(Collection<Long> referrals) {
        Map<Long, Long> of = rows.reminders(referrals);
        return of.isEmpty()
                ? Map.of()
                : record.reminders(of.keySet()).stream()
                        .collect(Collectors.groupingBy(each -> Objects.requireNonNull(of.get(each.id()))));
    }

    /**
     * Reminds whoever has the case then about a referral (C111).
     *
     * @param on today or later
     * @param requestKey the same for the same form with the same words: it reminds once
     */
    @Transactional
    public void remind(Referral referral, String text, LocalDate on, UUID requestKey, UserId by) {
        rows.lock(referral.id());
        if (!rows.reminded(referral.id(), requestKey)) {
            rows.insertReminder(referral.id(), record.remind(referral.caseCode(), text, on, by), requestKey);
        }
    }

    /** The statuses that somebody may find a referral in now, of those on offer: nothing that was sent becomes unsent. */
    static Set<ReferralStatus> possible(Referral referral, ProjectOptions options) {
        Set<ReferralStatus> possible = EnumSet.allOf(ReferralStatus.class);
        if (referral.status() != ReferralStatus.DRAFT) {
            possible.remove(ReferralStatus.DRAFT);
        }
        if (referral.status() != ReferralStatus.SENT) {
            possible.remove(ReferralStatus.SENT);
        }
        possible.removeIf(status -> status != referral.status() && !options.offers(status));
        return possible;
    }
}
