package org.ancora.correspondence;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ancora.process.LetterFilling;
import org.springframework.stereotype.Component;

/** Fills letters in for rehearsals: as they go out, with the name in brackets of whatever only a real case would have. */
@Component
class FillingForRehearsals implements LetterFilling {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([#^]?)\\s*([A-Za-z][A-Za-z0-9]*)\\s*}}");

    @Override
    public String fill(String template, String source, Map<String, String> values) {
        Map<String, Object> all = new HashMap<>();
        Matcher placeholder = PLACEHOLDER.matcher(source);
        while (placeholder.find()) {
            String name = placeholder.group(2);
            boolean section = !placeholder.group(1).isEmpty();
            // What stands in its own section ("{{#hours}}We are here {{hours}}{{/hours}}") is text, not a flag.
            all.merge(name, section ? true : "[" + name + "]", (before, now) -> before.equals(true) ? now : before);
        }
        all.putAll(values);
        try {
            LetterText text = new LetterTemplate(template, source).fill(all);
            return (text.title() + "\n\n" + text.text()).strip();
        } catch (LetterBroken broken) {
            return "";
        }
    }
}
