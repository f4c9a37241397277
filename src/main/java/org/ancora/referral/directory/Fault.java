package org.ancora.referral.directory;

/**
 * Something wrong with a file.
 *
 * @param line from 1; 0 where the file as a whole is meant
 * @param field the column, or the path inside an object
 * @param problem the end of a message's key, {@code directory.fault.…}
 * @param value what stands there, shortened
 * @param error whether it keeps its row out
 */
record Fault(String file, int line, String field, String problem, String value, boolean error) {

    private static final int LONGEST_TOLD = 80;

    /** Shortens the value. */
    Fault {
        value = value.length() <= LONGEST_TOLD ? value : value.substring(0, LONGEST_TOLD) + "…";
    }
}
