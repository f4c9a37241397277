package org.ancora.casework;

import java.util.Set;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;

/**
 * A case was given to a team, in this transaction.
 *
 * @param members who may take it now
 */
public record CaseGivenToTeam(String code, ProjectId project, TeamId team, Set<UserId> members, UserId by) {

    public CaseGivenToTeam {
        members = Set.copyOf(members);
    }
}
