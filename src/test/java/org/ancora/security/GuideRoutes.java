package org.ancora.security;

import static org.ancora.security.Route.NOBODY;
import static org.ancora.security.Route.lists;

import java.util.List;
import org.ancora.security.Household.Lived;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The written procedures name no client, and are for everybody who is signed in. */
@Component
class GuideRoutes implements ModuleRoutes {

    @Override
    public List<Route> routes() {
        return List.of(
                lists("GET /help", NOBODY),
                lists("GET /help/{key:[a-z][a-z0-9-]{0,99}}", NOBODY),
                lists("GET /help/{key:[a-z][a-z0-9-]{0,99}}.pdf", NOBODY),
                lists("GET /help/{key:[a-z][a-z0-9-]{0,99}}/diagram.xml", NOBODY));
    }

    @Override
    public @Nullable Object standsFor(String placeholder, String route, Lived lived) {
        return placeholder.equals("key") ? "boundary-request" : null;
    }
}
