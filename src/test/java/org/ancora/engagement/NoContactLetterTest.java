package org.ancora.engagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.ancora.casework.Channel;
import org.ancora.casework.ClosingReason;
import org.ancora.casework.ContactKind;
import org.ancora.engagement.EngagementWalk.Team;
import org.ancora.process.task.Tasks;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The no-contact letter, the notice before closing, and the end of the file (A18–A20, A-R7–A-R9). */
@AncoraTest
class NoContactLetterTest {

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

    @Test
    void goesByEmailAndClosesTheFile() {
        Walk dana = Place.LETTER.reach(walks.inOntario());

        dana.finish("review-letter", Said.with(Said.LETTER_BY_EMAIL, Map.of("letterLanguage", "es")));

        assertThat(dana.messages())
                .containsExactly("no-contact email client written", "source-closed email source written");
        assertThat(languageOfTheLetter(dana)).isEqualTo("es");
        assertThat(dana.ended()).containsExactly("closed-no-contact");
        assertThat(dana.file().closingReason()).isEqualTo(ClosingReason.NO_CONTACT);
    }

    @Test
    void isSkippedForAReason() {
        Walk dana = Place.LETTER.reach(walks.inOntario());

        assertThatThrownBy(() -> dana.finish("review-letter", Map.of("letterLanguage", "en", "letterChannel", "skip")))
                .isInstanceOfSatisfying(Tasks.Refused.class, refused -> assertThat(refused.errors())
                        .containsOnlyKeys("skipReason"));
        dana.finish("review-letter", Said.LETTER_SKIPPED);

        assertThat(dana.messages()).containsExactly("source-closed email source written");
        assertThat(dana.ended()).containsExactly("closed-no-contact");
    }

    @Test
    void isNotWrittenToAnUnsafeAddress() {
        Team york = walks.inOntario();
        Walk dana = york.begin(york.client()
                        .consentingTo(Channel.SMS, Channel.EMAIL)
                        .withUnsafe(ContactKind.ADDRESS)
                        .openCase())
                .toFamily();

        assertThatThrownBy(() -> dana.finish("review-letter", Said.LETTER_BY_POST))
                .isInstanceOfSatisfying(Tasks.Refused.class, refused -> assertThat(refused.errors())
                        .containsOnlyKeys("letterChannel"));
        dana.finish("review-letter", Said.LETTER_BY_EMAIL);

        assertThat(dana.messages()).containsExactly("no-contact email client written");
    }

    @Test
    void staysInThePrintQueueWhenItCannotBePosted() {
        Walk dana = Place.PRINT_AND_POST.reach(walks.inOntario());

        dana.finish("print-and-post", Map.of("posting", "not-posted", "problem", "The printer is broken"));

        assertThat(dana.messages())
                .containsExactly("no-contact post client queued", "source-closed email source written");
        assertThat(dana.noticesOf(dana.team().coordinator())).containsExactly("letter-not-posted");
        assertThat(dana.noticesOf(dana.team().supervisor())).containsExactly("letter-not-posted");
    }

    @Test
    void isNotOptionalWhereThePolicySaysSo() {
        Walk dana = patient().beginWithEverything().toLetter();

        assertThatThrownBy(() -> dana.finish("review-letter", Said.LETTER_SKIPPED))
                .isInstanceOfSatisfying(Tasks.Refused.class, refused -> assertThat(refused.errors())
                        .containsOnlyKeys("letterChannel"));
        assertThat(dana.open()).containsExactly("review-letter");
    }

    @Test
    void canAlwaysBeSkippedWhereNothingElseIsLawful() {
        Team patient = patient();
        Walk dana = patient.begin(patient.client()
                        .consentingTo(Channel.SMS)
                        .without(ContactKind.ADDRESS)
                        .openCase())
                .toFamily();

        dana.finish("review-letter", Said.LETTER_SKIPPED);

        assertThat(dana.messages()).isEmpty();
        assertThat(dana.open()).containsExactly("notice-period");
    }

    @Test
    void givesNoticeAndAsksBeforeClosingWhereThePolicySaysSo() {
        Walk dana = patient().beginWithEverything().toLetter();

        dana.finish("review-letter", Said.LETTER_BY_EMAIL);

        // Fri 4 Dec and ten calendar days: Mon 14, until the office closes; then Tue 15, Wed 16.
        assertThat(dana.open()).containsExactly("notice-period");
        assertThat(dana.messages())
                .containsExactly("no-contact email client written", "source-closed email source written");
        dana.moveTo("2026-12-14T17:00");
        assertThat(dana.window("confirm-closing")).isEqualTo("2026-12-14T17:00/2026-12-16T17:00");
        assertThat(dana.file().isClosed()).isFalse();
        dana.finish("confirm-closing", Map.of("nothingHeard", true));
        assertThat(dana.ended()).containsExactly("closed-no-contact");
    }

    private Team patient() {
        published = patience.publish();
        return patience.team();
    }

    private String languageOfTheLetter(Walk walk) {
        return walks.jdbc
                .sql("select language from letter where case_code = :case and kind = 'no-contact'")
                .param("case", walk.code())
                .query(String.class)
                .single();
    }
}
