package org.ancora.security;

import static org.ancora.security.Route.EVERYBODY;
import static org.ancora.security.Route.mine;
import static org.ancora.security.Route.strangers;

import java.util.List;
import org.springframework.stereotype.Component;

@Component
class WebRoutes implements ModuleRoutes {

    @Override
    public List<Route> routes() {
        return List.of(
                strangers("ANY /error"),
                mine("POST /theme", EVERYBODY).sends("theme=dark"),
                mine("POST /session", EVERYBODY),
                mine("POST /drafts", EVERYBODY)
                        .sends("{\"place\":\"/cases/YRK-2026-0001/notes/new\",\"fields\":{\"text\":\"x\"}}"),
                mine("POST /drafts/discard", EVERYBODY).sends("place=/cases/YRK-2026-0001/notes/new"));
    }
}
