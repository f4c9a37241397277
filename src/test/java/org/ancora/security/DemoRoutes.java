package org.ancora.security;

import static org.ancora.security.Route.demo;

import java.util.List;
import org.ancora.security.Household.Lived;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
class DemoRoutes implements ModuleRoutes {

    @Override
    public List<Route> routes() {
        return List.of(demo("POST /demo/clock/{by}"));
    }

    @Override
    public @Nullable Object standsFor(String placeholder, String route, Lived lived) {
        return placeholder.equals("by") ? "week" : null;
    }
}
