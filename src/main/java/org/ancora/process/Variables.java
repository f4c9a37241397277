package org.ancora.process;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values for process variables, to start a procedure with or to leave behind after a task. Immutable. */
public final class Variables {

    private static final Variables NONE = new Variables(Map.of());

    private final Map<String, @Nullable Object> values;

    private Variables(Map<String, @Nullable Object> values) {
        this.values = values;
    }

    /** Nothing to set. */
    public static Variables none() {
        return NONE;
    }

    /** One variable; null takes its value away. */
    public static <T> Variables of(ProcessVariable<T> variable, @Nullable T value) {
        return NONE.and(variable, value);
    }

    /** These and one more; null takes its value away. */
    public <T> Variables and(ProcessVariable<T> variable, @Nullable T value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(values);
        more.put(variable.name(), variable.stored(value));
        return new Variables(Collections.unmodifiableMap(more));
    }

    /** Both together; where both name a variable, the other's value wins. */
    public Variables and(Variables other) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(values);
        more.putAll(other.values);
        return new Variables(Collections.unmodifiableMap(more));
    }

    /** As the engine keeps them: numbers, flags, strings and dates. */
    public Map<String, @Nullable Object> asMap() {
        return values;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Variables that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
