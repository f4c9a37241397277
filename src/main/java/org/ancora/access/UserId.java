package org.ancora.access;

import java.io.Serializable;

/** A person's account; {@code toString} gives the bare digits, which is what the engine keeps as a task's assignee. */
public record UserId(long value) implements Serializable, Comparable<UserId> {

    /** Ancora itself, when a timer or a job acts; no account carries this id. */
    public static final UserId SYSTEM = new UserId(0);

    /** Reads the digits that {@link #toString()} wrote. */
    public static UserId of(String digits) {
        return new UserId(Long.parseLong(digits));
    }

    @Override
    public int compareTo(UserId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
