package org.ancora.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Holds every person to a {@link Pace} where many records stand on one page: lists, searches and prints. */
final class PaceFilter extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(PaceFilter.class);

    private static final Pattern LISTS = Pattern.compile(
            "/(tasks|cases|search|clients|notices|print(/pdf)?|p/[^/]+/cases|p/[^/]+/desk(/registers/[^/]+)?)/?");

    private final Pace<UserId> pace;

    PaceFilter(Pace<UserId> pace) {
        this.pace = pace;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !LISTS.matcher(Requests.path(request)).matches();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || !(authentication.getPrincipal() instanceof Principal person)) {
            chain.doFilter(request, response);
            return;
        }
        Optional<Duration> wait = pace.take(person.id());
        if (wait.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        log.warn("Account {} reads lists faster than a person does", person.id());
        response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(wait.get().toSeconds() + 1));
        response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
    }
}
