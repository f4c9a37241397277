package org.ancora.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives every request its reference before anything else looks at it; all that is logged meanwhile carries it. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestReference extends OncePerRequestFilter {

    private static final String KEPT = RequestReference.class.getName();

    /** The reference of this request; made up on the spot where a request passed no filter. */
    static String of(ServletRequest request) {
        if (request.getAttribute(KEPT) instanceof String known) {
            return known;
        }
        String reference = Reference.next();
        request.setAttribute(KEPT, reference);
        return reference;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        MDC.put(Reference.IN_LOG, of(request));
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove(Reference.IN_LOG);
        }
    }

    /** The error page is a second round of the same request, under the same reference. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }
}
