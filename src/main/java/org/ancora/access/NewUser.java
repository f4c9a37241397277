package org.ancora.access;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An account to be created.
 *
 * @param signInName compared without regard to case; must be free
 * @param password in clear, encoded before it is stored; null when a set-up link will follow
 */
public record NewUser(
        String signInName,
        String name,
        @Nullable String email,
        @Nullable Locale locale,
        @Nullable String password) {}
