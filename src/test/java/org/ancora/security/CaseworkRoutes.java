package org.ancora.security;

import static org.ancora.access.Role.ADMIN;
import static org.ancora.access.Role.AGENT;
import static org.ancora.access.Role.CASEWORKER;
import static org.ancora.access.Role.CONTRIBUTOR;
import static org.ancora.access.Role.COORDINATOR;
import static org.ancora.access.Role.MANAGER;
import static org.ancora.access.Role.OWNER;
import static org.ancora.access.Role.PRIVACY;
import static org.ancora.access.Role.RECEPTION;
import static org.ancora.access.Role.SUPERVISOR;
import static org.ancora.access.Role.UNIT;
import static org.ancora.security.Route.CARERS;
import static org.ancora.security.Route.CASE_FOLK;
import static org.ancora.security.Route.EVERYBODY;
import static org.ancora.security.Route.FRONT;
import static org.ancora.security.Route.LEADERS;
import static org.ancora.security.Route.LISTERS;
import static org.ancora.security.Route.LOG_EXPORTERS;
import static org.ancora.security.Route.NOBODY;
import static org.ancora.security.Route.PLAN_READERS;
import static org.ancora.security.Route.READERS;
import static org.ancora.security.Route.SUPERVISORS;
import static org.ancora.security.Route.lists;
import static org.ancora.security.Route.mine;
import static org.ancora.security.Route.ofCase;
import static org.ancora.security.Route.ofProject;
import static org.ancora.security.Route.ofRecord;
import static org.ancora.security.Route.partOfCase;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ancora.access.Role;
import org.ancora.security.Household.Lived;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class CaseworkRoutes implements ModuleRoutes {

    /** The rows whose ids stand in addresses. */
    private static final Map<String, String> TABLES = Map.of(
            "/notes/", "case_note",
            "/reminders/", "case_reminder",
            "/goals/", "care_goal",
            "/plan/actions/", "care_action",
            "/files/", "project_file");

    /** Who opens any client of the project. */
    private static final Set<Role> PROFILE_READERS =
            EnumSet.of(CASEWORKER, COORDINATOR, SUPERVISOR, RECEPTION, AGENT, PRIVACY);

    /** Who opens no client, not even of a case of their own. */
    private static final Set<Role> NOT_PROFILE_READERS = EnumSet.of(MANAGER, OWNER, ADMIN);

    private static final Set<Role> PROTECTORS = EnumSet.of(COORDINATOR, SUPERVISOR, PRIVACY);
    private static final Set<Role> ADMINS = EnumSet.of(ADMIN);

    /** Who opens the case, and shares nothing of it. */
    private static final Set<Role> NOT_CARERS = EnumSet.of(MANAGER, RECEPTION, AGENT, PRIVACY);

    private final JdbcClient jdbc;

    CaseworkRoutes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                mine("GET /", EVERYBODY),
                lists("GET /cases", READERS),
                lists("GET /search", READERS).sends("q=Zorab"),
                mine("GET /emergency", CARERS),
                mine("GET /reviews", LOG_EXPORTERS),
                lists("GET /clients", PROFILE_READERS).sends("name=Zorabel").refused(NOT_PROFILE_READERS),
                mine("GET /clients/merge", ADMINS).sends("first={code}&second={sister}"),
                mine("POST /clients/merge", ADMINS)
                        .sends("first={code}&second={sister}")
                        .leadsTo("/clients/merge"),
                mine("POST /clients/merges/{id:[0-9]{1,18}}/undo", ADMINS)
                        .answers(409)
                        .leadsTo("/clients/merge"),
                ofRecord("GET /clients/{id:[0-9]{1,18}}", PROFILE_READERS)
                        .thatNamesTheClient()
                        .inEmergency(),
                ofRecord("GET /clients/{id:[0-9]{1,18}}/edit", FRONT).refused(PROFILE_READERS),
                ofRecord("POST /clients/{id:[0-9]{1,18}}/edit", FRONT)
                        .refused(PROFILE_READERS)
                        .sends("givenName=Zora&language=en&version=0"),
                ofRecord("GET /clients/{id:[0-9]{1,18}}/reads", EnumSet.of(SUPERVISOR, PRIVACY))
                        .refused(PROFILE_READERS)
                        .by(SUPERVISOR),
                ofRecord("POST /clients/{id:[0-9]{1,18}}/protect", PROTECTORS)
                        .refused(PROFILE_READERS)
                        .by(SUPERVISOR)
                        .sends("reason=hidden from a stalker"),
                ofRecord("POST /clients/{id:[0-9]{1,18}}/unprotect", PROTECTORS)
                        .refused(PROFILE_READERS)
                        .by(SUPERVISOR),
                // the client has a name
                ofCase("GET /cases/{code}/client", FRONT).answers(409),
                ofCase("POST /cases/{code}/client", FRONT)
                        .sends("profile=999999999")
                        .answers(409),
                // answered alike whatever code is typed
                mine("POST /emergency", CARERS)
                        .sends("code=YRK-2026-9999&kind=danger&reason=nobody answers")
                        .answers(400),
                // only whoever began it ends it
                mine("POST /emergency/{id:[0-9]{1,18}}/end", EVERYBODY).answers(404),
                ofRecord("POST /reviews/{id:[0-9]{1,18}}", LOG_EXPORTERS)
                        .leadsTo("/reviews")
                        .sends("finding=justified&remark="),
                ofProject("GET /p/{key}", EVERYBODY),
                ofProject("GET /p/{project}/cases", EVERYBODY),
                ofProject("POST /p/{project}/cases/columns", LISTERS).sends("column=code&column=client"),
                mine("POST /cases/columns", EVERYBODY).leadsTo("/cases").sends("column=code"),
                ofProject("GET /p/{project}/cases/bulk", LEADERS).sends("do=assign&all=true"),
                ofProject("POST /p/{project}/cases/bulk", LEADERS).sends("do=assign&all=true&what={worker}"),
                // begun and kept by somebody else
                partOfCase("GET /p/{project}/bulk/{bulk:[0-9]{1,18}}", NOBODY).by(COORDINATOR),
                partOfCase("POST /p/{project}/bulk/{bulk:[0-9]{1,18}}/start", NOBODY)
                        .by(COORDINATOR),
                partOfCase("POST /p/{project}/bulk/{bulk:[0-9]{1,18}}/drop", NOBODY)
                        .by(COORDINATOR),
                ofProject("POST /p/{project}/searches", LISTERS).sends("name=Late ones&query=status=new"),
                // somebody else's
                ofRecord("POST /p/{project}/searches/{search:[0-9]{1,18}}", NOBODY)
                        .refused(EnumSet.complementOf(EnumSet.copyOf(LISTERS)))
                        .sends("do=rename&name=Mine"),
                ofProject("POST /p/{project}/cases/export", EnumSet.of(COORDINATOR, SUPERVISOR, MANAGER))
                        .answers(200)
                        .sends("format=csv&query="),
                ofCase("GET /cases/{code}", READERS, UNIT, CONTRIBUTOR)
                        .inEmergency()
                        .thatNamesTheClient(),
                partOfCase(
                        "GET /cases/{code}/{tab}", EnumSet.of(CASEWORKER, COORDINATOR, SUPERVISOR, MANAGER, PRIVACY)),
                ofCase("GET /cases/{code}/assign", LEADERS).thatNamesTheClient(),
                ofCase("POST /cases/{code}/assign", LEADERS).sends("worker={worker}&version={version}&reason="),
                ofCase("GET /cases/{code}/close", CARERS).by(SUPERVISOR).thatNamesTheClient(),
                ofCase("POST /cases/{code}/close", CARERS).by(SUPERVISOR).sends("reason=withdrawn&version={version}"),
                ofCase("GET /cases/{code}/service-mode", CARERS).by(SUPERVISOR),
                ofCase("POST /cases/{code}/service-mode", CARERS)
                        .by(SUPERVISOR)
                        .sends("mode=individual&version={version}"),
                ofCase("POST /cases/{code}/flags", CARERS).sends("kind=safeguarding"),
                ofCase("POST /cases/{code}/flags/{kind}/resolve", CARERS).sends("resolution=done"),
                ofCase("GET /cases/{code}/notes/new", CARERS, CONTRIBUTOR),
                ofCase("POST /cases/{code}/notes/new", CARERS, CONTRIBUTOR).sends("text=Called"),
                // a note that somebody else wrote
                ofCase("GET /cases/{code}/notes/{id:[0-9]{1,18}}", SUPERVISORS).by(CASEWORKER),
                ofCase("POST /cases/{code}/notes/{id:[0-9]{1,18}}", SUPERVISORS)
                        .by(CASEWORKER)
                        .sends("text=Called again&version=0"),
                ofCase("GET /cases/{code}/notes/{id:[0-9]{1,18}}/history", PLAN_READERS, CONTRIBUTOR)
                        .inEmergency(),
                ofCase("POST /cases/{code}/notes/{id:[0-9]{1,18}}/withdraw", SUPERVISORS)
                        .by(CASEWORKER),
                ofCase("POST /cases/{code}/notes/{id:[0-9]{1,18}}/restore", SUPERVISORS)
                        .by(CASEWORKER),
                ofCase("GET /cases/{code}/reminders/new", FRONT, CONTRIBUTOR),
                ofCase("POST /cases/{code}/reminders/new", FRONT, CONTRIBUTOR).sends("text=Call again&when=week"),
                ofCase("GET /cases/{code}/reminders/{id:[0-9]{1,18}}", FRONT, CONTRIBUTOR),
                ofCase("POST /cases/{code}/reminders/{id:[0-9]{1,18}}", FRONT, CONTRIBUTOR)
                        .sends("text=Call again&when=day&day=2026-12-01&version=0"),
                ofCase("POST /cases/{code}/reminders/{id:[0-9]{1,18}}/move", FRONT, CONTRIBUTOR)
                        .sends("when=week"),
                ofCase("POST /cases/{code}/reminders/{id:[0-9]{1,18}}/done", FRONT, CONTRIBUTOR),
                ofCase("POST /cases/{code}/reminders/{id:[0-9]{1,18}}/undo", FRONT, CONTRIBUTOR),
                ofCase("GET /cases/{code}/plan/goals/new", CARERS),
                ofCase("POST /cases/{code}/plan/goals/new", CARERS).sends("text=A flat"),
                ofCase("GET /cases/{code}/plan/goals/{id:[0-9]{1,18}}", CARERS),
                ofCase("POST /cases/{code}/plan/goals/{id:[0-9]{1,18}}", CARERS)
                        .sends("text=A room&status=open&version=0"),
                ofCase("GET /cases/{code}/plan/goals/{id:[0-9]{1,18}}/actions/new", CARERS),
                ofCase("POST /cases/{code}/plan/goals/{id:[0-9]{1,18}}/actions/new", CARERS)
                        .sends("text=Call&owner=client&due=5"),
                ofCase("GET /cases/{code}/plan/actions/{id:[0-9]{1,18}}", CARERS),
                ofCase("POST /cases/{code}/plan/actions/{id:[0-9]{1,18}}", CARERS)
                        .sends("text=Call&owner=client&due=none&status=open&version=0"),
                ofCase("POST /cases/{code}/plan/actions/{id:[0-9]{1,18}}/{status:done|open}", CARERS),
                ofCase("GET /cases/{code}/plan/review", CARERS),
                ofCase("POST /cases/{code}/plan/review", CARERS).sends("day=2027-01-15&seen="),
                ofCase("GET /cases/{code}/plan/sign", CARERS),
                ofCase("POST /cases/{code}/plan/sign", CARERS).sends("name=Z&day=2026-11-23&manner=typed&version=2"),
                ofCase("GET /cases/{code}/plan/signed/{number:[0-9]{1,6}}", PLAN_READERS, CONTRIBUTOR)
                        .inEmergency(),
                ofCase("GET /cases/{code}/plan.pdf", PLAN_READERS, CONTRIBUTOR).inEmergency(),
                ofCase("GET /cases/{code}/status", CARERS).by(SUPERVISOR),
                ofCase("POST /cases/{code}/status", CARERS)
                        .answers(409)
                        .by(SUPERVISOR)
                        .sends("status=1&version={version}"),
                ofCase("POST /cases/{code}/take", CARERS).answers(302, 409),
                ofCase("GET /cases/{code}/team", LEADERS),
                ofCase("POST /cases/{code}/team", LEADERS).sends("team=none&version={version}"),
                ofCase("GET /cases/{code}/activity.csv", LOG_EXPORTERS),
                ofCase("GET /cases/{code}/contact-points/new", FRONT),
                ofCase("POST /cases/{code}/contact-points/new", FRONT).sends("kind=phone&value=905 555 0188&safe=true"),
                ofCase("GET /cases/{code}/contact-points/{id}", FRONT),
                ofCase("POST /cases/{code}/contact-points/{id}", FRONT).sends("value=905 555 0188&safe=true"),
                ofCase("POST /cases/{code}/contact-points/{id}/remove", FRONT),
                ofCase("GET /cases/{code}/consents", FRONT).thatNamesTheClient(),
                ofCase("POST /cases/{code}/consents", FRONT)
                        .sends("channel=sms&answer=refused&givenBy=client&givenOn=2026-11-20&wording=2026-1"),
                ofCase("POST /cases/{code}/consents/{channel}/withdraw", FRONT),
                ofCase("GET /cases/{code}/support-contacts/new", FRONT),
                ofCase("POST /cases/{code}/support-contacts/new", FRONT).sends("name=Uncle"),
                ofCase("GET /cases/{code}/support-contacts/{id}", FRONT),
                ofCase("POST /cases/{code}/support-contacts/{id}", FRONT).sends("name=Uncle"),
                ofCase("GET /cases/{code}/collaborators", CARERS),
                ofCase("POST /cases/{code}/collaborators", CARERS).sends("person={supervisor}"),
                ofCase("POST /cases/{code}/collaborators/{person:[0-9]{1,18}}/remove", CARERS),
                ofCase("POST /cases/{code}/claim", CARERS).answers(302, 409),
                ofCase("GET /cases/{code}/related/find", CARERS),
                ofCase("POST /cases/{code}/related/network", LEADERS)
                        .answers(200)
                        .by(SUPERVISOR)
                        .sends("name=&reason=Her brother was here"),
                ofCase("POST /cases/{code}/related", CARERS).sends("other={sister}&kind=household"),
                ofCase("POST /cases/{code}/related/{relation:[0-9]{1,18}}/remove", CARERS),
                // only whoever removed it brings it back
                ofRecord("POST /cases/{code}/related/{relation:[0-9]{1,18}}/undo", NOBODY)
                        .refused(NOT_CARERS),
                ofProject("GET /p/{key}/files", CASE_FOLK),
                ofProject("GET /p/{key}/files/{id:[0-9]{1,18}}", CASE_FOLK),
                ofCase("GET /cases/{code}/attributes", CARERS),
                ofCase("POST /cases/{code}/attributes", CARERS).sends("a-shelter=Maple House&was-shelter="));
    }

    /** A bulk change that somebody else began, and a saved search. */
    @Override
    public void plant(Lived lived) {
        jdbc.sql("""
                        insert into bulk_change (project_id, by_account, kind, what, total, created_at)
                        values (:york, :coordinator, 'flag', 'housing', 0, now())
                        """)
                .param("york", lived.york().id().value())
                .param("coordinator", lived.coordinator().value())
                .update();
        jdbc.sql("""
                        insert into saved_search (project_id, owner_id, name, query, created_at)
                        values (:york, :worker, 'Zorabelle and others', 'q=zora', now())
                        """)
                .param("york", lived.york().id().value())
                .param("worker", lived.worker().value())
                .update();
        jdbc.sql("""
                        insert into break_glass (account_id, project_id, case_code, kind, reason, opened_at, until, ended_at)
                        select :worker, :york, max(code), 'danger', 'nobody answers', now() - interval '2 hours',
                               now() - interval '1 hour', now() - interval '1 hour'
                          from case_file
                        """)
                .param("york", lived.york().id().value())
                .param("worker", lived.worker().value())
                .update();
        jdbc.sql("""
                        insert into profile_merge (survivor, absorbed, merged_at)
                        select max(profile_id), min(profile_id), now() from case_file where code <> :code
                        """).param("code", lived.code()).update();
    }

    @Override
    public @Nullable Object standsFor(String placeholder, String route, Lived lived) {
        return switch (placeholder) {
            case "id" -> id(route, lived);
            case "bulk", "search", "relation" -> 1;
            case "person" -> lived.supervisor();
            case "tab" -> "activity";
            case "kind" -> "risk";
            case "channel" -> "sms";
            case "status" -> "done";
            case "number" -> 1;
            default -> null;
        };
    }

    private Object id(String route, Lived lived) {
        if (route.contains("/contact-points/")) {
            return lived.contact();
        }
        if (route.contains("/support-contacts/")) {
            return lived.support();
        }
        if (route.contains("/clients/{")) {
            return jdbc.sql("select profile_id from case_file where code = :code")
                    .param("code", lived.code())
                    .query(Long.class)
                    .single();
        }
        if (route.contains("/clients/merges/")) {
            return jdbc.sql("select max(id) from profile_merge")
                    .query(Long.class)
                    .single();
        }
        for (var each : TABLES.entrySet()) {
            if (route.contains(each.getKey())) {
                return jdbc.sql("select min(id) from " + each.getValue())
                        .query(Long.class)
                        .single();
            }
        }
        return 1;
    }
}
