package org.ancora.engagement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ancora.process.rehearsal.RehearsedProcedures;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A rehearsal says what would happen: the search for an existing client has the same windows in both. */
@AncoraTest
class RehearsedAsItRunsTest {

    private static final String ROUND = "contact-round/record-round";

    @Autowired
    private EngagementWalk walks;

    @Autowired
    private RehearsedProcedures rehearsed;

    @Test
    void theSearchForAnExistingClientHasTheSameDates() {
        EngagementWalk.Team york = walks.inOntario();
        Walk dana = york.lose();
        List<String> real = new ArrayList<>();
        real.add(dana.window("record-round"));
        dana.moveTo("2026-11-23T10:00").finish("record-round", Said.NOBODY_ANSWERED);
        real.add(dana.window("record-round"));
        dana.moveTo("2026-11-24T15:00").finish("record-round", Said.NOBODY_ANSWERED);
        real.add(dana.window("record-family-contact"));
        dana.moveTo("2026-11-25T11:00").finish("record-family-contact", Said.family("passed-on"));
        dana.moveTo("2026-11-27T09:00");
        real.add(dana.window("record-round"));
        dana.finish("record-round", Said.NOBODY_ANSWERED);
        dana.moveTo("2026-12-03T12:00");
        real.add(dana.window("record-round"));
        dana.moveTo("2027-02-16T10:00").finish("record-round", Said.NOBODY_ANSWERED);
        dana.moveTo("2027-02-19T09:00");
        real.add(dana.window("record-round"));
        dana.moveTo("2027-02-23T17:00");
        real.add(dana.window("review-letter"));

        List<String> trace = rehearsed.trace(
                "engagement", "engagement-existing-client", york.project(), "2026-11-23T09:10", walk -> {
                    nobody(walk, "2026-11-23T10:00");
                    nobody(walk, "2026-11-24T15:00");
                    walk.until("2026-11-25T11:00");
                    walk.answer(
                            "contact-round/record-family-contact",
                            Map.of("supportContact", "1", "familyOutcome", "passed-on", "when", "2026-11-25T11:00"));
                    nobody(walk, "2026-11-27T09:00");
                    nobody(walk, "2027-02-16T10:00");
                    walk.until("2027-02-23T17:00");
                });

        assertThat(trace.stream()
                        .filter(line -> line.matches("\\S+ task .* due .*"))
                        .map(line -> line.replaceFirst("^\\S+ task \\S+ (\\S+) due (\\S+)$", "$1/$2")))
                .containsExactlyElementsOf(real);
    }

    private static void nobody(RehearsedProcedures.Walk walk, String when) {
        walk.until(when);
        walk.answer(
                ROUND,
                Map.of(
                        "mainOutcome", "no-answer",
                        "furtherChannel", "skipped",
                        "skipReason", "The office closed.",
                        "when", when));
    }
}
