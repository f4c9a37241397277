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
                strangers("ANY /error").shownBy("ErrorPagesTest.whatNoControllerKnowsIsSaidInTheSameWords"),
                mine("POST /theme", EVERYBODY).leadsTo("/").sends("theme=dark"),
                mine("POST /session", EVERYBODY).answers(204),
                mine("POST /drafts", EVERYBODY)
                        .answers(200)
                        .sends("{\"place\":\"/cases/YRK-2026-0001/notes/new\",\"fields\":{\"text\":\"x\"}}"),
                mine("POST /drafts/discard", EVERYBODY)
                        .leadsTo("/cases/")
                        .sends("place=/cases/YRK-2026-0001/notes/new"));
    }
}
