package org.ancora.attention.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import org.ancora.attention.Destination;
import org.ancora.attention.PetitionChannel;
import org.ancora.attention.PetitionKind;
import org.ancora.attention.complaint.ComplaintWalks.Walk;
import org.ancora.testing.AncoraTest;
import org.ancora.time.VirtualClock;
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
