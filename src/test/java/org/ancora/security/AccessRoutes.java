package org.ancora.security;

import static org.ancora.security.Route.strangers;

import java.util.List;
import org.ancora.security.Household.Lived;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
class AccessRoutes implements ModuleRoutes {

    @Override
    public List<Route> routes() {
        return List.of(
                strangers("GET /sign-in").shownBy("SignInTest.speaksTheLanguageChosenBeforeAndAfterSignIn"),
                strangers("GET /set-up/{secret}").shownBy("SignInTest.setsAPasswordOnceThroughALink"),
                strangers("POST /set-up/{secret}").shownBy("SignInTest.setsAPasswordOnceThroughALink"),
                strangers("POST /language").shownBy("SignInTest.speaksTheLanguageChosenBeforeAndAfterSignIn"));
    }

    @Override
    public @Nullable Object standsFor(String placeholder, String route, Lived lived) {
        return placeholder.equals("secret") ? "guessed" : null;
    }
}
