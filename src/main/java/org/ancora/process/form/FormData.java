package org.ancora.process.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The nested values of a form: maps for groups, lists for repeated ones, addressed by steps of names and positions. */
final class FormData {

    private final Map<String, @Nullable Object> root;

    private FormData(Map<String, @Nullable Object> root) {
        this.root = root;
    }

    static FormData copyOf(Map<String, ?> values) {
        return new FormData(copy(values));
    }

    Map<String, @Nullable Object> root() {
        return root;
    }

    @Nullable
    Object get(List<Object> path) {
        return get(root, path);
    }

    static @Nullable Object get(Map<String, ?> values, List<Object> path) {
        Object at = values;
        for (Object step : path) {
            if (at instanceof Map<?, ?> group) {
                at = group.get(step);
            } else if (at instanceof List<?> rows && step instanceof Integer index && index < rows.size()) {
                at = rows.get(index);
            } else {
                return null;
            }
        }
        return at;
    }

    boolean has(List<Object> path) {
        return path.isEmpty()
                || (get(path.subList(0, path.size() - 1)) instanceof Map<?, ?> group
                        && group.containsKey(path.get(path.size() - 1)));
    }

    @SuppressWarnings("unchecked")
    void set(List<Object> path, @Nullable Object value) {
        Map<String, @Nullable Object> at = root;
        for (int step = 0; step < path.size() - 1; step++) {
            Object next = path.get(step + 1);
            Object key = path.get(step);
            if (key instanceof Integer) {
                continue;
            }
            if (next instanceof Integer index) {
                List<Object> rows = (List<Object>) at.computeIfAbsent((String) key, any -> new ArrayList<>());
                while (rows.size() <= index) {
                    rows.add(new LinkedHashMap<>());
                }
                at = (Map<String, @Nullable Object>) rows.get(index);
            } else {
                Object group = at.get(key);
                if (!(group instanceof Map<?, ?>)) {
                    group = new LinkedHashMap<>();
                    at.put((String) key, group);
                }
                at = (Map<String, @Nullable Object>) group;
            }
        }
        at.put((String) path.get(path.size() - 1), value);
    }

    /** Takes the value away, whether or not it was there. */
    void remove(List<Object> path) {
        if (get(path.subList(0, path.size() - 1)) instanceof Map<?, ?> group) {
            group.remove(path.get(path.size() - 1));
        }
    }

    private static Map<String, @Nullable Object> copy(Map<String, ?> values) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        values.forEach((key, value) -> copy.put(key, copy(value)));
        return copy;
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object copy(@Nullable Object value) {
        if (value instanceof Map<?, ?> group) {
            return copy((Map<String, ?>) group);
        }
        if (value instanceof List<?> rows) {
            List<@Nullable Object> copy = new ArrayList<>();
            rows.forEach(row -> copy.add(copy(row)));
            return copy;
        }
        return value;
    }
}
