package org.ancora.casework.marks;

import static org.ancora.casework.Typed.text;

import java.util.Locale;
import java.util.regex.Pattern;
import org.ancora.casework.CaseWords;
import org.ancora.network.Wording;
import org.ancora.network.admin.Differences;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.validation.BindingResult;

/** Reads what administrators type about flags and attributes: names in three languages, keys, places in the order. */
@Component
class MarkForms {

    static final int LONGEST_NAME = 60;
    private static final int LAST_POSITION = 9999;
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private final CaseWords words;

    MarkForms(CaseWords words) {
        this.words = words;
    }

    /** The three names; each is asked for, since each reader sees one of them. */
    Wording label(BindingResult errors, @Nullable String en, @Nullable String es, @Nullable String it, Locale locale) {
        name(errors, "nameEn", en, locale);
        name(errors, "nameEs", es, locale);
        name(errors, "nameIt", it, locale);
        return new Wording(text(en), text(es), text(it));
    }

    /** What stands now where another name was typed. */
    Differences names(@Nullable String en, @Nullable String es, @Nullable String it, Wording now) {
        return new Differences()
                .field("marks.name.en", en, now.en())
                .field("marks.name.es", es, now.es())
                .field("marks.name.it", it, now.it());
    }

    String yesOrNo(boolean answer, Locale locale) {
        return words.text(answer ? "marks.yes" : "marks.no", locale);
    }

    /** The key by which files and procedures name it: fixed once it is set. */
    String key(BindingResult errors, @Nullable String key, Locale locale) {
        String typed = text(key).toLowerCase(Locale.ROOT);
        if (!KEY.matcher(typed).matches()) {
            errors.rejectValue("key", "marks.key.wrong", words.text("marks.key.wrong", locale));
        }
        return typed;
    }

    int position(BindingResult errors, @Nullable String position, Locale locale) {
        try {
            int number = Integer.parseInt(text(position));
            if (number >= 0 && number <= LAST_POSITION) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // told below, together with numbers out of range
        }
        errors.rejectValue(
                "position", "marks.position.wrong", words.text("marks.position.wrong", locale, LAST_POSITION));
        return 0;
    }

    void limit(BindingResult errors, String field, @Nullable String typed, int longest) {
        words.limit(errors, field, typed, longest);
    }

    void reject(BindingResult errors, String field, String key, Locale locale) {
        errors.rejectValue(field, key, words.text(key, locale));
    }

    private void name(BindingResult errors, String field, @Nullable String typed, Locale locale) {
        if (text(typed).isEmpty()) {
            reject(errors, field, "marks.name.missing", locale);
        }
        limit(errors, field, typed, LONGEST_NAME);
    }
}
