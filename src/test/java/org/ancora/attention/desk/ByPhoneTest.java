package org.ancora.attention.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.attention.PetitionChannel;
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

/** A call, and the one that was promised: due at its minute, late after it (J55–J80, J95). */
@AncoraTest
class ByPhoneTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

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

    @ParameterizedTest
    @CsvSource({"solved, solved-at-once, ATTENDED", "nothing, nothing-registered, NOTHING"})
    void aCallEndsAtOnce(String outcome, String end, Attendance.State state) {
        Path call = desk.caller();
        assertThat(call.task("take-call").assignee()).isEqualTo(desk.agent());

        call.finish("take-call", desk.agent(), DeskWalk.said(DeskWalk.onThePhone(), "outcome", outcome));

        assertThat(call.ended()).containsExactly(end);
        assertThat(call.attendance().state()).isEqualTo(state);
        assertThat(call.petition() != null).isEqualTo(outcome.equals("solved"));
    }

    @Test
    void whatOthersAnswerIsAnnounced() {
        Path call = desk.caller()
                .finish(
                        "take-call",
                        desk.agent(),
                        DeskWalk.said(DeskWalk.escalated(), "callBackNumber", "966 000 123"));

        assertThat(call.ended()).containsExactly("petition-registered");
        assertThat(Objects.requireNonNull(call.petition()).channel()).isEqualTo(PetitionChannel.PHONE);
        assertThat(walk.announced).containsExactly("AYA1-2026-0001 regional-team");
    }

    @Test
    void asksForTheNumberToCallBackBeforeAnythingElse() {
        Path call = desk.caller();
        Map<String, Object> answers = DeskWalk.said(DeskWalk.SOLVED);

        assertThatThrownBy(() -> call.finish("take-call", desk.agent(), answers))
                .isInstanceOfSatisfying(Tasks.Refused.class, refused -> assertThat(refused.errors())
                        .containsOnlyKeys("callBackNumber"));
    }

    /** By phone, every timer a second before and at its instant: a call that nobody finished is told of once. */
    @Test
    void tellsOnceThatACallWasNotFinished() {
        Path call = desk.caller();
        Instant closing = desk.at("2026-11-23T17:00");
        assertThat(call.task("take-call").due()).isEqualTo(closing);

        call.moveTo(closing.minus(SECOND));
        assertThat(call.noticesOf(desk.agent())).isEmpty();
        assertThat(call.noticesOf(desk.supervisor())).isEmpty();
        call.moveTo(closing);
        assertThat(call.noticesOf(desk.agent())).containsExactly("task-overdue");
        assertThat(call.noticesOf(desk.supervisor())).containsExactly("task-overdue");
        call.moveTo("2026-12-14T09:00");

        assertThat(call.noticesOf(desk.agent())).containsExactly("task-overdue");
        assertThat(call.noticesOf(desk.supervisor())).containsExactly("task-overdue");
        assertThat(call.open()).containsExactly("take-call");
    }

    @Test
    void aPromisedCallIsDueAtItsMinuteAndLateAfterIt() {
        Path call = promised("2026-11-23T15:30");
        Instant hour = desk.at("2026-11-23T15:30");
        OpenTask task = call.task("call-back");
        assertThat(task.due()).isEqualTo(hour).isEqualTo(task.opens());
        assertThat(task.assignee()).isEqualTo(desk.agent());
        assertThat(call.attendance().state()).isEqualTo(Attendance.State.CALL_BACK);

        call.moveTo(hour.minus(SECOND));
        assertThat(call.noticesOf(desk.agent())).isEmpty();
        call.moveTo(hour);
        assertThat(call.noticesOf(desk.agent())).containsExactly("call-due");
        call.moveTo(hour.plus(Duration.ofMinutes(10)).minus(SECOND));
        assertThat(call.noticesOf(desk.supervisor())).isEmpty();
        call.moveTo(hour.plus(Duration.ofMinutes(10)));
        assertThat(call.noticesOf(desk.supervisor())).containsExactly("call-late");
        call.moveTo("2026-11-30T09:00");

        assertThat(call.noticesOf(desk.agent())).containsExactly("call-due");
        assertThat(call.noticesOf(desk.supervisor())).containsExactly("call-late");
        assertThat(call.task("call-back")).isEqualTo(task);
    }

    @Test
    void aPromisedCallKeepsItsMinuteWhenItIsMovedToANewVersion() {
        Path call = promised("2026-11-23T15:30");
        versions.publish("attention");

        versions.move(call.code());

        call.moveTo(desk.at("2026-11-23T15:30").minus(SECOND));
        assertThat(call.noticesOf(desk.agent())).isEmpty();
        call.moveTo("2026-11-23T15:30");
        assertThat(call.noticesOf(desk.agent())).containsExactly("call-due");
        call.finish("call-back", desk.agent(), DeskWalk.said(DeskWalk.onThePhone(), "outcome", "solved"));
        assertThat(call.ended()).containsExactly("solved-at-once");
    }

    /** By phone, a migrated instance: on the line as well. */
    @Test
    void aCallGoesOnWhenItIsMovedToANewVersion() {
        Path call = desk.caller();
        versions.publish("attention");

        versions.move(call.code());

        assertThat(call.open()).containsExactly("take-call");
        call.finish("take-call", desk.agent(), callBack("2026-11-23T15:30"));
        assertThat(call.task("call-back").due()).isEqualTo(desk.at("2026-11-23T15:30"));
    }

    /** By phone, an answer at every task: whatever the call back leads to. */
    @ParameterizedTest
    @CsvSource({
        "solved, solved-at-once, ATTENDED, 1",
        "escalate, petition-registered, ATTENDED, 1",
        "unreachable, nothing-registered, UNREACHABLE, 0"
    })
    void aCallBackEndsInEveryWay(String outcome, String end, Attendance.State state, int petitions) {
        Path call = promised("2026-11-23T15:30").moveTo("2026-11-23T15:30");

        call.finish(
                "call-back",
                desk.agent(),
                DeskWalk.said(DeskWalk.escalated(), "callBackNumber", "966 000 123", "outcome", outcome));

        assertThat(call.ended()).containsExactly(end);
        assertThat(call.attendance().state()).isEqualTo(state);
        assertThat(desk.petitions()).isEqualTo(petitions);
        assertThat(walk.announced).hasSize(outcome.equals("escalate") ? 1 : 0);
    }

    /** By phone, two people who complete the same task: the slower one is told, and nothing is registered for them. */
    @ParameterizedTest
    @ValueSource(strings = {"take-call", "call-back"})
    void whoeverIsSlowerIsToldWhoWasFaster(String element) {
        Path call = at(element);
        OpenTask task = call.task(element);
        call.finish(element, desk.agent(), registered());

        assertThatThrownBy(
                        () -> call.complete(task, desk.supervisor(), DeskWalk.said(registered(), "outcome", "solved")))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.key()).isEqualTo("task.finished"));

        assertThat(call.ended()).containsExactly("petition-registered");
        assertThat(desk.petitions()).isOne();
    }

    /** By phone, two people in the same moment: one FUA, one number, one announcement. */
    @ParameterizedTest
    @ValueSource(strings = {"take-call", "call-back"})
    void letsExactlyOneOfTwoAtOnceRegister(String element) throws Exception {
        Path call = at(element);
        OpenTask task = call.putBack(element, desk.agent());
        UserId other = walk.fixtures.aPerson("Rosa Ayala", desk.project(), Role.AGENT);
        Viewer raul = walk.fixtures.viewer(desk.agent());
        Viewer rosa = walk.fixtures.viewer(other);

        int told = AtOnce.told(
                () -> walk.tasks.complete(task.id(), raul, registered()),
                () -> walk.tasks.complete(task.id(), rosa, registered()));
        walk.clockwork.runDueJobs();

        assertThat(told).isOne();
        assertThat(call.ended()).containsExactly("petition-registered");
        assertThat(desk.petitions()).isOne();
        assertThat(walk.announced).containsExactly("AYA1-2026-0001 regional-team");
        Path next = desk.caller().finish("take-call", desk.agent(), registered());
        assertThat(Objects.requireNonNull(next.petition()).number()).isEqualTo("AYA1-2026-0002");
    }

    /** By phone, the same agent in two windows: the other answer is told off, the same form sent twice is not. */
    @ParameterizedTest
    @CsvSource({"take-call, solved, 1", "take-call, escalate, 0", "call-back, solved, 1", "call-back, escalate, 0"})
    void registersOnceFromTwoWindows(String element, String inTheOther, int expected) throws Exception {
        Path call = at(element);
        OpenTask task = call.task(element);
        Viewer raul = walk.fixtures.viewer(desk.agent());
        Map<String, Object> other = DeskWalk.said(registered(), "outcome", inTheOther);

        int told = AtOnce.told(
                () -> walk.tasks.complete(task.id(), raul, registered()),
                () -> walk.tasks.complete(task.id(), raul, other));

        assertThat(told).isEqualTo(expected);
        assertThat(call.ended()).hasSize(1);
        assertThat(desk.petitions()).isOne();
    }

    /** By phone, closed by hand at every step: off the desk, nobody is reminded, and it can be begun again. */
    @ParameterizedTest
    @CsvSource({"take-call, 2026-11-23T09:10", "call-back, 2026-11-23T09:10", "call-back, 2026-11-23T15:35"})
    void isOffTheDeskWhenItIsEndedByHand(String element, String hour) throws Exception {
        Path call = at(element).moveTo(hour);
        List<String> before = call.noticesOf(desk.agent());
        String procedure = call.procedure();

        steering.cancel(procedure, desk.supervisor());

        assertThat(call.open()).isEmpty();
        assertThat(call.attendance().state()).isEqualTo(Attendance.State.NOTHING);
        assertThat(call.attendance().endedAt()).isEqualTo(desk.at(hour));
        assertThat(call.petition()).isNull();
        call.moveTo("2026-11-24T09:00");
        assertThat(desk.listed()).as("what is still open the next day").isEmpty();
        assertThat(call.noticesOf(desk.agent())).isEqualTo(before);
        assertThat(call.noticesOf(desk.supervisor())).isEmpty();

        steering.restart(procedure, desk.supervisor());
        assertThat(call.attendance().state()).isEqualTo(Attendance.State.TALKING);
        assertThat(desk.listed()).containsExactly(call.code());
        call.finish("take-call", desk.agent(), registered());
        assertThat(call.attendance().state()).isEqualTo(Attendance.State.ATTENDED);
    }

    /** By phone, the mail server down and back: a late call is told at once on the page, and by e-mail once. */
    @Test
    void tellsOfALateCallOnceAlthoughTheMailServerIsDown() {
        UserId carla =
                walk.fixtures.aPersonWithEmail("Carla Soto", "carla@example.org", desk.project(), Role.SUPERVISOR);
        Path call = promised("2026-11-23T15:30");
        inbox.goDown();

        call.moveTo("2026-11-23T15:45");
        assertThat(call.noticesOf(carla)).containsExactly("call-late");
        assertThat(call.mails()).containsExactly("notice queued");
        call.finish("call-back", desk.agent(), DeskWalk.onThePhone());
        assertThat(call.ended()).containsExactly("solved-at-once");

        inbox.comeBack();
        call.moveTo("2026-11-24T09:00");
        assertThat(call.mails()).containsExactly("notice sent");
        call.moveTo("2026-12-01T09:00");
        assertThat(inbox.subjects()).hasSize(1);
    }

    @Test
    void aCallMadeInTimeIsNeverLate() {
        Path call = promised("2026-11-23T15:30");
        call.moveTo("2026-11-23T15:30").finish("call-back", desk.agent(), DeskWalk.onThePhone());
        call.moveTo("2026-11-24T09:00");

        assertThat(call.ended()).containsExactly("solved-at-once");
        assertThat(call.noticesOf(desk.supervisor())).isEmpty();
    }

    @Test
    void anotherHourCanBeAgreedAgainAndAgainUntilTheyAreNotReached() {
        Path call = promised("2026-11-23T15:30").moveTo("2026-11-23T15:31");
        call.finish("call-back", desk.agent(), callBack("2026-11-24T10:00"));
        assertThat(call.task("call-back").due()).isEqualTo(desk.at("2026-11-24T10:00"));

        call.moveTo("2026-11-24T10:00");
        assertThat(call.noticesOf(desk.agent())).containsExactly("call-due", "call-due");
        call.finish("call-back", desk.agent(), DeskWalk.said(DeskWalk.onThePhone(), "outcome", "unreachable"));

        assertThat(call.ended()).containsExactly("nothing-registered");
        assertThat(call.attendance().state()).isEqualTo(Attendance.State.UNREACHABLE);
        assertThat(call.petition()).isNull();
    }

    /** Only a call back can end as "not reached", and only a first call as "nothing to register". */
    @Test
    void offersTheOutcomesThatFit() {
        Path call = desk.caller();
        assertThatThrownBy(() -> call.finish(
                        "take-call", desk.agent(), DeskWalk.said(DeskWalk.onThePhone(), "outcome", "unreachable")))
                .isInstanceOf(Tasks.Refused.class);
        Path again = promised("2026-11-23T15:30");
        assertThatThrownBy(() -> again.finish(
                        "call-back", desk.agent(), DeskWalk.said(DeskWalk.onThePhone(), "outcome", "nothing")))
                .isInstanceOf(Tasks.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({"2026-11-23T09:10", "2026-11-23T09:09", "2025-11-23T10:00"})
    void refusesAnHourThatHasPassed(String hour) {
        Path call = desk.caller();

        assertThatThrownBy(() -> call.finish("take-call", desk.agent(), callBack(hour)))
                .isInstanceOfSatisfying(Tasks.Refused.class, refused -> assertThat(refused.errors())
                        .containsOnlyKeys("callBackAt"));
    }

    /** What was said before is in the form of the call back already, apart from how the first call ended. */
    @Test
    void keepsWhatWasSaidForTheCallBack() {
        Path call = promised("2026-11-23T15:30");

        assertThat(walk.attendances.answers(call.code()))
                .containsEntry("motive", "No figura en el padrón")
                .containsEntry("agreed", "Llama a la comadre");
        assertThat(call.attendance().agreed()).isEqualTo("Llama a la comadre");
    }

    /** Ontario's clocks go forward on Sunday 14 March 2027: ten o'clock on Monday is 14:00 UTC, no longer 15:00. */
    @Test
    void aPromisedHourIsLocalAcrossTheChangeOfClocks() {
        Team york = walk.in(walk.fixtures.aProjectInOntario()).startingAt("2027-03-12T10:00");
        Path call = york.caller()
                .finish("take-call", york.agent(), DeskWalk.said(callBack("2027-03-15T10:00"), "office", "YRK1"));

        assertThat(call.task("call-back").due()).isEqualTo("2027-03-15T14:00:00Z");
    }

    /** By phone, year end and a holiday: the hour is the one that was agreed. 8 December is a holiday in Peru. */
    @ParameterizedTest
    @CsvSource({"2026-12-08T10:00, 2026-12-08T15:00:00Z", "2026-12-31T23:30, 2027-01-01T04:30:00Z"})
    void aPromisedHourIsKeptOnHolidaysAndAtYearEnd(String agreed, Instant due) {
        Path call = promised(agreed);
        assertThat(call.task("call-back").due()).isEqualTo(due);

        call.moveTo(due.minus(SECOND));
        assertThat(call.noticesOf(desk.agent())).isEmpty();
        call.moveTo(due);
        assertThat(call.noticesOf(desk.agent())).containsExactly("call-due");
    }

    /** A call of the old year that is registered in the new one counts there. */
    @Test
    void theNumberIsOfTheYearInWhichItIsRegistered() {
        desk.startingAt("2026-12-31T16:00");
        Path call = promised("2027-01-04T09:30");
        call.moveTo("2027-01-04T09:30").finish("call-back", desk.agent(), DeskWalk.onThePhone());

        assertThat(Objects.requireNonNull(call.petition()).number()).isEqualTo("AYA1-2027-0001");
    }

    /** A call with this task open; a call back is promised for 15:30. */
    private Path at(String element) {
        return element.equals("take-call") ? desk.caller() : promised("2026-11-23T15:30");
    }

    private static Map<String, Object> registered() {
        return DeskWalk.said(DeskWalk.escalated(), "callBackNumber", "966 000 123");
    }

    private Path promised(String hour) {
        return desk.caller().finish("take-call", desk.agent(), callBack(hour));
    }

    private static Map<String, Object> callBack(String hour) {
        return DeskWalk.said(
                DeskWalk.onThePhone(), "outcome", "call-back", "callBackAt", hour, "agreed", "Llama a la comadre");
    }
}
