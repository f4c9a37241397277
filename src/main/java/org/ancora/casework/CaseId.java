package org.ancora.casework;

/** Identifies a case. */
public record CaseId(long value) {

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
