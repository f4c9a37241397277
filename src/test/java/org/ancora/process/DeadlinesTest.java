package org.ancora.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.ancora.testing.AncoraTest;
import org.ancora.time.Deadline;
import org.ancora.time.SkippedDay;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@AncoraTest
class DeadlinesTest {

    private static final Instant DUE = Instant.parse("2026-11-30T22:00:00.123456789Z");

    @Autowired
    Deadlines deadlines;

    @Test
    void aDateAnswersWhyItIsWhatItIs() {
        deadlines.record("YRK-2026-0001", "second-round", deadline(5));
        deadlines.record("YRK-2026-0002", "second-round", deadline(6));
        deadlines.record("YRK-2026-0001", "second-round-again", deadline(4));

        Deadlines.Recorded why = deadlines
                .explain("YRK-2026-0001", Instant.parse("2026-11-30T22:00:00.123Z"))
                .orElseThrow();

        assertThat(why.label()).isEqualTo("second-round-again");
        assertThat(why.deadline()).isEqualTo(deadline(4));
        assertThat(deadlines.of("YRK-2026-0001"))
                .extracting(Deadlines.Recorded::label)
                .containsExactly("second-round", "second-round-again");
        assertThat(deadlines.explain("YRK-2026-0001", Instant.parse("2026-12-01T22:00:00Z")))
                .isEmpty();
    }

    private static Deadline deadline(int latest) {
        return new Deadline(
                Deadline.WINDOW,
                Instant.parse("2026-11-23T14:10:00Z"),
                LocalDate.parse("2026-11-23"),
                Instant.parse("2026-11-26T14:00:00Z"),
                DUE,
                3,
                latest,
                ZoneId.of("America/Toronto"),
                "CA-ON",
                1,
                List.of(new SkippedDay(
                        LocalDate.parse("2026-11-28"),
                        "weekend",
                        Map.of("en", "Saturday", "es", "sábado", "it", "sabato"))),
                List.of());
    }
}
