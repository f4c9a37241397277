package org.ancora.process;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.ancora.process.task.ProjectFacts;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.Deadline;
import org.ancora.time.Moved;
import org.ancora.time.SkippedDay;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Counts the open dates of a project again when its calendar changes, and moves those that come out differently (X1). Some
 * cases to a transaction, by the engine's jobs: what was moved stays moved when it is interrupted, and a second run finds
 * nothing left to move. Dates that have passed stay, and none is moved into the past.
 */
@Service
public class CalendarMoves {

    /** Chosen so that a transaction takes some tenths of a second. */
    static final int CHUNK = 50;

    /** How many transactions one job makes; far below the engine's lock on a job. */
    private static final int CHUNKS_A_STEP = 10;

    /** So many cases are read for a forecast; a larger project hears "at least". */
    private static final int FORECAST = 3000;

    private static final int FORECAST_PAGE = 500;

    private static final Logger log = LoggerFactory.getLogger(CalendarMoves.class);

    private final Deadlines deadlines;
    private final HeldDates dates;
    private final MovingDates moving;
    private final Processes processes;
    private final ObjectProvider<ProjectFacts> projects;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Alone alone;

    CalendarMoves(
            Deadlines deadlines,
            HeldDates dates,
            MovingDates moving,
            Processes processes,
            ObjectProvider<ProjectFacts> projects,
            JdbcClient jdbc,
            ApplicationEventPublisher events,
            Clock clock,
            Alone alone) {
        this.deadlines = deadlines;
        this.dates = dates;
        this.moving = moving;
        this.processes = processes;
        this.projects = projects;
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
        this.alone = alone;
    }

    /**
     * What a change of the calendar would do.
     *
     * @param dates how many dates would move
     * @param cases of how many cases they are
     * @param more whether the project has more cases than were looked at, so that these are the least
     */
    public record Forecast(int dates, int cases, boolean more) {}

    /**
     * How far moving has come, or what it did.
     *
     * @param total cases with a running procedure when it began
     * @param lookedAt cases that were looked at
     * @param cases cases of which dates were moved
     * @param dates dates that were moved
     * @param failed cases whose dates could not be moved
     * @param finishedAt null while it goes on
     */
    public record Progress(
            Instant begunAt,
            int total,
            int lookedAt,
            int cases,
            int dates,
            int failed,
            @Nullable Instant finishedAt) {}

    private record Move(long id, ProjectId project, UserId by, String lastCase, boolean finished) {}

    /** One date that comes out differently. */
    private record Planned(Deadlines.Recorded before, HeldDates.Held held, Deadline after, Moved why) {}

    /** Returns how many open dates of a project would move if this were its calendar. */
    @Transactional(readOnly = true)
    public Forecast forecast(ProjectId project, BusinessCalendar calendar) {
        Instant now = clock.instant();
        int moved = 0;
        int cases = 0;
        String last = "";
        for (int seen = 0; seen < FORECAST; seen += FORECAST_PAGE) {
            List<String> page = dates.cases(project.value(), last, FORECAST_PAGE);
            Map<String, List<Planned>> plan = plan(page, calendar, now);
            cases += plan.size();
            moved += plan.values().stream().mapToInt(List::size).sum();
            if (page.size() < FORECAST_PAGE) {
                return new Forecast(moved, cases, false);
            }
            last = page.get(page.size() - 1);
        }
        return new Forecast(moved, cases, true);
    }

    /** Begins to move the open dates of a project to its calendar as it is now; does nothing where no procedure runs. */
    @Transactional
    public void begin(ProjectId project, UserId by) {
        int total = Math.toIntExact(jdbc.sql("""
                        select count(distinct p.business_key_)
                          from engine.act_ru_variable v
                          join engine.act_ru_execution p on p.id_ = v.proc_inst_id_
                         where v.name_ = 'projectId' and v.long_ = :project and p.business_key_ is not null
                        """)
                .param("project", project.value())
                .query(Long.class)
                .single());
        if (total == 0) {
            return;
        }
        long id = jdbc.sql("""
                        insert into date_move (project_id, begun_at, begun_by, total)
                        values (:project, :now, :by, :total) returning id
                        """)
                .param("project", project.value())
                .param("now", at(clock.instant()))
                .param("by", by.value())
                .param("total", total)
                .query(Long.class)
                .single();
        goOnLater(id, project);
    }

    /** Returns what became of the dates of a project after its calendar changed last; empty when no procedure ran then. */
    @Transactional(readOnly = true)
    public Optional<Progress> latest(ProjectId project) {
        return jdbc.sql("""
                        select begun_at, total, looked_at, cases, dates, failed, finished_at
                          from date_move where project_id = :project order by id desc limit 1
                        """)
                .param("project", project.value())
                .query((row, number) -> {
                    OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
                    return new Progress(
                            row.getObject("begun_at", OffsetDateTime.class).toInstant(),
                            row.getInt("total"),
                            row.getInt("looked_at"),
                            row.getInt("cases"),
                            row.getInt("dates"),
                            row.getInt("failed"),
                            finished == null ? null : finished.toInstant());
                })
                .optional();
    }

    /** Goes on until none is left: each job of the engine does some, and leaves the rest to another. */
    void goOnInBackground(long id) {
        for (int chunk = 0; chunk < CHUNKS_A_STEP; chunk++) {
            if (!goOn(id)) {
                return;
            }
        }
        goOnLater(id, find(id, false).project());
    }

    /** Moves the dates of the next cases, committed on its own; returns whether others may be left. */
    boolean goOn(long id) {
        try {
            return alone.get(() -> chunk(id, CHUNK, false));
        } catch (RuntimeException failure) {
            // One case whose procedure goes on just now must not hold up the others: each gets a transaction of its
            // own.
            log.info("Moving dates {} goes on case by case", id, failure);
        }
        for (int each = 0; each < CHUNK; each++) {
            boolean left;
            try {
                left = alone.get(() -> chunk(id, 1, false));
            } catch (RuntimeException failure) {
                log.warn("Moving dates {} skips a case", id, failure);
                left = alone.get(() -> chunk(id, 1, true));
            }
            if (!left) {
                return false;
            }
        }
        return true;
    }

    private boolean chunk(long id, int size, boolean skip) {
        Move move = find(id, true);
        if (move.finished()) {
            return false;
        }
        List<String> page = dates.cases(move.project().value(), move.lastCase(), size);
        int cases = 0;
        int moved = 0;
        if (!skip && !page.isEmpty()) {
            for (List<Planned> plan :
                    plan(page, calendar(move.project()), clock.instant()).values()) {
                List<Planned> done = plan.stream()
                        .filter(each -> moving.move(each.before(), each.held(), each.after(), each.why())
                                .isPresent())
                        .toList();
                moved += done.size();
                if (!done.isEmpty()) {
                    cases++;
                    events.publishEvent(told(move, done));
                }
            }
        }
        boolean left = page.size() == size;
        jdbc.sql("""
                        update date_move
                           set last_case = :last, looked_at = looked_at + :seen, cases = cases + :cases,
                               dates = dates + :dates, failed = failed + :failed, finished_at = :finished
                         where id = :id
                        """)
                .param("last", page.isEmpty() ? move.lastCase() : page.get(page.size() - 1))
                .param("seen", page.size())
                .param("cases", cases)
                .param("dates", moved)
                .param("failed", skip ? page.size() : 0)
                .param("finished", left ? null : at(clock.instant()))
                .param("id", id)
                .update();
        return left;
    }

    /** The dates of these cases that come out differently and that something still holds, by case. */
    private Map<String, List<Planned>> plan(List<String> cases, BusinessCalendar calendar, Instant now) {
        List<Deadlines.Recorded> ahead = deadlines.ahead(cases, now);
        Map<String, Integer> dueTogether = new LinkedHashMap<>();
        ahead.forEach(
                each -> dueTogether.merge(each.caseCode() + each.deadline().due(), 1, Integer::sum));
        List<Deadlines.Recorded> changed = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Deadlines.Recorded each : ahead) {
            Deadline old = each.deadline();
            if (seen.add(each.caseCode() + old.opens() + old.due()) && moves(old, calendar, now)) {
                changed.add(each);
            }
        }
        Map<String, List<Planned>> plan = new LinkedHashMap<>();
        if (changed.isEmpty()) {
            return plan;
        }
        Map<String, HeldDates.Held> held = dates.of(
                changed.stream().map(Deadlines.Recorded::caseCode).distinct().toList());
        for (Deadlines.Recorded each : changed) {
            Deadline old = each.deadline();
            HeldDates.Held all = held.get(each.caseCode());
            boolean only = dueTogether.getOrDefault(each.caseCode() + old.due(), 1) == 1;
            HeldDates.Held holders = all == null ? null : all.of(old, only);
            if (holders != null && !holders.isNothing()) {
                Deadline after = calendar.again(old);
                plan.computeIfAbsent(each.caseCode(), any -> new ArrayList<>())
                        .add(new Planned(each, holders, after, Moved.byCalendar(old, after, now)));
            }
        }
        return plan;
    }

    private static boolean moves(Deadline old, BusinessCalendar calendar, Instant now) {
        Deadline after = calendar.again(old);
        Deadline moved = after.movedFrom(Moved.byCalendar(old, after, now), MovingDates.opening(old, after, now));
        return after.due().isAfter(now) && !MovingDates.isSame(old, moved);
    }

    /** One line of the log per case, about the first of its dates that moved. */
    private static Audited told(Move move, List<Planned> done) {
        Planned first = done.get(0);
        Moved why = first.why();
        Audited line = Audited.ofCase(
                        "dates.moved", move.project(), first.before().caseCode(), move.by())
                .with("deadline", first.before().label())
                .with("dates", done.size())
                .with("due", first.after().dueDay());
        List<SkippedDay> off = why.off();
        if (!off.isEmpty()) {
            return line.with("day-off", off.get(0).day());
        }
        return why.on().isEmpty() ? line : line.with("day-on", why.on().get(0));
    }

    private BusinessCalendar calendar(ProjectId project) {
        ProjectFacts.Facts facts =
                projects.getObject().describe(List.of(project)).get(project);
        if (facts == null) {
            throw new IllegalStateException("No project " + project);
        }
        return facts.calendar();
    }

    private void goOnLater(long id, ProjectId project) {
        processes.start(DateSteps.PROCESS, "dates-" + id, project, Variables.of(DateSteps.MOVE, id));
    }

    private Move find(long id, boolean lock) {
        return jdbc.sql(
                        "select id, project_id, begun_by, last_case, finished_at is not null from date_move where id = :id"
                                + (lock ? " for update" : ""))
                .param("id", id)
                .query((row, number) -> new Move(
                        row.getLong(1),
                        new ProjectId(row.getLong(2)),
                        new UserId(row.getLong(3)),
                        row.getString(4),
                        row.getBoolean(5)))
                .single();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
