package org.ancora.security;

import static org.ancora.access.Role.OWNER;
import static org.ancora.security.Route.administration;
import static org.ancora.security.Route.mine;

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
                mine("PUT " + FOLDER + "/files", OWNERS).answers(400).asAWhole().sends("path=boundary-request.bpmn"),
                mine("DELETE " + FOLDER + "/files", OWNERS)
                        .answers(400)
                        .asAWhole()
                        .sends("path=boundary-request.bpmn"),
                mine("POST " + FOLDER + "/check", OWNERS).answers(200),
                mine("GET /studio", OWNERS),
                mine("GET " + FOLDER, OWNERS),
                mine("POST " + FOLDER + "/draft", OWNERS),
                // a nameless form is refused once one may begin it; the rest is shown by StudioPagesTest
                mine("POST " + FOLDER + "/forms", OWNERS)
                        .answers(400)
                        .asAWhole()
                        .sends("name=1"),
                // there is no draft: 404, but the same for an owner's draft is shown by PublishingTest
                mine("GET " + FOLDER + "/discard", OWNERS).answers(404),
                mine("POST " + FOLDER + "/discard", OWNERS),
                mine("POST " + FOLDER + "/take-back", OWNERS)
                        .answers(409)
                        .sends("path=boundary-request.bpmn&version=1"),
                mine("POST " + FOLDER + "/rebase", OWNERS).answers(409),
                // nothing was changed, so there is nothing to review: back to the procedure
                mine("GET " + FOLDER + "/publish", OWNERS).answers(302).leadsTo("/studio/{folder}"),
                mine("POST " + FOLDER + "/publish", OWNERS).answers(409).sends("hash=x"),
                mine("POST " + FOLDER + "/publish/try", OWNERS).answers(404),
                mine("POST " + FOLDER + "/approve", OWNERS).answers(409).sends("hash=x"),
                mine("POST " + FOLDER + "/decline", OWNERS).answers(409),
                mine("GET " + FOLDER + "/back", OWNERS).answers(404),
                mine("POST " + FOLDER + "/back", OWNERS).answers(404),
                mine("POST " + FOLDER + "/letters/preview", OWNERS).answers(400).asAWhole(),
                administration("GET /admin/projects/{key}/publishing"),
                administration("POST /admin/projects/{key}/publishing").sends("wanted=false"),
                mine("GET /engine-rest/version", OWNERS),
                mine("GET /engine-rest/deployment", OWNERS).sends("maxResults=0"),
                mine("POST /engine-rest/deployment/create", OWNERS).answers(400).asAWhole(),
                mine("GET " + FOLDER + "/download", OWNERS),
                mine("POST " + FOLDER + "/upload", OWNERS)
                        .answers(400)
                        .asAWhole()
                        .sends("{\"id\": \"s1\""));
    }

    @Override
    public @Nullable Object standsFor(String placeholder, String route, Lived lived) {
        return placeholder.equals("folder") ? "conduct" : null;
    }
}
