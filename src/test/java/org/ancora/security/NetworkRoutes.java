package org.ancora.security;

import static org.ancora.access.Role.ADMIN;
import static org.ancora.access.Role.COORDINATOR;
import static org.ancora.access.Role.OWNER;
import static org.ancora.access.Role.SUPERVISOR;
import static org.ancora.security.Route.administration;
import static org.ancora.security.Route.mine;
import static org.ancora.security.Route.ofNetwork;

import java.util.EnumSet;
import java.util.List;
import org.ancora.security.Household.Lived;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
class NetworkRoutes implements ModuleRoutes {

    @Override
    public List<Route> routes() {
        return List.of(
                mine("GET /admin", EnumSet.of(ADMIN, OWNER, COORDINATOR, SUPERVISOR)),
                mine("GET /admin/new-project", EnumSet.of(ADMIN)),
                mine("GET /admin/people", EnumSet.of(ADMIN)),
                mine("GET /admin/networks", EnumSet.of(ADMIN)),
                ofNetwork("POST /admin/networks/{id:[0-9]{1,18}}").sends("name=Ours&was.name=Care Network Ontario"),
                ofNetwork("POST /admin/networks/{id:[0-9]{1,18}}/organisations").sends("name=Ours"),
                ofNetwork("POST /admin/networks/{id:[0-9]{1,18}}/organisations/{organisation:[0-9]{1,18}}")
                        .sends("name=Ours&was.name=York Support"),
                administration("GET /admin/projects/{key}/people"),
                administration("GET /admin/projects/{key}/people/new"),
                administration("POST /admin/projects/{key}/people/new")
                        .answers(200)
                        .sends("name=New&email=new@york.example&language=en&roles=agent"),
                administration("GET /admin/projects/{key}/people/{id:[0-9]{1,18}}"),
                administration("POST /admin/projects/{key}/people/{id:[0-9]{1,18}}")
                        .answers(409)
                        .sends("version=1&roles=agent"),
                administration("POST /admin/projects/{key}/people/{id:[0-9]{1,18}}/end"),
                administration("POST /admin/projects/{key}/people/{id:[0-9]{1,18}}/link")
                        .answers(200),
                administration("POST /admin/projects/{key}/people/{id:[0-9]{1,18}}/shut"),
                administration("POST /admin/projects/{key}/people/{id:[0-9]{1,18}}/open"),
                mine("POST /admin/new-project", EnumSet.of(ADMIN)).answers(400).sends("key=new-place"),
                administration("GET /admin/projects/{key}/project"),
                administration("POST /admin/projects/{key}/project")
                        .answers(400)
                        .sends("version=0&name=Ours"),
                administration("GET /admin/projects/{key}/letterhead"),
                administration("POST /admin/projects/{key}/letterhead")
                        .sends("version=0&name=Ours&email=ours@york.example&phone=9055550100"),
                administration("GET /admin/projects/{key}/calendar"),
                administration("POST /admin/projects/{key}/calendar")
                        .answers(400)
                        .sends("version=0&name=Ours"),
                administration("GET /admin/projects/{key}/transitions"),
                administration("POST /admin/projects/{key}/transitions").sends("version=0&name=Ours"),
                administration("GET /admin/projects/{key}/reopening"),
                administration("POST /admin/projects/{key}/reopening").sends("version=0&name=Ours"),
                administration("POST /admin/projects/{key}/calendar/days")
                        .sends("day=2026-12-24&reasonEn=a&reasonEs=b&reasonIt=c"),
                administration("POST /admin/projects/{key}/calendar/days/remove")
                        .sends("day=2026-12-24"),
                administration("GET /admin/projects/{key}/statuses"),
                administration("GET /admin/projects/{key}/statuses/new"),
                administration("POST /admin/projects/{key}/statuses/new")
                        .answers(400)
                        .sends("key=made-up"),
                administration("GET /admin/projects/{key}/statuses/{id:[0-9]{1,18}}"),
                administration("POST /admin/projects/{key}/statuses/{id:[0-9]{1,18}}")
                        .answers(400)
                        .sends("version=0"),
                administration("GET /admin/projects/{key}/closing-reasons"),
                administration("GET /admin/projects/{key}/closing-reasons/new"),
                administration("POST /admin/projects/{key}/closing-reasons/new")
                        .answers(400)
                        .sends("key=made-up"),
                administration("GET /admin/projects/{key}/closing-reasons/{id:[0-9]{1,18}}"),
                administration("POST /admin/projects/{key}/closing-reasons/{id:[0-9]{1,18}}")
                        .answers(400)
                        .sends("version=0"),
                administration("POST /admin/projects/{key}/statuses/{id:[0-9]{1,18}}/retire")
                        .answers(409),
                administration("POST /admin/projects/{key}/statuses/{id:[0-9]{1,18}}/restore"),
                administration("GET /admin/projects/{key}", OWNER, COORDINATOR, SUPERVISOR));
    }

    @Override
    public @Nullable Object standsFor(String placeholder, String route, Lived lived) {
        return switch (placeholder) {
            case "id" -> route.contains("/people/") ? lived.owner() : 1;
            case "organisation" -> 1;
            default -> null;
        };
    }
}
