package org.ancora.casework;

/** Identifies a contact point. */
public record ContactPointId(long value) {

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
