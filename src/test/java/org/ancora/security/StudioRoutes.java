package org.ancora.security;

import static org.ancora.access.Role.OWNER;
import static org.ancora.security.Route.administration;
import static org.ancora.security.Route.mine;
import static org.ancora.security.Route.shownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.ancora.access.Role;
import org.ancora.security.Household.Lived;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The studio is the process owners': it is about procedures, never about a person. */
@Component
class StudioRoutes implements ModuleRoutes {

    private static final Set<Role> OWNERS = EnumSet.of(OWNER);
    private static final String FOLDER = "/studio/{folder:[a-z][a-z0-9-]{0,79}}";

    @Override
    public List<Route> routes() {
        return List.of(
                mine("GET /studio/catalogue", OWNERS),
                mine("GET " + FOLDER + "/files", OWNERS).sends("path=boundary-request.bpmn"),
                // what they need besides is shown by FilesControllerTest
                mine("PUT " + FOLDER + "/files", OWNERS).sends("path=boundary-request.bpmn"),
                mine("DELETE " + FOLDER + "/files", OWNERS).sends("path=boundary-request.bpmn"),
                mine("POST " + FOLDER + "/check", OWNERS),
                mine("GET /studio", OWNERS),
                mine("GET " + FOLDER, OWNERS),
                mine("POST " + FOLDER + "/draft", OWNERS),
                // a nameless form is refused once one may begin it; the rest is shown by StudioPagesTest
                mine("POST " + FOLDER + "/forms", OWNERS).sends("name=1"),
                // there is no draft: 404, but the same for an owner's draft is shown by PublishingTest
                shownBy("PublishingTest", "GET " + FOLDER + "/discard").ofNoRecord(),
                mine("POST " + FOLDER + "/discard", OWNERS),
                mine("POST " + FOLDER + "/take-back", OWNERS).sends("path=boundary-request.bpmn&version=1"),
                mine("POST " + FOLDER + "/rebase", OWNERS),
                shownBy("PublishingTest", "GET " + FOLDER + "/publish").ofNoRecord(),
                mine("POST " + FOLDER + "/publish", OWNERS).sends("hash=x"),
                mine("POST " + FOLDER + "/approve", OWNERS).sends("hash=x"),
                mine("POST " + FOLDER + "/decline", OWNERS),
                shownBy("PublishingTest", "GET " + FOLDER + "/back").ofNoRecord(),
                shownBy("PublishingTest", "POST " + FOLDER + "/back").ofNoRecord(),
                mine("POST " + FOLDER + "/letters/preview", OWNERS),
                administration("GET /admin/projects/{key}/publishing"),
                administration("POST /admin/projects/{key}/publishing").sends("wanted=false"),
                mine("GET /engine-rest/version", OWNERS),
                mine("GET /engine-rest/deployment", OWNERS).sends("maxResults=0"),
                mine("POST /engine-rest/deployment/create", OWNERS),
                mine("GET " + FOLDER + "/download", OWNERS),
                mine("POST " + FOLDER + "/upload", OWNERS).sends("{\"id\": \"s1\""));
    }

    @Override
    public @Nullable Object standsFor(String placeholder, String route, Lived lived) {
        return placeholder.equals("folder") ? "conduct" : null;
    }
}
