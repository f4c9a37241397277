package org.ancora.process.monitor;

import java.util.Collection;
import java.util.List;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;

/** Tells how many cases people carry and may carry; asked of the module that keeps caseloads. */
public interface Capacities {

    /**
     * One person in one project.
     *
     * @param active cases that are worked on
     * @param limit how many may be
     * @param waiting cases that wait for room
     */
    record Capacity(UserId worker, String name, ProjectId project, int active, int limit, int waiting) {}

    /** Everybody who takes cases in these projects, in one statement. */
    List<Capacity> of(Collection<ProjectId> projects);
}
