package org.ancora.network;

import java.util.Optional;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** Which project the page of the running request is about, for the choice of project in the frame. */
public final class CurrentProject {

    private static final String KEPT = CurrentProject.class.getName();

    private CurrentProject() {}

    /** Says that the running request's page is about this project. */
    public static void is(Project project) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request != null) {
            request.setAttribute(KEPT, project, RequestAttributes.SCOPE_REQUEST);
        }
    }

    static Optional<Project> get() {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        return request == null
                ? Optional.empty()
                : Optional.ofNullable((Project) request.getAttribute(KEPT, RequestAttributes.SCOPE_REQUEST));
    }
}
