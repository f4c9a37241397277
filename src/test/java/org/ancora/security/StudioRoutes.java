package org.ancora.security;

import static org.ancora.access.Role.OWNER;
import static org.ancora.security.Route.mine;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.ancora.access.Role;
import org.ancora.security.Household.Lived;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The studio is the process owners': it is about procedures, never about a person. */
@Component
class StudioRoutes implements ModuleRoutes {

    private static final Set<Role> OWNERS = EnumSet.of(OWNER);
    private static final String FOLDER = "/studio/{folder:[a-z][a-z0-9-]{0,79}}";

    @Override
    public List<Route> routes() {
        return List.of(
                mine("GET /studio/catalogue", OWNERS),
                mine("GET " + FOLDER + "/files", OWNERS).sends("path=boundary-request.bpmn"),
                // what they need besides is shown by FilesControllerTest
                mine("PUT " + FOLDER + "/files", OWNERS).sends("path=boundary-request.bpmn"),
                mine("DELETE " + FOLDER + "/files", OWNERS).sends("path=boundary-request.bpmn"),
                mine("POST " + FOLDER + "/check", OWNERS));
    }

    @Override
    public @Nullable Object standsFor(String placeholder, String route, Lived lived) {
        return placeholder.equals("folder") ? "conduct" : null;
    }
}
