package org.ancora.attention.complaint;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ancora.access.ProjectId;
import org.ancora.access.Role;
import org.ancora.access.User;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Walls;
import org.ancora.audit.ActivityLog;
import org.ancora.process.task.KeptOut;
import org.springframework.stereotype.Component;

/**
 * Who had a hand in the answer against which somebody appeals: whoever was named to write it, wrote it or approved it. Somebody
 * else writes and approves the next one, as the letters say (J-R12); where nobody else is there, they may all the same, and the
 * page says so.
 */
@Component
class EarlierHands implements KeptOut {

    /** The tasks in which an answer is made, with those who do them in the shipped diagram. */
    static final Map<String, Set<Role>> TASKS =
            Map.of("prepare", Set.of(Role.UNIT), "approve", Set.of(Role.SUPERVISOR, Role.MANAGER));

    private static final Set<String> DEEDS = Set.of("complaint.answer-written", "complaint.approved");

    private final ComplaintRows rows;
    private final ActivityLog log;
    private final Users users;
    private final Walls walls;

    EarlierHands(ComplaintRows rows, ActivityLog log, Users users, Walls walls) {
        this.rows = rows;
        this.log = log;
        this.users = users;
        this.walls = walls;
    }

    @Override
    public Map<String, Set<UserId>> from(Collection<Asked> tasks) {
        List<Asked> answering = tasks.stream()
                .filter(task -> task.process().equals(ComplaintProcess.KEY) && TASKS.containsKey(task.element()))
                .toList();
        Map<String, Set<UserId>> hands =
                before(answering.stream().map(Asked::caseCode).collect(Collectors.toSet()));
        Map<String, Set<UserId>> walled = hands.isEmpty() ? Map.of() : walls.around(hands.keySet());
        Map<Team, Set<UserId>> teams = new HashMap<>();
        Map<String, Set<UserId>> keptOut = new HashMap<>();
        for (Asked task : answering) {
            Set<UserId> theirs = hands.getOrDefault(task.caseCode(), Set.of());
            if (!theirs.isEmpty()) {
                Set<UserId> team = teams.computeIfAbsent(new Team(task.project(), task.team()), this::people);
                if (others(team, theirs, walled.getOrDefault(task.caseCode(), Set.of()))) {
                    keptOut.put(task.task(), theirs);
                }
            }
        }
        return keptOut;
    }

    @Override
    public String reason() {
        return "complaint.appeal.not-you";
    }

    /**
     * Those who leave the answer to others; nobody where there are no others.
     *
     * @param number of the one to be answered, an appeal or not
     * @param team the roles whose people could do it
     */
    Set<UserId> keptOut(String number, ProjectId project, Set<Role> team) {
        Set<UserId> hands = before(number);
        return !hands.isEmpty() && others(number, project, team, hands) ? hands : Set.of();
    }

    /** Whether it is an appeal that nobody could answer or approve who had no hand in the answer before. */
    boolean isLeftToThem(String number, ProjectId project, Set<Role> team) {
        Set<UserId> hands = before(number);
        return !hands.isEmpty() && !others(number, project, team, hands);
    }

    /**
     * Whether somebody would be there for an appeal against this one who had no hand in its answer: what the letter promises whoever
     * may appeal.
     */
    boolean othersWouldBeThere(String number, ProjectId project) {
        Set<UserId> hands = new HashSet<>(before(number));
        rows.find(number).map(Complaint::unitWorker).ifPresent(hands::add);
        hands.addAll(log.whoDid(Set.of(number), DEEDS).getOrDefault(number, Set.of()));
        return others(number, project, Set.of(Role.UNIT), hands);
    }

    private boolean others(String number, ProjectId project, Set<Role> team, Set<UserId> hands) {
        return others(people(new Team(project, team)), hands, walls.around(number));
    }

    private static boolean others(Set<UserId> team, Set<UserId> hands, Set<UserId> walled) {
        return team.stream().anyMatch(person -> !hands.contains(person) && !walled.contains(person));
    }

    /** Those in a project who have one of some roles. */
    private record Team(ProjectId project, Set<Role> roles) {}

    private Set<UserId> people(Team team) {
        return team.roles().stream()
                .flatMap(role -> users.withRole(team.project(), role).stream())
                .map(User::id)
                .collect(Collectors.toSet());
    }

    private Set<UserId> before(String number) {
        return before(Set.of(number)).getOrDefault(number, Set.of());
    }

    /** Everybody with a hand in what was answered before each of these, by its number; no entry for what is no appeal. */
    private Map<String, Set<UserId>> before(Collection<String> numbers) {
        List<ComplaintRows.Before> answered = rows.before(numbers);
        Map<String, Set<UserId>> did = answered.isEmpty()
                ? Map.of()
                : log.whoDid(answered.stream().map(ComplaintRows.Before::number).collect(Collectors.toSet()), DEEDS);
        Map<String, Set<UserId>> hands = new HashMap<>();
        for (ComplaintRows.Before each : answered) {
            Set<UserId> theirs = hands.computeIfAbsent(each.appeal(), appeal -> new HashSet<>());
            Optional.ofNullable(each.worker()).ifPresent(theirs::add);
            theirs.addAll(did.getOrDefault(each.number(), Set.of()));
        }
        return hands;
    }
}
