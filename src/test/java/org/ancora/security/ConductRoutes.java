package org.ancora.security;

import static org.ancora.access.Role.UNIT;
import static org.ancora.security.Route.FRONT;
import static org.ancora.security.Route.SUPERVISORS;
import static org.ancora.security.Route.mine;
import static org.ancora.security.Route.ofCase;
import static org.ancora.security.Route.partOfCase;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.ancora.access.Role;
import org.ancora.security.Household.Lived;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class ConductRoutes implements ModuleRoutes {

    private final JdbcClient jdbc;

    ConductRoutes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                mine("GET /boundary/new", anybodyAsked()),
                ofCase("GET /cases/{code}/boundary", FRONT, UNIT),
                ofCase("POST /cases/{code}/boundary", FRONT, UNIT).leadsTo("/tasks/"),
                mine("GET /incidents", SUPERVISORS),
                partOfCase("GET /incidents/{id:[0-9]{1,18}}", SUPERVISORS),
                partOfCase("POST /incidents/{id:[0-9]{1,18}}", SUPERVISORS).sends("text=Spoke with Sam"),
                partOfCase("POST /incidents/{id:[0-9]{1,18}}/open", SUPERVISORS));
    }

    private static Set<Role> anybodyAsked() {
        Set<Role> roles = EnumSet.copyOf(FRONT);
        roles.add(UNIT);
        return roles;
    }

    @Override
    public void plant(Lived lived) {
        jdbc.sql("""
                        with request as (
                            insert into boundary_request (project_id, case_code, asked_of, begun_at, recorded_at,
                                                          recorded_by, asked_on, channel, asked)
                            values (:york, :code, :worker, now(), now(), :worker, current_date, 'phone', 'private-number')
                            returning id)
                        insert into incident (project_id, request_id, reported_by, reported_at, words)
                        select :york, id, :worker, now(), 'keeps a parrot' from request
                        """)
                .param("york", lived.york().id().value())
                .param("code", lived.code())
                .param("worker", lived.worker().value())
                .update();
    }

    @Override
    public @Nullable Object standsFor(String placeholder, String route, Lived lived) {
        return placeholder.equals("id")
                ? jdbc.sql("select max(id) from incident").query(Long.class).single()
                : null;
    }
}
