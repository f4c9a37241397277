package org.ancora.engagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.ancora.casework.Channel;
import org.ancora.casework.NewCase;
import org.ancora.casework.ReferralSource;
import org.ancora.casework.ServiceMode;
import org.ancora.casework.SourceKind;
import org.ancora.engagement.EngagementWalk.Team;
import org.ancora.process.NotWaiting;
import org.ancora.process.task.Tasks;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Telling the source and waiting for its answer (A16, A17, A-R6). */
@AncoraTest
class SourceTest {

    @Autowired
    EngagementWalk walks;

    @Test
    void writesToASourceWithAnAddress() {
        Walk dana = Place.TELL_SOURCE.reach(walks.inOntario());

        dana.finish("tell-source", Map.of("sourceChannel", "email"));

        assertThat(dana.messages()).containsExactly("source-told-unreachable email source written");
        assertThat(dana.open()).containsExactly("source-news");
        // Told Tue 1 Dec: Wed 2, Thu 3, Fri 4 opens, Mon 7, Tue 8 goes on.
        assertThat(dana.planned()).isEqualTo("2026-12-04T09:00/2026-12-08T17:00");
    }

    @Test
    void countsTheWaitFromWhenTheSourceWasTold() {
        Walk dana = Place.TELL_SOURCE.reach(walks.inOntario()).moveTo("2026-12-02T10:00");

        dana.finish("tell-source", Said.with(Said.TOLD_BY_PHONE, Map.of("when", "2026-12-01T15:00")));

        assertThat(dana.planned()).isEqualTo("2026-12-04T09:00/2026-12-08T17:00");
    }

    @Test
    void waitsAlsoWhenTheSourceWasNotReached() {
        Walk dana = Place.TELL_SOURCE.reach(walks.inOntario());

        dana.finish(
                "tell-source",
                Map.of("sourceChannel", "not-reached", "notToldReason", "Nobody picks up", "when", Said.NOW));

        assertThat(dana.open()).containsExactly("source-news");
        assertThat(dana.attempts("source")).containsExactly("phone no-answer");
    }

    @Test
    void tellsASourceWithoutNumberOrAddressInPersonOrNotAtAll() {
        Team york = walks.inOntario();
        Walk dana = york.begin(york.walks()
                        .cases
                        .open(new NewCase(
                                york.project().id(),
                                york.client().consentingTo(Channel.SMS).create().id(),
                                new ReferralSource(SourceKind.PERSON, "Mr Hale", "", ""),
                                ServiceMode.INDIVIDUAL,
                                york.coordinator())))
                .toFamily();
        assertThat(dana.open()).containsExactly("tell-source");

        assertThatThrownBy(() -> dana.finish("tell-source", Said.TOLD_BY_PHONE))
                .isInstanceOfSatisfying(Tasks.Refused.class, refused -> assertThat(refused.errors())
                        .containsOnlyKeys("sourceChannel"));
        dana.finish("tell-source", Map.of("sourceChannel", "none-on-file", "notToldReason", "No number, no address"));

        assertThat(dana.open()).containsExactly("source-news");
        assertThat(dana.attempts("source")).containsExactly("none none-on-file");
    }

    @Test
    void actsOnAnAnswerThatComesBeforeTheThirdDay() {
        Walk dana = Place.WAIT_FOR_SOURCE.reach(walks.inOntario()).moveTo("2026-12-02T11:00");

        dana.sourceAnswers();

        assertThat(dana.open()).containsExactly("act-on-source-answer");
        // Wed 2 Dec: Thu 3, Fri 4.
        assertThat(dana.window("act-on-source-answer")).isEqualTo("2026-12-02T11:00/2026-12-04T17:00");
        dana.finish("act-on-source-answer", Said.NOTHING_NEW);
        assertThat(dana.open()).containsExactly("review-letter");
    }

    @Test
    void actsOnAnAnswerThatComesLate() {
        Walk dana = Place.GO_ON.reach(walks.inOntario());

        dana.sourceAnswers();

        assertThat(dana.open()).containsExactly("act-on-source-answer");
        dana.moveTo("2026-12-08T17:00");
        assertThat(dana.open()).containsExactly("act-on-source-answer");
    }

    @Test
    void letsTheWorkerGoOnFromTheThirdDay() {
        Walk dana = Place.WAIT_FOR_SOURCE.reach(walks.inOntario()).moveTo("2026-12-04T09:00");

        assertThat(dana.window("go-on-without-answer")).isEqualTo("2026-12-04T09:00/2026-12-08T17:00");
        dana.finish("go-on-without-answer", Map.of("note", "The clinic is closed this week"));

        assertThat(dana.open()).containsExactly("review-letter");
    }

    @Test
    void goesOnByItselfAfterTheFifthDay() {
        Walk dana = Place.WAIT_FOR_SOURCE.reach(walks.inOntario());

        dana.moveTo("2026-12-08T17:00");

        assertThat(dana.open()).containsExactly("review-letter");
        assertThat(dana.noticesOf(dana.team().supervisor())).isEmpty();
    }

    @Test
    void hearsTheSourceOnlyWhileItIsAsked() {
        Walk dana = Place.LETTER.reach(walks.inOntario());

        assertThatThrownBy(dana::sourceAnswers).isInstanceOf(NotWaiting.class);

        assertThat(dana.open()).containsExactly("review-letter");
    }

    @Test
    void triesTheNumberThatTheSourceKnows() {
        Walk dana = Place.SOURCE_ANSWER.reach(walks.inOntario());

        dana.finish("act-on-source-answer", Said.NEW_NUMBER_FROM_SOURCE);

        // Tue 1 Dec: Wed 2, Thu 3.
        assertThat(dana.window("record-round")).isEqualTo("2026-12-01T09:00/2026-12-03T17:00");
        assertThat(dana.task("record-round").callingElement()).isEqualTo("extra-round-after-answer");
        dana.finish("record-round", Said.NOBODY_ANSWERED);
        assertThat(dana.open()).containsExactly("act-on-source-answer");
        dana.finish("act-on-source-answer", Said.NOTHING_NEW);
        assertThat(dana.open()).containsExactly("review-letter");
    }

    @Test
    void asksTheSupervisorWhenTheClientIsAway() {
        Walk dana = Place.SOURCE_ANSWER.reach(walks.inOntario());

        dana.finish("act-on-source-answer", Said.AWAY_SAYS_THE_SOURCE);

        assertThat(dana.open()).containsExactly("decide");
        assertThat(dana.task("decide").callingElement()).isEqualTo("supervisor-on-source");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void asksNobodyAboutAClientWhoCameByThemselves(boolean withFamily) {
        Team york = walks.inOntario();
        Walk dana = york.begin(york.client()
                        .consentingTo(Channel.SMS)
                        .withSupportContact(withFamily)
                        .openCase())
                .toFamily();
        if (withFamily) {
            dana.finish("record-family-contact", Said.family("no-answer"));
        }

        assertThat(dana.open()).containsExactly("review-letter");
        assertThat(dana.log()).contains("engagement.source-passed-over self-referred");
        dana.finish("review-letter", Said.LETTER_BY_POST).finish("print-and-post", Said.posted("2026-12-01"));
        assertThat(dana.messages()).containsExactly("no-contact post client posted");
        assertThat(dana.ended()).containsExactly("closed-no-contact");
    }
}
