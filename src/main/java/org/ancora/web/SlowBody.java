package org.ancora.web;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A request whose body is a file, in one of the few places of {@link Room}. While its bytes are waited for, the place is
 * somebody else's; a file that comes more slowly than any line carries it is given up.
 */
final class SlowBody extends HttpServletRequestWrapper {

    /** In bytes a second, over the whole time; an office on a bad line has fifty times as much. */
    private static final long SLOWEST = 1024;

    /** For so long nobody is too slow. */
    private static final long FIRST_SECONDS = 30;

    private final Semaphore places;
    private final Duration patience;
    private boolean inside = true;
    private @Nullable ServletInputStream body;

    /** @param places in one of which the request is */
    SlowBody(HttpServletRequest request, Semaphore places, Duration patience) {
        super(request);
        this.places = places;
        this.patience = patience;
    }

    /** Gives the place back for good. */
    void leave() {
        if (inside) {
            inside = false;
            places.release();
        }
    }

    /** Takes a place again for what is done with the file; the sender may have waited long, so there is no hurry. */
    private void enter() {
        try {
            if (!inside && !places.tryAcquire(patience.toMillis() * 5, TimeUnit.MILLISECONDS)) {
                throw new Problem(HttpStatus.SERVICE_UNAVAILABLE, "error.503.text");
            }
            inside = true;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new Problem(HttpStatus.SERVICE_UNAVAILABLE, "error.503.text");
        }
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        ServletInputStream known = body;
        if (known == null) {
            known = new WatchedBody(super.getInputStream(), new Patience());
            body = known;
        }
        return known;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    /** From the first byte to the last, nothing else is done for this request. */
    private final class Patience implements WatchedBody.Watch {

        private final long began = System.nanoTime();
        private long bytes;

        @Override
        public void waiting() {
            leave();
        }

        @Override
        public void came(int count) {
            if (count < 0) {
                enter();
                return;
            }
            bytes += count;
            long seconds = (System.nanoTime() - began) / 1_000_000_000;
            if (seconds > FIRST_SECONDS && bytes < seconds * SLOWEST) {
                throw new Problem(HttpStatus.REQUEST_TIMEOUT, "web.upload.slow");
            }
        }
    }
}
