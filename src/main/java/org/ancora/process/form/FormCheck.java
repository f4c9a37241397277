package org.ancora.process.form;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.stereotype.Component;

/**
 * Applies a deployed form's rules to answers from a browser. The browser's word is never taken for what is hidden,
 * disabled or read-only; hiding follows form-js: conditions are asked once on everything, what they hide is taken away,
 * and then they decide.
 */
@Component
public class FormCheck {

    private static final int MOST_ROWS = 100;

    private final Feel feel;

    FormCheck(Feel feel) {
        this.feel = feel;
    }

    /**
     * Checks answers as they are handed in.
     *
     * @param prepared what the form was shown with: first values, context, options
     * @param answers as the browser sent them
     * @param today in the project's zone, for dates that must not have passed; asked for only where a field needs it
     * @throws UnknownFields when the answers carry keys that the form does not have
     */
    public Checked check(FormSchema form, Map<String, ?> prepared, Map<String, ?> answers, Supplier<LocalDate> today) {
        FormShape.of(form.components()).require(answers);
        FormData data = merged(form, prepared, answers);
        Map<String, @Nullable Object> context =
                visible(form, data, merged(form, prepared, Map.of())).root();
        FormData kept = FormData.copyOf(Map.of());
        Map<String, List<MessageSourceResolvable>> problems = new LinkedHashMap<>();
        FormData given = FormData.copyOf(answers);
        walk(form.components(), context, (field, path, hidden, scope) -> {
            if (hidden.getAsBoolean() || !open(field, scope)) {
                return;
            }
            if (field.repeated() && given.get(path) instanceof List<?> rows && rows.size() > MOST_ROWS) {
                problems.put(name(path), List.of(problem("form.error.rows", MOST_ROWS)));
            }
            if (field.keyed()) {
                FieldRules rules = new FieldRules(feel, form.id(), field, scope.context(), today);
                Object value = rules.apply(given.get(path));
                if (!rules.problems().isEmpty()) {
                    problems.put(name(path), rules.problems());
                } else if (value != null) {
                    kept.set(path, value);
                }
            }
        });
        return new Checked(withoutNulls(kept.root()), problems);
    }

    /**
     * What of a half-filled form may be kept as a draft: the open fields of the form, whatever they say.
     *
     * @throws UnknownFields when the answers carry keys that the form does not have
     */
    public Map<String, Object> draft(FormSchema form, Map<String, ?> answers) {
        FormShape.of(form.components()).require(answers);
        FormData given = FormData.copyOf(answers);
        FormData kept = FormData.copyOf(Map.of());
        walk(form.components(), given.root(), (field, path, hidden, scope) -> {
            Object value = given.get(path);
            if (field.keyed() && !field.shut() && value != null) {
                kept.set(path, value);
            }
        });
        return withoutNulls(kept.root());
    }

    /** What was prepared, the form's own first values, and over them the answers to fields that are open. */
    private FormData merged(FormSchema form, Map<String, ?> prepared, Map<String, ?> answers) {
        FormData given = FormData.copyOf(answers);
        FormData data = FormData.copyOf(prepared);
        takeRows(form.components(), List.of(), given, data);
        walk(form.components(), data.root(), (field, path, hidden, scope) -> {
            if (!field.keyed()) {
                return;
            }
            if (!data.has(path)) {
                data.set(path, field.defaultValue());
            }
            if (!field.shut() && given.has(path)) {
                data.set(path, given.get(path));
            }
        });
        return data;
    }

    /** Repeated groups have as many rows as were handed in. */
    private static void takeRows(List<FormField> fields, List<Object> at, FormData given, FormData data) {
        for (FormField field : fields) {
            List<Object> path = path(at, field);
            if (field.repeated() && given.get(path) instanceof List<?> rows) {
                data.remove(path);
                for (int row = 0; row < Math.min(rows.size(), MOST_ROWS); row++) {
                    List<Object> inside = new ArrayList<>(path);
                    inside.add(row);
                    inside.add("_row_");
                    data.set(inside, row);
                    data.remove(inside);
                    takeRows(field.components(), inside.subList(0, inside.size() - 1), given, data);
                }
            } else if (!field.repeated()) {
                takeRows(field.components(), path, given, data);
            }
        }
    }

    private FormData visible(FormSchema form, FormData data, FormData first) {
        FormData seen = FormData.copyOf(data.root());
        walk(form.components(), data.root(), (field, path, hidden, scope) -> {
            if ((field.keyed() || field.repeated()) && hidden.getAsBoolean()) {
                seen.remove(path);
            } else if (field.keyed() && !open(field, scope)) {
                seen.set(path, first.get(path));
            }
        });
        return seen;
    }

    private boolean open(FormField field, Scope scope) {
        return !field.shut() && !holds(field.readonlyWhen(), scope);
    }

    private boolean holds(@Nullable String condition, Scope scope) {
        return condition != null && feel.holds(condition, scope.context());
    }

    private void walk(List<FormField> fields, Map<String, ?> data, Visitor visitor) {
        walk(fields, List.of(), Scope.top(data), () -> false, data, visitor);
    }

    private void walk(
            List<FormField> fields,
            List<Object> at,
            Scope scope,
            BooleanSupplier hidden,
            Map<String, ?> data,
            Visitor visitor) {
        for (FormField field : fields) {
            BooleanSupplier gone = () -> hidden.getAsBoolean() || holds(field.hiddenWhen(), scope);
            List<Object> path = path(at, field);
            visitor.visit(field, path, gone, scope);
            if (!field.repeated()) {
                walk(field.components(), path, scope, gone, data, visitor);
            } else if (FormData.get(data, path) instanceof List<?> rows && !gone.getAsBoolean()) {
                for (int row = 0; row < rows.size(); row++) {
                    List<Object> inside = new ArrayList<>(path);
                    inside.add(row);
                    walk(field.components(), inside, scope.row(rows.get(row), row), () -> false, data, visitor);
                }
            }
        }
    }

    private static List<Object> path(List<Object> at, FormField field) {
        List<Object> path = new ArrayList<>(at);
        path.addAll(field.path());
        return path;
    }

    private static String name(List<Object> path) {
        return path.stream().map(String::valueOf).collect(Collectors.joining("."));
    }

    private static MessageSourceResolvable problem(String key, Object... arguments) {
        return new DefaultMessageSourceResolvable(new String[] {key}, arguments, null);
    }

    private static Map<String, Object> withoutNulls(Map<String, @Nullable Object> values) {
        Map<String, Object> kept = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (value != null) {
                kept.put(key, value);
            }
        });
        return kept;
    }

    private interface Visitor {

        /** @param hidden whether the field is not asked; finding out costs more than most visits */
        void visit(FormField field, List<Object> path, BooleanSupplier hidden, Scope scope);
    }

    /** What a condition sees: all values, and inside a repeated group its own row, the one around it and the positions. */
    private record Scope(
            Map<String, ?> data,
            @Nullable Object row,
            @Nullable Object parent,
            List<Integer> positions) {

        static Scope top(Map<String, ?> data) {
            return new Scope(data, data, null, List.of());
        }

        Scope row(@Nullable Object next, int index) {
            List<Integer> more = new ArrayList<>(positions);
            more.add(index + 1);
            return new Scope(data, next, row, more);
        }

        Map<String, @Nullable Object> context() {
            Map<String, @Nullable Object> context = new HashMap<>();
            Map<String, @Nullable Object> special = new HashMap<>();
            special.put("this", row);
            special.put("parent", parent);
            special.put("i", positions);
            context.putAll(special);
            context.putAll(data);
            special.forEach((key, value) -> context.put("_" + key + "_", value));
            return context;
        }
    }
}
