package org.ancora.access;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * What a page has read already, so that its frame, panels and forms read each thing once. Only while a page is shown: a
 * request that changes something, and work outside requests, read anew every time.
 */
public final class OncePerPage {

    private static final String KEPT = OncePerPage.class.getName();

    private OncePerPage() {}

    /**
     * The value read before under this key on this page, else read now.
     *
     * @param key says what is read and for whom; begin it with the reader's module
     */
    @SuppressWarnings("unchecked")
    public static <T> T read(String key, Supplier<T> reader) {
        if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request)
                || !request.getRequest().getMethod().equals("GET")) {
            return reader.get();
        }
        Map<String, Object> kept = (Map<String, Object>) request.getAttribute(KEPT, RequestAttributes.SCOPE_REQUEST);
        if (kept == null) {
            kept = new HashMap<>();
            request.setAttribute(KEPT, kept, RequestAttributes.SCOPE_REQUEST);
        }
        Object found = kept.get(key);
        if (found == null) {
            found = reader.get();
            kept.put(key, found);
        }
        return (T) found;
    }
}
