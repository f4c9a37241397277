package org.ancora.casework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.network.CaseStatus;
import org.ancora.network.Project;
import org.ancora.network.ProjectSettings;
import org.ancora.network.Projects;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.AtOnce;
import org.ancora.time.VirtualClock;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

@AncoraTest
@RecordApplicationEvents
class CaseloadsTest {

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Caseloads caseloads;

    @Autowired
    private Cases cases;

    @Autowired
    private Projects projects;

    @Autowired
    private Clock clock;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ApplicationEvents events;

    @Test
    void countsCasesThatAreWorkedOnAndNeitherClosedNorWaitingOnes() {
        Project york = fixtures.aProjectInOntario();
        UserId sam = fixtures.aPerson("Sam", york, Role.CASEWORKER);
        UserId tola = fixtures.aPerson("Tola", york, Role.CASEWORKER);
        fixtures.aPerson("Ann", york, Role.COORDINATOR);
        caseloads.setLimit(sam, york.id(), 2, UserId.SYSTEM);
        fixtures.aClient(york).openCaseFor(sam);
        cases.admit(fixtures.aClient(york).openCaseFor(sam).code(), sam);
        cases.close(fixtures.aClient(york).openCaseFor(sam).code(), "declined", sam);
        assertThat(caseloads.takeUp(fixtures.aClient(york).openCaseFor(sam).code()))
                .isFalse();

        assertThat(caseloads.of(york.id()))
                .extracting(Load::user, Load::active, Load::waiting, Load::limit, Load::hasRoom)
                .containsExactly(tuple(tola, 0, 0, 20, true), tuple(sam, 2, 1, 2, false));
        assertThat(caseloads.hasRoom(sam, york.id())).isFalse();
        assertThat(caseloads.hasRoom(tola, york.id())).isTrue();
    }

    @Test
    void keepsCaseloadsOfProjectsApart() {
        Project york = fixtures.aProjectInOntario();
        Project peel = fixtures.aSisterOf(york, "peel", "PEL");
        UserId sam = fixtures.aPerson("Sam", york, Role.CASEWORKER);
        caseloads.setLimit(sam, york.id(), 1, UserId.SYSTEM);
        fixtures.aClient(york).openCaseFor(sam);

        assertThat(caseloads.hasRoom(sam, york.id())).isFalse();
        assertThat(caseloads.hasRoom(sam, peel.id())).isTrue();
    }

    @Test
    void letsTheLastPlaceBeTakenByTheCaseItself() {
        Project york = fixtures.aProjectInOntario();
        UserId sam = fixtures.aPerson("Sam", york, Role.CASEWORKER);
        caseloads.setLimit(sam, york.id(), 1, UserId.SYSTEM);
        CaseSummary dana = fixtures.aClient(york).openCaseFor(sam);

        assertThat(caseloads.takeUp(dana.code())).isTrue();
        assertThat(cases.byCode(dana.code()).status()).isEqualTo(CaseStatus.ASSIGNED);
    }

    @Test
    void letsCasesWaitInTheOrderInWhichTheyCame() {
        Project york = fixtures.aProjectInOntario();
        UserId sam = fixtures.aPerson("Sam", york, Role.CASEWORKER);
        caseloads.setLimit(sam, york.id(), 1, UserId.SYSTEM);
        CaseSummary served = fixtures.aClient(york).openCaseFor(sam);
        String first = fixtures.aClient(york).openCaseFor(sam).code();
        String second = fixtures.aClient(york).openCaseFor(sam).code();
        Instant noon = clock.instant();
        caseloads.takeUp(first);
        ((VirtualClock) clock).moveTo(noon.plus(Duration.ofHours(1)));
        caseloads.takeUp(second);
        caseloads.takeUp(first);

        assertThat(caseloads.waiting(sam, york.id()))
                .extracting(CaseSummary::code, CaseSummary::waitingSince)
                .containsExactly(tuple(first, noon), tuple(second, noon.plus(Duration.ofHours(1))));

        cases.close(served.code(), "no-contact", sam);
        assertThat(events.stream(CapacityChanged.class)).contains(new CapacityChanged(sam, york.id()));
        assertThat(caseloads.takeUp(first)).isTrue();
        assertThat(caseloads.takeUp(second)).isFalse();
        assertThat(cases.byCode(first))
                .returns(CaseStatus.ASSIGNED, CaseSummary::status)
                .returns(null, CaseSummary::waitingSince);
    }

    @Test
    void neverGivesTheLastPlaceToTwoCasesThatAskAtOnce() throws Exception {
        Project york = fixtures.aProjectInOntario();
        UserId sam = fixtures.aPerson("Sam", york, Role.CASEWORKER);
        caseloads.setLimit(sam, york.id(), 3, UserId.SYSTEM);
        List<String> codes = IntStream.range(0, 12)
                .mapToObj(each -> fixtures.aClient(york).openCaseFor(sam).code())
                .toList();
        ExecutorService desks = Executors.newFixedThreadPool(6);

        List<Callable<Boolean>> asked = codes.stream()
                .<Callable<Boolean>>map(code -> () -> caseloads.takeUp(code))
                .toList();
        for (Future<Boolean> answer : desks.invokeAll(asked)) {
            answer.get();
        }
        desks.shutdown();

        assertThat(caseloads.of(york.id()).get(0)).returns(3, Load::active).returns(9, Load::waiting);
    }

    @Test
    void reassigningAsksForTheOtherWorkersRoom() {
        Project york = fixtures.aProjectInOntario();
        UserId sam = fixtures.aPerson("Sam", york, Role.CASEWORKER);
        UserId tola = fixtures.aPerson("Tola", york, Role.CASEWORKER);
        caseloads.setLimit(sam, york.id(), 0, UserId.SYSTEM);
        String code = fixtures.aClient(york).openCaseFor(sam).code();
        assertThat(caseloads.takeUp(code)).isFalse();

        cases.assign(code, tola, sam, "No room here");

        assertThat(cases.byCode(code).waitingSince()).isNull();
        assertThat(caseloads.takeUp(code)).isTrue();
    }

    @Test
    void letsASupervisorOverrideAFullCaseloadForAReason() {
        Project york = fixtures.aProjectInOntario();
        UserId sam = fixtures.aPerson("Sam", york, Role.CASEWORKER);
        UserId eve = fixtures.aPerson("Eve", york, Role.SUPERVISOR);
        caseloads.setLimit(sam, york.id(), 0, UserId.SYSTEM);
        String code = fixtures.aClient(york).openCaseFor(sam).code();
        caseloads.takeUp(code);

        caseloads.override(code, eve, "Urgent");

        assertThat(cases.byCode(code).status()).isEqualTo(CaseStatus.ASSIGNED);
        assertThat(jdbc.sql("select reason from case_assignment where kind = 'capacity-overridden'")
                        .query(String.class)
                        .list())
                .containsExactly("Urgent");
    }

    @Test
    void tellsThatThereMayBeRoomWhenTheProjectsLimitIsRaised() {
        Project york = fixtures.aProjectInOntario();
        UserId sam = fixtures.aPerson("Sam", york, Role.CASEWORKER);
        caseloads.setLimit(sam, york.id(), 0, UserId.SYSTEM);
        caseloads.takeUp(fixtures.aClient(york).openCaseFor(sam).code());
        long before = events.stream(CapacityChanged.class).count();

        projects.changeSettings(
                york.id(), new ProjectSettings(30, Set.of(), york.settings().letterhead()));

        assertThat(events.stream(CapacityChanged.class)).hasSize((int) before + 1);
    }

    @Test
    void letsOneOfTwoWhoSawTheSameLimitChangeIt() throws Exception {
        Project york = fixtures.aProjectInOntario();
        UserId sam = fixtures.aPerson("Sam", york, Role.CASEWORKER);
        AtomicInteger changed = new AtomicInteger();
        AtOnce.Deed seven =
                () -> changed.addAndGet(caseloads.changeLimit(sam, york.id(), null, 7, UserId.SYSTEM) ? 1 : 0);

        AtOnce.told(seven, seven, seven, seven);

        assertThat(changed).hasValue(1);
        assertThat(caseloads.changeLimit(sam, york.id(), null, 9, UserId.SYSTEM))
                .isFalse();
        assertThat(caseloads.changeLimit(sam, york.id(), 7, null, UserId.SYSTEM))
                .isTrue();
        assertThat(caseloads.of(york.id()).get(0).limit())
                .isEqualTo(york.settings().caseloadLimit());
    }

    @Test
    void asksForNoRoomWhereNobodyIsAssigned() {
        Project york = fixtures.aProjectInOntario();
        String code = fixtures.aClient(york).openCase().code();

        assertThatThrownBy(() -> caseloads.takeUp(code)).isInstanceOf(IllegalStateException.class);
    }
}
