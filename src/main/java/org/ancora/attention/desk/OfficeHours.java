package org.ancora.attention.desk;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import org.ancora.access.ProjectId;
import org.ancora.network.Projects;
import org.ancora.time.BusinessCalendar;
import org.springframework.stereotype.Component;

/** When a project's office attends (J8). */
@Component
class OfficeHours {

    private final Projects projects;
    private final Clock clock;

    OfficeHours(Projects projects, Clock clock) {
        this.projects = projects;
        this.clock = clock;
    }

    /** From the minute of opening, up to but not including that of closing, on business days. */
    boolean isOpen(ProjectId project) {
        BusinessCalendar calendar = projects.calendar(project);
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, calendar.zone());
        return calendar.isBusinessDay(today)
                && !now.isBefore(calendar.startOf(today))
                && now.isBefore(calendar.endOf(today));
    }

    /** When the office closes today. */
    Instant closing(ProjectId project) {
        BusinessCalendar calendar = projects.calendar(project);
        return calendar.endOf(LocalDate.ofInstant(clock.instant(), calendar.zone()));
    }

    /** The next time at which the office opens. */
    Instant nextOpening(ProjectId project) {
        BusinessCalendar calendar = projects.calendar(project);
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, calendar.zone());
        Instant opening = calendar.startOf(today);
        return calendar.isBusinessDay(today) && now.isBefore(opening) ? opening : calendar.nextBusinessDay(now);
    }
}
