package org.ancora.security;

import static org.ancora.access.Role.CONTRIBUTOR;
import static org.ancora.access.Role.UNIT;
import static org.ancora.security.Route.CARERS;
import static org.ancora.security.Route.EVERYBODY;
import static org.ancora.security.Route.FRONT;
import static org.ancora.security.Route.READERS;
import static org.ancora.security.Route.SUPERVISORS;
import static org.ancora.security.Route.mine;
import static org.ancora.security.Route.ofCase;
import static org.ancora.security.Route.ofProject;

import java.util.List;
import org.springframework.stereotype.Component;

@Component
class EngagementRoutes implements ModuleRoutes {

    @Override
    public List<Route> routes() {
        return List.of(
                mine("GET /intakes/new", EVERYBODY).answers(200, 302).leadsTo("/p/york/intakes/new"),
                ofProject("GET /p/{project}/intakes/new", FRONT),
                ofProject("POST /p/{project}/intakes/new", FRONT)
                        .leadsTo("/cases/")
                        .sends("requestKey=6f4a7f9c-9f3e-4d0e-8f5c-1c8f8a3f0a11"
                                + "&givenName=New&language=en&serviceMode=individual&consentBy=client&sourceKind=self"),
                ofCase("GET /cases/{code}/in-touch", FRONT),
                ofCase("POST /cases/{code}/in-touch", FRONT).sends("channel=phone&day=2026-11-23&hour=09:05"),
                ofCase("GET /cases/{code}/source-answered", FRONT),
                ofCase("POST /cases/{code}/source-answered", FRONT)
                        .answers(409)
                        .sends("channel=phone&day=2026-11-23&hour=09:05"),
                ofCase("GET /cases/{code}/search/begin", CARERS),
                ofCase("POST /cases/{code}/search/begin", CARERS).answers(409).sends("reason=Missed two appointments"),
                ofCase("GET /cases/{code}/search/end", CARERS),
                ofCase("POST /cases/{code}/search/end", CARERS).answers(409).sends("reason=Moved away"),
                ofCase("GET /cases/{code}/search/lengthen", SUPERVISORS),
                ofCase("POST /cases/{code}/search/lengthen", SUPERVISORS)
                        .answers(409)
                        .sends("reason=In hospital&months=1"),
                ofCase("GET /cases/{code}/procedure.xml", READERS, UNIT, CONTRIBUTOR)
                        .inEmergency());
    }
}
