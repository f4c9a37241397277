package org.ancora.attention;

/** Identity of who asks, as they were written down with one petition. */
public record PetitionerId(long value) {

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
