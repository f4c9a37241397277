package org.ancora.engagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.ancora.access.Forbidden;
import org.ancora.access.UserId;
import org.ancora.casework.ClosingReason;
import org.ancora.casework.Flag;
import org.ancora.process.task.Tasks;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What a supervisor decides at a safety stop, or when the client is known to be away. */
@AncoraTest
class SupervisorTest {

    @Autowired
    EngagementWalk walks;

    @ParameterizedTest
    @EnumSource(
            value = Place.class,
            names = {"SUPERVISOR_ON_FAMILY", "SUPERVISOR_ON_SOURCE", "SAFETY_STOP"})
    void closesWithALetter(Place place) {
        Walk dana = place.reach(walks.inOntario());

        dana.finish("decide", decision(place, Said.decision("close")));

        assertThat(dana.open()).containsExactly("review-letter");
        dana.finish("review-letter", Said.LETTER_BY_EMAIL);
        assertThat(dana.ended()).containsExactly("closed-no-contact");
    }

    @Test
    void triesAgainOnADate() {
        // Tue 1 Dec: decide by Thu 3.
        Walk dana = Place.SUPERVISOR_ON_FAMILY.reach(walks.inOntario());
        assertThat(dana.window("decide")).isEqualTo("2026-12-01T09:00/2026-12-03T17:00");

        dana.finish("decide", Said.decision("try-again", "2026-12-14"));

        assertThat(dana.open()).containsExactly("try-again-on");
        dana.moveTo("2026-12-14T09:00");
        assertThat(dana.window("record-round")).isEqualTo("2026-12-14T09:00/2026-12-16T17:00");
        assertThat(dana.task("record-round").assignee()).isEqualTo(dana.team().worker());
        dana.finish("record-round", Said.NOBODY_ANSWERED);
        assertThat(dana.open()).containsExactly("decide");
        assertThat(dana.window("decide")).isEqualTo("2026-12-14T09:00/2026-12-16T17:00");
    }

    @Test
    void reachesTheClientOnTheOtherTry() {
        Walk dana = Place.EXTRA_ROUND_FOR_SUPERVISOR.reach(walks.inOntario());

        dana.finish("record-round", Said.DECLINES);

        assertThat(dana.open()).containsExactly("confirm-refusal");
    }

    @Test
    void callsBackInTheOtherTry() {
        Walk dana = Place.EXTRA_ROUND_FOR_SUPERVISOR.reach(walks.inOntario());

        dana.finish("record-round", Said.callBackAt("2026-12-14T20:00"));

        assertThat(dana.window("call-back")).isEqualTo("2026-12-14T20:00/2026-12-14T20:00");
        dana.moveTo("2026-12-14T20:00").finish("call-back", Said.STILL_NOBODY);
        assertThat(dana.open()).containsExactly("decide");
    }

    @Test
    void holdsTheSearchUntilADate() {
        Walk dana = Place.SUPERVISOR_ON_SOURCE.reach(walks.inOntario());

        // Sat 19 Dec: the office opens on Mon 21.
        dana.finish("decide", Said.decision("hold", "2026-12-19"));

        assertThat(dana.open()).containsExactly("held-until");
        dana.moveTo("2026-12-21T08:59");
        assertThat(dana.open()).containsExactly("held-until");
        dana.moveTo("2026-12-21T09:00");
        assertThat(dana.open()).containsExactly("decide");
    }

    @Test
    void refusesADateThatDoesNotLieAhead() {
        Walk dana = Place.SUPERVISOR_ON_SOURCE.reach(walks.inOntario());

        assertThatThrownBy(() -> dana.finish("decide", Said.decision("hold", "2026-12-01")))
                .isInstanceOfSatisfying(Tasks.Refused.class, refused -> assertThat(refused.errors())
                        .containsOnlyKeys("resumeOn"));
    }

    @Test
    void handsTheSearchToAnotherWorkerAtTheSamePlace() {
        Walk dana = Place.SUPERVISOR_ON_FAMILY.reach(walks.inOntario());
        UserId bo = dana.team().another("Bo Nilsson");

        dana.finish("decide", Said.with(Said.decision("hand-over"), Map.of("worker", bo.toString())));

        assertThat(dana.open()).containsExactly("record-family-contact");
        assertThat(dana.task("record-family-contact").assignee()).isEqualTo(bo);
        assertThat(dana.file().assignee()).isEqualTo(bo);
        dana.finish("record-family-contact", Said.family("passed-on"));
        assertThat(dana.task("tell-source").assignee()).isEqualTo(bo);
    }

    @Test
    void comesBackToTheSourcesAnswerWithAnotherWorker() {
        Walk dana = Place.SUPERVISOR_ON_SOURCE.reach(walks.inOntario());
        UserId bo = dana.team().another("Bo Nilsson");

        dana.finish("decide", Said.with(Said.decision("hand-over"), Map.of("worker", bo.toString())));

        assertThat(dana.open()).containsExactly("act-on-source-answer");
        assertThat(dana.task("act-on-source-answer").assignee()).isEqualTo(bo);
    }

    @Test
    void handsTheClientOverToAnotherService() {
        Walk dana = Place.SUPERVISOR_ON_SOURCE.reach(walks.inOntario());

        dana.finish("decide", Said.with(Said.decision("hand-over-service"), Map.of("serviceName", "Harbour House")));

        assertThat(dana.ended()).containsExactly("closed-handed-over");
        assertThat(dana.file().closingReason()).isEqualTo(ClosingReason.HANDED_OVER);
        assertThat(dana.episode().outcome()).isEqualTo("handed-over");
    }

    @Test
    void stopsBeforeTheLetterWhileThereIsARisk() {
        Walk dana = Place.SAFETY_STOP.reach(walks.inOntario());

        assertThat(dana.task("decide").callingElement()).isEqualTo("supervisor-on-safety");
        assertThatThrownBy(() -> dana.finish("decide", Said.decision("close")))
                .isInstanceOfSatisfying(Tasks.Refused.class, refused -> assertThat(refused.errors())
                        .containsOnlyKeys("riskLookedAt"));
        assertThatThrownBy(() -> dana.finish("decide", dana.team().worker(), Said.riskLookedAt(Said.decision("close"))))
                .isInstanceOf(Forbidden.class);
        assertThat(dana.open()).containsExactly("decide");
    }

    @Test
    void asksAgainAfterHandingOverWhileTheRiskIsOpen() {
        Walk dana = Place.SAFETY_STOP.reach(walks.inOntario());
        UserId bo = dana.team().another("Bo Nilsson");
        Map<String, Object> handOver =
                Said.riskLookedAt(Said.with(Said.decision("hand-over"), Map.of("worker", bo.toString())));

        dana.finish("decide", handOver);
        assertThat(dana.open()).containsExactly("decide");
        walks.cases.resolveFlag(dana.code(), Flag.Kind.RISK, "Seen by the doctor", bo);
        UserId ann = dana.team().another("Ann Price");
        dana.finish("decide", Said.with(handOver, Map.of("worker", ann.toString())));

        assertThat(dana.open()).containsExactly("review-letter");
        assertThat(dana.task("review-letter").assignee()).isEqualTo(ann);
    }

    @Test
    void stopsForASafeguardingFlagToo() {
        Walk dana = Place.GO_ON.reach(walks.inOntario());
        walks.cases.raiseFlag(
                dana.code(), Flag.Kind.SAFEGUARDING, "", dana.team().worker());

        dana.moveTo("2026-12-08T17:00");

        assertThat(dana.open()).containsExactly("decide");
    }

    private static Map<String, Object> decision(Place place, Map<String, Object> decision) {
        return place == Place.SAFETY_STOP ? Said.riskLookedAt(decision) : decision;
    }
}
