package org.ancora.security;

import static org.ancora.access.Role.COORDINATOR;
import static org.ancora.access.Role.OWNER;
import static org.ancora.access.Role.SUPERVISOR;
import static org.ancora.security.Route.administration;

import java.util.List;
import java.util.Map;
import org.ancora.security.Household.Lived;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class CaseworkSettingsRoutes implements ModuleRoutes {

    /** The rows whose ids stand in addresses. */
    private static final Map<String, String> TABLES = Map.of(
            "/teams/", "team",
            "/flags/", "flag_kind",
            "/attributes/", "attribute",
            "/loads/", "attribute_load",
            "/files/", "project_file");

    private final JdbcClient jdbc;

    CaseworkSettingsRoutes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                administration("POST /admin/projects/{key}/caseload/{worker:[0-9]{1,18}}")
                        .sends("limit=5"),
                administration("GET /admin/projects/{key}/caseload"),
                administration("POST /admin/projects/{key}/caseload")
                        .answers(400)
                        .sends("version=0&name=Ours"),
                administration("GET /admin/projects/{key}/closing"),
                administration("POST /admin/projects/{key}/closing").sends("version=0&name=Ours"),
                administration("GET /admin/projects/{key}/clients"),
                administration("POST /admin/projects/{key}/clients").sends("minutes=45&was.minutes=60"),
                administration("GET /admin/projects/{key}/automations", OWNER),
                administration("POST /admin/projects/{key}/automations", OWNER)
                        .answers(409)
                        .sends("version=1"),
                administration("GET /admin/projects/{key}/teams"),
                administration("GET /admin/projects/{key}/teams/new"),
                administration("POST /admin/projects/{key}/teams/new").sends("name=Crew&purpose=x"),
                administration("GET /admin/projects/{key}/teams/{id:[0-9]{1,18}}"),
                administration("POST /admin/projects/{key}/teams/{id:[0-9]{1,18}}")
                        .sends("name=Night crew&version=0"),
                administration("POST /admin/projects/{key}/teams/{id:[0-9]{1,18}}/retire")
                        .sends("retired=true"),
                administration("GET /admin/projects/{key}/flags"),
                administration("GET /admin/projects/{key}/flags/new"),
                administration("POST /admin/projects/{key}/flags/new")
                        .sends("key=dog&nameEn=dog&nameEs=perro&nameIt=cane&colour=soon&position=60"),
                administration("GET /admin/projects/{key}/flags/{id:[0-9]{1,18}}"),
                administration("POST /admin/projects/{key}/flags/{id:[0-9]{1,18}}")
                        .sends("nameEn=dog&nameEs=perro&nameIt=cane&colour=soon&position=60&version=0"),
                administration("POST /admin/projects/{key}/flags/{id:[0-9]{1,18}}/retire")
                        .sends("retired=true"),
                administration("GET /admin/projects/{key}/attributes"),
                administration("GET /admin/projects/{key}/attributes/new"),
                administration("POST /admin/projects/{key}/attributes/new")
                        .sends("key=bed&kind=text&nameEn=bed&nameEs=cama&nameIt=letto&position=60"),
                administration("GET /admin/projects/{key}/attributes/{id:[0-9]{1,18}}"),
                administration("POST /admin/projects/{key}/attributes/{id:[0-9]{1,18}}")
                        .sends("nameEn=bed&nameEs=cama&nameIt=letto&position=60&version=0"),
                administration("POST /admin/projects/{key}/attributes/{id:[0-9]{1,18}}/retire")
                        .sends("retired=true"),
                administration("GET /admin/projects/{key}/files"),
                administration("POST /admin/projects/{key}/files").answers(200).sends("{\"a text\""),
                administration("POST /admin/projects/{key}/files/{id:[0-9]{1,18}}/remove"),
                administration("GET /admin/projects/{key}/loads", COORDINATOR, SUPERVISOR),
                administration("POST /admin/projects/{key}/loads", COORDINATOR, SUPERVISOR)
                        .answers(200)
                        .sends("{\"code,shelter\nx,y"),
                administration("GET /admin/projects/{key}/loads/{id:[0-9]{1,18}}", COORDINATOR, SUPERVISOR),
                administration("GET /admin/projects/{key}/loads/{id:[0-9]{1,18}}/report.csv", COORDINATOR, SUPERVISOR),
                // work in transactions of their own, which would wait for the one around each request here
                administration("POST /admin/projects/{key}/loads/{id:[0-9]{1,18}}/check", COORDINATOR, SUPERVISOR)
                        .apart()
                        .sends("column0=case-code&column1=1"),
                administration("POST /admin/projects/{key}/loads/{id:[0-9]{1,18}}/store", COORDINATOR, SUPERVISOR)
                        .apart(),
                administration("POST /admin/projects/{key}/loads/{id:[0-9]{1,18}}/discard", COORDINATOR, SUPERVISOR));
    }

    @Override
    public @Nullable Object standsFor(String placeholder, String route, Lived lived) {
        if (placeholder.equals("id")) {
            for (var each : TABLES.entrySet()) {
                if (route.contains(each.getKey())) {
                    return jdbc.sql("select min(id) from " + each.getValue())
                            .query(Long.class)
                            .single();
                }
            }
        }
        return null;
    }
}
