package org.ancora.casework;

/** Identity of a team. */
public record TeamId(long value) {

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
