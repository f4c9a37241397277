package org.ancora.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** The body of a request, where somebody is told before each reading and of what came. */
final class WatchedBody extends ServletInputStream {

    /** Who watches. */
    interface Watch {

        /** Something is about to be read, and may be waited for. */
        default void waiting() {}

        /**
         * Something was read.
         *
         * @param count how many bytes came, or -1 at the end
         */
        void came(int count);
    }

    private final ServletInputStream stream;
    private final Watch watch;

    WatchedBody(ServletInputStream stream, Watch watch) {
        this.stream = stream;
        this.watch = watch;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        watch.waiting();
        int count = stream.read(into, offset, length);
        watch.came(count);
        return count;
    }

    @Override
    public boolean isFinished() {
        return stream.isFinished();
    }

    @Override
    public boolean isReady() {
        return stream.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        throw new IllegalStateException("a body is read by whoever asked for it");
    }
}
