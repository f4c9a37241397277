package org.ancora.network;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.ancora.access.ProjectId;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The projects that a page has asked for, so that its frame, panels and lists read each of them once. */
final class RememberedProjects {

    private static final String KEPT = RememberedProjects.class.getName();

    private RememberedProjects() {}

    /** The projects with these ids by network and name; only while a page is read, since nothing changes then. */
    static Map<ProjectId, Project> withIds(
            Collection<ProjectId> ids, Function<Collection<ProjectId>, Map<ProjectId, Project>> read) {
        if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request)
                || !request.getRequest().getMethod().equals("GET")) {
            return read.apply(ids);
        }
        Map<ProjectId, Project> known = known(request);
        if (!known.keySet().containsAll(ids)) {
            // Read whole, so that the newest reading sets the order whatever was asked for before.
            known.keySet().removeAll(ids);
            known.putAll(read.apply(ids));
        }
        Map<ProjectId, Project> found = new LinkedHashMap<>(known);
        found.keySet().retainAll(ids);
        return found;
    }

    @SuppressWarnings("unchecked")
    private static Map<ProjectId, Project> known(ServletRequestAttributes request) {
        Map<ProjectId, Project> known =
                (Map<ProjectId, Project>) request.getAttribute(KEPT, RequestAttributes.SCOPE_REQUEST);
        if (known == null) {
            known = new LinkedHashMap<>();
            request.setAttribute(KEPT, known, RequestAttributes.SCOPE_REQUEST);
        }
        return known;
    }
}
