package org.ancora.casework.people;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.audit.Audited;
import org.ancora.casework.CaseGivenToTeam;
import org.ancora.casework.CaseIsClosed;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.Colleague;
import org.ancora.casework.TeamId;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The teams of projects, and the cases given to them: a member takes such a case for themselves (C-R10). Who may open a
 * case of their team, and do what there, follows their role in the project.
 */
@Service
public class Teams {

    private final TeamRows rows;
    private final Cases cases;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Teams(TeamRows rows, Cases cases, JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.rows = rows;
        this.cases = cases;
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A team.
     *
     * @param members who is in it, by name
     * @param waiting how many of its open cases nobody has taken yet
     * @param retired whether no case may be given to it any more
     * @param version counts its changes
     */
    public record Team(
            TeamId id,
            ProjectId project,
            String name,
            String purpose,
            List<Colleague> members,
            int waiting,
            boolean retired,
            int version) {

        /** Returns whether this person is in it. */
        public boolean includes(UserId user) {
            return members.stream().anyMatch(each -> each.id().equals(user));
        }

        Set<UserId> memberIds() {
            return members.stream().map(Colleague::id).collect(Collectors.toSet());
        }
    }

    /** What an administrator decides about a team. */
    record Draft(String name, String purpose, Set<UserId> members) {}

    /** Returns the teams of a project to which cases may be given, by name. */
    public List<Team> of(ProjectId project) {
        return rows.of(project).stream().filter(team -> !team.retired()).toList();
    }

    List<Team> all(ProjectId project) {
        return rows.of(project);
    }

    /** Returns a team of a project, retired or not, if there is one with this id. */
    public Optional<Team> find(ProjectId project, TeamId id) {
        return rows.find(project, id);
    }

    /**
     * Gives a case to a team, or takes it away from one. A caseworker who has the case keeps it; one that nobody has waits
     * for a member to {@link #claim} it. Giving it to the team that has it changes nothing.
     *
     * @param version the version of the case that the person saw, or null to give it however it stands
     * @param team null to take it away from the team
     * @throws CaseIsClosed when the case is closed
     * @throws Hidden when the project has no such team, or it is retired
     * @throws OptimisticLockingFailureException when the case was changed since
     */
    @Transactional
    public void assign(CaseSummary caseFile, @Nullable Integer version, @Nullable TeamId team, UserId by) {
        Standing now = lock(caseFile);
        if (now.closed()) {
            throw new CaseIsClosed(caseFile.code());
        }
        if (version != null && version != now.version()) {
            throw new OptimisticLockingFailureException(
                    "case %s is at version %d, not %d".formatted(caseFile.code(), now.version(), version));
        }
        if (team == null ? now.team() == null : Long.valueOf(team.value()).equals(now.team())) {
            return;
        }
        Team to = team == null
                ? null
                : find(caseFile.project(), team)
                        .filter(each -> !each.retired())
                        .orElseThrow(() -> new Hidden("team", team));
        jdbc.sql("update case_file set team_id = :team, version = version + 1 where id = :case")
                .param("team", team == null ? null : team.value())
                .param("case", caseFile.id().value())
                .update();
        Audited told = Audited.ofCase(
                to == null ? "case.taken-from-team" : "case.given-to-team", caseFile.project(), caseFile.code(), by);
        if (to == null) {
            events.publishEvent(told);
            return;
        }
        events.publishEvent(told.with("team", to.id()));
        events.publishEvent(new CaseGivenToTeam(caseFile.code(), caseFile.project(), to.id(), to.memberIds(), by));
    }

    /** Returns whether this person could take the case now: it waits for a member of a team of theirs. */
    public static boolean mayClaim(CaseSummary caseFile, Viewer viewer) {
        return !caseFile.isClosed()
                && caseFile.assignee() == null
                && caseFile.sharing().members().contains(viewer.id())
                && viewer.may(Permission.TAKE_CASE, caseFile.project());
    }

    /**
     * Takes a case of one's team. Of two people who do so at once, one has it and the other is told who. Taking one's own
     * case changes nothing.
     *
     * @throws Problem 409 when somebody else has it, or it is not with a team of this person's any more
     * @throws CaseIsClosed when the case is closed
     */
    @Transactional
    public void claim(CaseSummary caseFile, UserId by) {
        Standing now = lock(caseFile);
        if (now.closed()) {
            throw new CaseIsClosed(caseFile.code());
        }
        if (now.assignee() != null) {
            if (now.assignee() == by.value()) {
                return;
            }
            throw new Problem(
                    HttpStatus.CONFLICT,
                    "people.claim.taken",
                    caseFile.code(),
                    Objects.requireNonNullElse(now.assigneeName(), "?"));
        }
        if (!now.member(by, jdbc)) {
            throw new Problem(HttpStatus.CONFLICT, "people.claim.not-yours", caseFile.code());
        }
        cases.assign(caseFile.code(), by, by, "");
    }

    @Transactional
    TeamId create(ProjectId project, Draft draft, UserId by) {
        TeamId id = rows.insert(project, draft, clock.instant());
        rows.putMembers(id, draft.members(), by, clock.instant());
        tell("team.created", project, id, by);
        return id;
    }

    /** Changes a team as a whole; refused when somebody else did so since {@code version}. */
    @Transactional
    void change(Team team, int version, Draft draft, UserId by) {
        rows.update(team, version, draft);
        rows.putMembers(team.id(), draft.members(), by, clock.instant());
        tell("team.changed", team.project(), team.id(), by);
    }

    /** Lets no more cases be given to a team, or lets them again; its present cases stay with it. */
    @Transactional
    void retire(Team team, boolean retired, UserId by) {
        if (rows.retire(team, retired ? clock.instant() : null)) {
            tell(retired ? "team.retired" : "team.brought-back", team.project(), team.id(), by);
        }
    }

    private void tell(String action, ProjectId project, TeamId team, UserId by) {
        events.publishEvent(new Audited(action, project, null, "team", team.toString(), by, Map.of()));
    }

    /** Where the case stands once nobody else can change it any more. */
    private Standing lock(CaseSummary caseFile) {
        return jdbc.sql("""
                        select c.status = 'closed' as closed, c.team_id, c.assignee, c.version,
                               (select a.name from account a where a.id = c.assignee) as assignee_name
                          from case_file c where c.id = :case for update of c
                        """)
                .param("case", caseFile.id().value())
                .query((row, number) -> new Standing(
                        row.getBoolean("closed"),
                        row.getObject("team_id", Long.class),
                        row.getObject("assignee", Long.class),
                        row.getString("assignee_name"),
                        row.getInt("version")))
                .single();
    }

    private record Standing(
            boolean closed,
            @Nullable Long team,
            @Nullable Long assignee,
            @Nullable String assigneeName,
            int version) {

        boolean member(UserId user, JdbcClient jdbc) {
            return team != null
                    && jdbc.sql("select exists (select from team_member where team_id = :team and user_id = :user)")
                            .param("team", team)
                            .param("user", user.value())
                            .query(Boolean.class)
                            .single();
        }
    }
}
