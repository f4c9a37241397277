package org.ancora.casework;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.casework.LawfulWays.Verdict;
import org.ancora.casework.LawfulWays.Way;
import org.ancora.casework.LawfulWays.Why;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.web.Chip;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Draws a client for the case page and for tasks: who they are, and in which ways they may lawfully be reached. */
@Component
public class ClientCards {

    private final Profiles profiles;
    private final Projects projects;
    private final Caseloads caseloads;
    private final CaseWords words;

    ClientCards(Profiles profiles, Projects projects, Caseloads caseloads, CaseWords words) {
        this.profiles = profiles;
        this.projects = projects;
        this.caseloads = caseloads;
        this.words = words;
    }

    /**
     * A client.
     *
     * @param about "she/her · 34 · speaks English"
     * @param worker who has the case, with their load where it was asked for; null when nobody has
     */
    public record Card(
            String name,
            String about,
            List<ContactLine> contacts,
            List<SupportLine> supports,
            SourceLine source,
            @Nullable String worker,
            List<Chip> flags,
            String path) {}

    /** A number or address with what may be done with it; {@code link} opens the telephone or the mail program, or is null. */
    public record ContactLine(
            long id,
            String kind,
            String icon,
            String text,
            @Nullable String link,
            String label,
            List<Tag> tags) {}

    /** Somebody close to the client. */
    public record SupportLine(long id, String name, String relation, String phone, Tag tag) {}

    /** Who referred the client. */
    public record SourceLine(String name, String phone, String email) {}

    /** A consent tag: state as {@code fragments/consent-tag} takes it. */
    public record Tag(String state, String text) {}

    /** Draws the client of a case; with their worker's load only where it is asked for. */
    public Card card(CaseSummary summary, Viewer viewer, boolean withLoad) {
        Locale locale = viewer.locale();
        Project project = projects.get(summary.project());
        ZoneId zone = project.calendar().zone();
        Profile profile = profiles.get(summary.profile());
        LawfulWays ways = profile.lawfulWays();
        return new Card(
                words.client(summary, locale),
                about(profile, words.today(zone), locale),
                profile.contactPoints().stream()
                        .map(point -> line(point, ways, zone, locale))
                        .toList(),
                profile.supportContacts().stream()
                        .map(contact -> line(contact, ways, zone, locale))
                        .toList(),
                source(summary.source(), locale),
                worker(summary, withLoad, locale),
                words.flags(summary.openFlags(), locale),
                summary.path());
    }

    private String about(Profile profile, LocalDate today, Locale locale) {
        List<String> parts = new ArrayList<>();
        if (!profile.person().pronouns().isEmpty()) {
            parts.add(profile.person().pronouns());
        }
        OptionalInt age = profile.person().ageOn(today);
        if (age.isPresent()) {
            parts.add(words.text("client.age", locale, age.getAsInt()));
        }
        parts.add(words.text(
                "client.speaks", locale, words.languages(profile.person().languages(), locale)));
        return String.join(" · ", parts);
    }

    private ContactLine line(ContactPoint point, LawfulWays ways, ZoneId zone, Locale locale) {
        List<Verdict> verdicts = ways.verdicts(point);
        List<Tag> tags = point.isUsable()
                ? verdicts.stream()
                        .filter(verdict -> verdict.why() != Why.SAFE || verdict.way() == Way.POST)
                        .map(verdict -> tag(verdict, zone, locale))
                        .toList()
                : List.of(new Tag("unsafe", unusable(point, locale)));
        String label = point.main() && point.kind() == ContactKind.PHONE
                ? words.text("contact.main", locale)
                : point.label().isEmpty()
                        ? words.text("contact-kind." + point.kind().code(), locale)
                        : point.label();
        return new ContactLine(
                point.id().value(), point.kind().code(), icon(point.kind()), point.display(), link(point), label, tags);
    }

    private SupportLine line(SupportContact contact, LawfulWays ways, ZoneId zone, Locale locale) {
        Verdict verdict = ways.verdict(Way.FAMILY);
        Tag tag = !contact.mayBeSpokenTo()
                ? new Tag("refused", words.text("support.may-not", locale))
                : verdict.isLawful()
                        ? new Tag("agreed", words.text("support.may", locale))
                        : tag(verdict, zone, locale);
        return new SupportLine(contact.id(), contact.name(), contact.relation(), contact.phone(), tag);
    }

    private Tag tag(Verdict verdict, ZoneId zone, Locale locale) {
        LocalDate since = verdict.since();
        String why =
                words.text("why." + verdict.why().code(), locale, since == null ? "" : words.day(since, zone, locale));
        String state =
                switch (verdict.why()) {
                    case AGREED, SAFE -> "agreed";
                    case NOT_ASKED, NONE_ON_FILE -> "unasked";
                    case NOT_SAFE, FAILED -> "unsafe";
                    case REFUSED, WITHDRAWN, MAY_NOT_BE_SPOKEN_TO -> "refused";
                };
        return new Tag(
                state,
                words.text(
                        "client.tag", locale, words.text("way." + verdict.way().code(), locale), why));
    }

    private String unusable(ContactPoint point, Locale locale) {
        Failure failure = point.failure();
        if (!point.safe() || failure == null) {
            return words.text("contact.unsafe." + point.kind().code(), locale);
        }
        return words.text("failure." + failure.code(), locale);
    }

    private SourceLine source(ReferralSource source, Locale locale) {
        return source.isSomebodyElse()
                ? new SourceLine(source.name(), source.phone(), source.email())
                : new SourceLine(words.text("source-kind.self", locale), "", "");
    }

    private @Nullable String worker(CaseSummary summary, boolean withLoad, Locale locale) {
        UserId worker = summary.assignee();
        if (worker == null) {
            return null;
        }
        Optional<Load> load = withLoad ? caseloads.of(worker, summary.project()) : Optional.empty();
        return load.map(each -> words.text("client.worker", locale, each.name(), each.active(), each.limit()))
                .orElseGet(summary::assigneeName);
    }

    private static String icon(ContactKind kind) {
        return switch (kind) {
            case PHONE -> "phone";
            case SMS -> "message-2";
            case EMAIL -> "mail";
            case ADDRESS -> "home";
        };
    }

    /** A way that may harm somebody or leads nowhere is not one touch away. */
    private static @Nullable String link(ContactPoint point) {
        if (!point.isUsable()) {
            return null;
        }
        return switch (point.kind()) {
            case PHONE -> "tel:" + point.value();
            case SMS, EMAIL, ADDRESS -> null;
        };
    }
}
