package org.ancora.access;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A person who can sign in.
 *
 * @param signInName what they type on the sign-in page, lower-case; outside the demo their e-mail address
 * @param name as shown to colleagues
 * @param locale the language they chose, or null to follow the browser
 * @param active false once they have left: they cannot sign in, but what they did keeps their name
 */
public record User(
        UserId id,
        String signInName,
        String name,
        @Nullable String email,
        @Nullable Locale locale,
        Theme theme,
        NoticeChoice notices,
        boolean active) {}
