package org.ancora.engagement;

import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ancora.access.ProjectId;
import org.ancora.network.Projects;
import org.ancora.process.Deadlines;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.DeadlineWords;
import org.ancora.time.Explanation;
import org.springframework.stereotype.Component;

/** Until when an existing client is sought at most, in words, and why (A30, A-R11). */
@Component
class LastDays {

    private final Projects projects;
    private final Deadlines deadlines;
    private final DeadlineWords words;
    private final Clock clock;

    LastDays(Projects projects, Deadlines deadlines, DeadlineWords words, Clock clock) {
        this.projects = projects;
        this.deadlines = deadlines;
        this.words = words;
        this.clock = clock;
    }

    /**
     * A last day for a page.
     *
     * @param words "end of Fri 26 Feb 2027"
     * @param explanation the answer to "why this date?"
     */
    record LastDay(String words, Explanation explanation) {}

    /**
     * The last day of a running search; empty before its first unanswered attempt.
     *
     * @param variables those of the procedure at the top
     */
    Optional<LastDay> find(String caseCode, ProjectId project, Map<String, ?> variables, Locale language) {
        return EngagementProcess.CAP_DUE
                .find(variables)
                .flatMap(due -> deadlines.explain(caseCode, due, Schedule.LAST_DAY))
                .map(deadline -> {
                    BusinessCalendar calendar = projects.calendar(project);
                    return new LastDay(
                            words.due(deadline.due(), clock.instant(), calendar, language),
                            words.explain(deadline, language));
                });
    }
}
