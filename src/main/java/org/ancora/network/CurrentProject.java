package org.ancora.network;

import java.util.Optional;
import org.ancora.access.OncePerPage;

/** Which project the page of the running request is about, for the choice of project in the frame. */
public final class CurrentProject {

    private static final String KEY = "network.current";

    private CurrentProject() {}

    /** Says that the running request's page is about this project. */
    public static void is(Project project) {
        OncePerPage.tell(KEY, project);
    }

    static Optional<Project> get() {
        return OncePerPage.told(KEY);
    }
}
