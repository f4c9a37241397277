package org.ancora.engagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.ancora.access.UserId;
import org.ancora.casework.ClosingReason;
import org.ancora.engagement.EngagementWalk.Team;
import org.ancora.network.CaseStatus;
import org.ancora.process.task.Tasks;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A case waits until its worker has room, and the clock of the first contact with it (A5, A6, A-R1). */
@AncoraTest
class CapacityTest {

    private static final Map<String, Object> OVERRIDDEN =
            Map.of("capacityDecision", "override", "overrideReason", "Cannot wait over the holidays");

    @Autowired
    EngagementWalk walks;

    @Test
    void waitsForRoom() {
        Team york = walks.inOntario();
        york.limit(york.worker(), 1);
        york.beginWithEverything().toFirstRound();

        Walk second = york.beginWithEverything().toFirstRound();

        assertThat(second.open()).containsExactly("await-capacity");
        assertThat(second.file().status()).isEqualTo(CaseStatus.WAITING_FOR_CAPACITY);
        assertThat(second.file().assignee()).isEqualTo(york.worker());
        assertThat(second.window("await-capacity")).isEqualTo("2026-11-23T09:10/2026-11-30T09:00");
    }

    @Test
    void startsTheClockWhenARunEndsAndRoomAppears() {
        Team york = walks.inOntario();
        york.limit(york.worker(), 1);
        Walk first = york.beginWithEverything().toFirstRound();
        Walk second = york.beginWithEverything().toFirstRound();

        first.moveTo("2026-11-25T10:00")
                .finish("record-round", Said.DECLINES)
                .finish("confirm-refusal", Said.REFUSAL_CONFIRMED);

        // Wed 25 Nov, not Mon 23, and 5 business days: Thu 26, Fri 27, Mon 30, Tue 1, Wed 2.
        assertThat(second.window("record-round")).isEqualTo("2026-11-25T10:00/2026-12-02T17:00");
        assertThat(second.file().status()).isEqualTo(CaseStatus.ASSIGNED);
        assertThat(second.file().waitingSince()).isNull();
    }

    @Test
    void givesRoomToTheCaseThatWaitedLongest() {
        Team york = walks.inOntario();
        york.limit(york.worker(), 1);
        Walk first = york.beginWithEverything().toFirstRound();
        Walk second = york.beginWithEverything().toFirstRound().moveTo("2026-11-23T10:00");
        Walk third = york.beginWithEverything().toFirstRound();

        first.closeByHand(ClosingReason.WITHDRAWN);

        assertThat(second.open()).containsExactly("record-round");
        assertThat(third.open()).containsExactly("await-capacity");
    }

    @Test
    void takesUpAllThatFitWhenTheLimitIsRaised() {
        Team york = walks.inOntario();
        york.limit(york.worker(), 0);
        Walk first = york.beginWithEverything().toFirstRound().moveTo("2026-11-23T10:00");
        Walk second = york.beginWithEverything().toFirstRound().moveTo("2026-11-23T11:00");
        Walk third = york.beginWithEverything().toFirstRound();

        york.limit(york.worker(), 2);

        assertThat(first.open()).containsExactly("record-round");
        assertThat(second.open()).containsExactly("record-round");
        assertThat(third.open()).containsExactly("await-capacity");
    }

    @Test
    void isOverriddenByASupervisorOnly() {
        Walk dana = Place.CAPACITY.reach(walks.inOntario());

        assertThatThrownBy(() -> dana.finish("await-capacity", dana.team().coordinator(), OVERRIDDEN))
                .isInstanceOfSatisfying(Tasks.Refused.class, refused -> assertThat(refused.errors())
                        .containsKey("capacityDecision"));
        assertThat(dana.open()).containsExactly("await-capacity");
        dana.moveTo("2026-11-24T12:00").finish("await-capacity", dana.team().supervisor(), OVERRIDDEN);

        assertThat(dana.window("record-round")).isEqualTo("2026-11-24T12:00/2026-12-01T17:00");
        assertThat(dana.file().status()).isEqualTo(CaseStatus.ASSIGNED);
        assertThat(dana.log()).contains("case.capacity-overridden");
    }

    @Test
    void remindsTheCoordinatorEveryWeek() {
        Walk dana = Place.CAPACITY.reach(walks.inOntario());

        dana.moveTo("2026-11-30T09:00");
        assertThat(dana.noticesOf(dana.team().coordinator())).containsExactly("waiting-for-capacity");
        assertThat(dana.window("await-capacity")).isEqualTo("2026-11-23T09:10/2026-12-07T09:00");
        dana.moveTo("2026-12-21T09:00");

        // Mon 30 Nov, Mon 7, Mon 14, Mon 21 Dec; the next Monday but one, 28 Dec, is off: Tue 29.
        assertThat(dana.noticesOf(dana.team().coordinator())).hasSize(4).containsOnly("waiting-for-capacity");
        assertThat(dana.window("await-capacity")).isEqualTo("2026-11-23T09:10/2026-12-29T09:00");
        assertThat(dana.noticesOf(dana.team().worker())).isEmpty();
    }

    @Test
    void looksAtTheNewWorkersRoomWhenReassignedInTheTask() {
        Walk dana = Place.CAPACITY.reach(walks.inOntario());
        UserId full = dana.team().another("Bo Nilsson");
        UserId free = dana.team().another("Ann Price");
        dana.team().limit(full, 0);

        dana.finish("await-capacity", reassignedTo(full));
        assertThat(dana.open()).containsExactly("await-capacity");
        assertThat(dana.file().assignee()).isEqualTo(full);
        dana.finish("await-capacity", reassignedTo(free));

        assertThat(dana.open()).containsExactly("record-round");
        assertThat(dana.task("record-round").assignee()).isEqualTo(free);
        assertThat(dana.file().assignee()).isEqualTo(free);
        assertThat(dana.file().status()).isEqualTo(CaseStatus.ASSIGNED);
    }

    @Test
    void looksAtTheNewWorkersRoomWhenReassignedOnTheCase() {
        Walk dana = Place.CAPACITY.reach(walks.inOntario());
        UserId free = dana.team().another("Ann Price");

        walks.cases.assign(dana.code(), free, dana.team().coordinator(), "");

        assertThat(dana.open()).containsExactly("record-round");
        assertThat(dana.task("record-round").assignee()).isEqualTo(free);
    }

    @Test
    void givesTheRoomOfACaseThatIsHandedOverToTheNextOne() {
        Team york = walks.inOntario();
        york.limit(york.worker(), 1);
        Walk first = Place.SUPERVISOR_ON_SOURCE.reach(york);
        Walk second = york.beginWithEverything().toFirstRound();
        assertThat(second.open()).containsExactly("await-capacity");

        first.finish(
                "decide",
                Said.with(
                        Said.decision("hand-over"),
                        Map.of("worker", york.another("Bo Nilsson").toString())));

        assertThat(second.open()).containsExactly("record-round");
    }

    @Test
    void passesOverAssigningACaseThatHasAWorker() {
        Team york = walks.inOntario();
        Walk dana = york.begin(york.clientWithEverything().openCaseFor(york.worker()));

        dana.moveTo("2026-11-24T10:00").accepted();

        assertThat(dana.open()).containsExactly("record-round");
        assertThat(dana.task("record-round").assignee()).isEqualTo(york.worker());
        // The later of assignment (Mon 23) and room (Tue 24): Wed 25, Thu 26, Fri 27, Mon 30, Tue 1.
        assertThat(dana.window("record-round")).isEqualTo("2026-11-24T10:00/2026-12-01T17:00");
    }

    @Test
    void handsOpenTasksToWhoeverGetsTheCase() {
        Walk dana = Place.FIRST_ROUND.reach(walks.inOntario());
        UserId bo = dana.team().another("Bo Nilsson");

        walks.cases.assign(dana.code(), bo, dana.team().coordinator(), "");

        assertThat(dana.task("record-round").assignee()).isEqualTo(bo);
        dana.finish("record-round", Said.NOBODY_ANSWERED).toItsOpening();
        assertThat(dana.task("record-round").assignee()).isEqualTo(bo);
    }

    private static Map<String, Object> reassignedTo(UserId worker) {
        return Map.of("capacityDecision", "reassign", "worker", worker.toString());
    }
}
