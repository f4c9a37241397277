package org.ancora.engagement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.ancora.engagement.EngagementWalk.Team;
import org.ancora.process.task.OpenTask;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Every timer one second before its instant, and at it. */
@AncoraTest
class TimersTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Autowired
    EngagementWalk walks;

    @Autowired
    PatientPolicy patience;

    private String published = "";

    @AfterEach
    void withdraw() {
        if (!published.isEmpty()) {
            patience.withdraw(published);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "WAIT_FOR_SECOND_ROUND, 2026-11-26T09:00, record-round",
        "WAIT_FOR_FAMILY, 2026-12-01T09:00, record-family-contact",
        "WAIT_FOR_SOURCE, 2026-12-04T09:00, go-on-without-answer",
        "GO_ON, 2026-12-08T17:00, review-letter",
        "HELD, 2026-12-14T09:00, decide",
        "UNTIL_ANOTHER_TRY, 2026-12-14T09:00, record-round",
        "CAPACITY, 2026-11-30T09:00, await-capacity",
        // Ten calendar days after Fri 4 Dec is Mon 14, until the office closes.
        "NOTICE, 2026-12-14T17:00, confirm-closing",
    })
    void waitsUntilTheVeryInstant(Place place, String hour, String next) {
        Walk dana = place.reach(team(place));
        Instant instant = dana.instant(hour);

        dana.moveTo(instant.minus(SECOND));
        assertThat(dana.open()).containsExactly(place.element());
        assertThat(dana.noticesOf(dana.team().coordinator())).isEmpty();
        dana.moveTo(instant);

        assertThat(dana.open()).containsExactly(next);
        assertThat(dana.noticesOf(dana.team().coordinator())).hasSize(place == Place.CAPACITY ? 1 : 0);
    }

    @ParameterizedTest
    @MethodSource("tasksThatGetOverdue")
    void tellsWorkerAndSupervisorOnceThatATaskIsOverdue(Place place) {
        Walk dana = place.reach(team(place));
        OpenTask task = dana.task(place.element());
        Instant due = Objects.requireNonNull(task.due());

        dana.moveTo(due.minus(SECOND));
        assertThat(dana.noticesOf(dana.team().supervisor())).doesNotContain("task-overdue");
        dana.moveTo(due);
        assertThat(dana.noticesOf(dana.team().supervisor())).containsOnlyOnce("task-overdue");
        assertThat(dana.noticesOf(dana.team().worker())).hasSize(task.assignee() == null ? 0 : 1);
        dana.moveTo(due.plus(Duration.ofDays(30)));

        assertThat(overdueNoticesAbout(task)).isEqualTo(task.assignee() == null ? 1 : 2);
        assertThat(dana.task(place.element())).isEqualTo(task);
    }

    @Test
    void saysNothingOfATaskThatWasDoneInTime() {
        Walk dana = Place.FIRST_ROUND.reach(walks.inOntario());
        OpenTask round = dana.task("record-round");

        dana.moveTo(Objects.requireNonNull(round.due()).minus(SECOND)).finish("record-round", Said.DECLINES);
        dana.moveTo(Objects.requireNonNull(round.due()));

        assertThat(overdueNoticesAbout(round)).isZero();
    }

    static Stream<Place> tasksThatGetOverdue() {
        return Stream.of(Place.values())
                .filter(Place::isTask)
                .filter(place -> place != Place.CAPACITY && place != Place.GO_ON);
    }

    private int overdueNoticesAbout(OpenTask task) {
        return walks.jdbc
                .sql("select count(*) from notice where once_key = :key")
                .param("key", "overdue/" + task.id())
                .query(Integer.class)
                .single();
    }

    private Team team(Place place) {
        if (!place.needsPatience()) {
            return walks.inOntario();
        }
        published = patience.publish();
        return patience.team();
    }
}
