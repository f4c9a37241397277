package org.ancora.casework.record;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.audit.Audited;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.ReminderDue;
import org.ancora.network.Projects;
import org.ancora.process.NotWaiting;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.ancora.time.BusinessCalendar;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reminders on cases (C-R1). Each has a small procedure that waits for its time and then tells the person; the engine
 * knows its id and its date, and nothing of what it says.
 */
@Service
class Reminders {

    private final ReminderRows rows;
    private final Projects projects;
    private final Processes processes;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Reminders(
            ReminderRows rows, Projects projects, Processes processes, ApplicationEventPublisher events, Clock clock) {
        this.rows = rows;
        this.projects = projects;
        this.processes = processes;
        this.events = events;
        this.clock = clock;
    }

    /**
     * The reminders of a case: what is open, the soonest first, then what is done, the latest first; among them, for whoever
     * may read the care plan, its actions that are late or due within a day.
     */
    @Transactional(readOnly = true)
    public List<Reminder> of(CaseSummary caseFile, Viewer reader, int limit) {
        boolean planned = RecordDesk.may(Permission.READ_CARE_PLAN, caseFile, reader);
        return rows.of(caseFile.id(), planned, clock.instant().plus(Duration.ofDays(1)), limit);
    }

    /**
     * One reminder.
     *
     * @throws Hidden when the case has none with this id
     */
    @Transactional(readOnly = true)
    public Reminder get(CaseSummary caseFile, long id) {
        return rows.find(caseFile.id(), id).orElseThrow(() -> new Hidden("reminder", id));
    }

    /** These reminders, the soonest first. */
    @Transactional(readOnly = true)
    public List<Reminder> withIds(Collection<Long> ids) {
        return rows.withIds(ids);
    }

    /** What one person has to do until then, on cases that they may open. */
    @Transactional(readOnly = true)
    public List<Reminder> dueFor(Viewer person, Instant until, int limit) {
        return rows.dueFor(person, until, limit);
    }

    /** Sets a reminder; its id is returned. */
    @Transactional
    public long set(CaseSummary caseFile, Reminder.What what, UserId by) {
        BusinessCalendar calendar = projects.calendar(caseFile.project());
        long id = rows.insert(caseFile.id(), what, due(what, calendar), by, clock.instant());
        await(id, caseFile.project(), what, calendar);
        events.publishEvent(audited("reminder.set", caseFile, id, by).with("on", what.on()));
        return id;
    }

    /**
     * Moves a reminder, or changes what it says or whom it reminds.
     *
     * @param version of the reminder that the person saw
     * @throws OptimisticLockingFailureException when it was changed since, or is done
     */
    @Transactional
    public void change(CaseSummary caseFile, Reminder before, int version, Reminder.What what, UserId by) {
        BusinessCalendar calendar = projects.calendar(caseFile.project());
        Instant due = due(what, calendar);
        if (!rows.change(before.id(), version, what, due)) {
            throw new OptimisticLockingFailureException(
                    "reminder %d is no longer at version %d".formatted(before.id(), version));
        }
        if (!before.dueAt().equals(due)) {
            move(before.id(), caseFile.project(), what, calendar);
        }
        events.publishEvent(
                audited("reminder.changed", caseFile, before.id(), by).with("on", what.on()));
    }

    /** It is done; finishing it twice changes nothing. */
    @Transactional
    public void done(CaseSummary caseFile, Reminder reminder, UserId by) {
        if (rows.done(reminder.id(), by, clock.instant())) {
            tellProcedure(ReminderProcess.FINISHED, reminder.id(), Variables.none());
            events.publishEvent(audited("reminder.done", caseFile, reminder.id(), by));
        }
    }

    /** It was not done after all. */
    @Transactional
    public void open(CaseSummary caseFile, Reminder reminder, UserId by) {
        if (rows.open(reminder.id())) {
            await(reminder.id(), caseFile.project(), reminder.what(), projects.calendar(caseFile.project()));
            events.publishEvent(audited("reminder.opened", caseFile, reminder.id(), by));
        }
    }

    /** Its time has come: the person is told, once. Nobody is told of what is done, or while nobody has the case. */
    @Transactional
    public void tell(long id) {
        rows.find(id)
                .filter(reminder -> reminder.person() != null && rows.told(id, clock.instant()))
                .ifPresent(reminder -> events.publishEvent(new ReminderDue(
                        reminder.caseCode(),
                        reminder.project(),
                        id,
                        Objects.requireNonNull(reminder.person()),
                        reminder.dueAt())));
    }

    /** By when: the hour, or the end of the office day. */
    private static Instant due(Reminder.What what, BusinessCalendar calendar) {
        String hour = what.at();
        return hour == null
                ? calendar.endOf(what.on())
                : what.on()
                        .atTime(LocalTime.parse(hour))
                        .atZone(calendar.zone())
                        .toInstant();
    }

    /** When to tell the person: at the hour, or when the office opens on that day. */
    private static Instant remindAt(Reminder.What what, BusinessCalendar calendar) {
        return what.at() == null ? calendar.startOf(what.on()) : due(what, calendar);
    }

    private void move(long id, ProjectId project, Reminder.What what, BusinessCalendar calendar) {
        boolean waiting = tellProcedure(
                ReminderProcess.MOVED, id, Variables.of(ReminderProcess.REMIND_AT, remindAt(what, calendar)));
        if (!waiting) {
            await(id, project, what, calendar);
        }
    }

    private void await(long id, ProjectId project, Reminder.What what, BusinessCalendar calendar) {
        processes.start(
                ReminderProcess.KEY,
                ReminderProcess.key(id),
                project,
                Variables.of(ReminderProcess.REMINDER, id).and(ReminderProcess.REMIND_AT, remindAt(what, calendar)));
    }

    /** Whether a procedure was still waiting; it is not once the person was told. */
    private boolean tellProcedure(String message, long id, Variables variables) {
        try {
            processes.correlate(message, ReminderProcess.key(id), variables);
            return true;
        } catch (NotWaiting told) {
            return false;
        }
    }

    /** The first office day on or after a day. */
    static LocalDate officeDay(LocalDate day, BusinessCalendar calendar) {
        return calendar.plus(day, 0);
    }

    private static Audited audited(String action, CaseSummary caseFile, long id, UserId by) {
        return new Audited(action, caseFile.project(), caseFile.code(), "reminder", String.valueOf(id), by, Map.of());
    }
}
