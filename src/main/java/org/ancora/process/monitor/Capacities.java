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
     * @param behind where those cases are listed
     */
    record Capacity(UserId worker, String name, ProjectId project, int active, int limit, int waiting, Behind behind) {}

    /**
     * Addresses of lists.
     *
     * @param active of the cases that are worked on
     * @param waiting of those that wait for room
     */
    record Behind(String active, String waiting) {}

    /** Everybody who takes cases in these projects, in one statement. */
    List<Capacity> of(Collection<ProjectId> projects);
}
