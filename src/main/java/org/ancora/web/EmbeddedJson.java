package org.ancora.web;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Data for scripts, to stand inside {@code <script type="application/json">}; templates call it {@code json}. */
@Component
public class EmbeddedJson {

    /** The form viewer's own English texts, as its translate hook asks for them, and our words for them. */
    private static final Map<String, String> FORM_TEXTS = Map.ofEntries(
            Map.entry("Field is required.", "required"),
            Map.entry("Field must match pattern {value}.", "pattern"),
            Map.entry("Field must have minimum value of {value}.", "minimum"),
            Map.entry("Field must have maximum value of {value}.", "maximum"),
            Map.entry("Field must have minimum length of {value}.", "minimum-length"),
            Map.entry("Field must have maximum length of {value}.", "maximum-length"),
            Map.entry("Field must be a valid international phone number. (e.g. +4930664040900)", "phone"),
            Map.entry("Field must be a valid email.", "email"),
            Map.entry("Value is not a number.", "number"),
            Map.entry("Value is expected to be an integer.", "integer"),
            Map.entry("Value is expected to have at most 1 decimal digit.", "one-decimal"),
            Map.entry("Value is expected to have at most {value} decimal digits.", "decimals"),
            Map.entry(
                    "Please select a valid value, the two nearest valid values are {previousValue} and {nextValue}.",
                    "increment"),
            Map.entry("Date and time must both be entered.", "date-and-time"),
            Map.entry("Select", "select"),
            Map.entry("Search", "search"),
            Map.entry("Skip to search", "skip-to-search"),
            Map.entry("Remove tag", "remove-tag"),
            Map.entry("No results", "no-results"),
            Map.entry("All values selected", "all-selected"),
            Map.entry("Nothing to show.", "nothing"),
            Map.entry("No content to show.", "nothing"),
            Map.entry("{page} of {total}", "page"),
            Map.entry("Previous page", "previous-page"),
            Map.entry("Next page", "next-page"),
            Map.entry("Increment", "increase"),
            Map.entry("Decrement", "decrease"),
            Map.entry("No files selected", "no-file"),
            Map.entry("{value} files selected", "files"),
            Map.entry("Add new", "add"),
            Map.entry("Expand all ({value})", "expand"),
            Map.entry("Collapse", "collapse"));

    private final JsonMapper mapper;
    private final MessageSource messages;

    EmbeddedJson(JsonMapper mapper, MessageSource messages) {
        this.mapper = mapper;
        this.messages = messages;
    }

    /** Anything as JSON that cannot end the script element it stands in. */
    public String of(Object value) {
        return safe(mapper.writeValueAsString(value));
    }

    /** JSON that is already text, made safe in the same way. */
    public String safe(String json) {
        return json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }

    /** The form viewer's own texts in the page's language, by their English form. */
    public String formTexts() {
        Locale locale = LocaleContextHolder.getLocale();
        Map<String, String> texts = new LinkedHashMap<>();
        FORM_TEXTS.forEach(
                (english, key) -> texts.put(english, messages.getMessage("web.form.own." + key, null, locale)));
        return of(texts);
    }
}
