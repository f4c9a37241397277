package org.ancora.demo;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.Channel;
import org.ancora.casework.ContactKind;
import org.ancora.casework.NewCase;
import org.ancora.casework.NewConsent;
import org.ancora.casework.NewContactPoint;
import org.ancora.casework.NewProfile;
import org.ancora.casework.NewSupportContact;
import org.ancora.casework.Profile;
import org.ancora.casework.Profiles;
import org.ancora.casework.ReferralSource;
import org.ancora.casework.ServiceMode;
import org.ancora.casework.SourceKind;
import org.ancora.network.Project;

/**
 * A client of the demo. Numbers lie in ranges that belong to nobody, or are plainly made up; addresses end in {@code
 * .example}.
 *
 * @param ways which ways are on file and lawful: {@code v} voicemail agreed, {@code s} text agreed, {@code e} e-mail agreed,
 *     {@code E} e-mail on file but not agreed, {@code a} an alternate number, {@code p} a postal address safe to write to,
 *     {@code P} one that is not safe, {@code f} a family contact who may be spoken to
 * @param source who referred the client; empty when they came by themselves
 */
record DemoClient(String given, String family, String pronouns, int age, String languages, String ways, String source) {

    CaseSummary open(Project project, int number, Profiles profiles, Cases cases, LocalDate today, UserId by) {
        Numbers numbers = Numbers.of(project, number);
        List<NewContactPoint> points = new ArrayList<>();
        List<NewConsent> consents = new ArrayList<>();
        points.add(new NewContactPoint(ContactKind.PHONE, numbers.main(), "", true, true));
        if (has('a')) {
            points.add(new NewContactPoint(ContactKind.PHONE, numbers.alternate(), numbers.work(), false, true));
        }
        if (has('s')) {
            points.add(new NewContactPoint(ContactKind.SMS, numbers.main(), "", true, true));
        }
        if (has('e') || has('E')) {
            points.add(new NewContactPoint(ContactKind.EMAIL, email(), "", true, true));
        }
        if (has('p') || has('P')) {
            points.add(new NewContactPoint(ContactKind.ADDRESS, numbers.address(), "", true, has('p')));
        }
        LocalDate asked = today.minusDays(3);
        consent(consents, has('v'), Channel.VOICEMAIL, asked);
        consent(consents, has('s'), Channel.SMS, asked);
        consent(consents, has('e'), Channel.EMAIL, asked);
        List<NewSupportContact> supports = has('f')
                ? List.of(new NewSupportContact(numbers.relative(), numbers.relation(), numbers.alternate(), true))
                : List.of();
        Locale[] spoken =
                Arrays.stream(languages.split(" ")).map(Locale::forLanguageTag).toArray(Locale[]::new);
        Profile.Person person = new Profile.Person(false, given, family, pronouns, null, age, today, List.of(spoken));
        Profile profile = profiles.create(new NewProfile(project.id(), person, points, consents, supports), by);
        return cases.open(new NewCase(project.id(), profile.id(), referralSource(numbers), ServiceMode.INDIVIDUAL, by));
    }

    private ReferralSource referralSource(Numbers numbers) {
        return source.isEmpty()
                ? ReferralSource.SELF
                : new ReferralSource(SourceKind.AGENCY, source, numbers.agency(), "intake@agency.example");
    }

    private boolean has(char way) {
        return ways.indexOf(way) >= 0;
    }

    private String email() {
        String plain =
                Normalizer.normalize(given + "." + family, Normalizer.Form.NFD).replaceAll("[^A-Za-z.]", "");
        return plain.toLowerCase(Locale.ROOT) + "@mail.example";
    }

    private static void consent(List<NewConsent> consents, boolean given, Channel channel, LocalDate on) {
        if (given) {
            consents.add(new NewConsent(channel, true, "client", on, "2026-1"));
        }
    }

    /** Made-up numbers and places of a project's country. */
    private record Numbers(
            String main,
            String alternate,
            String agency,
            String address,
            String relative,
            String relation,
            String work) {

        static Numbers of(Project project, int number) {
            return switch (project.country()) {
                case "PE" ->
                    new Numbers(
                            "966 555 %03d".formatted(number),
                            "966 556 %03d".formatted(number),
                            "066 311 200",
                            "Jr. Arequipa %d, Ayacucho".formatted(100 + number),
                            "Luz M.",
                            "hermana",
                            "trabajo");
                case "IT" ->
                    new Numbers(
                            "011 555 01%02d".formatted(number),
                            "011 555 02%02d".formatted(number),
                            "011 555 0300",
                            "via Garibaldi %d, 10122 Torino".formatted(10 + number),
                            "Teresa F.",
                            "zia",
                            "lavoro");
                default ->
                    new Numbers(
                            "905 555 01%02d".formatted(number),
                            "289 555 01%02d".formatted(number),
                            "905 555 0199",
                            "%d Elm Avenue, Newmarket ON L3Y 2A1".formatted(10 + number),
                            "Ruth W.",
                            "aunt",
                            "work");
            };
        }
    }
}
