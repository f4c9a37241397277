package org.ancora.access;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** What a password must be: long; composition rules and forced changes do more harm than good. */
final class PasswordRules {

    static final int SHORTEST = 12;

    /** The encoder reads no more than this many bytes. */
    static final int LONGEST_BYTES = 72;

    private PasswordRules() {}

    /** The message key of what is wrong with a password, or empty when it will do. */
    static Optional<String> fault(String password, String signInName) {
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            return Optional.of("access.password.too-short");
        }
        if (password.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
            return Optional.of("access.password.too-long");
        }
        String folded = password.toLowerCase(Locale.ROOT);
        if (folded.contains(signInName) || folded.chars().distinct().count() < 5) {
            return Optional.of("access.password.too-easy");
        }
        return Optional.empty();
    }
}
