package org.ancora.access;

import java.io.Serializable;

/** A project, as far as access needs to know it: the unit that memberships and permissions belong to. */
public record ProjectId(long value) implements Serializable, Comparable<ProjectId> {

    /** Reads the digits that {@link #toString()} wrote. */
    public static ProjectId of(String digits) {
        return new ProjectId(Long.parseLong(digits));
    }

    @Override
    public int compareTo(ProjectId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
