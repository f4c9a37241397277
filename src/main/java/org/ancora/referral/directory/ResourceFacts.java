package org.ancora.referral.directory;

import static org.ancora.referral.directory.ResourceWords.addressLine;
import static org.ancora.referral.directory.ResourceWords.addresses;
import static org.ancora.referral.directory.ResourceWords.distinct;
import static org.ancora.referral.directory.ResourceWords.join;
import static org.ancora.referral.directory.ResourceWords.languages;
import static org.ancora.referral.directory.ResourceWords.orElse;
import static org.ancora.referral.directory.ResourceWords.orNull;
import static org.ancora.referral.directory.ResourceWords.phoneLine;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ancora.referral.directory.ResourceParts.Everything;
import org.ancora.referral.directory.ResourceParts.Part;
import org.ancora.referral.directory.ResourceSearch.Row;
import org.ancora.web.Telephones;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Every fact about a resource, in sections, as its page shows them: what nobody has said is left out. */
@Component
class ResourceFacts {

    private static final String WEB = "(?i)https?://[^\\s\"<>]+";

    private final ResourceWords words;
    private final HoursWords hours;
    private final MessageSource messages;
    private final Telephones telephones;
    private final Clock clock;

    ResourceFacts(ResourceWords words, HoursWords hours, MessageSource messages, Telephones telephones, Clock clock) {
        this.words = words;
        this.hours = hours;
        this.telephones = telephones;
        this.messages = messages;
        this.clock = clock;
    }

    /** A fact: what it is about, in one or several lines; a line may be a link. */
    record Fact(String label, List<FactLine> lines) {}

    /** One line of a fact. */
    record FactLine(
            String text, @Nullable String link, @Nullable String remark) {}

    /** Facts that belong together. */
    record Section(String title, String icon, List<Fact> facts) {}

    List<Section> of(Row row, Everything all, Locale locale) {
        List<Section> sections = new ArrayList<>();
        section(sections, "about", "info-circle", about(all, locale));
        section(sections, "reach", "phone", reach(all, locale));
        section(sections, "place", "map-pin", place(row, all, locale));
        section(sections, "when", "clock", when(row, all, locale));
        section(sections, "cost", "coins", cost(all, locale));
        section(sections, "who", "building", provider(row, all, locale));
        section(sections, "more", "list-details", extras(all, locale));
        return sections;
    }

    private Facts about(Everything all, Locale locale) {
        Facts about = new Facts(locale);
        for (String column : List.of(
                "alternate_name",
                "description",
                "alert",
                "eligibility_description",
                "minimum_age",
                "maximum_age",
                "application_process",
                "wait_time",
                "interpretation_services",
                "accreditations",
                "licenses")) {
            about.add(column, ResourceParts.text(all.service(), column));
        }
        about.add("at_description", ResourceParts.text(all.at(), "description"));
        about.kind(
                "required_document",
                all,
                Kind.REQUIRED_DOCUMENT,
                part -> line(part.text("document"), part.text("uri")));
        return about;
    }

    private Facts reach(Everything all, Locale locale) {
        Facts reach = new Facts(locale);
        reach.kind(
                "phone",
                all,
                Kind.PHONE,
                part -> new FactLine(
                        phoneLine(part),
                        telephones.link(part.text("number")),
                        orNull(part.text("description"), part.text("type"))));
        reach.add("email", mails(all));
        reach.links(
                "website",
                List.of(
                        ResourceParts.text(all.service(), "url"),
                        ResourceParts.text(all.organization(), "website"),
                        ResourceParts.text(all.location(), "url")));
        reach.kind("url", all, Kind.URL, part -> line(orElse(part.text("label"), part.text("url")), part.text("url")));
        reach.kind(
                "contact",
                all,
                Kind.CONTACT,
                part -> new FactLine(
                        join(
                                ", ",
                                List.of(
                                        part.text("name"),
                                        part.text("title"),
                                        part.text("department"),
                                        part.text("email"))),
                        null,
                        null));
        return reach;
    }

    private Facts place(Row row, Everything all, Locale locale) {
        Facts place = new Facts(locale);
        place.add("place", ResourceParts.text(all.location(), "name"));
        place.add("alternate_name", ResourceParts.text(all.location(), "alternate_name"));
        place.parts(
                "address",
                addresses(all, row),
                all.more(Kind.ADDRESS),
                part -> new FactLine(addressLine(part.data()), null, orNull(part.text("attention"), "")));
        place.add("place_description", ResourceParts.text(all.location(), "description"));
        place.add("transportation", ResourceParts.text(all.location(), "transportation"));
        place.kind(
                "accessibility",
                all,
                Kind.ACCESSIBILITY,
                part -> line(join(" ", List.of(part.text("description"), part.text("details"))), part.text("url")));
        place.kind(
                "service_area",
                all,
                Kind.SERVICE_AREA,
                part -> line(join(": ", distinct(part.text("name"), part.text("description"))), part.text("uri")));
        return place;
    }

    private Facts when(Row row, Everything all, Locale locale) {
        Facts when = new Facts(locale);
        when.lines(
                "hours",
                hours.lines(Hours.read(row.hours(), words.zone(row)), clock.instant(), locale).stream()
                        .map(each -> new FactLine(each.text(), null, each.remark()))
                        .toList());
        when.parts(
                "schedule_notes",
                all.of(Kind.SCHEDULE).stream()
                        .filter(part -> !part.text("notes").isEmpty())
                        .toList(),
                0,
                part -> line(part.text("notes"), part.text("schedule_link")));
        when.add("languages", row.languages().isEmpty() ? "" : languages(row.languages(), locale));
        when.kind(
                "capacity",
                all,
                Kind.SERVICE_CAPACITY,
                part -> new FactLine(capacity(part, locale), null, orNull(part.text("description"), "")));
        return when;
    }

    private Facts cost(Everything all, Locale locale) {
        Facts cost = new Facts(locale);
        cost.add("fees_description", ResourceParts.text(all.service(), "fees_description"));
        cost.kind(
                "cost_option",
                all,
                Kind.COST_OPTION,
                part -> new FactLine(
                        join(
                                " ",
                                List.of(
                                        part.text("option"),
                                        part.text("amount"),
                                        part.text("currency").toUpperCase(Locale.ROOT),
                                        part.text("amount_description"))),
                        null,
                        null));
        cost.kind("funding", all, Kind.FUNDING, part -> line(part.text("source"), ""));
        return cost;
    }

    private Facts provider(Row row, Everything all, Locale locale) {
        Facts who = new Facts(locale);
        who.add("organization", row.organization());
        who.add("organization_description", ResourceParts.text(all.organization(), "description"));
        who.add("legal_status", ResourceParts.text(all.organization(), "legal_status"));
        JsonNode program = all.program();
        who.add(
                "program",
                program == null
                        ? ""
                        : join(
                                ": ",
                                List.of(
                                        ResourceParts.text(program, "name"),
                                        ResourceParts.text(program, "description"))));
        who.kind(
                "organization_identifier",
                all,
                Kind.ORGANIZATION_IDENTIFIER,
                part -> line(join(" ", List.of(part.text("identifier_type"), part.text("identifier"))), ""));
        return who;
    }

    private Facts extras(Everything all, Locale locale) {
        Facts more = new Facts(locale);
        extra(all.service(), Kind.SERVICE).forEach((column, value) -> more.named(column, value));
        extra(all.location(), Kind.LOCATION).forEach((column, value) -> more.named(column, value));
        extra(all.organization(), Kind.ORGANIZATION).forEach((column, value) -> more.named(column, value));
        return more;
    }

    /** Columns that HSDS does not know, as the source names them. */
    private static Map<String, String> extra(JsonNode data, Kind kind) {
        Map<String, String> extra = new LinkedHashMap<>();
        for (String column : data.propertyNames()) {
            if (kind.type(column) == null && !column.equals("confidential")) {
                extra.put(column, ResourceParts.text(data, column));
            }
        }
        return extra;
    }

    private static String mails(Everything all) {
        return join(
                ", ",
                distinct(ResourceParts.text(all.service(), "email"), ResourceParts.text(all.organization(), "email")));
    }

    private String capacity(Part part, Locale locale) {
        String available = part.text("available");
        String maximum = part.text("maximum");
        return maximum.isEmpty()
                ? text("directory.capacity", locale, available)
                : text("directory.capacity-of", locale, available, maximum);
    }

    private void section(List<Section> sections, String code, String icon, Facts facts) {
        if (!facts.list.isEmpty()) {
            sections.add(new Section(text("directory.section." + code, facts.locale), icon, facts.list));
        }
    }

    private static FactLine line(String text, String link) {
        return new FactLine(text.isEmpty() ? link : text, link.matches(WEB) ? link : null, null);
    }

    private String text(String key, Locale locale, Object... arguments) {
        return messages.getMessage(key, arguments, locale);
    }

    /** Collects facts that are there. */
    private final class Facts {

        private final Locale locale;
        private final List<Fact> list = new ArrayList<>();

        Facts(Locale locale) {
            this.locale = locale;
        }

        void add(String column, String value) {
            if (!value.isEmpty()) {
                lines(
                        column,
                        value.lines()
                                .filter(each -> !each.isBlank())
                                .map(each -> line(each, ""))
                                .toList());
            }
        }

        void links(String column, List<String> addresses) {
            lines(
                    column,
                    addresses.stream()
                            .filter(each -> !each.isEmpty())
                            .distinct()
                            .map(each -> line(each, each))
                            .toList());
        }

        /** All of a kind, or the nearest of them and how many there are besides. */
        void kind(String column, Everything all, Kind kind, Function<Part, FactLine> words) {
            parts(column, all.of(kind), all.more(kind), words);
        }

        /** @param more how many there are besides */
        void parts(String column, List<Part> parts, int more, Function<Part, FactLine> words) {
            List<FactLine> lines = parts.stream()
                    .map(words)
                    .filter(each -> !each.text().isEmpty())
                    .distinct()
                    .collect(Collectors.toCollection(ArrayList::new));
            if (more > 0) {
                lines.add(new FactLine(text("directory.more", locale, more), null, null));
            }
            lines(column, lines);
        }

        void lines(String column, List<FactLine> lines) {
            if (!lines.isEmpty()) {
                list.add(new Fact(text("directory.fact." + column, locale), lines));
            }
        }

        void named(String label, String value) {
            list.add(new Fact(label, List.of(line(value, value))));
        }
    }
}
