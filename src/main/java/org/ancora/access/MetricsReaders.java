package org.ancora.access;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** Lets figures be read by whoever brings the token that the installation was given, and by administrators. */
final class MetricsReaders implements AuthorizationManager<RequestAuthorizationContext> {

    private static final String BEARER = "Bearer ";

    private final Viewers viewers;
    private final String token;

    /** @param token blank where no collector of figures may come */
    MetricsReaders(Viewers viewers, String token) {
        this.viewers = viewers;
        this.token = token;
    }

    @Override
    public AuthorizationDecision authorize(
            Supplier<? extends @Nullable Authentication> whoever, RequestAuthorizationContext context) {
        return new AuthorizationDecision(bringsToken(context.getRequest()) || isAdministrator());
    }

    private boolean bringsToken(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return !token.isBlank()
                && header != null
                && header.startsWith(BEARER)
                && MessageDigest.isEqual(bytes(token), bytes(header.substring(BEARER.length())));
    }

    private boolean isAdministrator() {
        return viewers.current().filter(viewer -> viewer.hasRole(Role.ADMIN)).isPresent();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
