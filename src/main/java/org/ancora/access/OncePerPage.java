package org.ancora.access;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * What the running request knows already, so that a page's frame, panels and forms ask for each thing once. Keys say what
 * is known and for whom, and begin with the module: {@code casework.profile 17}.
 */
public final class OncePerPage {

    private static final String KEPT = OncePerPage.class.getName();

    private OncePerPage() {}

    /**
     * The value read before under this key on this page, else read now. Only while a page is shown: a request that changes
     * something, and work outside requests, read anew every time.
     */
    public static <T> T read(String key, Supplier<T> reader) {
        return isPage() ? known(key, reader) : reader.get();
    }

    /**
     * As {@link #read}, but in a request of any method: for what the request itself cannot change, or what is only asked
     * for once its changes are made.
     */
    public static <T> T know(String key, Supplier<T> reader) {
        return RequestContextHolder.getRequestAttributes() == null ? reader.get() : known(key, reader);
    }

    /** Tells whatever draws the rest of the running request's answer; nobody is told outside a request. */
    public static void tell(String key, Object value) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request != null) {
            values(request).put(key, value);
        }
    }

    /** What was told under this key in the running request. */
    @SuppressWarnings("unchecked")
    public static <T> Optional<T> told(String key) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        return request == null
                ? Optional.empty()
                : Optional.ofNullable((T) values(request).get(key));
    }

    private static boolean isPage() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                && request.getRequest().getMethod().equals("GET");
    }

    @SuppressWarnings("unchecked")
    private static <T> T known(String key, Supplier<T> reader) {
        Map<String, Object> values = values(RequestContextHolder.currentRequestAttributes());
        @Nullable Object known = values.get(key);
        if (known == null) {
            known = reader.get();
            values.put(key, known);
        }
        return (T) known;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> values(RequestAttributes request) {
        Map<String, Object> values = (Map<String, Object>) request.getAttribute(KEPT, RequestAttributes.SCOPE_REQUEST);
        if (values == null) {
            values = new HashMap<>();
            request.setAttribute(KEPT, values, RequestAttributes.SCOPE_REQUEST);
        }
        return values;
    }
}
