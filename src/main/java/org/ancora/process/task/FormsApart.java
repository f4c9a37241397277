package org.ancora.process.task;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ancora.process.form.FormSchema;
import org.ancora.process.form.FormWords;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Forms and names of tasks that stand in no list of tasks, such as those of a rehearsal: shown and read as the others are. */
@Component
public class FormsApart {

    private static final TypeReference<Map<String, Object>> PLAIN = new TypeReference<>() {};

    private final TaskForms forms;
    private final TaskHandlers handlers;
    private final TaskLabels labels;
    private final PlainForm plain;
    private final JsonMapper json;

    FormsApart(TaskForms forms, TaskHandlers handlers, TaskLabels labels, PlainForm plain, JsonMapper json) {
        this.forms = forms;
        this.handlers = handlers;
        this.labels = labels;
        this.plain = plain;
        this.json = json;
    }

    /**
     * A form for a page.
     *
     * @param schema JSON text, in the reader's language
     * @param data JSON text of its first values and options
     * @param unavailable JSON text: by field and option, why it cannot be chosen
     * @param plain the same in plain controls, for browsers that run no scripts
     */
    public record Page(String schema, String data, String unavailable, List<?> plain) {}

    /** What the module that understands the form prepared, as plain values. */
    public Map<String, Object> plainValues(Map<String, ?> prepared) {
        return json.convertValue(prepared, PLAIN);
    }

    /**
     * A form as it is shown.
     *
     * @param own words that came with the form, which win over those of the release
     * @param prepared first values and options, as plain values
     * @param answers what was answered so far, or null
     * @param errors what is wrong with that, by field
     */
    public Page page(
            FormSchema schema,
            FormWords.Own own,
            Map<String, ?> prepared,
            @Nullable Map<String, ?> answers,
            Map<String, List<String>> errors,
            Locale language) {
        TaskForms.Shown shown = forms.shown(schema, own, prepared, answers, language);
        return new Page(shown.schema(), shown.data(), shown.unavailable(), plain.fields(shown, errors));
    }

    /** What a browser without scripts sent. */
    public Map<String, Object> read(FormSchema schema, MultiValueMap<String, String> sent) {
        return PlainForm.read(schema, sent);
    }

    /** Which module understands a form. */
    public Optional<TaskHandler> handler(@Nullable String form) {
        return handlers.find(form);
    }

    /** The name of a task as the running version has it, or the fallback. */
    public String title(
            String process,
            String element,
            @Nullable String caller,
            Object[] arguments,
            String fallback,
            Locale language) {
        return labels.title(null, process, element, caller, arguments, fallback, language);
    }

    /** The name of a procedure as the running version has it, or its key. */
    public String procedure(String process, Locale language) {
        return labels.procedure(process, language);
    }
}
