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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.ancora.access.Hidden;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.network.CaseStatus;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.ancora.time.VirtualClock;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

@AncoraTest
@RecordApplicationEvents
class CasesTest {

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Cases cases;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Clock clock;

    @Autowired
    private ApplicationEvents events;

    @Test
    void numbersCasesPerProjectAndYear() {
        Project york = fixtures.aProjectInOntario();
        Project torino = fixtures.aProjectInItaly();

        List<String> codes = List.of(
                fixtures.aClient(york).openCase().code(),
                fixtures.aClient(york).openCase().code(),
                fixtures.aClient(torino).openCase().code());

        assertThat(codes).containsExactly("YRK-2026-0001", "YRK-2026-0002", "TOR-2026-0001");
    }

    @Test
    void startsANewYearWhereTheProjectIs() {
        Project york = fixtures.aProjectInOntario();
        Project torino = fixtures.aProjectInItaly();
        ((VirtualClock) clock).moveTo(Instant.parse("2027-01-01T02:00:00Z"));

        assertThat(fixtures.aClient(york).openCase().code()).isEqualTo("YRK-2026-0001");
        assertThat(fixtures.aClient(torino).openCase().code()).isEqualTo("TOR-2027-0001");
    }

    @Test
    void neverGivesACodeTwiceHoweverManyIntakesArriveAtOnce() throws Exception {
        Project york = fixtures.aProjectInOntario();
        ProfileId dana = fixtures.aClient(york).create().id();
        NewCase opened = new NewCase(york.id(), dana, ReferralSource.SELF, ServiceMode.INDIVIDUAL, UserId.SYSTEM);
        Set<String> codes = ConcurrentHashMap.newKeySet();
        ExecutorService desks = Executors.newFixedThreadPool(8);

        List<Callable<Boolean>> intakes = IntStream.range(0, 40)
                .<Callable<Boolean>>mapToObj(
                        each -> () -> codes.add(cases.open(opened).code()))
                .toList();
        for (Future<Boolean> intake : desks.invokeAll(intakes)) {
            assertThat(intake.get()).isTrue();
        }
        desks.shutdown();

        assertThat(codes).hasSize(40).contains("YRK-2026-0001", "YRK-2026-0040");
    }

    @Test
    void tellsWhoGotTheCaseFromWhom() {
        Project york = fixtures.aProjectInOntario();
        UserId sam = fixtures.aPerson("Sam", york, Role.CASEWORKER);
        UserId tola = fixtures.aPerson("Tola", york, Role.CASEWORKER);
        UserId ann = fixtures.aPerson("Ann", york, Role.COORDINATOR);
        CaseSummary dana = fixtures.aClient(york).openCase();

        cases.assign(dana.code(), sam, ann, "");
        cases.assign(dana.code(), tola, ann, "Sam is on leave");
        cases.assign(dana.code(), tola, ann, "twice");

        assertThat(events.stream(CaseAssigned.class))
                .extracting(
                        CaseAssigned::code,
                        CaseAssigned::project,
                        CaseAssigned::from,
                        CaseAssigned::to,
                        CaseAssigned::by)
                .containsExactly(
                        tuple(dana.code(), york.id(), null, sam, ann), tuple(dana.code(), york.id(), sam, tola, ann));
        assertThat(events.stream(CapacityChanged.class)).containsExactly(new CapacityChanged(sam, york.id()));
        assertThat(cases.byCode(dana.code()))
                .returns(CaseStatus.ASSIGNED, CaseSummary::status)
                .returns(tola, CaseSummary::assignee);
        assertThat(jdbc.sql("select reason from case_assignment order by id")
                        .query(String.class)
                        .list())
                .containsExactly("", "Sam is on leave");
    }

    @Test
    void admitsOnce() {
        Project york = fixtures.aProjectInOntario();
        UserId sam = fixtures.aPerson("Sam", york, Role.CASEWORKER);
        CaseSummary dana = fixtures.aClient(york).openCaseFor(sam);

        cases.admit(dana.code(), sam);
        cases.admit(dana.code(), sam);

        assertThat(cases.byCode(dana.code()))
                .returns(CaseStatus.IN_PROGRESS, CaseSummary::status)
                .returns(clock.instant(), CaseSummary::admittedAt);
        assertThat(events.stream(CaseAdmitted.class)).hasSize(1);
    }

    @Test
    void closesForAReasonAndOnlyOnce() {
        Project york = fixtures.aProjectInOntario();
        UserId sam = fixtures.aPerson("Sam", york, Role.CASEWORKER);
        CaseSummary dana = fixtures.aClient(york).openCaseFor(sam);

        cases.close(dana.code(), "no-contact", sam);
        ((VirtualClock) clock).moveTo(clock.instant().plus(Duration.ofHours(1)));
        cases.close(dana.code(), "withdrawn", sam);

        assertThat(cases.byCode(dana.code()))
                .returns(CaseStatus.CLOSED, CaseSummary::status)
                .returns(ClosingReason.NO_CONTACT, CaseSummary::closingReason);
        assertThat(events.stream(CaseClosed.class))
                .containsExactly(new CaseClosed(dana.code(), york.id(), ClosingReason.NO_CONTACT, sam));
        assertThat(events.stream(CapacityChanged.class)).containsExactly(new CapacityChanged(sam, york.id()));
    }

    @Test
    void leavesAClosedCaseAlone() {
        Project york = fixtures.aProjectInOntario();
        UserId sam = fixtures.aPerson("Sam", york, Role.CASEWORKER);
        String code = fixtures.aClient(york).openCase().code();
        cases.raiseFlag(code, Flag.Kind.HOUSING, "", sam);
        cases.close(code, "withdrawn", sam);

        assertThatThrownBy(() -> cases.assign(code, sam, sam, "")).isInstanceOf(CaseIsClosed.class);
        assertThatThrownBy(() -> cases.admit(code, sam)).isInstanceOf(CaseIsClosed.class);
        assertThatThrownBy(() -> cases.changeServiceMode(code, ServiceMode.GROUP, sam))
                .isInstanceOf(CaseIsClosed.class);
        assertThatThrownBy(() -> cases.raiseFlag(code, Flag.Kind.RISK, "", sam)).isInstanceOf(CaseIsClosed.class);
        assertThatThrownBy(() -> cases.resolveFlag(code, Flag.Kind.HOUSING, "", sam))
                .isInstanceOf(CaseIsClosed.class);
    }

    @Test
    void refusesAReasonThatNobodyKnows() {
        Project york = fixtures.aProjectInOntario();
        String code = fixtures.aClient(york).openCase().code();

        assertThatThrownBy(() -> cases.close(code, "bored", UserId.SYSTEM))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(cases.byCode(code).isClosed()).isFalse();
    }

    @Test
    void raisesAFlagOnceAndKeepsItAfterItIsResolved() {
        Project york = fixtures.aProjectInOntario();
        UserId sam = fixtures.aPerson("Sam", york, Role.CASEWORKER);
        String code = fixtures.aClient(york).openCase().code();

        cases.raiseFlag(code, Flag.Kind.RISK, "A threat was heard", sam);
        cases.raiseFlag(code, Flag.Kind.RISK, "again", sam);
        assertThat(cases.byCode(code).isAtRisk()).isTrue();
        cases.resolveFlag(code, Flag.Kind.RISK, "Spoke with the police", sam);
        cases.resolveFlag(code, Flag.Kind.RISK, "again", sam);

        CaseSummary after = cases.byCode(code);
        assertThat(after.openFlags()).isEmpty();
        assertThat(cases.flags(after)).singleElement().satisfies(flag -> {
            assertThat(flag.note()).isEqualTo("A threat was heard");
            assertThat(flag.resolution()).isEqualTo("Spoke with the police");
            assertThat(flag.resolvedBy()).isEqualTo(sam);
        });
        assertThat(events.stream(FlagRaised.class)).hasSize(1);
        assertThat(events.stream(FlagResolved.class)).hasSize(1);
    }

    @Test
    void tellsAChangeOfService() {
        Project york = fixtures.aProjectInOntario();
        String code = fixtures.aClient(york).openCase().code();

        cases.changeServiceMode(code, ServiceMode.GROUP, UserId.SYSTEM);
        cases.changeServiceMode(code, ServiceMode.GROUP, UserId.SYSTEM);

        assertThat(events.stream(ServiceModeChanged.class))
                .containsExactly(new ServiceModeChanged(
                        code, york.id(), ServiceMode.INDIVIDUAL, ServiceMode.GROUP, UserId.SYSTEM));
    }

    @Test
    void refusesToOverwriteWhatSomebodyElseChanged() {
        Project york = fixtures.aProjectInOntario();
        UserId sam = fixtures.aPerson("Sam", york, Role.CASEWORKER);
        CaseSummary seen = fixtures.aClient(york).openCase();
        cases.changeServiceMode(seen.code(), ServiceMode.GROUP, sam);

        assertThatThrownBy(() -> cases.assign(seen.code(), seen.version(), sam, sam, ""))
                .isInstanceOf(OptimisticLockingFailureException.class);
        assertThatThrownBy(() -> cases.close(seen.code(), seen.version(), ClosingReason.DECLINED, "", sam))
                .isInstanceOf(OptimisticLockingFailureException.class);
        assertThat(cases.byCode(seen.code()).status()).isEqualTo(CaseStatus.NEW);
    }

    @Test
    void keepsEveryChangeInTheActivityLog() {
        Project york = fixtures.aProjectInOntario();
        UserId sam = fixtures.aPerson("Sam", york, Role.CASEWORKER);
        String code = fixtures.aClient(york).openCaseFor(sam).code();
        cases.raiseFlag(code, Flag.Kind.HOUSING, "", sam);
        cases.resolveFlag(code, Flag.Kind.HOUSING, "", sam);
        cases.changeServiceMode(code, ServiceMode.GROUP, sam);
        cases.admit(code, sam);
        cases.close(code, "withdrawn", sam);

        assertThat(jdbc.sql("select action from activity where case_code = :code order by id")
                        .param("code", code)
                        .query(String.class)
                        .list())
                .containsExactly(
                        "case.opened",
                        "case.assigned",
                        "case.flag-raised",
                        "case.flag-resolved",
                        "case.service-mode-changed",
                        "case.admitted",
                        "case.closed");
    }

    @Test
    void showsACaseOnlyWithinTheViewersScope() {
        Project york = fixtures.aProjectInOntario();
        Project torino = fixtures.aProjectInItaly();
        UserId sam = fixtures.aPerson("Sam", york, Role.CASEWORKER);
        UserId partner = fixtures.aPerson("Partner", york, Role.CONTRIBUTOR);
        UserId stranger = fixtures.aPerson("Giulia", torino, Role.CASEWORKER, Role.SUPERVISOR);
        String code = fixtures.aClient(york).openCase().code();
        String shared = fixtures.aClient(york).openCaseFor(partner).code();

        assertThat(cases.byCode(code, fixtures.viewer(sam)).code()).isEqualTo(code);
        assertThat(cases.byCode(shared, fixtures.viewer(partner)).code()).isEqualTo(shared);
        assertThatThrownBy(() -> cases.byCode(code, fixtures.viewer(partner))).isInstanceOf(Hidden.class);
        assertThatThrownBy(() -> cases.byCode(code, fixtures.viewer(stranger))).isInstanceOf(Hidden.class);
        assertThat(cases.byCodes(List.of(code, shared), fixtures.viewer(partner)))
                .containsOnlyKeys(shared);
    }
}
