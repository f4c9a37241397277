package org.ancora.casework;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.ancora.casework.LawfulWays.Way;
import org.ancora.casework.LawfulWays.Why;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LawfulWaysTest {

    private static final LocalDate ASKED = LocalDate.of(2026, 11, 3);
    private static final LocalDate WITHDRAWN = LocalDate.of(2026, 11, 20);
    private static final Instant TRIED = Instant.parse("2026-11-22T15:00:00Z");

    /** Every channel with every answer a client can have given, the number or address being fine. */
    @ParameterizedTest(name = "{0}, consent {1}: {2}")
    @CsvSource({
        "CALL_MAIN,      none,      SAFE",
        "CALL_ALTERNATE, none,      SAFE",
        "VOICEMAIL,      none,      NOT_ASKED",
        "VOICEMAIL,      given,     AGREED",
        "VOICEMAIL,      refused,   REFUSED",
        "VOICEMAIL,      withdrawn, WITHDRAWN",
        "VOICEMAIL,      reopened,  NOT_ASKED",
        "SMS,            none,      NOT_ASKED",
        "SMS,            given,     AGREED",
        "SMS,            refused,   REFUSED",
        "SMS,            withdrawn, WITHDRAWN",
        "SMS,            reopened,  NOT_ASKED",
        "EMAIL,          none,      NOT_ASKED",
        "EMAIL,          given,     AGREED",
        "EMAIL,          refused,   REFUSED",
        "EMAIL,          withdrawn, WITHDRAWN",
        "EMAIL,          reopened,  NOT_ASKED",
        "POST,           none,      SAFE",
        "POST,           given,     AGREED",
        "POST,           refused,   REFUSED",
        "POST,           withdrawn, WITHDRAWN",
        "POST,           reopened,  SAFE",
        "FAMILY,         none,      SAFE",
        "FAMILY,         given,     AGREED",
        "FAMILY,         refused,   REFUSED",
        "FAMILY,         withdrawn, WITHDRAWN",
        "FAMILY,         reopened,  SAFE"
    })
    void followsTheClientsAnswer(Way way, String answer, Why expected) {
        LawfulWays ways = client(points(true, null), answers(way, answer), List.of(aunt(true)))
                .lawfulWays();

        assertThat(ways.verdict(way).why()).isEqualTo(expected);
        assertThat(ways.may(way)).isEqualTo(expected == Why.AGREED || expected == Why.SAFE);
    }

    @ParameterizedTest
    @CsvSource({"CALL_MAIN", "VOICEMAIL", "CALL_ALTERNATE", "SMS", "EMAIL", "POST"})
    void neverOffersWhatIsNotSafeToUse(Way way) {
        LawfulWays ways = client(points(false, null), everything(), List.of()).lawfulWays();

        assertThat(ways.verdict(way).why()).isEqualTo(Why.NOT_SAFE);
        assertThat(ways.lawful()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"CALL_MAIN", "VOICEMAIL", "CALL_ALTERNATE", "SMS", "EMAIL", "POST"})
    void neverOffersWhatLedNowhere(Way way) {
        LawfulWays ways = client(points(true, Failure.WRONG_NUMBER), everything(), List.of())
                .lawfulWays();

        assertThat(ways.verdict(way).why()).isEqualTo(Why.FAILED);
        assertThat(ways.lawful()).isEmpty();
    }

    @Test
    void saysThatNothingIsOnFile() {
        LawfulWays ways = client(List.of(), everything(), List.of()).lawfulWays();

        assertThat(ways.all()).hasSize(Way.values().length).allMatch(verdict -> verdict.why() == Why.NONE_ON_FILE);
        assertThat(ways.lawful()).isEmpty();
    }

    @Test
    void turnsToTheNumberThatStillWorks() {
        ContactPoint dead = point(2, ContactKind.PHONE, false, true, Failure.WRONG_NUMBER);
        ContactPoint alive = point(3, ContactKind.PHONE, false, true, null);

        LawfulWays ways = client(List.of(dead, alive), List.of(), List.of()).lawfulWays();

        assertThat(ways.verdict(Way.CALL_ALTERNATE).point()).isEqualTo(alive);
        assertThat(ways.verdict(Way.CALL_MAIN).why()).isEqualTo(Why.NONE_ON_FILE);
    }

    @Test
    void speaksOnlyToThoseWhoMayBeSpokenTo() {
        SupportContact silent = aunt(false);
        SupportContact friend = new SupportContact(8, "Joe", "friend", "", true, 0);

        assertThat(client(List.of(), List.of(), List.of(silent)).lawfulWays().verdict(Way.FAMILY))
                .returns(Why.MAY_NOT_BE_SPOKEN_TO, LawfulWays.Verdict::why)
                .returns(silent, LawfulWays.Verdict::person);
        assertThat(client(List.of(), List.of(), List.of(silent, friend))
                        .lawfulWays()
                        .verdict(Way.FAMILY))
                .returns(Why.SAFE, LawfulWays.Verdict::why)
                .returns(friend, LawfulWays.Verdict::person);
    }

    @Test
    void saysOfOneNumberWhetherItMayBeCalledAndSpokenTo() {
        List<Consent> agreed = List.of(new Consent(1, Channel.VOICEMAIL, true, "client", ASKED, "1", null));
        Profile dana = client(points(true, null), agreed, List.of());

        List<LawfulWays.Verdict> tags =
                dana.lawfulWays().verdicts(dana.main(ContactKind.PHONE).orElseThrow());

        assertThat(tags).extracting(LawfulWays.Verdict::way).containsExactly(Way.CALL_MAIN, Way.VOICEMAIL);
        assertThat(tags.get(1).since()).isEqualTo(ASKED);
    }

    private static Profile client(List<ContactPoint> points, List<Consent> consents, List<SupportContact> supports) {
        return new Profile(
                new ProfileId(1),
                Profile.Person.named("Dana", "Whitfield", Locale.ENGLISH),
                points,
                consents,
                supports,
                TRIED,
                0);
    }

    private static List<ContactPoint> points(boolean safe, Failure failure) {
        return List.of(
                point(1, ContactKind.PHONE, true, safe, failure),
                point(2, ContactKind.PHONE, false, safe, failure),
                point(3, ContactKind.SMS, true, safe, failure),
                point(4, ContactKind.EMAIL, true, safe, failure),
                point(5, ContactKind.ADDRESS, true, safe, failure));
    }

    private static ContactPoint point(long id, ContactKind kind, boolean main, boolean safe, Failure failure) {
        return new ContactPoint(
                new ContactPointId(id),
                kind,
                "value",
                "value",
                "",
                main,
                safe,
                failure == null ? null : TRIED,
                failure,
                0);
    }

    private static SupportContact aunt(boolean mayBeSpokenTo) {
        return new SupportContact(7, "Ruth W.", "aunt", "905 555 0177", mayBeSpokenTo, 0);
    }

    private static List<Consent> everything() {
        return Stream.of(Channel.values())
                .map(channel -> new Consent(1, channel, true, "client", ASKED, "1", null))
                .toList();
    }

    /** The newest answer first, as they are read. */
    private static List<Consent> answers(Way way, String answer) {
        if (answer.equals("none")) {
            return List.of();
        }
        Channel channel = way.channel().orElseThrow();
        Consent older = new Consent(1, channel, true, "client", ASKED.minusYears(1), "0", ASKED);
        boolean given = answer.equals("given") || answer.equals("withdrawn");
        LocalDate until = answer.equals("withdrawn") || answer.equals("reopened") ? WITHDRAWN : null;
        return List.of(new Consent(2, channel, given, "client", ASKED, "1", until), older);
    }
}
