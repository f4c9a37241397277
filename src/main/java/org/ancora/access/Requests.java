package org.ancora.access;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** What a request is like, and where it is safe to send somebody back to. */
final class Requests {

    private Requests() {}

    static RequestMatcher of(HttpMethod method, String path) {
        return PathPatternRequestMatcher.withDefaults().matcher(method, path);
    }

    /** The path inside the application. */
    static String path(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getContextPath().length());
    }

    /** Whether htmx asks, which would put the sign-in page into the middle of another. */
    static boolean isPartial(HttpServletRequest request) {
        return request.getHeader("HX-Request") != null;
    }

    /** Whether a person's browser asks for a page, rather than a script for data. */
    static boolean isPage(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return !isPartial(request) && (accept == null || accept.contains("text/html") || accept.startsWith("*/*"));
    }

    /** The page the request was sent from, as a path on this host; the start page when it is not known or not ours. */
    static String cameFrom(HttpServletRequest request) {
        String referer = request.getHeader("Referer");
        if (referer == null) {
            return "/";
        }
        try {
            URI uri = URI.create(referer);
            boolean ours = request.getServerName().equalsIgnoreCase(uri.getHost());
            return ours ? local(uri.getRawPath(), uri.getRawQuery()).orElse("/") : "/";
        } catch (IllegalArgumentException notAnAddress) {
            return "/";
        }
    }

    /** A path with its query if a browser can only read it as one on this host: no scheme, no second slash in front. */
    static Optional<String> local(@Nullable String path, @Nullable String query) {
        if (path == null
                || !path.startsWith("/")
                || path.startsWith("//")
                || path.indexOf('\\') >= 0
                || path.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        return Optional.of(query == null ? path : path + "?" + query);
    }
}
