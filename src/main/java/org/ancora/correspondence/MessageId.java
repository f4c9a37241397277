package org.ancora.correspondence;

/** Identity of a message in the outbox. */
public record MessageId(long value) {
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
