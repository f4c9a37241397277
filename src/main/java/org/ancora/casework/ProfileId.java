package org.ancora.casework;

/** Identifies a profile. */
public record ProfileId(long value) {

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
