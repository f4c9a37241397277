package org.ancora.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests larger than any form of ours before they are read into memory, whether they say their length or not.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class LargestBody extends OncePerRequestFilter {

    /** In bytes; the longest form with every field filled to its limit stays below a quarter of it. */
    static final int LARGEST = 1_048_576;

    private final List<LargeUpload> uploads;

    LargestBody(ObjectProvider<LargeUpload> uploads) {
        this.uploads = uploads.stream().toList();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        int largest = largest(request);
        if (request.getContentLengthLong() > largest) {
            response.sendError(HttpStatus.CONTENT_TOO_LARGE.value());
        } else {
            chain.doFilter(request.getContentLengthLong() < 0 ? new Counted(request, largest) : request, response);
        }
    }

    private int largest(HttpServletRequest request) {
        return uploads.stream()
                .filter(upload -> upload.path().matcher(request.getRequestURI()).matches())
                .mapToInt(LargeUpload::largest)
                .max()
                .orElse(LARGEST);
    }

    /** More came than a form holds. */
    @ResponseStatus(HttpStatus.CONTENT_TOO_LARGE)
    static final class TooLarge extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooLarge(int largest) {
            super("more than " + largest + " bytes");
        }
    }

    /** A request that did not say how long it is. */
    private static final class Counted extends HttpServletRequestWrapper {

        private final int largest;

        Counted(HttpServletRequest request, int largest) {
            super(request);
            this.largest = largest;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new WatchedBody(super.getInputStream(), new Limit(largest));
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static final class Limit implements WatchedBody.Watch {

        private final int largest;
        private long bytes;

        Limit(int largest) {
            this.largest = largest;
        }

        @Override
        public void came(int count) {
            bytes += Math.max(0, count);
            if (bytes > largest) {
                throw new TooLarge(largest);
            }
        }
    }
}
