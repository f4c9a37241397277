package org.ancora.security;

import static org.ancora.access.Role.AGENT;
import static org.ancora.access.Role.COORDINATOR;
import static org.ancora.access.Role.MANAGER;
import static org.ancora.access.Role.PRIVACY;
import static org.ancora.access.Role.RECEPTION;
import static org.ancora.access.Role.SUPERVISOR;
import static org.ancora.security.Route.EVERYBODY;
import static org.ancora.security.Route.administration;
import static org.ancora.security.Route.mine;
import static org.ancora.security.Route.ofProject;
import static org.ancora.security.Route.ofRecord;
import static org.ancora.security.Route.partOfCase;
import static org.ancora.security.Route.strangers;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.ancora.access.Role;
import org.ancora.security.Household.Lived;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class DeskRoutes implements ModuleRoutes {

    /** Who receives people. */
    private static final Set<Role> DESK = EnumSet.of(COORDINATOR, SUPERVISOR, RECEPTION, AGENT);

    /** Who reads what they wrote down. */
    private static final Set<Role> READERS = EnumSet.of(COORDINATOR, SUPERVISOR, MANAGER, RECEPTION, AGENT, PRIVACY);

    private static final String SOMEBODY = "requestKey=6f4a7f9c-9f3e-4d0e-8f5c-1c8f8a3f0a22&givenName=New";

    private final JdbcClient jdbc;

    DeskRoutes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                mine("GET /desk", EVERYBODY).answers(200, 302).leadsTo("/p/york/desk"),
                ofProject("GET /p/{project}/desk", READERS),
                ofProject("GET /p/{project}/desk/offices", READERS),
                ofProject("GET /p/{project}/desk/visits/new", DESK),
                ofProject("POST /p/{project}/desk/visits/new", DESK).sends(SOMEBODY + "&reason=Benefits"),
                ofProject("GET /p/{project}/desk/calls/new", DESK),
                ofProject("POST /p/{project}/desk/calls/new", DESK)
                        .leadsTo("/tasks/")
                        .sends(SOMEBODY + "&callBackNumber=905 555 0188"),
                // refuses to be asked inside a transaction, such as the one around each request of the matrix
                ofProject("POST /p/{project}/desk/registers/{register}", DESK)
                        .apart()
                        .by(AGENT)
                        .sends("attendance={attendance}&document=40123456"),
                partOfCase("GET /desk/attended/{attendance}", READERS),
                ofRecord("POST /desk/attended/{attendance}/left", DESK)
                        .answers(409)
                        .refused(READERS)
                        .leadsTo("/p/york/desk")
                        .by(AGENT),
                partOfCase("GET /petitions/{number}", READERS),
                partOfCase("GET /petitions/{number}/fua.pdf", READERS),
                partOfCase("GET /petitions/{number}/receipt.pdf", READERS),
                partOfCase("GET /petitions/{number}/proof/{id:[0-9]{1,18}}", READERS),
                ofRecord("POST /petitions/{number}/signature", DESK)
                        .answers(400)
                        .asAWhole()
                        .refused(READERS)
                        .by(AGENT),
                ofRecord("POST /petitions/{number}/scan", DESK)
                        .answers(400)
                        .asAWhole()
                        .refused(READERS)
                        .by(AGENT),
                ofRecord("POST /petitions/{number}/receipt", DESK)
                        .refused(READERS)
                        .by(AGENT),
                administration("GET /admin/projects/{key}/registers"),
                administration("POST /admin/projects/{key}/registers/{register}")
                        .answers(400)
                        .asAWhole()
                        .sends("{\"document\""),
                strangers("GET /petition/{secret}")
                        .shownBy("PetitionPagesTest.theCodeLeadsToAPageThatSaysHowFarItIsAndNotWho"));
    }

    /** Somebody who waits, and a petition of York with a scan. */
    @Override
    public void plant(Lived lived) {
        jdbc.sql("""
                        with visit as (
                            insert into attendance (kind, request_key, project_id, state, given_name, within_hours, began_at,
                                                    received_by)
                            values ('visit', gen_random_uuid(), :york, 'waiting', 'Somebody', true, now(), :reception)),
                        who as (
                            insert into petitioner (project_id, given_name, family_name, beneficiary, language)
                            values (:york, 'Somebody', 'Else', 'no', 'en') returning id),
                        asked as (
                            insert into petition (number, project_id, office, kind, channel, level, petitioner_id, motive,
                                                  registered_at, solved_at_once, status_secret)
                            select 'YRK2-2026-0001', :york, 'YRK2', 'query', 'in-person', 'local', id, 'Benefits', now(), true,
                                   repeat('s', 43)
                              from who returning id)
                        insert into petition_proof (petition_id, kind, media_type, size, content, added_by, added_at)
                        select id, 'scan', 'image/png', 1, 'x', :reception, now() from asked
                        """)
                .param("york", lived.york().id().value())
                .param("reception", lived.reception().value())
                .update();
    }

    @Override
    public @Nullable Object standsFor(String placeholder, String route, Lived lived) {
        return switch (placeholder) {
            case "attendance" -> "V-0001";
            case "number" -> "YRK2-2026-0001";
            case "register" -> "civil";
            case "secret" -> "s".repeat(43);
            case "id" ->
                jdbc.sql("select max(id) from petition_proof").query(Long.class).single();
            default -> null;
        };
    }
}
