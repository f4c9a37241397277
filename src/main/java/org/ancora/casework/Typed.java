package org.ancora.casework;

import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** What was typed into a form, or sent along with it. */
public final class Typed {

    private Typed() {}

    /** Returns what was typed without blanks at its ends; nothing where the field was not sent. */
    public static String text(@Nullable String typed) {
        return typed == null ? "" : typed.strip();
    }

    /**
     * Returns the version that the form showed.
     *
     * @throws Problem 400 when it is no number, as no form of ours sends
     */
    public static int version(@Nullable String seen) {
        try {
            return Integer.parseInt(text(seen));
        } catch (NumberFormatException forged) {
            throw new Problem(HttpStatus.BAD_REQUEST, "case.unreadable");
        }
    }
}
