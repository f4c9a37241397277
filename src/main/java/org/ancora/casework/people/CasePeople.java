package org.ancora.casework.people;

import java.util.Set;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.TeamId;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Bringing people and cases together, for other modules; they trust themselves to have asked whether the person may.
 */
@Service
public class CasePeople {

    private final Cases cases;
    private final Teams teams;
    private final Collaborators collaborators;
    private final RelatedCases related;

    CasePeople(Cases cases, Teams teams, Collaborators collaborators, RelatedCases related) {
        this.cases = cases;
        this.teams = teams;
        this.collaborators = collaborators;
        this.related = related;
    }

    /** Adds a team to a project. */
    @Transactional
    public TeamId addTeam(ProjectId project, String name, String purpose, Set<UserId> members, UserId by) {
        return teams.create(project, new Teams.Draft(name, purpose, members), by);
    }

    /** Gives a case to a team of its project; see {@link Teams#assign}. */
    @Transactional
    public void giveToTeam(String code, TeamId team, UserId by) {
        CaseSummary caseFile = cases.byCode(code);
        teams.assign(caseFile, null, team, by);
    }

    /** Lets somebody work on a case too; see {@link Collaborators#add}. */
    @Transactional
    public void share(String code, UserId person, UserId by) {
        collaborators.add(cases.byCode(code), person, by);
    }

    /** Says that two cases are of the same household, as somebody who sees both. */
    @Transactional
    public void sameHousehold(String code, String other, Viewer viewer) {
        related.relate(cases.byCode(code), other, Relation.HOUSEHOLD, "", viewer);
    }
}
