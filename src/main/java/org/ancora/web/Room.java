package org.ancora.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets in only as many requests at once as may hold a database connection: the rest of the pool belongs to timers and
 * letters, which must not wait for pages that wait for each other. Whoever finds no room is told so soon, without asking
 * the database anything, not even who they are. Whoever sends a file gives the place back until all of it has come
 * ({@link SlowBody}), however long that takes them.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20) // before the session, which is read from the database
class Room extends OncePerRequestFilter {

    private final Semaphore places;
    private final Duration patience;
    private final ErrorAnswers answers;
    private final Traffic traffic;
    private final List<LargeUpload> uploads;

    Room(
            @Value("${spring.datasource.hikari.maximum-pool-size:20}") int connections,
            @Value("${ancora.web.patience:2s}") Duration patience,
            ErrorAnswers answers,
            Traffic traffic,
            List<LargeUpload> uploads) {
        this.places = new Semaphore(Math.max(1, connections * 3 / 5), true);
        this.patience = patience;
        this.answers = answers;
        this.traffic = traffic;
        this.uploads = List.copyOf(uploads);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.startsWith("/assets/") || path.startsWith("/actuator/") || path.equals("/favicon.ico");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        traffic.comes();
        try {
            if (!enter()) {
                refuse(request, response);
                return;
            }
            if (isUpload(request)) {
                SlowBody slow = new SlowBody(request, places, patience);
                try {
                    rest.doFilter(slow, response);
                } finally {
                    slow.leave();
                }
                return;
            }
            try {
                rest.doFilter(request, response);
            } finally {
                places.release();
            }
        } finally {
            traffic.goes();
        }
    }

    private boolean isUpload(HttpServletRequest request) {
        return request.getMethod().equals("POST")
                && uploads.stream()
                        .anyMatch(upload ->
                                upload.path().matcher(request.getRequestURI()).matches());
    }

    private boolean enter() {
        try {
            return places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
        response.setHeader(HttpHeaders.RETRY_AFTER, "5");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentType("text/html;charset=UTF-8");
        response.getWriter().write(answers.plainPage(HttpStatus.SERVICE_UNAVAILABLE.value(), null, request));
    }
}
