package org.ancora.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Remembers what the parts of one page ask for more than once, so that a page made of parts costs no more statements than a
 * page made in one piece. Only while a page is read: whatever changes something, and every step and job, reads anew.
 */
public final class PerRequest {

    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final String KEPT = PerRequest.class.getName() + ".";

    private PerRequest() {}

    /**
     * What was loaded under this name before, in the same request; else what {@code load} returns, remembered.
     *
     * @param name unique for what is loaded, including for whom: {@code case.YRK-2026-0388.17}
     */
    @SuppressWarnings("unchecked") // only what load returned under the same name
    public static <T> T kept(String name, Supplier<T> load) {
        if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes running)) {
            return load.get();
        }
        HttpServletRequest request = running.getRequest();
        if (!READING.contains(request.getMethod())) {
            return load.get();
        }
        Object kept = request.getAttribute(KEPT + name);
        if (kept != null) {
            return (T) kept;
        }
        T loaded = load.get();
        request.setAttribute(KEPT + name, loaded);
        return loaded;
    }
}
