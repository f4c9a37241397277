package org.ancora.attention.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.attention.Destination;
import org.ancora.attention.PetitionChannel;
import org.ancora.attention.PetitionKind;
import org.ancora.attention.complaint.ComplaintWalks.Walk;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.process.deployment.ShippedFolders;
import org.ancora.process.model.Finding;
import org.ancora.process.model.ModelCheck;
import org.ancora.process.model.ProcessFolder;
import org.ancora.process.studio.FindingWords;
import org.ancora.process.studio.Findings;
import org.ancora.testing.AncoraTest;
import org.ancora.time.ExtraDay;
import org.ancora.time.VirtualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

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
    Findings found;

    @Autowired
    FindingWords words;

    @Autowired
    Projects projects;

    /** Whoever owns the table is warned of each row that can pass the cap, and of none that cannot (J-R1). */
    @Test
    void warnsOfRowsThatCanPassTheCap() {
        ProcessFolder shipped = complaint();
        assertThat(check.check(shipped).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.refuses()).isFalse();
            assertThat(finding.element()).isEqualTo("rule-complaint-central");
            assertThat(said(finding, Locale.ENGLISH))
                    .isEqualTo("“Answer by”, row 6: its 45 days can be 33 business days, counted from Monday to Friday"
                            + " without a holiday, and pass the legal cap of 30. Where they do, the cap wins: the person"
                            + " is promised the last day within it.");
            assertThat(said(finding, Locale.forLanguageTag("es")))
                    .contains("«Responder para», fila 6", "superar el tope legal de 30");
            assertThat(said(finding, Locale.ITALIAN))
                    .contains("«Rispondere entro», riga 6", "superare il limite legale di 30");
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

    /**
     * Of 40 calendar days 30 are worked at most from Monday to Friday. Registered on Monday 30 November they end on Saturday 9 January:
     * 29 working days, Monday 11 January, and Saturday 5 December where it is worked are 31 (J-R1).
     */
    @Test
    void warnsWhereAnOfficeWorksOnSaturdays() {
        ProcessFolder shipped = complaint();
        Project ayacucho = walks.inPeru().project();
        assertThat(warned(shipped, "rule-complaint-central-answer-days", "45", "40"))
                .isEmpty();

        projects.addExtraDay(
                ayacucho.id(), new ExtraDay(LocalDate.parse("2026-12-05"), false, Map.of("es", "Jornada de atención")));

        assertThat(findings(shipped, "rule-complaint-central-answer-days", "45", "40"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.refuses()).isFalse();
                    assertThat(finding.element()).isEqualTo("rule-complaint-central");
                    assertThat(said(finding, Locale.ENGLISH))
                            .startsWith(
                                    "“Answer by”, row 6: its 40 days can be 31 business days in " + ayacucho.name());
                    for (String language : List.of("es", "it")) {
                        assertThat(said(finding, Locale.forLanguageTag(language)))
                                .contains("31", ayacucho.name())
                                .doesNotContain("complaint-deadline", "{");
                    }
                });
        projects.addExtraDay(
                ayacucho.id(), new ExtraDay(LocalDate.parse("2026-12-05"), true, Map.of("es", "Al final no")));
        assertThat(warned(shipped, "rule-complaint-central-answer-days", "45", "40"))
                .isEmpty();
    }

    /** The table counts for all: whoever does not belong to the office with the Saturday learns of the doubt, not of the office. */
    @Test
    void namesNoOfficeToWhoeverDoesNotBelongToIt() {
        ProcessFolder shipped = complaint();
        Project ayacucho = walks.inPeru().project();
        projects.addExtraDay(
                ayacucho.id(), new ExtraDay(LocalDate.parse("2026-12-05"), false, Map.of("es", "Jornada de atención")));
        UserId owner = walks.fixtures.aPerson("Olivia Ortega", ayacucho, Role.OWNER);
        UserId stranger = walks.fixtures.aPerson("Olaf Ottesen", walks.fixtures.aProjectInOntario(), Role.OWNER);

        assertThat(asReadBy(owner, shipped)).singleElement().satisfies(words -> assertThat(words)
                .startsWith("“Answer by”, row 6: its 40 days can be 31 business days in " + ayacucho.name()));
        assertThat(asReadBy(stranger, shipped)).singleElement().satisfies(words -> assertThat(words)
                .startsWith(
                        "“Answer by”, row 6: its 40 days can be 31 business days in a project that you do not belong to")
                .doesNotContain(ayacucho.name(), "{"));
        assertThat(asReadBy(owner, shipped)).singleElement().satisfies(words -> assertThat(words)
                .as("what was found for another reader is not kept for this one")
                .contains(ayacucho.name()));
    }

    private List<String> asReadBy(UserId reader, ProcessFolder shipped) {
        return People.whileSignedIn(
                reader, () -> findings(shipped, "rule-complaint-central-answer-days", "45", "40").stream()
                        .map(finding -> said(finding, Locale.ENGLISH))
                        .toList());
    }

    private String said(Finding finding, Locale language) {
        return words.lines(List.of(finding), language).get(0).words();
    }

    private ProcessFolder complaint() {
        return folders.all().stream()
                .filter(folder -> folder.name().equals("complaint"))
                .findFirst()
                .orElseThrow();
    }

    /** The rows of which it warns once this cell says something else. */
    private List<String> warned(ProcessFolder shipped, String cell, String before, String after) {
        return findings(shipped, cell, before, after).stream()
                .map(Finding::element)
                .toList();
    }

    private List<Finding> findings(ProcessFolder shipped, String cell, String before, String after) {
        String table = "complaint-deadline.dmn";
        Map<String, byte[]> files = new TreeMap<>(shipped.files());
        String text = new String(files.get(table), StandardCharsets.UTF_8);
        String changed = text.replaceFirst("(id=\"" + cell + "\">\\s*<text>)" + before + "<", "$1" + after + "<");
        assertThat(changed).isNotEqualTo(text);
        files.put(table, changed.getBytes(StandardCharsets.UTF_8));
        return found.of(new ProcessFolder("complaint", files));
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
