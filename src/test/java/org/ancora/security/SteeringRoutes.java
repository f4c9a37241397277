package org.ancora.security;

import static org.ancora.access.Role.ADMIN;
import static org.ancora.access.Role.COORDINATOR;
import static org.ancora.access.Role.MANAGER;
import static org.ancora.access.Role.OWNER;
import static org.ancora.access.Role.SUPERVISOR;
import static org.ancora.security.Route.NOBODY;
import static org.ancora.security.Route.mine;
import static org.ancora.security.Route.ofRecord;
import static org.ancora.security.Route.partOfCase;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.ancora.access.Role;
import org.ancora.security.Household.Lived;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** One procedure and what may be done to it; hidden from whoever may not watch those of its project. */
@Component
class SteeringRoutes implements ModuleRoutes {

    private static final Set<Role> WATCHERS = EnumSet.of(COORDINATOR, SUPERVISOR, OWNER, MANAGER, ADMIN);
    private static final Set<Role> STEERERS = EnumSet.of(SUPERVISOR, OWNER, MANAGER, ADMIN);
    private static final String ONE = "/monitor/instances/{instance:[A-Za-z0-9-]{1,64}}";
    private static final String DEED = "/{deed:reschedule|move|retry|suspend|resume|correct|migrate|cancel|restart}";

    private final JdbcClient jdbc;

    SteeringRoutes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                partOfCase("GET " + ONE, WATCHERS),
                partOfCase("GET " + ONE + "/diagram.xml", WATCHERS),
                steered("GET " + ONE + DEED, ""),
                steered("POST " + ONE + DEED, "reason=because").answers(200),
                mine("GET /monitor/incidents", WATCHERS).by(SUPERVISOR),
                mine("POST /monitor/steering/preview", STEERERS)
                        .by(SUPERVISOR)
                        .sends("action=suspend&instance={instance}"),
                ofRecord("GET /monitor/steering/{batch:[0-9]{1,18}}", NOBODY).by(SUPERVISOR),
                ofRecord("POST /monitor/steering/{batch:[0-9]{1,18}}/part", NOBODY)
                        .by(SUPERVISOR)
                        .sends("what=ask/call-client"),
                ofRecord("POST /monitor/steering/{batch:[0-9]{1,18}}/start", NOBODY)
                        .by(SUPERVISOR)
                        .sends("reason=because"));
    }

    /** Those who may watch and not act are refused with 403; all others learn nothing. */
    private static Route steered(String name, String body) {
        return ofRecord(name, STEERERS).refused(WATCHERS).by(SUPERVISOR).sends(body);
    }

    @Override
    public void plant(Lived lived) {
        jdbc.sql("insert into steering_batch (by_account, action, created_at) values (:by, 'suspend', now())")
                .param("by", lived.supervisor().value())
                .update();
    }

    @Override
    public @Nullable Object standsFor(String placeholder, String route, Lived lived) {
        return switch (placeholder) {
            case "instance" ->
                jdbc.sql("select root_instance_id from work_item where case_code = :code limit 1")
                        .param("code", lived.code())
                        .query(String.class)
                        .single();
            case "deed" -> "suspend";
            case "batch" ->
                jdbc.sql("select max(id) from steering_batch").query(Long.class).single();
            default -> null;
        };
    }
}
