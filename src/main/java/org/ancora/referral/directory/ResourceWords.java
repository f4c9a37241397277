package org.ancora.referral.directory;

import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.ancora.referral.directory.ResourceParts.Everything;
import org.ancora.referral.directory.ResourceParts.Part;
import org.ancora.referral.directory.ResourceParts.Term;
import org.ancora.referral.directory.ResourceSearch.Row;
import org.ancora.time.Dates;
import org.ancora.web.Chip;
import org.ancora.web.Option;
import org.ancora.web.Tone;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Puts resources into words: what to know before anybody is sent there, in the reader's language. */
@Component
class ResourceWords {

    /** Countries that write the postal code after city and province. */
    private static final Set<String> CODE_LAST = Set.of("AU", "CA", "US");

    private final ResourceSearch search;
    private final ResourceParts parts;
    private final SearchedFor searchedFor;
    private final HoursWords hours;
    private final MessageSource messages;
    private final Dates dates;
    private final Clock clock;
    private final Period staleAfter;

    ResourceWords(
            ResourceSearch search,
            ResourceParts parts,
            SearchedFor searchedFor,
            HoursWords hours,
            MessageSource messages,
            Dates dates,
            Clock clock,
            @Value("${ancora.directory.stale-after:P1Y}") Period staleAfter) {
        this.search = search;
        this.parts = parts;
        this.searchedFor = searchedFor;
        this.hours = hours;
        this.messages = messages;
        this.dates = dates;
        this.clock = clock;
        this.staleAfter = staleAfter;
    }

    /** A resource as one entry of a list. */
    record Item(
            long id,
            String path,
            String service,
            String organization,
            @Nullable String place,
            @Nullable String phone,
            List<Chip> chips,
            @Nullable String hours,
            @Nullable String languages,
            List<String> terms,
            boolean stale,
            boolean full,
            boolean closed,
            @Nullable String outside) {}

    List<Item> items(List<Row> rows, Locale locale) {
        return items(rows, null, locale);
    }

    /** As entries for whoever looks for something for a client. */
    List<Item> items(List<Row> rows, SearchedFor.@Nullable Client client, Locale locale) {
        Map<Long, Map<Kind, Part>> found = parts.nearest(rows);
        Map<Long, String> outside = searchedFor.outside(rows, client, locale);
        Map<Long, Term> terms = parts.terms(
                rows.stream().flatMap(row -> row.terms().stream()).distinct().toList());
        Map<ProjectId, ZoneId> zones = search.zones(rows);
        return rows.stream()
                .map(row -> item(
                        row,
                        found.getOrDefault(row.id(), Map.of()),
                        terms,
                        zoneOf(row, zones),
                        outside.get(row.id()),
                        locale))
                .toList();
    }

    /** That a client seems to live where this is not meant for, in a sentence; null where nothing speaks for that. */
    @Nullable
    String outside(Row row, SearchedFor.@Nullable Client client, Locale locale) {
        return client == null
                ? null
                : searchedFor.outside(List.of(row), client, locale).get(row.id());
    }

    private Item item(
            Row row,
            Map<Kind, Part> nearest,
            Map<Long, Term> terms,
            ZoneId zone,
            @Nullable String outside,
            Locale locale) {
        Hours open = Hours.read(row.hours(), zone);
        Part phone = nearest.get(Kind.PHONE);
        Part address = nearest.get(Kind.ADDRESS);
        String place = address == null ? row.place() : join(", ", distinct(row.place(), addressLine(address.data())));
        return new Item(
                row.id(),
                ResourceQuery.PATH + "/" + row.id(),
                row.name(),
                row.organization(),
                place.isEmpty() ? null : place,
                phone == null ? null : phoneLine(phone),
                chips(row, open, locale),
                hours.inShort(open, clock.instant(), locale),
                row.languages().isEmpty() ? null : languages(row.languages(), locale),
                leaves(row, terms).stream().map(Term::name).toList(),
                isStale(row),
                isFull(row),
                !row.active() || row.status().equals("temporarily closed"),
                outside);
    }

    /** What to know at a glance: whether it is open, full, closed, confidential, and how fresh all this is. */
    List<Chip> chips(Row row, Hours open, Locale locale) {
        List<Chip> chips = new ArrayList<>();
        if (!row.active() && !row.status().equals("temporarily closed")) {
            chips.add(Chip.of(Tone.LATE, "archive", text("directory.inactive", locale)));
        } else if (row.status().equals("temporarily closed")) {
            chips.add(Chip.of(Tone.LATE, "lock", text("directory.closed", locale)));
        } else {
            Chip now = hours.now(open, clock.instant(), locale);
            if (now != null) {
                chips.add(now);
            }
        }
        Integer capacity = row.capacity();
        if (capacity != null) {
            chips.add(
                    capacity <= 0
                            ? Chip.of(Tone.LATE, "users", text("directory.full", locale))
                            : Chip.of(Tone.CALM, "users", text("directory.free", locale, capacity)));
        }
        if (row.confidential()) {
            chips.add(Chip.of(Tone.SOON, "eye-off", text("directory.confidential", locale)));
        }
        LocalDate assured = row.assuredOn();
        if (assured == null) {
            chips.add(Chip.of(Tone.SOON, "calendar-question", text("directory.never-assured", locale)));
        } else if (isStale(row)) {
            chips.add(Chip.of(
                    Tone.SOON,
                    "calendar-exclamation",
                    text("directory.assured-long-ago", locale, dates.dayAndYear(assured, locale))));
        }
        return chips;
    }

    /** Whether nobody made sure of it for so long that somebody should. */
    boolean isStale(Row row) {
        LocalDate assured = row.assuredOn();
        return assured == null
                || assured.plus(staleAfter)
                        .isBefore(clock.instant().atZone(ZoneOffset.UTC).toLocalDate());
    }

    private static boolean isFull(Row row) {
        Integer capacity = row.capacity();
        return capacity != null && capacity <= 0;
    }

    /** The terms that a resource carries itself, without those that only stand above them. */
    static List<Term> leaves(Row row, Map<Long, Term> terms) {
        Set<Long> above = new HashSet<>();
        for (long id : row.terms()) {
            Term term = terms.get(id);
            if (term != null && term.path().size() > 1) {
                above.addAll(term.path().subList(1, term.path().size()));
            }
        }
        return row.terms().stream()
                .filter(id -> !above.contains(id))
                .map(terms::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /** "English, Somali"; what is no code stays as it is written. */
    static String languages(List<String> codes, Locale locale) {
        return codes.stream().map(code -> language(code, locale)).collect(Collectors.joining(", "));
    }

    static String language(String code, Locale locale) {
        return code.matches("[a-z]{2,3}") ? Locale.forLanguageTag(code).getDisplayLanguage(locale) : code;
    }

    /** A choice of languages by name. */
    static List<Option> languageOptions(List<String> codes, Locale locale) {
        Map<String, String> byName = new TreeMap<>();
        codes.forEach(code -> byName.put(language(code, locale), code));
        return byName.entrySet().stream()
                .map(entry -> new Option(entry.getValue(), entry.getKey()))
                .toList();
    }

    ZoneId zone(Row row) {
        return zoneOf(row, search.zones(List.of(row)));
    }

    private static ZoneId zoneOf(Row row, Map<ProjectId, ZoneId> zones) {
        return zones.getOrDefault(row.project(), ZoneOffset.UTC);
    }

    /** What is kept with a referral. */
    ResourceSnapshot snapshot(Row row, Viewer viewer) {
        Locale locale = viewer.locale();
        Everything all = parts.everything(row, viewer);
        Map<Long, Term> terms = parts.terms(row.terms());
        // As in a list: whoever may know of a hidden place hands on no telephone of it with another one.
        Map<Kind, Part> nearest = parts.nearest(List.of(row)).getOrDefault(row.id(), Map.of());
        Part address = nearest.get(Kind.ADDRESS);
        Part phone = nearest.get(Kind.PHONE);
        return new ResourceSnapshot(
                row.id(),
                row.organization(),
                row.name(),
                row.place().isEmpty() ? null : row.place(),
                address == null ? null : addressLine(address.data()),
                phone == null ? null : phoneLine(phone),
                orNull(ResourceParts.text(all.service(), "email"), ResourceParts.text(all.organization(), "email")),
                orNull(ResourceParts.text(all.service(), "url"), ResourceParts.text(all.organization(), "website")),
                leaves(row, terms).stream().map(Term::name).toList(),
                hours(row, locale),
                row.assuredOn(),
                row.confidential());
    }

    /** "Mon–Fri 9:00–17:00"; null where nobody knows. */
    @Nullable
    String hours(Row row, Locale locale) {
        return hours.inShort(Hours.read(row.hours(), zone(row)), clock.instant(), locale);
    }

    static List<Part> addresses(Everything all, Row row) {
        return row.locationRef() == null
                ? List.of()
                : all.nearest(Kind.ADDRESS, List.of("location:" + row.locationRef()));
    }

    static String phoneLine(Part phone) {
        String extension = phone.text("extension");
        return extension.isEmpty() ? phone.text("number") : phone.text("number") + " × " + extension;
    }

    /** An address in one line, in the order of its country. */
    static String addressLine(JsonNode address) {
        String code = ResourceParts.text(address, "postal_code");
        String city = ResourceParts.text(address, "city");
        String state = ResourceParts.text(address, "state_province");
        String street =
                join(", ", List.of(ResourceParts.text(address, "address_1"), ResourceParts.text(address, "address_2")));
        String region = ResourceParts.text(address, "region");
        return CODE_LAST.contains(ResourceParts.text(address, "country").toUpperCase(Locale.ROOT))
                ? join(", ", List.of(street, region, join(" ", List.of(city, state, code))))
                : join(", ", List.of(street, join(" ", List.of(code, city)), region, state));
    }

    static String join(String between, List<String> parts) {
        return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining(between));
    }

    static List<String> distinct(String... parts) {
        return List.of(parts).stream().distinct().toList();
    }

    static String orElse(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    static @Nullable String orNull(String text, String otherwise) {
        String found = orElse(text, otherwise);
        return found.isEmpty() ? null : found;
    }

    private String text(String key, Locale locale, Object... arguments) {
        return messages.getMessage(key, arguments, locale);
    }
}
