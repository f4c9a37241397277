package org.ancora.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.process.Clockwork;
import org.ancora.process.Processes;
import org.ancora.process.RunningProcess;
import org.ancora.process.task.OpenTask;
import org.ancora.process.task.Tasks;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Walks boundary requests on the virtual clock, through the same forms and checks as the pages. Hours are the project's. */
@Component
class BoundaryWalk {

    /** A client asked for a private number; nothing follows from it. */
    static final Map<String, Object> A_NUMBER = Map.of(
            "askedOn", "2026-11-23",
            "channel", "phone",
            "asked", "private-number",
            "reason", "To reach me at night",
            "policy", "explained",
            "alternatives", List.of("office-phone", "supervisor"),
            "choice", "accepted",
            "consulted", "nobody",
            "note", "Dana asked for my number; I said that we share the office line only.");

    private final BoundaryRequests requests;
    private final CaseworkFixtures fixtures;
    private final Cases cases;
    private final Tasks tasks;
    private final Processes processes;
    private final Clockwork clockwork;
    private final Clock clock;
    private final JdbcClient jdbc;

    BoundaryWalk(
            BoundaryRequests requests,
            CaseworkFixtures fixtures,
            Cases cases,
            Tasks tasks,
            Processes processes,
            Clockwork clockwork,
            Clock clock,
            JdbcClient jdbc) {
        this.requests = requests;
        this.fixtures = fixtures;
        this.cases = cases;
        this.tasks = tasks;
        this.processes = processes;
        this.clockwork = clockwork;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    /** What {@link #A_NUMBER} says, and more. */
    static Map<String, Object> and(Object... pairs) {
        Map<String, Object> answers = new HashMap<>(A_NUMBER);
        for (int at = 0; at < pairs.length; at += 2) {
            answers.put((String) pairs[at], pairs[at + 1]);
        }
        return answers;
    }

    static Map<String, Object> worried() {
        return and("safetyWorry", true, "safetyWords", "She said goodbye twice");
    }

    long begin(CaseSummary caseFile, UserId askedOf) {
        long id = requests.begin(caseFile, askedOf);
        clockwork.runDueJobs();
        return id;
    }

    void finish(CaseSummary caseFile, String element, UserId who, Map<String, ?> answers) {
        tasks.complete(task(caseFile, element).id(), fixtures.viewer(who), answers);
        clockwork.runDueJobs();
    }

    OpenTask task(CaseSummary caseFile, String element) {
        List<OpenTask> found = tasks.of(caseFile.code()).stream()
                .filter(task -> task.element().equals(element))
                .toList();
        assertThat(found).as("open tasks %s among %s", element, open(caseFile)).hasSize(1);
        return found.get(0);
    }

    Set<String> open(CaseSummary caseFile) {
        return tasks.of(caseFile.code()).stream().map(OpenTask::element).collect(Collectors.toCollection(TreeSet::new));
    }

    /** "2026-11-25T17:00", in the project's zone. */
    String due(CaseSummary caseFile, String element, ZoneId zone) {
        return LocalDateTime.ofInstant(
                        Objects.requireNonNull(task(caseFile, element).due()), zone)
                .truncatedTo(ChronoUnit.MINUTES)
                .toString();
    }

    void wait(Duration time) {
        clockwork.moveTo(clock.instant().plus(time));
    }

    /** The procedures of the case that run, by the engine's id. */
    List<String> running(CaseSummary caseFile) {
        return processes.running(caseFile.code()).stream()
                .filter(process -> process.key().equals(ConductProcess.KEY))
                .map(RunningProcess::id)
                .toList();
    }

    /** Where the procedures of the case ended, the newest last. */
    List<String> ended(CaseSummary caseFile) {
        return processes.all(caseFile.code()).stream()
                .filter(process -> process.key().equals(ConductProcess.KEY) && !process.running())
                .map(RunningProcess::at)
                .flatMap(List::stream)
                .toList();
    }

    /** The id of the last notice that this person got. */
    long latestNoticeOf(UserId person) {
        return jdbc.sql("select max(id) from notice where user_id = :person")
                .param("person", person.value())
                .query(Long.class)
                .single();
    }

    /** Kinds of the notices that this person got, the oldest first. */
    List<String> noticesOf(UserId person) {
        return jdbc.sql("select kind from notice where user_id = :person order by id")
                .param("person", person.value())
                .query(String.class)
                .list();
    }

    /** "notice sent": the e-mails to the staff about the case, in the order in which they were queued. */
    List<String> mails(CaseSummary caseFile) {
        return jdbc.sql("select kind || ' ' || state from message where case_code = :code order by id")
                .param("code", caseFile.code())
                .query(String.class)
                .list();
    }

    /** What the notes on the case say, the oldest first. */
    List<String> notes(CaseSummary caseFile) {
        return jdbc.sql("select text from case_note where case_id = :case order by id")
                .param("case", caseFile.id().value())
                .query(String.class)
                .list();
    }

    void moveTo(String hour, ZoneId zone) {
        clockwork.moveTo(LocalDateTime.parse(hour).atZone(zone).toInstant());
    }

    void moveToTheSecond(String hour, ZoneId zone) {
        moveTo(hour, zone);
        assertThat(clock.instant())
                .isEqualTo(LocalDateTime.parse(hour).atZone(zone).toInstant());
    }

    CaseSummary file(CaseSummary caseFile) {
        return cases.byCode(caseFile.code());
    }
}
