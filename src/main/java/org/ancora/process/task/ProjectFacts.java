package org.ancora.process.task;

import java.util.Collection;
import java.util.Map;
import org.ancora.access.ProjectId;
import org.ancora.time.BusinessCalendar;

/** What the task pages need to know of projects, which live higher up: their names, zones and calendars. */
public interface ProjectFacts {

    /** By id; every project that exists is there, from memory or in one query. */
    Map<ProjectId, Facts> describe(Collection<ProjectId> projects);

    /**
     * One project.
     *
     * @param name as people know it
     * @param calendar the office's business days and zone
     * @param key as decision tables name it
     */
    record Facts(String name, BusinessCalendar calendar, String key) {}
}
