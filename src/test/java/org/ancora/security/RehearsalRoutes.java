package org.ancora.security;

import static org.ancora.access.Role.OWNER;
import static org.ancora.security.Route.mine;
import static org.ancora.security.Route.shownBy;

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
    private static final String TEST = "RehearsalPagesTest";

    @Override
    public List<Route> routes() {
        return List.of(
                mine("GET " + FOLDER + "/rehearsals", OWNERS),
                shownBy(TEST, "POST " + FOLDER + "/rehearsals").ofNoRecord(),
                shownBy(TEST, "GET " + ONE).ofNoRecord(),
                shownBy(TEST, "GET " + ONE + "/diagram.xml").ofNoRecord(),
                shownBy(TEST, "GET " + ONE + "/tasks/{task}").ofNoRecord(),
                shownBy(TEST, "POST " + ONE + "/tasks/{task}").ofNoRecord(),
                shownBy(TEST, "POST " + ONE + "/next").ofNoRecord(),
                shownBy(TEST, "POST " + ONE + "/until").ofNoRecord(),
                shownBy(TEST, "POST " + ONE + "/events").ofNoRecord(),
                shownBy(TEST, "POST " + ONE + "/facts").ofNoRecord(),
                shownBy(TEST, "POST " + ONE + "/end").ofNoRecord(),
                shownBy(TEST, "POST " + ONE + "/keep").ofNoRecord(),
                mine("GET " + FOLDER + "/scenarios", OWNERS),
                mine("POST " + FOLDER + "/scenarios/run", OWNERS),
                shownBy(TEST, "POST " + FOLDER + "/scenarios/{key}/accept").ofNoRecord(),
                shownBy(TEST, "POST " + FOLDER + "/scenarios/{key}/remove").ofNoRecord(),
                shownBy(TEST, "GET " + FOLDER + "/scenarios/{key}/file").ofNoRecord());
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
