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

/** The editors are process owners' tools; what they show is never about a person. */
@Component
class EditorRoutes implements ModuleRoutes {

    private static final Set<Role> OWNERS = EnumSet.of(OWNER);
    private static final String FOLDER = "/studio/{folder:[a-z][a-z0-9-]{0,79}}";

    @Override
    public List<Route> routes() {
        return List.of(
                mine("GET " + FOLDER + "/edit", OWNERS).sends("file=boundary-request.bpmn"),
                mine("GET " + FOLDER + "/labels.json", OWNERS),
                mine("GET " + FOLDER + "/compare", OWNERS),
                mine("GET " + FOLDER + "/compare/files", OWNERS).sends("from=running&to=release"));
    }

    @Override
    public @Nullable Object standsFor(String placeholder, String route, Lived lived) {
        return placeholder.equals("folder") ? "conduct" : null;
    }
}
