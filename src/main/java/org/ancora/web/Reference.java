package org.ancora.web;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** The number that ties what a person was shown to the lines of the log: one for each request and each run of a job. */
public final class Reference {

    /** The name under which the log carries it. */
    public static final String IN_LOG = "reference";

    /** Without letters and digits that are mistaken for each other on the telephone. */
    private static final String READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    private Reference() {}

    /** A new reference, two groups of four letters and digits such as {@code 7KQ4-ZB2M}: unique enough for a log. */
    public static String next() {
        return ThreadLocalRandom.current()
                .ints(8, 0, READABLE.length())
                .mapToObj(READABLE::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining())
                .replaceFirst("(.{4})", "$1-");
    }
}
