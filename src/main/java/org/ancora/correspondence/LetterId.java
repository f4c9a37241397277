package org.ancora.correspondence;

/** Identity of a letter as it was sent. */
public record LetterId(long value) {
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
