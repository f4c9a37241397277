package org.ancora.casework;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ancora.access.UserId;
import org.ancora.audit.Activity;
import org.springframework.context.NoSuchMessageException;

/** Puts the codes that a log entry keeps into words: whom a case was given to, which flag, which reason. */
public final class LogDetails {

    private static final List<String> PEOPLE = List.of("from", "to");

    /** Entries that kept the numbers of versions under the keys of people. */
    private static final String MOVED = "procedure.moved";

    /** Under which keys the words of a detail's codes stand. */
    private static final Map<String, String> WORDS = Map.of(
            "reason", "closing-reason.",
            "mode", "service-mode.",
            "flag", "flag.",
            "kind", "contact-kind.",
            "channel", "way.",
            "failure", "failure.",
            "source", "source-kind.");

    private LogDetails() {}

    /** Returns everybody whom the entries name. */
    public static Set<UserId> people(Collection<Activity> entries) {
        return entries.stream()
                .flatMap(entry -> PEOPLE.stream().map(key -> id(entry, key)))
                .filter(id -> !id.isEmpty())
                .map(UserId::of)
                .collect(Collectors.toSet());
    }

    /**
     * Returns what an entry adds to its own words; empty when it keeps nothing that people would understand.
     *
     * @param untold the procedures whose tasks are not named, by {@link UntoldTasks}
     */
    public static String of(
            Activity entry, Map<UserId, String> names, Set<String> untold, CaseWords words, Locale locale) {
        List<String> parts = new ArrayList<>();
        if (!untold.contains(entry.details().getOrDefault("process", ""))) {
            parts.add(task(entry, words, locale));
        }
        for (String key : PEOPLE) {
            String id = id(entry, key);
            if (!id.isEmpty()) {
                parts.add(words.text("activity.detail." + key, locale, names.getOrDefault(UserId.of(id), "?")));
            }
        }
        WORDS.forEach((key, prefix) -> {
            String code = entry.details().get(key);
            if (code != null) {
                // A consent is told in what it allows, anything else in how somebody was reached.
                boolean consent = prefix.equals("way.") && entry.action().contains("consent");
                parts.add(words((consent ? "channel." : prefix) + code, words, locale));
            }
        });
        parts.addAll(moved(entry, words, locale));
        versions(entry)
                .ifPresent(numbers ->
                        parts.add(words.text("activity.detail.versions", locale, numbers.get(0), numbers.get(1))));
        return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining(" · "));
    }

    /** Which task was finished, taken or handed over, by its title. */
    private static String task(Activity entry, CaseWords words, Locale locale) {
        String process = entry.details().get("process");
        String element = entry.details().get("element");
        return process == null || element == null ? "" : words("task." + process + "." + element, words, locale);
    }

    /** Which date moved where, and the day that made the difference. */
    private static List<String> moved(Activity entry, CaseWords words, Locale locale) {
        List<String> parts = new ArrayList<>();
        String label = entry.details().get("deadline");
        String due = entry.details().get("due");
        if (label == null || due == null) {
            return parts;
        }
        String what = words("deadline.label." + label, words, locale);
        if (what.isEmpty()) {
            what = words("engagement.deadline." + label, words, locale);
        }
        parts.add(words.text("activity.detail.due", locale, what, words.dayAndYear(LocalDate.parse(due), locale)));
        for (String key : List.of("day-off", "day-on")) {
            String day = entry.details().get(key);
            if (day != null) {
                parts.add(words.text("activity.detail." + key, locale, words.dayAndYear(LocalDate.parse(day), locale)));
            }
        }
        return parts;
    }

    /** The published versions from which and to which its procedure was moved. */
    private static Optional<List<String>> versions(Activity entry) {
        boolean early = entry.action().equals(MOVED) && entry.details().containsKey("from");
        String from = entry.details().get(early ? "from" : "from-version");
        String to = entry.details().get(early ? "to" : "to-version");
        return from == null || to == null ? Optional.empty() : Optional.of(List.of(from, to));
    }

    /** The account that a detail names; other modules may keep something else under the same key. */
    private static String id(Activity entry, String key) {
        if (entry.action().equals(MOVED)) {
            return "";
        }
        String id = entry.details().getOrDefault(key, "");
        return id.chars().allMatch(Character::isDigit) ? id : "";
    }

    /** Other modules use the same keys for codes of their own, whose words are theirs to show. */
    private static String words(String key, CaseWords words, Locale locale) {
        try {
            return words.text(key, locale);
        } catch (NoSuchMessageException otherModules) {
            return "";
        }
    }
}
