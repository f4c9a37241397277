package org.ancora.security;

import static org.ancora.access.Role.CASEWORKER;
import static org.ancora.security.Route.CARERS;
import static org.ancora.security.Route.LEADERS;
import static org.ancora.security.Route.NOBODY;
import static org.ancora.security.Route.READERS;
import static org.ancora.security.Route.lists;
import static org.ancora.security.Route.ofCase;

import java.util.List;
import org.ancora.security.Household.Lived;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
class ProcessRoutes implements ModuleRoutes {

    @Override
    public List<Route> routes() {
        return List.of(
                // opens on one's own tasks
                lists("GET /tasks", NOBODY),
                ofCase("GET /tasks/{id}", READERS).thatNamesTheClient(),
                ofCase("GET /tasks/{id}/where", READERS),
                ofCase("GET /tasks/{id}/diagram.xml", READERS),
                ofCase("GET /tasks/{id}/assign", LEADERS),
                ofCase("POST /tasks/{id}/assign", LEADERS).answers(303).sends("to={worker}"),
                // somebody has it already, and that is what whoever sees it is told
                ofCase("POST /tasks/{id}/claim", READERS).answers(409),
                ofCase("POST /tasks/{id}/release", LEADERS)
                        .answers(303)
                        .leadsTo("/tasks")
                        .by(CASEWORKER),
                ofCase("POST /tasks/{id}/complete", CARERS).answers(409).sends("{\"mainOutcome\":\"no-answer\"}"),
                ofCase("POST /tasks/{id}/draft", CARERS).answers(409).sends("{\"note\":\"x\"}"));
    }

    @Override
    public @Nullable Object standsFor(String placeholder, String route, Lived lived) {
        return placeholder.equals("id") ? lived.task() : null;
    }
}
