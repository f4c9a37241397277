package org.ancora.correspondence;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ancora.process.LetterFilling;
import org.springframework.stereotype.Component;

/**
 * Fills letters in for rehearsals: as they go out, with sample names for people, and in brackets what would stand there of
 * whatever else only a real case has.
 */
@Component
class FillingForRehearsals implements LetterFilling {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([#^]?)\\s*([A-Za-z][A-Za-z0-9]*)\\s*}}");

    private static final Set<String> PEOPLE = Set.of("clientName", "sourceName", "workerName");

    private final StandIns standIns;

    FillingForRehearsals(StandIns standIns) {
        this.standIns = standIns;
    }

    @Override
    public String fill(String template, String source, Map<String, String> values) {
        Map<String, Object> all = new HashMap<>();
        Matcher placeholder = PLACEHOLDER.matcher(source);
        while (placeholder.find()) {
            String name = placeholder.group(2);
            boolean section = !placeholder.group(1).isEmpty();
            // What stands in its own section ("{{#hours}}We are here {{hours}}{{/hours}}") is text, not a flag.
            all.merge(
                    name,
                    section ? true : sample(name, OwnersLetters.language(template)),
                    (before, now) -> before.equals(true) ? now : before);
        }
        all.putAll(values);
        try {
            LetterText text = new LetterTemplate(template, source).fill(all);
            return (text.title() + "\n\n" + text.text()).strip();
        } catch (LetterBroken broken) {
            return "";
        }
    }

    private String sample(String name, Locale language) {
        return PEOPLE.contains(name) ? standIns.sample(name, language) : "[" + standIns.words(name, language) + "]";
    }
}
