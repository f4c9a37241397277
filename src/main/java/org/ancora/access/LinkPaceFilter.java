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
import org.springframework.web.filter.OncePerRequestFilter;

/** Holds whoever opens links without an account to a {@link Pace}, by the address they come from: nobody leafs through secrets. */
final class LinkPaceFilter extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(LinkPaceFilter.class);

    private static final Pattern LINKS = Pattern.compile("/(referral-link|petition)/.*");

    private final Pace<String> pace;

    LinkPaceFilter(Pace<String> pace) {
        this.pace = pace;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !LINKS.matcher(Requests.path(request)).matches();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Duration> wait = pace.take(Networks.of(request.getRemoteAddr()));
        if (wait.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        log.warn("Somebody without an account opens links faster than a person does");
        response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(wait.get().toSeconds() + 1));
        response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
    }
}
