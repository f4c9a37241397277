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
        Set<String> appeals =
                rows.appealsAmong(answering.stream().map(Asked::caseCode).collect(Collectors.toSet()));
        Map<String, Set<UserId>> keptOut = new HashMap<>();
        answering.stream()
                .filter(task -> appeals.contains(task.caseCode()))
                .forEach(task -> keptOut.put(task.task(), keptOut(task.caseCode(), task.project(), task.team())));
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
        Set<UserId> hands = of(number);
        return !hands.isEmpty() && others(number, project, team, hands) ? hands : Set.of();
    }

    /** Whether it is an appeal that nobody could answer or approve who had no hand in the answer before. */
    boolean isLeftToThem(String number, ProjectId project, Set<Role> team) {
        Set<UserId> hands = of(number);
        return !hands.isEmpty() && !others(number, project, team, hands);
    }

    private boolean others(String number, ProjectId project, Set<Role> team, Set<UserId> hands) {
        Set<UserId> walled = walls.around(number);
        return team.stream()
                .flatMap(role -> users.withRole(project, role).stream())
                .map(User::id)
                .anyMatch(person -> !hands.contains(person) && !walled.contains(person));
    }

    /** Everybody with a hand in what was answered before, however often it was appealed against. */
    private Set<UserId> of(String number) {
        Set<UserId> hands = new HashSet<>();
        Optional<Complaint> before = before(number);
        while (before.isPresent()) {
            Complaint answered = before.get();
            Optional.ofNullable(answered.unitWorker()).ifPresent(hands::add);
            hands.addAll(log.whoDid(answered.number(), DEEDS));
            before = before(answered.number());
        }
        return hands;
    }

    private Optional<Complaint> before(String number) {
        return rows.find(number).map(complaint -> complaint.links().appealOf()).flatMap(rows::find);
    }
}
