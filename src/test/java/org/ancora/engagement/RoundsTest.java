package org.ancora.engagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.ancora.casework.Channel;
import org.ancora.casework.ClosingReason;
import org.ancora.casework.ContactKind;
import org.ancora.casework.Flag;
import org.ancora.engagement.EngagementWalk.Team;
import org.ancora.network.CaseStatus;
import org.ancora.process.task.Tasks;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What follows from a contact round and a call-back (A7–A13, A21, A22). */
@AncoraTest
class RoundsTest {

    @Autowired
    EngagementWalk walks;

    @Test
    void admitsAClientWhoWantsTheService() {
        Walk dana = Place.FIRST_ROUND.reach(walks.inOntario());

        dana.finish("record-round", Said.WANTS_SERVICE);

        assertThat(dana.open()).containsExactly("admit");
        assertThat(dana.task("admit").assignee()).isEqualTo(dana.team().worker());
        assertThat(dana.window("admit")).isEqualTo("2026-11-23T09:10/2026-11-25T17:00");
        dana.moveTo("2026-11-24T10:00").finish("admit", Said.CONTACT_ADMITTED);
        assertThat(dana.file().status()).isEqualTo(CaseStatus.IN_PROGRESS);
        // 2 business days after Tue 24: Wed 25, Thu 26.
        assertThat(dana.window("complete-documentation")).isEqualTo("2026-11-24T10:00/2026-11-26T17:00");
        dana.finish("complete-documentation", Said.WRITTEN_UP);
        assertThat(dana.ended()).containsExactly("in-service");
        assertThat(dana.attempts("client")).containsExactly("call-main wants-service");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T23:59, 'This is before the case was opened: check the date.'",
        "2026-11-23T09:11, 'This lies in the future: write when it happened.'"
    })
    void refusesAnAttemptAtAnHourThatCannotBe(String when, String said) {
        Walk dana = Place.FIRST_ROUND.reach(walks.inOntario());

        assertThatThrownBy(() -> dana.finish("record-round", Said.with(Said.NOBODY_ANSWERED, Map.of("when", when))))
                .isInstanceOfSatisfying(Tasks.Refused.class, refused -> assertThat(refused.errors())
                        .containsEntry("when", List.of(said)));

        assertThat(dana.attempts("client")).isEmpty();
        assertThat(dana.open()).containsExactly("record-round");
    }

    @Test
    void closesTheFileOfAClientWhoDeclines() {
        Walk dana = Place.SECOND_ROUND.reach(walks.inOntario());

        dana.finish("record-round", Said.DECLINES);

        assertThat(dana.open()).containsExactly("confirm-refusal");
        assertThat(dana.file().isClosed()).isFalse();
        dana.finish("confirm-refusal", Said.REFUSAL_CONFIRMED);
        assertThat(dana.ended()).containsExactly("closed-declined");
        assertThat(dana.file().closingReason()).isEqualTo(ClosingReason.DECLINED);
        assertThat(dana.episode().outcome()).isEqualTo("declined");
        assertThat(dana.messages()).isEmpty();
    }

    @Test
    void admitsAClientWhoWantsTheServiceAfterAll() {
        Walk dana = Place.REFUSAL.reach(walks.inOntario());

        dana.finish("confirm-refusal", Map.of("refusal", "wants-service"));

        assertThat(dana.open()).containsExactly("admit");
        dana.finish("admit", Said.CALLED_AND_ADMITTED);
        assertThat(dana.open()).containsExactly("complete-documentation");
    }

    @Test
    void confirmsTheRefusalOfAClientWhoDeclinesWhenAdmitted() {
        Walk dana = Place.ADMISSION.reach(walks.inOntario());

        dana.finish("admit", Map.of("admission", "declined"));

        assertThat(dana.open()).containsExactly("confirm-refusal");
        dana.finish("confirm-refusal", Said.REFUSAL_CONFIRMED);
        assertThat(dana.ended()).containsExactly("closed-declined");
        assertThat(dana.file().admittedAt()).isNull();
    }

    @Test
    void callsBackAtThePromisedHour() {
        Walk dana = Place.CALL_BACK.reach(walks.inOntario());

        assertThat(dana.open()).containsExactly("call-back");
        assertThat(dana.window("call-back")).isEqualTo("2026-11-24T18:30/2026-11-24T18:30");
        assertThat(dana.task("call-back").callingElement()).isEqualTo("client-round");
    }

    @ParameterizedTest
    @CsvSource({"wants-service, admit", "declines, confirm-refusal"})
    void takesWhatIsSaidWhenCalledBack(String spoken, String next) {
        Walk dana = Place.CALL_BACK.reach(walks.inOntario()).moveTo("2026-11-24T18:30");

        dana.finish("call-back", Map.of("mainOutcome", "spoke", "spokeOutcome", spoken, "when", Said.NOW));

        assertThat(dana.open()).containsExactly(next);
    }

    @Test
    void callsBackOnceMoreAndCountsTheWindowFromTheLastCall() {
        Walk dana = Place.CALL_BACK.reach(walks.inOntario()).moveTo("2026-11-24T18:31");

        dana.finish("call-back", Said.callBackAt("2026-11-26T12:00"));
        assertThat(dana.window("call-back")).isEqualTo("2026-11-26T12:00/2026-11-26T12:00");
        dana.moveTo("2026-11-26T12:05").finish("call-back", Said.STILL_NOBODY);

        // From Thu 26: Fri 27, Mon 30, Tue 1 opens, Wed 2, Thu 3 due. The second round comes next, not the third.
        assertThat(dana.open()).containsExactly("wait-for-next-round");
        assertThat(dana.planned()).isEqualTo("2026-12-01T09:00/2026-12-03T17:00");
        dana.toItsOpening().finish("record-round", Said.NOBODY_ANSWERED);
        assertThat(dana.open()).containsExactly("wait-for-family-contact");
    }

    @ParameterizedTest
    @CsvSource({
        "callBackAt, 2026-11-23T09:00", // passed
        "when, 2026-11-23T09:11", // has not come yet
        "when, 2026-11-22T18:00", // the case was not open yet
    })
    void refusesHoursThatCannotBe(String field, String hour) {
        Walk dana = Place.FIRST_ROUND.reach(walks.inOntario());

        assertThatThrownBy(() -> dana.finish(
                        "record-round", Said.with(Said.callBackAt("2026-11-24T18:30"), Map.of(field, hour))))
                .isInstanceOfSatisfying(Tasks.Refused.class, refused -> assertThat(refused.errors())
                        .containsOnlyKeys(field));

        assertThat(dana.open()).containsExactly("record-round");
        assertThat(dana.attempts("client")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-answer", "voicemail", "hung-up"})
    void goesOnWithoutAnAnswer(String outcome) {
        Walk dana = Place.FIRST_ROUND.reach(walks.inOntario());

        dana.finish("record-round", Said.with(Said.NOBODY_ANSWERED, Map.of("mainOutcome", outcome)));

        assertThat(dana.open()).containsExactly("wait-for-next-round");
        assertThat(dana.attempts("client")).containsExactly("call-main " + outcome, "sms written");
    }

    @Test
    void leavesNoVoicemailWithoutConsent() {
        Team york = walks.inOntario();
        Walk dana =
                york.begin(york.client().consentingTo(Channel.SMS).openCase()).toFirstRound();

        assertThatThrownBy(() -> dana.finish(
                        "record-round", Said.with(Said.NOBODY_ANSWERED, Map.of("mainOutcome", "voicemail"))))
                .isInstanceOfSatisfying(Tasks.Refused.class, refused -> assertThat(refused.errors())
                        .containsOnlyKeys("mainOutcome"));
    }

    @Test
    void offersOnlyLawfulFurtherWays() {
        Team york = walks.inOntario();
        Walk dana =
                york.begin(york.client().consentingTo(Channel.EMAIL).openCase()).toFirstRound();

        assertThatThrownBy(() -> dana.finish("record-round", Said.NOBODY_ANSWERED))
                .isInstanceOfSatisfying(Tasks.Refused.class, refused -> assertThat(refused.errors())
                        .containsOnlyKeys("furtherChannel"));
        dana.finish("record-round", further(Map.of("furtherChannel", "email", "furtherSending", "send")));

        assertThat(dana.messages()).containsExactly("please-call-us email client written");
        assertThat(dana.attempts("client")).containsExactly("call-main no-answer", "email sent");
    }

    @Test
    void asksWhyALawfulWayWasSkipped() {
        Walk dana = Place.FIRST_ROUND.reach(walks.inOntario());

        assertThatThrownBy(() -> dana.finish("record-round", further(Map.of("furtherChannel", "skipped"))))
                .isInstanceOfSatisfying(Tasks.Refused.class, refused -> assertThat(refused.errors())
                        .containsOnlyKeys("skipReason"));
        dana.finish(
                "record-round", further(Map.of("furtherChannel", "skipped", "skipReason", "Asked not to be texted")));

        assertThat(dana.open()).containsExactly("wait-for-next-round");
        assertThat(dana.attempts("client")).containsExactly("call-main no-answer", "none skipped");
    }

    @Test
    void offersAnotherWayAtOnceWhenTheFurtherOneLedNowhere() {
        Walk dana = Place.FIRST_ROUND.reach(walks.inOntario());
        Map<String, Object> undelivered = Map.of(
                "mainOutcome",
                "wrong-number",
                "furtherChannel",
                "sms",
                "furtherSending",
                "undelivered",
                "when",
                Said.NOW);

        assertThatThrownBy(() -> dana.finish("record-round", undelivered))
                .isInstanceOfSatisfying(Tasks.Refused.class, refused -> assertThat(refused.errors())
                        .containsOnlyKeys("anotherChannel"));
        dana.finish("record-round", Said.with(undelivered, Map.of("anotherChannel", "email")));

        assertThat(dana.open()).containsExactly("wait-for-next-round");
        assertThat(dana.messages()).containsExactly("please-call-us email client written");
        assertThat(dana.file().openFlags()).isEmpty();
    }

    @Test
    void looksForAnotherNumberWhenNoWayIsLeft() {
        Team york = walks.inOntario();
        Walk dana =
                york.begin(york.client().without(ContactKind.EMAIL).openCase()).toFirstRound();

        dana.finish(
                "record-round",
                Map.of("mainOutcome", "wrong-number", "furtherChannel", "none-on-file", "when", Said.NOW));

        assertThat(dana.file().openFlags()).containsExactly(Flag.Kind.FIND_ANOTHER_NUMBER);
        assertThat(dana.open()).containsExactly("wait-for-next-round");
        dana.toItsOpening()
                .finish(
                        "record-round",
                        Map.of("mainOutcome", "no-number", "furtherChannel", "none-on-file", "when", Said.NOW));
        assertThat(dana.open()).containsExactly("wait-for-family-contact");
    }

    @Test
    void triesTheNumbersOnFile() {
        Team york = walks.inOntario();
        Walk dana = york.begin(york.client()
                        .with(ContactKind.PHONE, "905 555 0150")
                        .with(ContactKind.PHONE, "905 555 0151")
                        .openCase())
                .toFirstRound();
        String first = numberId(dana, "0150");
        String second = numberId(dana, "0151");

        dana.finish(
                "record-round",
                further(Map.of(
                        "furtherChannel",
                        "alternate-number",
                        "alternateNumber",
                        first,
                        "furtherOutcome",
                        "wrong-number",
                        "anotherChannel",
                        "alternate-number",
                        "anotherNumber",
                        second,
                        "anotherOutcome",
                        "spoke",
                        "spokeOutcome",
                        "wants-service")));

        assertThat(dana.open()).containsExactly("admit");
        assertThat(dana.attempts("client"))
                .containsExactly("call-main no-answer", "call-alternate wrong-number", "call-alternate wants-service");
    }

    @ParameterizedTest
    @CsvSource({"contact, admit", "no-contact, wait-for-next-round"})
    void letsTheWorkerSayWhetherAnotherOutcomeWasContact(String judged, String next) {
        Walk dana = Place.FIRST_ROUND.reach(walks.inOntario());
        Map<String, Object> other = Said.with(
                Map.of("mainOutcome", "other", "otherText", "A child answered", "when", Said.NOW),
                Map.of("otherIsContact", judged));

        dana.finish(
                "record-round",
                judged.equals("contact")
                        ? other
                        : Said.with(other, Map.of("furtherChannel", "sms", "furtherSending", "written")));

        assertThat(dana.open()).containsExactly(next);
    }

    private static Map<String, Object> further(Map<String, Object> more) {
        return Said.with(Map.of("mainOutcome", "no-answer", "when", Said.NOW), more);
    }

    private String numberId(Walk walk, String ending) {
        return walks.jdbc
                .sql("select id::text from contact_point where profile_id = :client and value like '%' || :ending")
                .param("client", walk.file().profile().value())
                .param("ending", ending)
                .query(String.class)
                .single();
    }
}
