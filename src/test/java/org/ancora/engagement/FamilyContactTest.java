package org.ancora.engagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.Channel;
import org.ancora.engagement.EngagementWalk.Team;
import org.ancora.process.task.Tasks;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What follows from the alternative or family-support contact (A14, A15, A-R13). */
@AncoraTest
class FamilyContactTest {

    @Autowired
    EngagementWalk walks;

    @ParameterizedTest
    @CsvSource({"passed-on", "no-answer"})
    void goesOnToTheSource(String outcome) {
        Walk dana = Place.FAMILY_CONTACT.reach(walks.inOntario());

        dana.finish("record-family-contact", Said.family(outcome));

        assertThat(dana.open()).containsExactly("tell-source");
        assertThat(dana.attempts("family")).containsExactly("phone " + outcome);
    }

    @ParameterizedTest
    @CsvSource({"contact, admit", "no-contact, tell-source"})
    void letsTheWorkerSayWhetherAnotherOutcomeWasContact(String judged, String next) {
        Walk dana = Place.FAMILY_CONTACT.reach(walks.inOntario());

        dana.finish(
                "record-family-contact",
                Said.with(Said.family("other"), Map.of("otherText", "Ruth speaks for Dana", "otherIsContact", judged)));

        assertThat(dana.open()).containsExactly(next);
    }

    @ParameterizedTest
    @CsvSource({"wants-service, admit", "declines, confirm-refusal"})
    void takesWhatTheClientSaysThere(String spoken, String next) {
        Walk dana = Place.FAMILY_CONTACT.reach(walks.inOntario());

        dana.finish("record-family-contact", Said.with(Said.family("spoke"), Map.of("spokeOutcome", spoken)));

        assertThat(dana.open()).containsExactly(next);
    }

    @Test
    void goesOnToTheSourceWhenNobodyAnswersThePromisedCall() {
        Walk dana = Place.CALL_BACK_FROM_FAMILY.reach(walks.inOntario());
        assertThat(dana.window("call-back")).isEqualTo("2026-12-02T18:30/2026-12-02T18:30");

        dana.moveTo("2026-12-02T18:30").finish("call-back", Said.STILL_NOBODY);

        assertThat(dana.open()).containsExactly("tell-source");
    }

    @Test
    void triesANewNumberAtOnceAndComesBackToTheSamePlace() {
        Walk dana = Place.FAMILY_CONTACT.reach(walks.inOntario()).moveTo("2026-12-02T10:00");

        dana.finish("record-family-contact", Said.NEW_NUMBER_FROM_FAMILY);

        // Wed 2 Dec: Thu 3, Fri 4.
        assertThat(dana.window("record-round")).isEqualTo("2026-12-02T10:00/2026-12-04T17:00");
        assertThat(dana.task("record-round").callingElement()).isEqualTo("extra-round-after-family");
        dana.moveTo("2026-12-04T12:00").finish("record-round", Said.NOBODY_ANSWERED);
        // Back at the family contact on Fri 4, which was due Thu 3: again 2 business days, Mon 7, Tue 8.
        assertThat(dana.open()).containsExactly("record-family-contact");
        assertThat(dana.window("record-family-contact")).isEqualTo("2026-12-04T12:00/2026-12-08T17:00");
        dana.finish("record-family-contact", Said.family("passed-on"));
        assertThat(dana.open()).containsExactly("tell-source");
    }

    @ParameterizedTest
    @CsvSource({
        "phone, 905 555 0188, +19055550188",
        "email, dana.new@example.org, dana.new@example.org",
        "address, '9 Oak Street, Aurora', '9 Oak Street, Aurora'"
    })
    void keepsWhatTheFamilyKnows(String kind, String told, String kept) {
        Walk dana = Place.FAMILY_CONTACT.reach(walks.inOntario());

        dana.finish(
                "record-family-contact",
                Said.with(Said.family("new-details"), Map.of("newKind", kind, "newValue", told)));

        assertThat(dana.open()).containsExactly("record-round");
        assertThat(contactPoints(dana, kind)).contains(kept);
    }

    @Test
    void refusesANumberThatCannotBeOne() {
        Walk dana = Place.FAMILY_CONTACT.reach(walks.inOntario());

        assertThatThrownBy(() -> dana.finish(
                        "record-family-contact", Said.with(Said.NEW_NUMBER_FROM_FAMILY, Map.of("newValue", "12"))))
                .isInstanceOfSatisfying(Tasks.Refused.class, refused -> assertThat(refused.errors())
                        .containsOnlyKeys("newValue"));

        assertThat(dana.open()).containsExactly("record-family-contact");
        assertThat(dana.attempts("family")).isEmpty();
    }

    @Test
    void reachesTheClientAtTheNewNumber() {
        Walk dana = Place.EXTRA_ROUND_AFTER_FAMILY.reach(walks.inOntario());

        dana.finish("record-round", Said.WANTS_SERVICE);

        assertThat(dana.open()).containsExactly("admit");
    }

    @Test
    void asksTheSupervisorWhenTheClientIsAway() {
        Walk dana = Place.FAMILY_CONTACT.reach(walks.inOntario());

        dana.finish("record-family-contact", Said.with(Said.AWAY_SAYS_THE_FAMILY, Map.of("awayUntil", "2026-12-20")));

        assertThat(dana.open()).containsExactly("decide");
        assertThat(dana.task("decide").callingElement()).isEqualTo("supervisor-on-family");
        assertThat(dana.task("decide").assignee()).isNull();
    }

    @Test
    void passesOverAFamilyContactThatIsNotRecorded() {
        Team york = walks.inOntario();

        Walk dana = york.begin(client(york).openCase()).toFamily();

        assertThat(dana.open()).containsExactly("tell-source");
        assertThat(dana.now()).isEqualTo("2026-12-01T09:00");
        assertThat(dana.log()).contains("engagement.family-passed-over none-on-file");
    }

    @Test
    void passesOverAFamilyContactWhoMayNotBeSpokenTo() {
        Team york = walks.inOntario();

        Walk dana =
                york.begin(client(york).withSupportContact(false).openCase()).toFamily();

        assertThat(dana.open()).containsExactly("tell-source");
        assertThat(dana.log()).contains("engagement.family-passed-over may-not-be-spoken-to");
    }

    @Test
    void passesOverTheFamilyOfAClientWhoRefusedIt() {
        Team york = walks.inOntario();

        Walk dana = york.begin(client(york)
                        .withSupportContact(true)
                        .refusing(Channel.FAMILY)
                        .openCase())
                .toFamily();

        assertThat(dana.open()).containsExactly("tell-source");
        assertThat(dana.log()).contains("engagement.family-passed-over refused");
    }

    private static CaseworkFixtures.Client client(Team team) {
        return team.client().consentingTo(Channel.SMS).referredBy("Maple Street Clinic");
    }

    private List<String> contactPoints(Walk walk, String kind) {
        return walks.jdbc
                .sql("select value from contact_point where profile_id = :client and kind = :kind")
                .param("client", walk.file().profile().value())
                .param("kind", kind)
                .query(String.class)
                .list();
    }
}
