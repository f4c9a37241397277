package org.ancora.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.http.ResponseCookie;

/** Cookies that keep what someone chose for this browser: never anything about a person. */
final class Choices {

    private static final Duration KEPT_FOR = Duration.ofDays(365);

    private Choices() {}

    static String cookie(String name, String value, HttpServletRequest request) {
        return ResponseCookie.from(name, value)
                .path("/")
                .maxAge(KEPT_FOR)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax")
                .build()
                .toString();
    }
}
