package org.ancora.engagement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.ancora.casework.ClosingReason;
import org.ancora.engagement.EngagementWalk.Team;
import org.ancora.network.CaseStatus;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** From the intake to the closed file, with every date counted by hand (A2–A20, A-R2). */
@AncoraTest
class StraightPathTest {

    @Autowired
    EngagementWalk walks;

    @Test
    void closesAfterEveryWayWasTriedInOntarioWithTheLetterOnPaper() {
        Walk dana = walks.inOntario().beginWithEverything();

        // Monday 23 November, 9:10. Decisions within 2 business days: Tue 24, Wed 25.
        assertThat(dana.window("accept-intake")).isEqualTo("2026-11-23T09:10/2026-11-25T17:00");
        dana.moveTo("2026-11-23T10:00").accepted();
        assertThat(dana.window("assign-caseworker")).isEqualTo("2026-11-23T10:00/2026-11-25T17:00");
        dana.moveTo("2026-11-23T11:00").assigned();

        // 5 business days from Mon 23: Tue 24, Wed 25, Thu 26, Fri 27, Mon 30. American Thanksgiving is no day off
        // here.
        assertThat(dana.window("record-round")).isEqualTo("2026-11-23T11:00/2026-11-30T17:00");
        dana.moveTo("2026-11-23T14:00").finish("record-round", Said.NOBODY_ANSWERED);

        // Window 3–5 from Mon 23: opens Thu 26, due Mon 30.
        assertThat(dana.open()).containsExactly("wait-for-next-round");
        assertThat(dana.planned()).isEqualTo("2026-11-26T09:00/2026-11-30T17:00");
        dana.moveTo("2026-11-26T09:00");
        assertThat(dana.window("record-round")).isEqualTo("2026-11-26T09:00/2026-11-30T17:00");
        dana.moveTo("2026-11-27T16:59").finish("record-round", Said.NOBODY_ANSWERED);

        // From Fri 27: Mon 30, Tue 1, Wed 2 opens; Thu 3, Fri 4 due.
        assertThat(dana.open()).containsExactly("wait-for-family-contact");
        assertThat(dana.planned()).isEqualTo("2026-12-02T09:00/2026-12-04T17:00");
        dana.moveTo("2026-12-02T09:00");
        assertThat(dana.window("record-family-contact")).isEqualTo("2026-12-02T09:00/2026-12-04T17:00");
        dana.finish("record-family-contact", Said.family("passed-on"));

        // At once, within 2 business days from Wed 2: Fri 4.
        assertThat(dana.window("tell-source")).isEqualTo("2026-12-02T09:00/2026-12-04T17:00");
        dana.moveTo("2026-12-03T12:00").finish("tell-source", Said.TOLD_BY_PHONE);

        // From Thu 3: Fri 4, Mon 7, Tue 8 opens; Wed 9, Thu 10 goes on by itself.
        assertThat(dana.open()).containsExactly("source-news");
        assertThat(dana.planned()).isEqualTo("2026-12-08T09:00/2026-12-10T17:00");
        dana.moveTo("2026-12-10T17:00");

        // Thu 10, as the office closes: Fri 11, Mon 14.
        assertThat(dana.window("review-letter")).isEqualTo("2026-12-10T17:00/2026-12-14T17:00");
        dana.moveTo("2026-12-11T09:30").finish("review-letter", Said.LETTER_BY_POST);
        assertThat(dana.window("print-and-post")).isEqualTo("2026-12-11T09:30/2026-12-15T17:00");
        assertThat(dana.messages()).containsExactly("no-contact post client queued");
        dana.finish("print-and-post", Said.posted("2026-12-11"));

        assertThat(dana.messages())
                .containsExactly("no-contact post client posted", "source-closed email source written");
        assertThat(dana.running()).isEmpty();
        assertThat(dana.ended()).containsExactly("closed-no-contact");
        assertThat(dana.file().status()).isEqualTo(CaseStatus.CLOSED);
        assertThat(dana.file().closingReason()).isEqualTo(ClosingReason.NO_CONTACT);
        assertThat(dana.episode().outcome()).isEqualTo("no-contact");
        assertThat(dana.attempts("client"))
                .containsExactly("call-main no-answer", "sms written", "call-main no-answer", "sms written");
    }

    @Test
    void closesInPeruAcrossTwoHolidaysInDecember() {
        Team ayacucho = walks.inPeru();
        Walk dana = ayacucho.begin(
                        ayacucho.clientWithEverything().speaking("es").openCase())
                .moveTo("2026-11-30T10:00")
                .toFirstRound();

        // Mon 30 Nov: Tue 1, Wed 2, Thu 3, Fri 4, Mon 7.
        assertThat(dana.window("record-round")).isEqualTo("2026-11-30T10:00/2026-12-07T17:00");
        dana.moveTo("2026-12-04T11:00").finish("record-round", Said.NOBODY_ANSWERED);
        // Fri 4 Dec: Mon 7, (Tue 8 Immaculate Conception, Wed 9 Battle of Ayacucho), Thu 10, Fri 11 opens, Mon 14, Tue
        // 15.
        assertThat(dana.planned()).isEqualTo("2026-12-11T09:00/2026-12-15T17:00");
        dana.moveTo("2026-12-11T09:00").finish("record-round", Said.NOBODY_ANSWERED);
        // Fri 11: Mon 14, Tue 15, Wed 16 opens, Thu 17, Fri 18.
        assertThat(dana.planned()).isEqualTo("2026-12-16T09:00/2026-12-18T17:00");
        dana.moveTo("2026-12-16T09:00").finish("record-family-contact", Said.family("no-answer"));
        dana.finish("tell-source", Map.of("sourceChannel", "email"));
        // Wed 16: Thu 17, Fri 18, Mon 21 opens, Tue 22, Wed 23 goes on.
        assertThat(dana.planned()).isEqualTo("2026-12-21T09:00/2026-12-23T17:00");
        dana.moveTo("2026-12-23T17:00");
        // Wed 23: Thu 24, (Fri 25 Christmas), Mon 28.
        assertThat(dana.window("review-letter")).isEqualTo("2026-12-23T17:00/2026-12-28T17:00");
        dana.finish("review-letter", Said.with(Said.LETTER_BY_EMAIL, Map.of("letterLanguage", "es")));

        assertThat(dana.messages())
                .containsExactly(
                        "source-told-unreachable email source written",
                        "no-contact email client written",
                        "source-closed email source written");
        assertThat(dana.ended()).containsExactly("closed-no-contact");
        assertThat(dana.file().closingReason()).isEqualTo(ClosingReason.NO_CONTACT);
    }

    @Test
    void closesInItalyAcrossTheImmaculateConception() {
        Team torino = walks.inItaly();
        Walk dana = torino.begin(torino.clientWithEverything().speaking("it").openCase())
                .moveTo("2026-11-30T10:00")
                .toFirstRound();

        dana.moveTo("2026-12-04T11:00").finish("record-round", Said.NOBODY_ANSWERED);
        // Fri 4 Dec: Mon 7, (Tue 8 Immaculate Conception), Wed 9, Thu 10 opens, Fri 11, Mon 14.
        assertThat(dana.planned()).isEqualTo("2026-12-10T09:00/2026-12-14T17:00");
        dana.moveTo("2026-12-14T10:00").finish("record-round", Said.NOBODY_ANSWERED);
        // Mon 14: Tue 15, Wed 16, Thu 17 opens, Fri 18, Mon 21.
        assertThat(dana.planned()).isEqualTo("2026-12-17T09:00/2026-12-21T17:00");
        dana.moveTo("2026-12-21T10:00").finish("record-family-contact", Said.family("passed-on"));
        dana.finish("tell-source", Said.TOLD_BY_PHONE);
        // Mon 21: Tue 22, Wed 23, Thu 24 opens, (Fri 25 Christmas, Sat 26 Saint Stephen), Mon 28, Tue 29 goes on.
        assertThat(dana.planned()).isEqualTo("2026-12-24T09:00/2026-12-29T17:00");
        dana.moveTo("2026-12-24T09:00").finish("go-on-without-answer", Map.of());
        dana.finish("review-letter", Said.with(Said.LETTER_BY_POST, Map.of("letterLanguage", "it")));
        dana.finish("print-and-post", Said.posted("2026-12-24"));

        assertThat(dana.messages())
                .containsExactly("no-contact post client posted", "source-closed email source written");
        assertThat(dana.ended()).containsExactly("closed-no-contact");
    }
}
