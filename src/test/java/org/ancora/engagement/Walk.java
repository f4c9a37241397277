package org.ancora.engagement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.ClosingReason;
import org.ancora.engagement.EngagementWalk.Team;
import org.ancora.process.Deadlines;
import org.ancora.process.RunningProcess;
import org.ancora.process.task.OpenTask;
import org.ancora.time.Deadline;

/** One case on its way through the engagement. Hours are the project's: {@code 2026-11-26T09:00}. */
final class Walk {

    /** Where the diagrams wait without a task. */
    static final Set<String> WAITS = Set.of(
            "wait-for-next-round",
            "wait-for-family-contact",
            "source-news",
            "notice-period",
            "held-until",
            "try-again-on",
            "rounds-over",
            "wait-for-second-round");

    private static final Set<String> TRACKS = Set.of("engagement-on-entry", "engagement-existing-client");
    private static final Set<String> COORDINATORS = Set.of("accept-intake", "assign-caseworker", "await-capacity");
    private static final Set<String> SUPERVISORS = Set.of("decide", "group-service-decision");

    private final Team team;
    private final EngagementWalk walks;
    private final String code;

    Walk(Team team, String code) {
        this.team = team;
        this.walks = team.walks();
        this.code = code;
    }

    Team team() {
        return team;
    }

    String code() {
        return code;
    }

    // Acting

    /** Finishes the one open task of this element as whoever has it, or as the team's natural person. */
    Walk finish(String element, Map<String, ?> answers) {
        return finish(element, natural(task(element)), answers);
    }

    Walk finish(String element, UserId who, Map<String, ?> answers) {
        return complete(task(element), who, answers);
    }

    /** Finishes a task that was looked at before, whether or not it is still open. */
    Walk complete(OpenTask task, UserId who, Map<String, ?> answers) {
        walks.tasks.complete(task.id(), walks.fixtures.viewer(who), asSent(task, answers));
        walks.clockwork.runDueJobs();
        return this;
    }

    Walk moveTo(String hour) {
        return moveTo(instant(hour));
    }

    Walk moveTo(Instant instant) {
        walks.clockwork.moveTo(instant);
        return this;
    }

    /** To the moment at which the window that was planned last opens. */
    Walk toItsOpening() {
        return moveTo(lastDeadline().opens());
    }

    Walk clientGetsInTouch() {
        return hear(News.Kind.CLIENT);
    }

    Walk sourceAnswers() {
        return hear(News.Kind.SOURCE);
    }

    private Walk hear(News.Kind who) {
        walks.news.heard(
                who, file(), "phone", walks.clock.instant(), "Called from a neighbour's", viewer(team.worker()));
        walks.clockwork.runDueJobs();
        return this;
    }

    Walk closeByHand(ClosingReason reason) {
        walks.cases.close(code, null, reason, "", team.supervisor());
        walks.clockwork.runDueJobs();
        return this;
    }

    // The straight path, stretch by stretch

    Walk accepted() {
        return finish("accept-intake", Said.ACCEPTED);
    }

    Walk assigned() {
        return finish("assign-caseworker", Map.of("worker", team.worker().toString()));
    }

    /** In the first round. */
    Walk toFirstRound() {
        return accepted().assigned();
    }

    Walk toWaitForSecondRound() {
        return toFirstRound().finish("record-round", Said.NOBODY_ANSWERED);
    }

    Walk toSecondRound() {
        return toWaitForSecondRound().toItsOpening();
    }

    Walk toWaitForFamily() {
        return toSecondRound().finish("record-round", Said.NOBODY_ANSWERED);
    }

    /** At the family contact, or where it is passed over, at what follows. */
    Walk toFamily() {
        return toWaitForFamily().toItsOpening();
    }

    Walk toTellSource() {
        return toFamily().finish("record-family-contact", Said.family("passed-on"));
    }

    Walk toWaitForSource() {
        return toTellSource().finish("tell-source", Said.TOLD_BY_PHONE);
    }

    Walk toGoOn() {
        return toWaitForSource().toItsOpening();
    }

    Walk toSourceAnswer() {
        return toWaitForSource().sourceAnswers();
    }

    // The search for an existing client

    /** In the second round, which is due at once. */
    Walk toSecondRoundAtOnce() {
        return finish("record-round", Said.NOBODY_ANSWERED);
    }

    /** At the family contact, where there is one. */
    Walk toFamilyAtOnce() {
        return toSecondRoundAtOnce().finish("record-round", Said.NOBODY_ANSWERED);
    }

    /** Waiting for the first round by the interval. */
    Walk toWaitByInterval() {
        return toFamilyAtOnce().finish("record-family-contact", Said.family("passed-on"));
    }

    /** No round can open any more before the last day: 23 February, from the attempt of 23 November. */
    Walk toLastDays() {
        return toWaitByInterval().moveTo("2027-02-19T10:00").finish("record-round", Said.NOBODY_ANSWERED);
    }

    /** At the letter, or at the safety stop where there is a risk: the last day is over. */
    Walk pastTheLastDay() {
        return toLastDays().moveTo("2027-02-23T17:00");
    }

    Walk endEarly(UserId who) {
        walks.searches.endEarly(file(), "Moved away, says the landlord", viewer(who));
        walks.clockwork.runDueJobs();
        return this;
    }

    Walk lengthen(int months) {
        walks.searches.lengthen(file(), months, "Was in hospital for weeks", viewer(team.supervisor()));
        walks.clockwork.runDueJobs();
        return this;
    }

    /** "2027-02-23T17:00": the end of the last day of the search. */
    String lastDay() {
        return hour(walks.searches.lastDay(code).orElseThrow().due());
    }

    /** At the letter, or at the safety stop where there is a risk. */
    Walk toLetter() {
        return toGoOn().finish("go-on-without-answer", Map.of());
    }

    // Looking

    CaseSummary file() {
        return walks.cases.byCode(code);
    }

    Episode episode() {
        return walks.episodes.of(code).get(0);
    }

    List<OpenTask> tasks() {
        return walks.tasks.of(code);
    }

    OpenTask task(String element) {
        List<OpenTask> found =
                tasks().stream().filter(task -> task.element().equals(element)).toList();
        assertThat(found).as("open tasks %s among %s", element, open()).hasSize(1);
        return found.get(0);
    }

    /** The elements at which the case stands: its open tasks, and where it waits without one. */
    List<String> open() {
        List<String> found = new ArrayList<>(tasks().stream()
                .filter(task -> !task.process().equals("deliver-message"))
                .map(OpenTask::element)
                .toList());
        for (RunningProcess process : walks.processes.running(code)) {
            process.at().stream().filter(WAITS::contains).forEach(found::add);
        }
        return found.stream().sorted().toList();
    }

    /** The engagement's processes that still run; messages that are being delivered are not among them. */
    List<String> running() {
        return walks.processes.running(code).stream()
                .map(RunningProcess::key)
                .filter(key -> !key.equals("deliver-message"))
                .toList();
    }

    /** How the procedure ended, by its end event. */
    List<String> ended() {
        return walks.processes.all(code).stream()
                .filter(process -> TRACKS.contains(process.key()) && !process.running())
                .flatMap(process -> process.at().stream())
                .toList();
    }

    /** "2026-11-26T09:00/2026-11-30T17:00": when the open task opens and is due. */
    String window(String element) {
        OpenTask task = task(element);
        return hour(Objects.requireNonNull(task.opens())) + "/" + hour(Objects.requireNonNull(task.due()));
    }

    /** The window that was planned last, as {@link #window}. */
    String planned() {
        Deadline deadline = lastDeadline();
        return hour(deadline.opens()) + "/" + hour(deadline.due());
    }

    Deadline lastDeadline() {
        List<Deadlines.Recorded> all = walks.deadlines.of(code);
        return all.get(all.size() - 1).deadline();
    }

    /** "no-contact post client printed", in the order in which they were queued. */
    List<String> messages() {
        return walks.jdbc
                .sql(
                        "select concat_ws(' ', kind, channel, recipient, state) from message where case_code = :case order by id")
                .param("case", code)
                .query(String.class)
                .list();
    }

    /** Kinds of the notices that this person got about the case. */
    List<String> noticesOf(UserId person) {
        return walks.jdbc
                .sql("select kind from notice where user_id = :person and case_code = :case order by id")
                .param("person", person.value())
                .param("case", code)
                .query(String.class)
                .list();
    }

    /** "task.completed by …": the actions of the activity log about the case, oldest first. */
    List<String> log() {
        return walks.jdbc
                .sql(
                        "select concat_ws(' ', action, details ->> 'why') from activity where case_code = :case order by id")
                .param("case", code)
                .query(String.class)
                .list();
    }

    /** "call-main no-answer": the attempts to reach this party, in the order in which they were recorded. */
    List<String> attempts(String party) {
        return walks.jdbc
                .sql(
                        "select channel || ' ' || outcome from contact_attempt where case_code = :case and party = :party order by id")
                .param("case", code)
                .param("party", party)
                .query(String.class)
                .list();
    }

    Viewer viewer(UserId person) {
        return walks.fixtures.viewer(person);
    }

    Instant instant(String hour) {
        return LocalDateTime.parse(hour).atZone(zone()).toInstant();
    }

    /** The present hour in the project's zone. */
    String now() {
        return hour(walks.clock.instant());
    }

    private String hour(Instant instant) {
        return LocalDateTime.ofInstant(instant, zone())
                .truncatedTo(ChronoUnit.MINUTES)
                .toString();
    }

    private ZoneId zone() {
        return team.project().calendar().zone();
    }

    private UserId natural(OpenTask task) {
        if (task.assignee() != null) {
            return task.assignee();
        }
        if (SUPERVISORS.contains(task.element())) {
            return team.supervisor();
        }
        if (COORDINATORS.contains(task.element()) || task.element().equals("admit")) {
            return team.coordinator();
        }
        return task.element().equals("print-and-post") ? team.reception() : team.worker();
    }

    private Map<String, Object> asSent(OpenTask task, Map<String, ?> answers) {
        Map<String, Object> sent = new HashMap<>(answers);
        sent.replaceAll((field, value) -> Said.NOW.equals(value) ? now() : value);
        if (task.element().equals("record-family-contact")) {
            sent.putIfAbsent("supportContact", supportContact());
        }
        return sent;
    }

    private String supportContact() {
        return walks.jdbc
                .sql("select id::text from support_contact where profile_id = :client order by id limit 1")
                .param("client", file().profile().value())
                .query(String.class)
                .single();
    }
}
