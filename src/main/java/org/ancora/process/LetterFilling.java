package org.ancora.process;

import java.util.Map;

/** Fills in a letter's template for a rehearsal; the module that sends letters knows how. */
public interface LetterFilling {

    /**
     * The letter as plain text.
     *
     * @param template the file, such as {@code letters/no-contact.en.html}
     * @param source what stands in it
     * @param values placeholders by name; one that has none is shown in brackets by what would stand there
     * @return empty where the template is no template; then it could not be sent either
     */
    String fill(String template, String source, Map<String, String> values);
}
