package org.ancora.attention.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.ancora.attention.Destination;
import org.ancora.attention.PetitionChannel;
import org.ancora.attention.PetitionKind;
import org.ancora.attention.complaint.ComplaintWalks.Walk;
import org.ancora.process.deployment.ShippedFolders;
import org.ancora.process.model.Finding;
import org.ancora.process.model.ModelCheck;
import org.ancora.process.model.ProcessFolder;
import org.ancora.testing.AncoraTest;
import org.ancora.time.VirtualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;

/**
 * Each row of the table that is shipped, as the date that a person is told. All of them were counted by hand on Peru's
 * calendar: from 23 November, with 8, 9 and 25 December and 1 January off, 30 business days end a day after 45 calendar days;
 * from 7 September, with 8 October off, two days before, where the legal cap of a complaint counts (J-R1, J37).
 */
@AncoraTest
class ShippedPromisesTest {

    private static final ZoneId LIMA = ZoneId.of("America/Lima");

    @Autowired
    ComplaintWalks walks;

    @Autowired
    ModelCheck check;

    @Autowired
    ShippedFolders folders;

    @Autowired
    MessageSource messages;

    /** Whoever owns the table is warned of each row that can pass the cap, and of none that cannot (J-R1). */
    @Test
    void warnsOfRowsThatCanPassTheCap() {
        ProcessFolder shipped = folders.all().stream()
                .filter(folder -> folder.name().equals("complaint"))
                .findFirst()
                .orElseThrow();
        assertThat(check.check(shipped).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.refuses()).isFalse();
            assertThat(finding.element()).isEqualTo("rule-complaint-central");
            assertThat(messages.getMessage(finding, Locale.ENGLISH))
                    .isEqualTo("complaint-deadline, row 6: its 45 days can be 33 business days and pass the legal cap"
                            + " of 30. Where they do, the cap wins: the person is promised the last day within it.");
            assertThat(messages.getMessage(finding, Locale.forLanguageTag("es")))
                    .contains("complaint-deadline, fila 6", "superar el tope legal de 30");
            assertThat(messages.getMessage(finding, Locale.ITALIAN))
                    .contains("complaint-deadline, riga 6", "superare il limite legale di 30");
        });

        assertThat(warned(shipped, "rule-complaint-regional-answer-days", "30", "31"))
                .containsExactly("rule-complaint-regional", "rule-complaint-central");
        assertThat(warned(shipped, "rule-complaint-central-answer-days", "45", "40"))
                .as("40 calendar days are 30 business days at most")
                .isEmpty();
        assertThat(warned(shipped, "rule-complaint-central-answer-days", "45", "41"))
                .containsExactly("rule-complaint-central");
        assertThat(warned(shipped, "rule-complaint-central-cap-days", "30", "0"))
                .isEmpty();
    }

    /** The rows of which it warns once this cell says something else. */
    private List<String> warned(ProcessFolder shipped, String cell, String before, String after) {
        String table = "complaint-deadline.dmn";
        Map<String, byte[]> files = new TreeMap<>(shipped.files());
        String text = new String(files.get(table), StandardCharsets.UTF_8);
        String changed = text.replaceFirst("(id=\"" + cell + "\">\\s*<text>)" + before + "<", "$1" + after + "<");
        assertThat(changed).isNotEqualTo(text);
        files.put(table, changed.getBytes(StandardCharsets.UTF_8));
        return check.check(new ProcessFolder("complaint", files)).findings().stream()
                .map(Finding::element)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "QUERY,      REGIONAL_TEAM, 2026-11-23T10:00, 2027-01-08, false",
        "QUERY,      CENTRAL_UNIT,  2026-11-23T10:00, 2027-01-07, false",
        "REQUEST,    REGIONAL_TEAM, 2026-11-23T10:00, 2027-01-08, false",
        "REQUEST,    CENTRAL_UNIT,  2026-11-23T10:00, 2027-01-07, false",
        "COMPLAINT,  REGIONAL_TEAM, 2026-11-23T10:00, 2027-01-08, false",
        "COMPLAINT,  CENTRAL_UNIT,  2026-11-23T10:00, 2027-01-07, false",
        "SUGGESTION, REGIONAL_TEAM, 2026-11-23T10:00, 2027-01-08, false",
        "SUGGESTION, CENTRAL_UNIT,  2026-11-23T10:00, 2027-01-07, false",
        "QUERY,      REGIONAL_TEAM, 2026-09-07T10:00, 2026-10-20, false",
        "QUERY,      CENTRAL_UNIT,  2026-09-07T10:00, 2026-10-22, false",
        "REQUEST,    REGIONAL_TEAM, 2026-09-07T10:00, 2026-10-20, false",
        "REQUEST,    CENTRAL_UNIT,  2026-09-07T10:00, 2026-10-22, false",
        "COMPLAINT,  REGIONAL_TEAM, 2026-09-07T10:00, 2026-10-20, false",
        "COMPLAINT,  CENTRAL_UNIT,  2026-09-07T10:00, 2026-10-20, true",
        "SUGGESTION, REGIONAL_TEAM, 2026-09-07T10:00, 2026-10-20, false",
        "SUGGESTION, CENTRAL_UNIT,  2026-09-07T10:00, 2026-10-22, false",
    })
    void promisesWhatTheTableSays(
            PetitionKind kind, Destination destination, LocalDateTime registered, String due, boolean overCap) {
        ((VirtualClock) walks.clock).startAt(registered.atZone(LIMA).toInstant());

        Walk rosa = walks.inPeru().register(PetitionChannel.WEB, kind, destination, null, "rosa@example.org", "");

        assertThat(walks.petitions.byNumber(rosa.number()).promised()).isEqualTo(due);
        assertThat(rosa.complaint().terms().overCap()).isEqualTo(overCap);
    }
}
