package org.ancora.attention;

/** Identity of a petition. */
public record PetitionId(long value) {

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
