package org.ancora.process.rehearsal;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.ancora.process.ProcessVariable;
import org.ancora.process.RehearsalRecord;
import org.ancora.process.Rehearsed;
import org.ancora.process.Variables;
import org.ancora.process.form.Checked;
import org.ancora.process.form.FormField;
import org.ancora.process.form.FormSchema;
import org.ancora.process.task.Answers;
import org.ancora.process.task.Choice;
import org.ancora.process.task.TaskHandler;
import org.ancora.time.BusinessCalendar;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The forms of one rehearsal's tasks: what they show, whether answers fit them, and what the answers mean to the procedure. */
final class TaskForms {

    private final Map<String, byte[]> files;
    private final Rehearsal.Parts parts;
    private final RehearsalRecord record;
    private final BusinessCalendar calendar;
    private final Function<OpenStep, Map<String, Object>> variables;

    /** @param variables what the engine knows at a task, by name */
    TaskForms(
            Map<String, byte[]> files,
            Rehearsal.Parts parts,
            RehearsalRecord record,
            BusinessCalendar calendar,
            Function<OpenStep, Map<String, Object>> variables) {
        this.files = files;
        this.parts = parts;
        this.record = record;
        this.calendar = calendar;
        this.variables = variables;
    }

    /**
     * Who has a form before them.
     *
     * @param role code of the role in which the task is done
     * @param words a text of the product in their language, by its key
     */
    record Reader(String role, Locale language, UnaryOperator<String> words) {}

    /** The task's form as it came with the folder; one without fields for a task that has none. */
    FormSchema form(OpenStep task) {
        byte[] file = task.form() == null ? null : files.get("forms/" + task.form() + ".form");
        return file == null
                ? new FormSchema("", List.of(), Map.of())
                : FormSchema.parse(new String(file, StandardCharsets.UTF_8));
    }

    /** First values and options of a task's form; lists that nobody filled get a stand-in each. */
    Map<String, Object> prepared(OpenStep task, Reader reader) {
        Map<String, Object> prepared = new LinkedHashMap<>();
        try {
            parts.forms()
                    .handler(task.form())
                    .ifPresent(handler -> prepared.putAll(parts.forms()
                            .plainValues(handler.rehearsePreparation(seenBy(task, reader, new HashMap<>())))));
        } catch (IllegalStateException | IllegalArgumentException cannot) {
            throw new Problem(HttpStatus.CONFLICT, "rehearsal.not-prepared", Doubles.reason(cannot)).causedBy(cannot);
        }
        for (FormField field : form(task).fields()) {
            String list = field.setting("valuesKey");
            if (!list.isEmpty()) {
                prepared.computeIfAbsent(list, any -> standIns(reader.words()));
            }
        }
        return prepared;
    }

    private Object standIns(UnaryOperator<String> words) {
        return Objects.requireNonNull(parts.forms()
                .plainValues(Map.of(
                        "all",
                        List.of(
                                new Choice("1", words.apply("rehearsal.stand-in.first")),
                                new Choice("2", words.apply("rehearsal.stand-in.second")))))
                .get("all"));
    }

    /** The answers by the form's own rules. */
    Checked checked(OpenStep task, Reader reader, Map<String, ?> answers) {
        return parts.check()
                .check(
                        form(task),
                        prepared(task, reader),
                        answers,
                        () -> LocalDate.ofInstant(record.now(), calendar.zone()));
    }

    /**
     * With which variables the procedure goes on.
     *
     * @param values what the form's own rules took
     * @throws org.ancora.process.task.AnswersRejected what the form's module refuses
     */
    Map<String, @Nullable Object> meaning(OpenStep task, Reader reader, Map<String, Object> values) {
        Map<String, @Nullable Object> follows = new HashMap<>();
        Rehearsed here = seenBy(task, reader, follows);
        Optional<TaskHandler> handler = parts.forms().handler(task.form());
        Set<String> known = handler.map(TaskHandler::fields).orElse(Set.of());
        Map<String, Object> left = new HashMap<>(values);
        Set<String> added = new TreeSet<>(values.keySet());
        added.removeAll(known);
        added.forEach(left::remove);
        if (!added.isEmpty()) {
            here.says("rehearsal.journal.kept", answered(form(task), added));
        }
        Optional<Variables> meant = handler.flatMap(found -> found.rehearse(here, new Answers(left)));
        follows.putAll(meant.map(Variables::asMap).orElseGet(() -> byName(left)));
        return follows;
    }

    private static Answered answered(FormSchema form, Set<String> keys) {
        return new Answered(
                form.id(),
                keys.stream()
                        .map(key -> new Answered.Field(
                                key,
                                form.field(key)
                                        .map(field -> field.setting("label"))
                                        .orElse("")))
                        .toList());
    }

    /** Each answer whose field has the name of a variable of the folder, as that variable. */
    Map<String, @Nullable Object> byName(Map<String, ?> values) {
        Map<String, @Nullable Object> follows = new HashMap<>();
        values.forEach((key, value) -> {
            ProcessVariable<?> variable = parts.variables().get(key);
            if (variable != null) {
                follows.put(key, kept(variable.kind(), new Answers(Map.of(key, value)), key));
            }
        });
        return follows;
    }

    private Object kept(ProcessVariable.Kind kind, Answers answer, String key) {
        return switch (kind) {
            case NUMBER -> answer.integer(key);
            case ID -> Long.valueOf(answer.text(key));
            case FLAG -> answer.flag(key) || answer.is(key, "yes");
            case INSTANT ->
                Date.from(
                        answer.text(key).matches("\\d{1,3}")
                                ? calendar.within(record.now(), Integer.parseInt(answer.text(key)))
                                        .due()
                                : answer.text(key).contains("T")
                                        ? answer.instant(key, calendar.zone())
                                        : calendar.startOf(answer.date(key)));
            case CODE, USER -> answer.text(key);
        };
    }

    private Rehearsed seenBy(OpenStep task, Reader reader, Map<String, @Nullable Object> written) {
        Map<String, Object> held = variables.apply(task);
        return record.seenBy(held::get, written::put, reader.role(), reader.language(), reader.words());
    }
}
