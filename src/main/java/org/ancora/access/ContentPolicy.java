package org.ancora.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.web.header.HeaderWriter;

/**
 * What a page may load: only what this host serves, nothing inline. The diagram and table editors of {@code /studio} and the
 * plots of {@code /monitor} set style attributes and carry fonts in {@code data:} addresses (measured; no script needs more),
 * so those two areas, and no others, are let off in these two points.
 */
final class ContentPolicy implements HeaderWriter {

    private static final String HEADER = "Content-Security-Policy";

    static final String STRICT =
            "default-src 'self'; img-src 'self' data:; object-src 'none'; frame-ancestors 'none'; base-uri 'none'";

    static final String EDITORS = STRICT + "; style-src 'self' 'unsafe-inline'; font-src 'self' data:";

    @Override
    public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
        if (!response.containsHeader(HEADER)) {
            response.setHeader(HEADER, isEditor(Requests.path(request)) ? EDITORS : STRICT);
        }
    }

    private static boolean isEditor(String path) {
        return within(path, "/studio") || within(path, "/monitor");
    }

    private static boolean within(String path, String area) {
        return path.equals(area) || path.startsWith(area + "/");
    }
}
