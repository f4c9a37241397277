package org.ancora.network;

/** Identity of a project's status. */
public record StatusId(long value) {

    /**
     * Reads the digits that {@link #toString()} wrote.
     *
     * @throws NumberFormatException when they are none
     */
    public static StatusId of(String digits) {
        return new StatusId(Long.parseLong(digits));
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
