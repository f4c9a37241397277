package org.ancora.process.task;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ancora.process.DeployedFiles;
import org.ancora.process.form.FormField;
import org.ancora.process.form.FormSchema;
import org.ancora.process.form.FormWords;
import org.ancora.time.Dates;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Puts kept answers into the reader's language, by the very form in which they were given. */
@Component
class AnswerWords {

    private final DeployedFiles files;
    private final FormWords words;
    private final Dates dates;
    private final MessageSource messages;
    private final JsonMapper json;

    AnswerWords(DeployedFiles files, FormWords words, Dates dates, MessageSource messages, JsonMapper json) {
        this.files = files;
        this.words = words;
        this.dates = dates;
        this.messages = messages;
        this.json = json;
    }

    /** Reads the answers of one page: each form is translated once. */
    Reading in(ZoneId zone, Locale language) {
        return new Reading(zone, language);
    }

    /** Forms in one language, and values by them. */
    final class Reading {

        private final ZoneId zone;
        private final Locale language;
        private final Map<String, Optional<FormSchema>> forms = new HashMap<>();

        private Reading(ZoneId zone, Locale language) {
            this.zone = zone;
            this.language = language;
        }

        /** The form as it was deployed with the diagram of the answered task; empty where that version was taken away. */
        private Optional<FormSchema> form(String definition, String form) {
            return forms.computeIfAbsent(definition + " " + form, any -> files.findForm(definition, form)
                    .map(file -> FormSchema.parse(new String(file, StandardCharsets.UTF_8)))
                    .map(schema -> FormSchema.parse(json.writeValueAsString(words.in(language, schema, definition)))));
        }

        String label(String definition, String form, String key, String kept) {
            return field(definition, form, key)
                    .map(field -> field.setting("label"))
                    .filter(label -> !label.isBlank())
                    .orElse(kept);
        }

        String value(String definition, String form, String key, Object value) {
            if (value instanceof List<?> several) {
                return several.stream()
                        .map(each -> value(definition, form, key, each))
                        .collect(Collectors.joining(", "));
            }
            if (value instanceof Map<?, ?> group) {
                return group.entrySet().stream()
                        .map(each -> label(
                                        definition,
                                        form,
                                        each.getKey().toString(),
                                        each.getKey().toString()) + ": "
                                + value(definition, form, each.getKey().toString(), each.getValue()))
                        .collect(Collectors.joining("; "));
            }
            if (value instanceof Boolean ticked) {
                return messages.getMessage(ticked ? "task.answer.yes" : "task.answer.no", null, language);
            }
            if (value instanceof Number number) {
                return NumberFormat.getInstance(language).format(new BigDecimal(number.toString()));
            }
            Optional<FormField> field = field(definition, form, key);
            return field.flatMap(found -> option(found, value))
                    .or(() -> field.filter(found -> found.type().equals("datetime"))
                            .flatMap(found -> moment(value.toString())))
                    .orElse(value.toString());
        }

        private Optional<FormField> field(String definition, String form, String key) {
            return form(definition, form).flatMap(schema -> schema.field(key));
        }

        private Optional<String> option(FormField field, Object value) {
            if (!(field.source().get("values") instanceof List<?> options)) {
                return Optional.empty();
            }
            return options.stream()
                    .filter(option -> option instanceof Map<?, ?> choice && value.equals(choice.get("value")))
                    .map(option -> String.valueOf(((Map<?, ?>) option).get("label")))
                    .findFirst();
        }

        private Optional<String> moment(String value) {
            try {
                return Optional.of(
                        value.length() == 10
                                ? dates.dayAndYear(LocalDate.parse(value), language)
                                : dates.momentAndYear(
                                        LocalDateTime.parse(value).atZone(zone).toInstant(), zone, language));
            } catch (DateTimeException otherwise) {
                return Optional.empty();
            }
        }
    }
}
