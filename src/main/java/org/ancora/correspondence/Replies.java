package org.ancora.correspondence;

import org.jspecify.annotations.Nullable;

/** What servers say, made fit to be shown and kept: one line, short. */
final class Replies {

    private static final int LONGEST = 200;

    private Replies() {}

    static String shortened(@Nullable String reply) {
        if (reply == null) {
            return "";
        }
        String line = reply.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
