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

/** Rehearsals are the owner's who holds them, and about nobody; scenarios are the owners'. */
@Component
class RehearsalRoutes implements ModuleRoutes {

    private static final Set<Role> OWNERS = EnumSet.of(OWNER);
    private static final String FOLDER = "/studio/{folder:[a-z][a-z0-9-]{0,79}}";
    private static final String ONE = FOLDER + "/rehearsals/{id}";

    @Override
    public List<Route> routes() {
        return List.of(
                mine("GET " + FOLDER + "/rehearsals", OWNERS),
                mine("POST " + FOLDER + "/rehearsals", OWNERS).answers(400).asAWhole(),
                mine("GET " + ONE, OWNERS).answers(404),
                mine("GET " + ONE + "/diagram.xml", OWNERS).sends("process=x").answers(404),
                mine("GET " + ONE + "/tasks/{task}", OWNERS).answers(404),
                mine("POST " + ONE + "/tasks/{task}", OWNERS).answers(404),
                mine("POST " + ONE + "/next", OWNERS).answers(404),
                mine("POST " + ONE + "/until", OWNERS).answers(400).asAWhole(),
                mine("POST " + ONE + "/events", OWNERS).answers(404),
                mine("POST " + ONE + "/facts", OWNERS).answers(404),
                mine("POST " + ONE + "/end", OWNERS).answers(303),
                mine("POST " + ONE + "/keep", OWNERS).answers(400).asAWhole(),
                mine("GET " + FOLDER + "/scenarios", OWNERS),
                mine("POST " + FOLDER + "/scenarios/run", OWNERS).answers(303),
                mine("POST " + FOLDER + "/scenarios/{key}/accept", OWNERS).answers(404),
                mine("POST " + FOLDER + "/scenarios/{key}/remove", OWNERS).answers(404),
                mine("GET " + FOLDER + "/scenarios/{key}/file", OWNERS).answers(404));
    }

    @Override
    public @Nullable Object standsFor(String placeholder, String route, Lived lived) {
        return switch (placeholder) {
            case "folder" -> "conduct";
            case "id", "task", "key" -> "none";
            default -> null;
        };
    }
}
