package org.ancora.attention.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.Forbidden;
import org.ancora.access.UserId;
import org.ancora.attention.Petition;
import org.ancora.attention.PetitionKind;
import org.ancora.attention.desk.DeskWalk.Path;
import org.ancora.attention.desk.DeskWalk.Team;
import org.ancora.process.NewVersions;
import org.ancora.process.task.OpenTask;
import org.ancora.process.task.Tasks;
import org.ancora.testing.AncoraTest;
import org.ancora.web.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    private Team desk;

    @BeforeEach
    void open() {
        desk = walk.inPeru();
    }

    @AfterEach
    void withdraw() {
        versions.withdraw();
    }

    @Test
    void goesOnWhenItIsMovedToANewVersion() {
        Path visit = desk.visitor();
        versions.publish("attention");

        versions.move(visit.code());

        assertThat(visit.open()).containsExactly("attend");
        visit.finish("attend", desk.agent(), DeskWalk.SOLVED);
        assertThat(visit.ended()).containsExactly("solved-at-once");
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
}
