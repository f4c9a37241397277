package org.ancora.access;

import java.util.Set;

/** Which projects belong together; answered by the module that keeps projects, one statement per call at most. */
public interface ProjectTree {

    /** Every project. */
    Set<ProjectId> all();

    /** The projects of the organisation that runs this one, itself included. */
    Set<ProjectId> ofSameOrganisation(ProjectId project);

    /** The projects of this one's network, itself included. */
    Set<ProjectId> ofSameNetwork(ProjectId project);
}
