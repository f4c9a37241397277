package org.ancora.attention.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.Forbidden;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.attention.Petition;
import org.ancora.attention.PetitionKind;
import org.ancora.attention.desk.DeskWalk.Path;
import org.ancora.attention.desk.DeskWalk.Team;
import org.ancora.correspondence.TestInbox;
import org.ancora.process.NewVersions;
import org.ancora.process.steering.SteeringHands;
import org.ancora.process.task.OpenTask;
import org.ancora.process.task.Tasks;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.AtOnce;
import org.ancora.web.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A visit from the door to the receipt: office hours, emergencies, authorities, and leaving at any moment (J6–J37). */
@AncoraTest
class InPersonTest {

    private static final Map<String, Object> AUTHORISED = Map.of("decision", "authorise", "note", "Llegó de Cangallo");
    private static final Map<String, Object> REFUSED = Map.of("decision", "refuse");

    @Autowired
    private DeskWalk walk;

    @Autowired
    private NewVersions versions;

    @Autowired
    private SteeringHands steering;

    @Autowired
    private TestInbox inbox;

    private Team desk;

    @BeforeEach
    void open() {
        desk = walk.inPeru();
        inbox.open();
    }

    @AfterEach
    void withdraw() {
        inbox.close();
        versions.withdraw();
    }

    /** In person, a migrated instance: at every task. */
    @ParameterizedTest
    @ValueSource(strings = {"attend", "attend-authority", "authorise"})
    void goesOnWhenItIsMovedToANewVersion(String element) {
        Path visit = at(element);
        versions.publish("attention");

        versions.move(visit.code());

        assertThat(visit.open()).containsExactly(element);
        if (element.equals("authorise")) {
            visit.finish("authorise", desk.coordinator(), AUTHORISED);
        }
        String attending = element.equals("attend-authority") ? element : "attend";
        visit.finish(attending, attending.equals("attend") ? desk.agent() : desk.supervisor(), DeskWalk.SOLVED);
        assertThat(visit.ended()).containsExactly("solved-at-once");
    }

    /** In person, every timer a second before and at its instant: who is not attended in time is told of once. */
    @ParameterizedTest
    @CsvSource({
        // At the end of this day of work; whoever comes after it, at the end of the next.
        "attend, 2026-11-23T17:00",
        "attend-authority, 2026-11-23T17:00",
        "authorise, 2026-11-24T17:00"
    })
    void tellsOnceThatATaskIsLate(String element, String due) throws Exception {
        Path visit = at(element);
        assertThat(visit.task(element).due()).isEqualTo(desk.at(due));

        visit.moveTo(desk.at(due).minusSeconds(1));
        assertThat(visit.noticesOf(desk.supervisor())).doesNotContain("task-overdue");
        visit.moveTo(due);
        assertThat(visit.noticesOf(desk.supervisor())).containsOnlyOnce("task-overdue");
        assertThat(visit.noticesOf(desk.coordinator()).contains("task-overdue"))
                .as("whoever it was given to")
                .isEqualTo(element.equals("authorise"));
        visit.moveTo("2026-12-14T09:00");

        assertThat(visit.noticesOf(desk.supervisor())).containsOnlyOnce("task-overdue");
        assertThat(visit.open()).containsExactly(element);
        for (String language : List.of("en", "es", "it")) {
            String task = walk.messages.getMessage(
                    "task.attention-in-person." + element, null, Locale.forLanguageTag(language));
            assertThat(walk.pages.page("/notices", desk.supervisor(), language).text())
                    .as(language)
                    .contains(visit.code() + ": ", ": " + task);
        }
    }

    /** Nobody is told of a visitor who was attended, or who left. */
    @Test
    void tellsOfNobodyWhoIsNotWaitingAnyMore() {
        Path left = desk.visitor();
        left.leaves();
        Path attended = desk.visitor().finish("attend", desk.agent(), DeskWalk.SOLVED);

        attended.moveTo("2026-12-14T09:00");

        assertThat(left.noticesOf(desk.supervisor())).isEmpty();
        assertThat(attended.noticesOf(desk.supervisor())).isEmpty();
    }

    /** In person, two people in the same moment at every task: one FUA or one decision, and the other is told. */
    @ParameterizedTest
    @CsvSource({"attend, AGENT, 1", "attend-authority, SUPERVISOR, 1", "authorise, COORDINATOR, 0"})
    void letsExactlyOneOfTwoAtOnceWin(String element, Role role, int petitions) throws Exception {
        Path visit = at(element);
        OpenTask task = visit.putBack(element, who(element));
        Map<String, Object> answers = element.equals("authorise") ? AUTHORISED : DeskWalk.escalated();
        Viewer one = walk.fixtures.viewer(who(element));
        Viewer other = walk.fixtures.viewer(walk.fixtures.aPerson("Rosa Ayala", desk.project(), role));

        int told = AtOnce.told(
                () -> walk.tasks.complete(task.id(), one, answers),
                () -> walk.tasks.complete(task.id(), other, answers));

        assertThat(told).isOne();
        assertThat(desk.petitions()).isEqualTo(petitions);
        assertThat(walk.announced).hasSize(petitions);
        assertThat(visit.open()).isEqualTo(element.equals("authorise") ? List.of("attend") : List.of());
    }

    /** In person, closed by hand at every step: off the desk, and it can be begun again as the hour asks. */
    @ParameterizedTest
    @CsvSource({"attend, WAITING", "attend-authority, WAITING", "authorise, AWAITING_AUTHORISATION"})
    void isOffTheDeskWhenItIsEndedByHand(String element, Attendance.State again) throws Exception {
        Path visit = at(element);
        String procedure = visit.procedure();

        steering.cancel(procedure, desk.supervisor());

        assertThat(visit.open()).isEmpty();
        assertThat(visit.attendance().state()).isEqualTo(Attendance.State.LEFT);
        assertThatThrownBy(visit::leaves).isInstanceOf(Problem.class);
        steering.restart(procedure, desk.supervisor());
        assertThat(visit.attendance().state()).isEqualTo(again);
        assertThat(visit.attendance().endedAt()).isNull();
        assertThat(visit.open()).containsExactly(element);
        steering.cancel(visit.procedure(), desk.supervisor());

        visit.moveTo("2026-11-24T09:00");
        assertThat(desk.listed()).as("what is still open the next day").isEmpty();
        steering.restart(procedure, desk.supervisor());
        assertThat(visit.attendance().state()).isEqualTo(Attendance.State.WAITING);
        assertThat(desk.listed()).containsExactly(visit.code());
        visit.leaves();
        assertThat(visit.ended()).contains("visitor-left");
    }

    /** Begun again while the office is closed, and no emergency: told when to come back, as anybody at the door. */
    @Test
    void whoeverIsBegunAgainAfterHoursIsToldWhenToComeBack() throws Exception {
        Path visit = desk.visitor();
        String procedure = visit.procedure();
        steering.cancel(procedure, desk.supervisor());
        visit.moveTo("2026-11-23T18:00");

        steering.restart(procedure, desk.supervisor());

        assertThat(visit.attendance().state()).isEqualTo(Attendance.State.COME_BACK);
        assertThat(visit.attendance().comeBackAt()).isEqualTo(desk.at("2026-11-24T09:00"));
        assertThat(visit.attendance().endedAt()).isEqualTo(desk.at("2026-11-23T18:00"));
    }

    /** In person, the mail server down and back: the coordinator has the task at once, and the e-mail once. */
    @Test
    void asksTheCoordinatorOnceAlthoughTheMailServerIsDown() {
        desk.startingAt("2026-11-23T18:30");
        UserId nora =
                walk.fixtures.aPersonWithEmail("Nora Palomino", "nora@example.org", desk.project(), Role.COORDINATOR);
        inbox.goDown();

        Path visit = desk.emergencyFor(nora);
        visit.moveTo("2026-11-23T18:40");
        assertThat(visit.noticesOf(nora)).containsExactly("authorise-attention");
        assertThat(visit.mails()).containsExactly("notice queued");
        visit.finish("authorise", nora, AUTHORISED);
        assertThat(visit.open()).containsExactly("attend");

        inbox.comeBack();
        visit.moveTo("2026-11-24T09:00");
        assertThat(visit.mails()).containsExactly("notice sent");
        visit.moveTo("2026-12-01T09:00");
        assertThat(inbox.subjects()).hasSize(1);
    }

    /** Clocks in Toronto go forward on Sunday 14 March 2027, and back on Sunday 1 November 2026. */
    @ParameterizedTest
    @CsvSource({"2027-03-12T18:00, 2027-03-15T13:00:00Z", "2026-10-30T18:00, 2026-11-02T14:00:00Z"})
    void tellsTheLocalHourToComeBackAcrossAChangeOfClocks(String hour, Instant comeBack) {
        Team york = walk.in(walk.fixtures.aProjectInOntario()).startingAt(hour);

        assertThat(york.visitor().attendance().comeBackAt()).isEqualTo(comeBack);
    }

    @Test
    void whatIsSolvedAtOnceEndsWithANumber() {
        Path visit = desk.visitor();
        assertThat(visit.open()).containsExactly("attend");
        assertThat(Objects.requireNonNull(visit.task("attend").due())).isEqualTo(desk.at("2026-11-23T17:00"));

        visit.finish("attend", desk.agent(), DeskWalk.SOLVED);

        Petition petition = Objects.requireNonNull(visit.petition());
        assertThat(visit.ended()).containsExactly("solved-at-once");
        assertThat(petition.number()).isEqualTo("AYA1-2026-0001");
        assertThat(petition.kind()).isEqualTo(PetitionKind.QUERY);
        assertThat(petition.solvedAtOnce()).isTrue();
        assertThat(petition.promised()).isNull();
        assertThat(visit.attendance().state()).isEqualTo(Attendance.State.ATTENDED);
        assertThat(walk.announced).isEmpty();
    }

    @Test
    void whatOthersAnswerIsAnnouncedOnce() {
        Path visit = desk.visitor().finish("attend", desk.agent(), DeskWalk.escalated());

        assertThat(visit.ended()).containsExactly("petition-registered");
        assertThat(Objects.requireNonNull(visit.petition()).solvedAtOnce()).isFalse();
        assertThat(walk.announced).containsExactly("AYA1-2026-0001 regional-team");
    }

    /** The line of the gateway with nothing missing, and each missing answer alone. */
    @ParameterizedTest
    @CsvSource({"beneficiary", "kind", "motive"})
    void refusesToRegisterWithout(String field) {
        Path visit = desk.visitor();
        Map<String, Object> answers = DeskWalk.said(DeskWalk.SOLVED);
        answers.remove(field);

        assertThatThrownBy(() -> visit.finish("attend", desk.agent(), answers))
                .isInstanceOfSatisfying(Tasks.Refused.class, refused -> assertThat(refused.errors())
                        .containsOnlyKeys(field));
        assertThat(visit.petition()).isNull();
        assertThat(visit.open()).containsExactly("attend");
    }

    /** Mon 23 Nov: from 9:00:00 up to but not including 17:00:00. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-23T08:59:59, false, 2026-11-23T09:00",
        "2026-11-23T09:00:00, true, ",
        "2026-11-23T16:59:59, true, ",
        "2026-11-23T17:00:00, false, 2026-11-24T09:00",
        "2026-11-27T18:00:00, false, 2026-11-30T09:00",
        // 8 and 9 December are holidays
        "2026-12-07T18:00:00, false, 2026-12-10T09:00",
        "2026-12-31T17:00:00, false, 2027-01-04T09:00",
    })
    void attendsWithinOfficeHoursAndTellsWhenToComeBack(String hour, boolean open, String comeBack) {
        Path visit = desk.startingAt(hour).visitor();

        assertThat(visit.attendance().withinHours()).isEqualTo(open);
        if (open) {
            assertThat(visit.open()).containsExactly("attend");
        } else {
            assertThat(visit.ended()).containsExactly("come-back-in-office-hours");
            assertThat(visit.attendance().state()).isEqualTo(Attendance.State.COME_BACK);
            assertThat(visit.attendance().comeBackAt()).isEqualTo(desk.at(comeBack));
        }
    }

    /** At the minute of closing the office is closed: nobody is late before they have heard of it. */
    @Test
    void anEmergencyAtTheMinuteOfClosingIsNotLateAtOnce() {
        Path visit = desk.startingAt("2026-11-23T17:00").visitor(false, true, List.of());
        visit.moveTo("2026-11-23T17:01");

        assertThat(visit.task("authorise").due()).isEqualTo(desk.at("2026-11-24T17:00"));
        assertThat(visit.noticesOf(desk.coordinator())).containsExactly("authorise-attention");
        assertThat(visit.noticesOf(desk.supervisor())).isEmpty();
    }

    @Test
    void anEmergencyIsAttendedWhenTheNamedCoordinatorSaysSo() {
        Path visit = desk.startingAt("2026-11-23T18:30").visitor(false, true, List.of());
        assertThat(visit.open()).containsExactly("authorise");
        assertThat(visit.task("authorise").assignee()).isEqualTo(desk.coordinator());
        assertThat(visit.noticesOf(desk.coordinator())).containsExactly("authorise-attention");

        visit.finish("authorise", desk.coordinator(), AUTHORISED);

        assertThat(visit.open()).containsExactly("attend");
        assertThat(visit.attendance().decidedBy()).isEqualTo(desk.coordinator());
        assertThat(visit.attendance().decidedAt()).isEqualTo(desk.at("2026-11-23T18:30"));
        assertThat(visit.attendance().decisionNote()).isEqualTo("Llegó de Cangallo");
        visit.finish("attend", desk.agent(), DeskWalk.SOLVED);
        assertThat(visit.ended()).containsExactly("solved-at-once");
    }

    @Test
    void anEmergencyThatIsNotAuthorisedIsToldWhenToComeBack() {
        Path visit = desk.startingAt("2026-11-23T18:30").visitor(false, true, List.of());

        visit.finish("authorise", desk.coordinator(), REFUSED);

        assertThat(visit.ended()).containsExactly("come-back-in-office-hours");
        assertThat(visit.attendance().state()).isEqualTo(Attendance.State.REFUSED);
        assertThat(visit.attendance().comeBackAt()).isEqualTo(desk.at("2026-11-24T09:00"));
    }

    /** Within office hours there is nothing to authorise. */
    @Test
    void anEmergencyInOfficeHoursIsAttendedLikeAnybody() {
        assertThat(desk.visitor(false, true, List.of()).open()).containsExactly("attend");
    }

    @Test
    void anAuthorityIsForTheSupervisorOrTheHeadAlone() {
        Path visit = desk.visitor(true, false, List.of());
        assertThat(visit.open()).containsExactly("attend-authority");

        for (UserId other : List.of(desk.agent(), desk.coordinator(), desk.reception())) {
            assertThatThrownBy(() -> visit.finish("attend-authority", other, DeskWalk.SOLVED))
                    .isInstanceOf(Forbidden.class);
        }
        visit.finish("attend-authority", desk.supervisor(), DeskWalk.SOLVED);
        assertThat(visit.ended()).containsExactly("solved-at-once");

        Path another = desk.visitor(true, false, List.of());
        another.finish("attend-authority", desk.manager(), DeskWalk.escalated());
        assertThat(another.ended()).containsExactly("petition-registered");
    }

    @ParameterizedTest
    @CsvSource({"false, false, 2026-11-23T10:00", "true, false, 2026-11-23T10:00", "false, true, 2026-11-23T20:00"})
    void canLeaveBeforeEveryTask(boolean authority, boolean emergency, String hour) {
        Path visit = desk.startingAt(hour).visitor(authority, emergency, List.of());

        visit.leaves();

        assertThat(visit.open()).isEmpty();
        assertThat(visit.ended()).containsExactly("visitor-left");
        assertThat(visit.attendance().state()).isEqualTo(Attendance.State.LEFT);
        assertThatThrownBy(visit::leaves).isInstanceOf(Problem.class);
    }

    @Test
    void whoeverIsSlowerIsToldWhoWasFaster() {
        Path visit = desk.visitor();
        OpenTask task = visit.task("attend");
        visit.finish("attend", desk.agent(), DeskWalk.SOLVED);

        assertThatThrownBy(() -> visit.complete(task, desk.supervisor(), DeskWalk.SOLVED))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.key()).isEqualTo("task.finished"));
        assertThat(walk.jdbc
                        .sql("select count(*) from petition")
                        .query(Integer.class)
                        .single())
                .isOne();
        assertThatThrownBy(visit::leaves).isInstanceOf(Problem.class);
    }

    /** The number goes back when the registration is refused further on. */
    @Test
    void aRefusedFormUsesUpNoNumber() {
        Path visit = desk.visitor();
        assertThatThrownBy(() ->
                        visit.finish("attend", desk.agent(), DeskWalk.said(DeskWalk.SOLVED, "office", "NOWHERE1")))
                .isInstanceOf(Tasks.Refused.class);

        visit.finish("attend", desk.agent(), DeskWalk.SOLVED);

        assertThat(Objects.requireNonNull(visit.petition()).number()).isEqualTo("AYA1-2026-0001");
    }

    /** The engine knows keys, dates, flags and codes, and nothing about the person. */
    @Test
    void theEngineKnowsNobody() {
        desk.visitor().finish("attend", desk.agent(), DeskWalk.escalated());
        desk.caller();

        assertThat(walk.jdbc
                        .sql("select coalesce(string_agg(text_, ' '), '') from engine.act_hi_varinst")
                        .query(String.class)
                        .single())
                .doesNotContain("Teresa", "Ccori", "40123456", "966", "padrón");
        assertThat(walk.jdbc
                        .sql("select coalesce(string_agg(details::text, ' '), '') from activity")
                        .query(String.class)
                        .single())
                .doesNotContain("Teresa", "Ccori", "40123456", "966", "padrón");
    }

    /** A visit with this task open. */
    private Path at(String element) {
        return switch (element) {
            case "attend-authority" -> desk.visitor(true, false, List.of());
            case "authorise" -> desk.startingAt("2026-11-23T18:30").visitor(false, true, List.of());
            default -> desk.visitor();
        };
    }

    private UserId who(String element) {
        return switch (element) {
            case "attend-authority" -> desk.supervisor();
            case "authorise" -> desk.coordinator();
            default -> desk.agent();
        };
    }
}
