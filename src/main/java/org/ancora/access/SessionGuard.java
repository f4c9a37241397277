package org.ancora.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/** Ends sessions that have lasted too long however busy they were, and those of accounts that were shut. */
final class SessionGuard extends OncePerRequestFilter {

    private final Viewers viewers;
    private final Clock wallClock;
    private final Duration longest;
    private final SecurityContextLogoutHandler logout = new SecurityContextLogoutHandler();

    SessionGuard(Viewers viewers, Clock wallClock, Duration longest) {
        this.viewers = viewers;
        this.wallClock = wallClock;
        this.longest = longest;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return Requests.path(request).startsWith("/assets/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof Principal && isOver(request)) {
            logout.logout(request, response, authentication);
        }
        chain.doFilter(request, response);
    }

    private boolean isOver(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        boolean tooLong = session != null
                && Instant.ofEpochMilli(session.getCreationTime()).plus(longest).isBefore(wallClock.instant());
        return tooLong || viewers.current().isEmpty();
    }
}
