package org.ancora.casework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.Locale;
import org.ancora.access.Hidden;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.LawfulWays.Way;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

@AncoraTest
class ProfilesTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Profiles profiles;

    @Autowired
    private JdbcClient jdbc;

    private Project york;
    private UserId sam;

    @BeforeEach
    void aProject() {
        york = fixtures.aProjectInOntario();
        sam = fixtures.aPerson("Sam", york, Role.CASEWORKER);
    }

    @Test
    void keepsWhatWasRecorded() {
        Profile dana = fixtures.aClient(york)
                .speaking("es", "en")
                .with(ContactKind.PHONE, "+39 011 555 0139")
                .consentingToVoicemail()
                .refusing(Channel.EMAIL)
                .withSupportContact(true)
                .create();

        assertThat(profiles.get(dana.id())).isEqualTo(dana);
        assertThat(dana.name()).isEqualTo("Dana Whitfield");
        assertThat(dana.person().preferredLanguage()).isEqualTo(Locale.forLanguageTag("es"));
        assertThat(dana.contactPoints(ContactKind.PHONE))
                .extracting(ContactPoint::value, ContactPoint::display, ContactPoint::main)
                .containsExactly(
                        tuple("+19055550142", "(905) 555-0142", true),
                        tuple("+390115550139", "+39 011 555 0139", false));
        assertThat(dana.supportContacts()).extracting(SupportContact::name).containsExactly("Ruth W.");
    }

    @Test
    void readsAClientInOneStatement() throws Exception {
        ProfileId dana =
                fixtures.aClient(york).consentingToEverything().create().id();

        assertThat(SqlCount.during(() -> profiles.get(dana))).hasSize(1);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "PHONE,   12,                contact.not-a-number",
        "PHONE,   call me,           contact.not-a-number",
        "SMS,     abc,               contact.not-a-number",
        "EMAIL,   dana.example.org,  contact.not-an-address",
        "EMAIL,   dana@example,      contact.not-an-address",
        "ADDRESS, ' ',               contact.missing"
    })
    void refusesWhatCannotBeOne(ContactKind kind, String value, String key) {
        CaseSummary dana = fixtures.aClient(york).openCase();

        assertThatThrownBy(() -> profiles.addContactPoint(dana, new NewContactPoint(kind, value, "", false, true), sam))
                .isInstanceOfSatisfying(InvalidContact.class, refusal -> assertThat(refusal.key())
                        .isEqualTo(key));
    }

    @Test
    void hasOneMainNumberAtATime() {
        CaseSummary dana = fixtures.aClient(york).openCase();

        ContactPointId added = profiles.addContactPoint(
                dana, new NewContactPoint(ContactKind.PHONE, "905 555 0155", "work", true, true), sam);
        assertThat(profiles.get(dana.profile()).main(ContactKind.PHONE))
                .map(ContactPoint::id)
                .contains(added);

        profiles.removeContactPoint(dana, added, sam);
        assertThat(profiles.get(dana.profile()).main(ContactKind.PHONE))
                .map(ContactPoint::value)
                .contains("+19055550142");
    }

    @Test
    void makesTheFirstOfAKindTheMainOne() {
        CaseSummary dana = fixtures.aClient(york).without(ContactKind.EMAIL).openCase();

        profiles.addContactPoint(dana, new NewContactPoint(ContactKind.EMAIL, "d@example.org", "", false, true), sam);

        assertThat(profiles.get(dana.profile()).main(ContactKind.EMAIL)).isPresent();
    }

    @Test
    void remembersThatANumberLeadsNowhereUntilItIsCorrected() {
        CaseSummary dana = fixtures.aClient(york).openCase();
        ContactPointId main = profiles.get(dana.profile())
                .main(ContactKind.PHONE)
                .orElseThrow()
                .id();

        profiles.reportFailure(dana, main, Failure.WRONG_NUMBER, sam);
        assertThat(profiles.get(dana.profile()).lawfulWays().may(Way.CALL_MAIN)).isFalse();

        profiles.changeContactPoint(
                dana, main, new NewContactPoint(ContactKind.PHONE, "905 555 0142", "home", true, true), sam);
        assertThat(profiles.get(dana.profile()).lawfulWays().may(Way.CALL_MAIN)).isFalse();

        profiles.changeContactPoint(
                dana, main, new NewContactPoint(ContactKind.PHONE, "905 555 0143", "home", true, true), sam);
        assertThat(profiles.get(dana.profile()).lawfulWays().may(Way.CALL_MAIN)).isTrue();
    }

    @Test
    void touchesNoOtherClientsNumber() {
        CaseSummary dana = fixtures.aClient(york).openCase();
        ContactPointId hers = profiles.get(dana.profile())
                .main(ContactKind.PHONE)
                .orElseThrow()
                .id();
        CaseSummary lena = fixtures.aClient(york).named("Lena", "Ortega").openCase();

        assertThatThrownBy(() -> profiles.removeContactPoint(lena, hers, sam)).isInstanceOf(Hidden.class);
        assertThatThrownBy(() -> profiles.reportFailure(lena, hers, Failure.BOUNCED, sam))
                .isInstanceOf(Hidden.class);
        assertThatThrownBy(() -> profiles.changeContactPoint(
                        lena, hers, new NewContactPoint(ContactKind.PHONE, "905 555 0199", "", true, true), sam))
                .isInstanceOf(Hidden.class);
    }

    @Test
    void keepsEveryAnswerAboutAChannel() {
        CaseSummary dana = fixtures.aClient(york).consentingToVoicemail().openCase();

        profiles.withdrawConsent(dana, Channel.VOICEMAIL, sam);
        profiles.recordConsent(dana, new NewConsent(Channel.VOICEMAIL, false, "client", TODAY, "2025-1"), sam);
        profiles.recordConsent(dana, new NewConsent(Channel.VOICEMAIL, true, "client", TODAY, "2025-1"), sam);

        Profile after = profiles.get(dana.profile());
        assertThat(after.consents())
                .extracting(Consent::given, Consent::isInForce)
                .containsExactly(tuple(true, true), tuple(false, false), tuple(true, false));
        assertThat(after.lawfulWays().may(Way.VOICEMAIL)).isTrue();
        assertThatThrownBy(() -> profiles.recordConsent(
                        dana, new NewConsent(Channel.SMS, true, "client", TODAY.plusDays(1), "2026-1"), sam))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesToOverwriteAPersonChangedMeanwhile() {
        CaseSummary dana = fixtures.aClient(york).openCase();
        Profile seen = profiles.get(dana.profile());
        Profile.Person renamed = Profile.Person.named("Dana", "Ortega", Locale.ENGLISH);

        profiles.changePerson(dana, renamed, seen.version(), sam);

        assertThat(profiles.get(dana.profile()).name()).isEqualTo("Dana Ortega");
        assertThatThrownBy(() -> profiles.changePerson(dana, seen.person(), seen.version(), sam))
                .isInstanceOf(OptimisticLockingFailureException.class);
    }

    @Test
    void writesEveryChangeIntoTheLogOfTheCaseButNothingThatWasTyped() {
        CaseSummary dana = fixtures.aClient(york).withSupportContact(true).openCase();
        ContactPointId added = profiles.addContactPoint(
                dana, new NewContactPoint(ContactKind.PHONE, "905 555 0155", "work", false, true), sam);
        profiles.changeContactPoint(
                dana, added, new NewContactPoint(ContactKind.PHONE, "905 555 0156", "work", false, true), sam);
        profiles.reportFailure(dana, added, Failure.WRONG_NUMBER, sam);
        profiles.removeContactPoint(dana, added, sam);
        profiles.recordConsent(dana, new NewConsent(Channel.SMS, true, "Dana", TODAY, "2026-1"), sam);
        profiles.withdrawConsent(dana, Channel.SMS, sam);
        profiles.addSupportContact(dana, new NewSupportContact("Joe", "friend", "", true), sam);
        long joe = profiles.get(dana.profile()).supportContacts().get(1).id();
        profiles.changeSupportContact(dana, joe, null, new NewSupportContact("Joe", "friend", "", false), sam);

        assertThat(jdbc.sql(
                                "select action || ' ' || details from activity where case_code = :code and action like 'profile%' order by id")
                        .param("code", dana.code())
                        .query(String.class)
                        .list())
                .hasSize(8)
                .noneMatch(line -> line.contains("905") || line.contains("Joe") || line.contains("Dana"))
                .first()
                .isEqualTo("profile.contact-added {\"kind\": \"phone\"}");
    }
}
