package org.ancora.process.rehearsal;

import static org.ancora.process.rehearsal.RehearsalFixtures.answer;
import static org.ancora.process.rehearsal.RehearsalFixtures.nobodyAnswers;
import static org.ancora.process.rehearsal.RehearsalFixtures.now;
import static org.ancora.process.rehearsal.RehearsalFixtures.setting;
import static org.assertj.core.api.Assertions.assertThat;

import org.ancora.process.deployment.ShippedFolders;
import org.ancora.process.model.ProcessFolder;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Procedures are rehearsed as they run: the same steps on the same dates, and nothing real is touched. */
@AncoraTest
class RehearsalTest {

    @Autowired
    private Rehearsals rehearsals;

    @Autowired
    private Places places;

    @Autowired
    private ShippedFolders shipped;

    @Test
    void threeMonthsOfAnExistingClientsSearchAreRehearsed() {
        ProcessFolder folder = RehearsalFixtures.folder(shipped, "engagement");
        long began = System.nanoTime();
        rehearsals.apart(
                folder,
                setting(rehearsals, places, folder, "engagement-existing-client", "2026-03-02T09:30"),
                rehearsal -> {
                    search(rehearsal);
                    System.out.println(String.join("\n", rehearsal.journal().trace()));
                    System.out.println("MS " + (System.nanoTime() - began) / 1_000_000);
                    return rehearsal;
                });
    }

    private static void search(Rehearsal rehearsal) {
        for (int step = 0; step < 200 && !rehearsal.over(); step++) {
            if (rehearsal.task("contact-round", "record-round").isPresent()) {
                assertThat(nobodyAnswers(rehearsal).problems()).isEmpty();
            } else if (rehearsal.task("contact-round", "record-family-contact").isPresent()) {
                assertThat(answer(rehearsal, "contact-round/record-family-contact", "supportContact", "1", "familyOutcome", "passed-on", "when", now(rehearsal)).problems()).isEmpty();
            } else if (!rehearsal.flow().tasks().isEmpty()) {
                return;
            } else {
                rehearsal.toNext();
            }
        }
    }
}
