package org.ancora.process.steering;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.ancora.process.DeclaredVariables;
import org.ancora.process.ProcessVariable;
import org.ancora.web.Problem;
import org.camunda.bpm.engine.RuntimeService;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** The values by which a procedure chooses its way, and how they are put right. */
@Component
class RoutingValues {

    /** As people write it in the languages that there are, and as the engine does. */
    private static final Map<String, Boolean> FLAGS =
            Map.of("yes", true, "sí", true, "sì", true, "si", true, "true", true, "no", false, "false", false);

    /** Dates are rescheduled, people and records are chosen on their own pages. */
    private static final Set<ProcessVariable.Kind> CORRECTABLE =
            Set.of(ProcessVariable.Kind.NUMBER, ProcessVariable.Kind.FLAG, ProcessVariable.Kind.CODE);

    private final RunRows rows;
    private final Outlines outlines;
    private final RunWords words;
    private final KnownValues known;
    private final RuntimeService runtime;
    private final ObjectProvider<DeclaredVariables> declared;

    RoutingValues(
            RunRows rows,
            Outlines outlines,
            RunWords words,
            KnownValues known,
            RuntimeService runtime,
            ObjectProvider<DeclaredVariables> declared) {
        this.rows = rows;
        this.outlines = outlines;
        this.words = words;
        this.known = known;
        this.runtime = runtime;
        this.declared = declared;
    }

    /** What the diagrams of a folder may name, by name. */
    Map<String, ProcessVariable<?>> declared(String folder) {
        Map<String, ProcessVariable<?>> variables = new HashMap<>();
        declared.stream()
                .filter(each -> each.folder().equals(folder))
                .flatMap(each -> each.variables().stream())
                .forEach(variable -> variables.put(variable.name(), variable));
        return variables;
    }

    /**
     * The values that may be put right.
     *
     * @param typed what each was to become already, by value
     */
    List<ValueChoice> choices(Run run, Map<String, String> typed, Locale language) {
        Map<String, ProcessVariable<?>> variables = declared(run.folder());
        ZoneId zone = words.zone(run);
        return rows.values(run.id()).stream()
                .filter(value -> isCorrectable(variables.get(value.name())))
                .map(value -> choice(
                        id(value),
                        words.say(
                                "steering.choice.value",
                                language,
                                outlines.variable(value.name(), language),
                                words.value(value, zone, language),
                                outlines.procedure(value.process(), language)),
                        variables.get(value.name()),
                        value.definition(),
                        typed.getOrDefault(id(value), ""),
                        language))
                .toList();
    }

    /**
     * A value with what it may become.
     *
     * @param definition in which it is looked up what that may be
     * @param now what is chosen already, or empty
     */
    ValueChoice choice(
            String value,
            String said,
            @Nullable ProcessVariable<?> variable,
            String definition,
            String now,
            Locale language) {
        if (variable == null) {
            throw new IllegalArgumentException(value + " is no value that may be put right");
        }
        return new ValueChoice(
                value,
                said,
                variable.kind() == ProcessVariable.Kind.NUMBER,
                known.of(variable, definition, language),
                now);
    }

    Prepared correct(Run run, Order order, Locale language) {
        RunRows.Value value = rows.values(run.id()).stream()
                .filter(each -> id(each).equals(order.what()))
                .findFirst()
                .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "steering.choose.value"));
        Object corrected =
                read(declared(run.folder()).get(value.name()), order.to().strip(), value.definition(), language);
        return new Prepared(
                List.of(words.corrected(value, corrected, words.zone(run), language)),
                Map.of("variable", value.name(), "was", String.valueOf(value.value()), "becomes", corrected.toString()),
                () -> {
                    runtime.setVariable(value.instance(), value.name(), corrected);
                    return run.id();
                });
    }

    private static String id(RunRows.Value value) {
        return value.instance() + "/" + value.name();
    }

    /**
     * With what it began, for whoever lets it begin again: what may be another value then.
     *
     * @param typed what was chosen already, by name
     */
    List<ValueChoice> beginning(Run run, Map<String, String> typed, Locale language) {
        Map<String, ProcessVariable<?>> variables = declared(run.folder());
        return rows.beginning(run.id()).stream()
                .filter(value -> isCorrectable(variables.get(value.name())))
                .map(value -> choice(
                        value.name(),
                        outlines.variable(value.name(), language),
                        variables.get(value.name()),
                        value.definition(),
                        typed.getOrDefault(value.name(), Objects.toString(value.value(), "")),
                        language))
                .toList();
    }

    /**
     * With what it begins again.
     *
     * @param values by name
     * @param changes in words, what is not as it was then
     */
    record Start(Map<String, @Nullable Object> values, List<String> changes) {}

    /**
     * All that it began with, but for the values that were typed.
     *
     * @param typed by name; blank for the value that it had
     */
    Start startAgain(Run run, Map<String, String> typed, Locale language) {
        Map<String, ProcessVariable<?>> variables = declared(run.folder());
        Map<String, RunRows.Value> began = new HashMap<>();
        Map<String, @Nullable Object> values = new HashMap<>();
        rows.beginning(run.id()).forEach(value -> {
            began.put(value.name(), value);
            values.put(value.name(), value.value());
        });
        List<String> changes = new ArrayList<>();
        typed.forEach((name, text) -> {
            ProcessVariable<?> variable = variables.get(name);
            RunRows.Value was = began.get(name);
            if (!isCorrectable(variable) || was == null) {
                throw new Problem(HttpStatus.BAD_REQUEST, "steering.choose.value");
            }
            if (text.isBlank()) {
                return;
            }
            if (text.strip().equals(String.valueOf(was.value()))) {
                return;
            }
            Object corrected = read(variable, text.strip(), was.definition(), language);
            if (!corrected.equals(was.value())) {
                changes.add(words.corrected(was, corrected, words.zone(run), language));
                values.put(name, corrected);
            }
        });
        return new Start(values, changes);
    }

    static boolean isCorrectable(@Nullable ProcessVariable<?> variable) {
        return variable != null && CORRECTABLE.contains(variable.kind());
    }

    /** What somebody chose or typed, as the engine keeps it. */
    private Object read(@Nullable ProcessVariable<?> variable, String typed, String definition, Locale language) {
        if (variable == null || !isCorrectable(variable)) {
            throw new Problem(HttpStatus.BAD_REQUEST, "steering.choose.value");
        }
        switch (variable.kind()) {
            case NUMBER -> {
                if (typed.matches("-?[0-9]{1,6}")) {
                    return Integer.valueOf(typed);
                }
            }
            case FLAG -> {
                Boolean said = FLAGS.get(typed.toLowerCase(Locale.ROOT));
                if (said != null) {
                    return said;
                }
            }
            case CODE -> {
                KnownValues.Known offered = known.of(variable, definition, language);
                if (offered.has(typed)) {
                    return typed;
                }
                if (offered.whole()) {
                    throw new Problem(HttpStatus.BAD_REQUEST, "steering.value.offered");
                }
                if (typed.matches("[a-z][a-z0-9-]{0,63}")) {
                    return typed;
                }
            }
            default -> {
                // dates, people and records are not typed
            }
        }
        throw new Problem(
                HttpStatus.BAD_REQUEST,
                switch (variable.kind()) {
                    case NUMBER -> "steering.value.number";
                    case FLAG -> "steering.value.flag";
                    default -> "steering.value.code";
                });
    }
}
