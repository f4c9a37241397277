package org.ancora.casework.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.Channel;
import org.ancora.casework.ContactKind;
import org.ancora.casework.LawfulWays;
import org.ancora.casework.NewCase;
import org.ancora.casework.NewConsent;
import org.ancora.casework.NewContactPoint;
import org.ancora.casework.NewProfile;
import org.ancora.casework.NewSupportContact;
import org.ancora.casework.Profile;
import org.ancora.casework.ProfileId;
import org.ancora.casework.Profiles;
import org.ancora.casework.ReferralSource;
import org.ancora.casework.ServiceMode;
import org.ancora.casework.profile.Merging.Field;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.ancora.web.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two records of one person become one and two again, whatever stands in them. */
@AncoraTest
class MergingTest {

    private static final List<String> TABLES =
            List.of("profile", "contact_point", "consent", "support_contact", "case_file");

    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Merging merging;

    @Autowired
    private Profiles profiles;

    @Autowired
    private Cases cases;

    @Autowired
    private JdbcClient jdbc;

    private Project york;
    private UserId adam;

    @BeforeEach
    void aNetwork() {
        york = fixtures.aProjectInOntario();
        adam = fixtures.aPerson("Adam Admin", york, Role.ADMIN);
    }

    /** Nothing is lost, of two answers the stricter holds, and undoing gives the very same rows. */
    @RepeatedTest(12)
    void losesNothingAndCanBeUndone(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        ProfileId one = generated(random);
        ProfileId other = generated(random);
        Set<Field> chosen = EnumSet.noneOf(Field.class);
        for (Field field : Field.values()) {
            if (random.nextBoolean()) {
                chosen.add(field);
            }
        }
        Profile a = profiles.get(one);
        Profile b = profiles.get(other);
        Map<String, List<String>> before = rows();
        List<Merging.Answer> expected = Merging.answers(a, b);

        long merge = merging.merge(one, other, chosen, york.id(), adam);

        Profile merged = profiles.get(one);
        Map<String, List<String>> during = rows();
        TABLES.forEach(table -> assertThat(during.get(table)).as(table).hasSameSizeAs(before.get(table)));
        for (String table : TABLES.subList(1, TABLES.size())) {
            assertThat(jdbc.sql("select count(*) from %s where profile_id <> :one".formatted(table))
                            .param("one", one.value())
                            .query(Integer.class)
                            .single())
                    .as("%s left behind", table)
                    .isZero();
        }
        assertThat(values(merged)).containsAll(values(a)).containsAll(values(b));
        for (Merging.Answer answer : expected) {
            boolean agreed = merged.consentInForce(answer.channel())
                    .filter(consent -> consent.given())
                    .isPresent();
            boolean refused = merged.consentInForce(answer.channel())
                    .filter(consent -> !consent.given())
                    .isPresent();
            assertThat(agreed).as("%s", answer).isEqualTo(answer.state().equals("agreed"));
            assertThat(merged.lawfulWays().all())
                    .as("%s", answer)
                    .noneMatch(way -> agreed
                            && way.way().channel().equals(Optional.of(answer.channel()))
                            && way.why() == LawfulWays.Why.WITHDRAWN);
            assertThat(refused).as("%s", answer).isEqualTo(answer.state().equals("refused"));
        }
        assertThat(merged.person().name() + ", " + merged.person().otherNames())
                .contains(a.name())
                .contains(b.name());
        assertThat(isProtected(one)).isEqualTo(before.get("profile").stream().anyMatch(row -> row.contains("Because")));
        assertThat(merging.survivor(other)).isEqualTo(one);

        merging.undo(merge, york.id(), adam);

        assertThat(rows()).isEqualTo(before);
        assertThat(merging.survivor(other)).isEqualTo(other);
    }

    @Test
    void writesToNobodyWhoSaidNoInEitherRecord() {
        ProfileId agreed =
                fixtures.aClient(york).consentingToEverything().create().id();
        ProfileId refused = fixtures.aClient(york)
                .refusing(Channel.SMS)
                .consentingToVoicemail()
                .create()
                .id();
        CaseSummary context = caseOf(refused);
        profiles.withdrawConsent(context, Channel.VOICEMAIL, adam);

        merging.merge(agreed, refused, Set.of(), york.id(), adam);

        Profile merged = profiles.get(agreed);
        assertThat(merged.consentInForce(Channel.SMS).orElseThrow().given()).isFalse();
        assertThat(merged.consentInForce(Channel.VOICEMAIL)).isEmpty();
        assertThat(merged.consentInForce(Channel.EMAIL).orElseThrow().given()).isTrue();
    }

    @Test
    void movesCasesSoThatTheirCodesLeadToTheOneWhoStays() {
        CaseSummary stays = fixtures.aClient(york).openCase();
        CaseSummary moves = fixtures.aClient(york).named("Dana", "Witfield").openCase();

        merging.merge(stays.profile(), moves.profile(), Set.of(), york.id(), adam);

        assertThat(cases.byCode(moves.code()).profile()).isEqualTo(stays.profile());
        assertThat(cases.byCode(moves.code()).client()).isEqualTo("Dana Whitfield");
        assertThat(profiles.get(stays.profile()).person().otherNames()).isEqualTo("Dana Witfield");
        assertThat(jdbc.sql(
                                "select action from activity where subject = 'profile' and subject_id = :id and action like 'profile.merged'")
                        .param("id", stays.profile().toString())
                        .query(String.class)
                        .list())
                .hasSize(1);
    }

    @Test
    void workThatWentOnDoesNotPreventTheUndoing() {
        UserId sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        CaseSummary stays = fixtures.aClient(york).openCase();
        CaseSummary moves = fixtures.aClient(york).named("Dana", "Witfield").openCase();
        long merge = merging.merge(stays.profile(), moves.profile(), Set.of(), york.id(), adam);

        cases.assign(moves.code(), sam, adam, "");
        merging.undo(merge, york.id(), adam);

        assertThat(cases.byCode(moves.code()).profile()).isEqualTo(moves.profile());
        assertThat(cases.byCode(moves.code()).isAssignedTo(sam)).isTrue();
    }

    @Test
    void refusesToUndoWhatOnlyOneOfTheTwoCanHave() {
        CaseSummary stays = fixtures.aClient(york).openCase();
        CaseSummary moves = fixtures.aClient(york).named("Dana", "Witfield").openCase();
        long merge = merging.merge(stays.profile(), moves.profile(), Set.of(), york.id(), adam);
        Map<String, Runnable> later = Map.of(
                "profile.merge.changed.case-file", () -> caseOf(stays.profile()),
                "profile.merge.changed.contact-point",
                        () -> profiles.addContactPoint(
                                stays, new NewContactPoint(ContactKind.PHONE, "905 555 0111", "", false, true), adam),
                "profile.merge.changed.consent",
                        () -> profiles.recordConsent(
                                stays, new NewConsent(Channel.SMS, true, "client", DAY, "2026-1"), adam),
                "profile.merge.changed.profile",
                        () -> jdbc.sql("update profile set given_name = 'Other' where id = :id")
                                .param("id", stays.profile().value())
                                .update());

        later.forEach((reason, change) -> {
            Map<String, List<String>> before = rows();
            change.run();
            assertThatThrownBy(() -> merging.undo(merge, york.id(), adam))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.key()).isEqualTo(reason));
            takeBack(before);
        });
        merging.undo(merge, york.id(), adam);
        assertThatThrownBy(() -> merging.undo(merge, york.id(), adam)).isInstanceOf(Problem.class);
    }

    @Test
    void mergesNobodyTwiceOrWithAnotherNetwork() {
        ProfileId one = fixtures.aClient(york).create().id();
        ProfileId other = fixtures.aClient(york).create().id();
        ProfileId third = fixtures.aClient(york).create().id();
        ProfileId abroad = fixtures.aClient(fixtures.aProjectInItaly()).create().id();
        merging.merge(one, other, Set.of(), york.id(), adam);

        for (ProfileId each : List.of(other, one, abroad)) {
            assertThatThrownBy(() -> merging.merge(each == other ? third : one, each, Set.of(), york.id(), adam))
                    .isInstanceOf(Problem.class);
        }
    }

    /** A table that points at a client and is forgotten here would lose its rows when records are merged. */
    @Test
    void knowsEveryTableThatPointsAtAClient() {
        assertThat(jdbc.sql("""
                                select distinct conrelid::regclass::text from pg_constraint
                                 where contype = 'f' and confrelid = 'profile'::regclass
                                """).query(String.class).list())
                .containsExactlyInAnyOrder(
                        "contact_point",
                        "consent",
                        "support_contact",
                        "case_file",
                        // what was merged, and what was answered at an intake, stay with the record they were about
                        "profile",
                        "profile_merge",
                        "lookalike_answer");
    }

    /** Takes what was added or changed away again, so that the next reason is met alone. */
    private void takeBack(Map<String, List<String>> before) {
        jdbc.sql("delete from contact_point where display like '%555-0111'").update();
        jdbc.sql("delete from consent where given_on = :day and channel = 'sms'")
                .param("day", DAY)
                .update();
        jdbc.sql("delete from case_file where id > 2").update();
        jdbc.sql("update profile set given_name = 'Dana'").update();
        assertThat(rows().get("contact_point")).hasSameSizeAs(before.get("contact_point"));
    }

    private CaseSummary caseOf(ProfileId profile) {
        return cases.open(new NewCase(york.id(), profile, ReferralSource.SELF, ServiceMode.INDIVIDUAL, UserId.SYSTEM));
    }

    private ProfileId generated(Random random) {
        boolean anonymous = random.nextInt(6) == 0;
        String given = List.of("Dana", "Danna", "Ana", "José").get(random.nextInt(4));
        String family = List.of("Whitfield", "Witfield", "Núñez").get(random.nextInt(3));
        Profile.Person person = new Profile.Person(
                anonymous,
                anonymous ? "" : given,
                anonymous ? "" : family,
                random.nextBoolean() ? "she/her" : "",
                random.nextBoolean() ? LocalDate.of(1990, 1 + random.nextInt(12), 3) : null,
                null,
                null,
                List.of(Locale.forLanguageTag(random.nextBoolean() ? "es" : "en")),
                random.nextBoolean() ? "Nana" : "",
                random.nextBoolean());
        List<NewContactPoint> points = new ArrayList<>();
        for (int each = 0; each < random.nextInt(4); each++) {
            points.add(new NewContactPoint(
                    ContactKind.PHONE,
                    "905 555 01" + (10 + random.nextInt(4)),
                    "",
                    random.nextBoolean(),
                    random.nextBoolean()));
        }
        if (random.nextBoolean()) {
            points.add(new NewContactPoint(
                    ContactKind.EMAIL, "dana" + random.nextInt(2) + "@example.org", "", true, random.nextBoolean()));
        }
        List<NewConsent> consents = new ArrayList<>();
        for (Channel channel : Channel.values()) {
            if (random.nextInt(3) > 0) {
                consents.add(new NewConsent(channel, random.nextBoolean(), "client", DAY, "2026-1"));
            }
        }
        List<NewSupportContact> supports =
                random.nextBoolean() ? List.of(new NewSupportContact("Ruth", "aunt", "", true)) : List.of();
        ProfileId id = profiles.create(new NewProfile(york.id(), person, points, consents, supports), UserId.SYSTEM)
                .id();
        CaseSummary context = caseOf(id);
        if (random.nextBoolean()) {
            caseOf(id);
        }
        for (Channel channel : Channel.values()) {
            if (random.nextInt(4) == 0) {
                profiles.withdrawConsent(context, channel, UserId.SYSTEM);
            }
        }
        if (random.nextInt(3) == 0) {
            profiles.protect(context, "Because", UserId.SYSTEM);
        }
        return id;
    }

    private boolean isProtected(ProfileId id) {
        return jdbc.sql("select protected_at is not null from profile where id = :id")
                .param("id", id.value())
                .query(Boolean.class)
                .single();
    }

    private static List<String> values(Profile profile) {
        return profile.contactPoints().stream()
                .map(point -> point.kind() + point.value())
                .distinct()
                .toList();
    }

    private Map<String, List<String>> rows() {
        Map<String, List<String>> rows = new TreeMap<>();
        for (String table : TABLES) {
            rows.put(
                    table,
                    jdbc.sql("select to_jsonb(t)::text from %s t order by t.id".formatted(table))
                            .query(String.class)
                            .list());
        }
        return rows;
    }
}
