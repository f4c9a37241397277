package org.ancora.security;

import static org.ancora.access.Role.ADMIN;
import static org.ancora.access.Role.COORDINATOR;
import static org.ancora.access.Role.MANAGER;
import static org.ancora.access.Role.OWNER;
import static org.ancora.access.Role.SUPERVISOR;
import static org.ancora.security.Route.mine;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.ancora.access.Role;
import org.ancora.security.Household.Lived;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Figures and lists without names; each shows what its reader may watch, and nothing else. */
@Component
class MonitorRoutes implements ModuleRoutes {

    private static final Set<Role> WATCHERS = EnumSet.of(COORDINATOR, SUPERVISOR, OWNER, MANAGER, ADMIN);

    @Override
    public List<Route> routes() {
        return List.of(
                mine("GET /monitor", WATCHERS),
                mine("GET /monitor/flows/{process:[a-z][a-z0-9-]{0,99}}", WATCHERS),
                mine("GET /monitor/flows/{process:[a-z][a-z0-9-]{0,99}}/diagram.xml", WATCHERS),
                mine("GET /monitor/instances", WATCHERS),
                mine("GET /monitor/tasks", WATCHERS),
                mine("GET /monitor/levels/{code:[a-z][a-z-]{0,60}}", WATCHERS),
                mine("POST /monitor/export", WATCHERS).answers(200).sends("sheet=flows&format=csv"));
    }

    @Override
    public @Nullable Object standsFor(String placeholder, String route, Lived lived) {
        return switch (placeholder) {
            case "process" -> "boundary-request";
            case "code" -> "first-call";
            default -> null;
        };
    }
}
