package org.ancora.process.rehearsal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a person did in a rehearsal, as a scenario keeps it.
 *
 * @param what "answer", "next", "until", "message" or "fact"
 * @param name of the task as {@code process/element}, of the message or of the fact; else empty
 * @param role in which a form was filled in; else empty
 * @param value the local date and hour of {@code until}, or the value of a fact; else empty
 * @param answers of a form, or the values that came with a message; else none
 */
record Move(
        String what,
        String name,
        String role,
        String value,
        @Nullable Map<String, ?> answers) {

    static Move answer(String task, String role, Map<String, ?> answers) {
        return new Move("answer", task, role, "", Map.copyOf(answers));
    }

    static Move next() {
        return new Move("next", "", "", "", null);
    }

    static Move until(String moment) {
        return new Move("until", "", "", moment, null);
    }

    static Move message(String name, Map<String, String> values) {
        return new Move("message", name, "", "", Map.copyOf(values));
    }

    static Move fact(String name, String value) {
        return new Move("fact", name, "", value, null);
    }
}
