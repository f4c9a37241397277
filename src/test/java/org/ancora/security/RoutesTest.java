package org.ancora.security;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import jakarta.servlet.Filter;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ancora.access.UserId;
import org.ancora.security.Household.Lived;
import org.ancora.testing.AncoraTest;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.stereotype.Controller;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Attacks 14 and 20 on every route that the product has, taken from its own list: one that is added fails here until
 * somebody has said what it shows and to whom.
 */
@AncoraTest
class RoutesTest {

    /** What a route shows or changes. */
    enum Kind {
        /** Open to strangers. */
        PUBLIC,
        /** Shows whoever asks their own things; nothing in its address names a record. */
        OWN,
        /** One record, which nobody learns of who may not see it. */
        RECORD,
        /** Only where the demo is. */
        DEMO
    }

    /**
     * One route.
     *
     * @param body parameters, or JSON where it begins with a brace; a placeholder stands for an id of the household
     * @param by who may do it
     */
    record Route(Kind kind, String body, String by) {}

    static final Map<String, Route> ROUTES = new LinkedHashMap<>();

    static {
        open("GET /sign-in", "GET /set-up/{secret}", "POST /set-up/{secret}", "POST /language", "ANY /error");
        own("GET /", "GET /tasks", "GET /cases", "GET /search", "GET /notices", "GET /print", "GET /intakes/new");
        own("GET /admin", "GET /admin/new-project", "GET /admin/people", "GET /admin/networks");
        record("POST /admin/networks/{id:[0-9]{1,18}}", "admin", "name=Ours");
        record("POST /admin/networks/{id:[0-9]{1,18}}/organisations", "admin", "name=Ours");
        record("POST /admin/networks/{id:[0-9]{1,18}}/organisations/{organisation:[0-9]{1,18}}", "admin", "name=Ours");
        record("POST /admin/projects/{key}/caseload/{worker:[0-9]{1,18}}", "admin", "limit=5");
        record("GET /admin/projects/{key}/people", "admin");
        record("GET /admin/projects/{key}/people/new", "admin");
        record(
                "POST /admin/projects/{key}/people/new",
                "admin",
                "name=New&email=new@york.example&language=en&roles=agent");
        record("GET /admin/projects/{key}/people/{id:[0-9]{1,18}}", "admin");
        record("POST /admin/projects/{key}/people/{id:[0-9]{1,18}}", "admin", "version=1&roles=agent");
        for (String act : List.of("end", "link", "shut", "open")) {
            record("POST /admin/projects/{key}/people/{id:[0-9]{1,18}}/" + act, "admin", "");
        }
        own("POST /admin/new-project", "key=new-place");
        for (String section :
                List.of("project", "letterhead", "calendar", "transitions", "reopening", "caseload", "closing")) {
            record("GET /admin/projects/{key}/" + section, "admin");
            record("POST /admin/projects/{key}/" + section, "admin", "version=0&name=Ours");
        }
        record("POST /admin/projects/{key}/calendar/days", "admin", "day=2026-12-24&reasonEn=a&reasonEs=b&reasonIt=c");
        record("POST /admin/projects/{key}/calendar/days/remove", "admin", "day=2026-12-24");
        for (String list : List.of("statuses", "closing-reasons")) {
            record("GET /admin/projects/{key}/" + list, "admin");
            record("GET /admin/projects/{key}/" + list + "/new", "admin");
            record("POST /admin/projects/{key}/" + list + "/new", "admin", "key=made-up");
            record("GET /admin/projects/{key}/" + list + "/{id:[0-9]{1,18}}", "admin");
            record("POST /admin/projects/{key}/" + list + "/{id:[0-9]{1,18}}", "admin", "version=0");
        }
        record("POST /admin/projects/{key}/statuses/{id:[0-9]{1,18}}/retire", "admin", "");
        record("POST /admin/projects/{key}/statuses/{id:[0-9]{1,18}}/restore", "admin", "");
        record("GET /admin/projects/{key}", "admin");
        record("GET /admin/projects/{key}/clients", "admin");
        record("POST /admin/projects/{key}/clients", "admin", "minutes=45");
        own("GET /emergency", "GET /reviews", "GET /clients", "GET /clients/merge");
        // Only for administrators, whatever codes are sent; ClientPagesTest shows it.
        own("POST /clients/merge", "first=YRK-2026-0001&second=YRK-2026-9999");
        own("POST /clients/merges/{id:[0-9]{1,18}}/undo", "");
        record("GET /clients/{id:[0-9]{1,18}}", "worker");
        record("GET /clients/{id:[0-9]{1,18}}/edit", "worker");
        record("POST /clients/{id:[0-9]{1,18}}/edit", "worker", "givenName=Zora&language=en&version=0");
        record("GET /clients/{id:[0-9]{1,18}}/reads", "supervisor");
        record("POST /clients/{id:[0-9]{1,18}}/protect", "supervisor", "reason=hidden from a stalker");
        record("POST /clients/{id:[0-9]{1,18}}/unprotect", "supervisor", "");
        record("GET /cases/{code}/client", "worker");
        record("POST /cases/{code}/client", "worker", "profile=999999999");
        // Answered alike whatever code is typed; EmergencyTest shows it.
        own("POST /emergency", "code=YRK-2026-9999&kind=danger&reason=nobody answers");
        own("POST /emergency/{id:[0-9]{1,18}}/end", "");
        own("POST /reviews/{id:[0-9]{1,18}}", "finding=justified&remark=");
        record("GET /admin/projects/{key}/automations", "admin");
        record("POST /admin/projects/{key}/automations", "admin", "version=1");
        own("POST /theme", "theme=dark");
        own("POST /session", "");
        own("POST /notices/read", "upTo=9999999");
        own("POST /notices/choice", "choice=DAILY");
        record("GET /tasks/{id}", "worker");
        record("GET /tasks/{id}/where", "worker");
        record("GET /tasks/{id}/diagram.xml", "worker");
        record("GET /tasks/{id}/assign", "coordinator");
        record("POST /tasks/{id}/assign", "coordinator", "to={worker}");
        record("POST /tasks/{id}/claim", "worker", "");
        record("POST /tasks/{id}/release", "worker", "");
        record("POST /tasks/{id}/complete", "worker", "{\"mainOutcome\":\"no-answer\"}");
        record("POST /tasks/{id}/draft", "worker", "{\"note\":\"x\"}");
        record("GET /p/{key}", "worker");
        record("GET /p/{project}/cases", "worker");
        record("POST /p/{project}/cases/columns", "worker", "column=code&column=client");
        own("POST /cases/columns", "column=code");
        record("GET /p/{project}/cases/bulk", "coordinator", "do=assign&all=true");
        record("POST /p/{project}/cases/bulk", "coordinator", "do=assign&all=true&what={worker}");
        record("GET /p/{project}/bulk/{bulk:[0-9]{1,18}}", "coordinator");
        record("POST /p/{project}/bulk/{bulk:[0-9]{1,18}}/start", "coordinator", "");
        record("POST /p/{project}/bulk/{bulk:[0-9]{1,18}}/drop", "coordinator", "");
        record("POST /p/{project}/searches", "worker", "name=Late ones&query=status=new");
        record("POST /p/{project}/searches/{search:[0-9]{1,18}}", "worker", "do=first");
        record("POST /p/{project}/cases/export", "coordinator", "format=csv&query=");
        record("GET /p/{project}/intakes/new", "worker");
        record(
                "POST /p/{project}/intakes/new",
                "worker",
                "requestKey=6f4a7f9c-9f3e-4d0e-8f5c-1c8f8a3f0a11"
                        + "&givenName=New&language=en&serviceMode=individual&consentBy=client&sourceKind=self");
        record("GET /cases/{code}", "worker");
        record("GET /cases/{code}/{tab}", "worker");
        record("GET /cases/{code}/assign", "coordinator");
        record("POST /cases/{code}/assign", "coordinator", "worker={worker}&version={version}&reason=");
        record("GET /cases/{code}/close", "supervisor");
        record("POST /cases/{code}/close", "supervisor", "reason=withdrawn&version={version}");
        record("GET /cases/{code}/service-mode", "supervisor");
        record("POST /cases/{code}/service-mode", "supervisor", "mode=individual");
        record("POST /cases/{code}/flags", "worker", "kind=safeguarding");
        record("POST /cases/{code}/flags/{kind}/resolve", "worker", "resolution=done");
        own("POST /drafts", "{\"place\":\"/cases/YRK-2026-0001/notes/new\",\"fields\":{\"text\":\"x\"}}");
        own("POST /drafts/discard", "place=/cases/YRK-2026-0001/notes/new");
        record("GET /cases/{code}/notes/new", "worker");
        record("POST /cases/{code}/notes/new", "worker", "text=Called");
        record("GET /cases/{code}/notes/{id:[0-9]{1,18}}", "worker");
        record("POST /cases/{code}/notes/{id:[0-9]{1,18}}", "worker", "text=Called again&version=0");
        record("GET /cases/{code}/notes/{id:[0-9]{1,18}}/history", "worker");
        record("POST /cases/{code}/notes/{id:[0-9]{1,18}}/withdraw", "worker", "");
        record("POST /cases/{code}/notes/{id:[0-9]{1,18}}/restore", "worker", "");
        record("GET /cases/{code}/reminders/new", "worker");
        record("POST /cases/{code}/reminders/new", "worker", "text=Call again&when=week");
        record("GET /cases/{code}/reminders/{id:[0-9]{1,18}}", "worker");
        record(
                "POST /cases/{code}/reminders/{id:[0-9]{1,18}}",
                "worker",
                "text=Call again&when=day&day=2026-12-01&version=0");
        record("POST /cases/{code}/reminders/{id:[0-9]{1,18}}/move", "worker", "when=week");
        record("POST /cases/{code}/reminders/{id:[0-9]{1,18}}/done", "worker", "");
        record("POST /cases/{code}/reminders/{id:[0-9]{1,18}}/undo", "worker", "");
        record("GET /cases/{code}/plan/goals/new", "worker");
        record("POST /cases/{code}/plan/goals/new", "worker", "text=A flat");
        record("GET /cases/{code}/plan/goals/{id:[0-9]{1,18}}", "worker");
        record("POST /cases/{code}/plan/goals/{id:[0-9]{1,18}}", "worker", "text=A room&status=open&version=0");
        record("GET /cases/{code}/plan/goals/{id:[0-9]{1,18}}/actions/new", "worker");
        record("POST /cases/{code}/plan/goals/{id:[0-9]{1,18}}/actions/new", "worker", "text=Call&owner=client&due=5");
        record("GET /cases/{code}/plan/actions/{id:[0-9]{1,18}}", "worker");
        record(
                "POST /cases/{code}/plan/actions/{id:[0-9]{1,18}}",
                "worker",
                "text=Call&owner=client&due=none&status=open&version=0");
        record("POST /cases/{code}/plan/actions/{id:[0-9]{1,18}}/{status:done|open}", "worker", "");
        record("GET /cases/{code}/plan/review", "worker");
        record("POST /cases/{code}/plan/review", "worker", "day=2027-01-15&seen=");
        record("GET /cases/{code}/plan/sign", "worker");
        record("POST /cases/{code}/plan/sign", "worker", "name=Z&day=2026-11-23&manner=typed&version=2");
        record("GET /cases/{code}/plan/signed/{number:[0-9]{1,6}}", "worker");
        record("GET /cases/{code}/plan.pdf", "worker");
        record("GET /cases/{code}/status", "supervisor");
        record("POST /cases/{code}/status", "supervisor", "status=1&version={version}");
        record("POST /cases/{code}/take", "worker", "");
        record("GET /cases/{code}/team", "coordinator");
        record("POST /cases/{code}/team", "coordinator", "team=none&version={version}");
        record("GET /cases/{code}/activity.csv", "privacy");
        record("GET /cases/{code}/contact-points/new", "worker");
        record("POST /cases/{code}/contact-points/new", "worker", "kind=phone&value=905 555 0188&safe=true");
        record("GET /cases/{code}/contact-points/{id}", "worker");
        record("POST /cases/{code}/contact-points/{id}", "worker", "value=905 555 0188&safe=true");
        record("POST /cases/{code}/contact-points/{id}/remove", "worker", "");
        record("GET /cases/{code}/consents", "worker");
        record(
                "POST /cases/{code}/consents",
                "worker",
                "channel=sms&answer=refused&givenBy=client&givenOn=2026-11-20&wording=2026-1");
        record("POST /cases/{code}/consents/{channel}/withdraw", "worker", "");
        record("GET /cases/{code}/support-contacts/new", "worker");
        record("POST /cases/{code}/support-contacts/new", "worker", "name=Uncle");
        record("GET /cases/{code}/support-contacts/{id}", "worker");
        record("POST /cases/{code}/support-contacts/{id}", "worker", "name=Uncle");
        record("GET /cases/{code}/in-touch", "worker");
        record("POST /cases/{code}/in-touch", "worker", "channel=phone&day=2026-11-23&hour=09:05");
        record("GET /cases/{code}/source-answered", "worker");
        record("POST /cases/{code}/source-answered", "worker", "channel=phone&day=2026-11-23&hour=09:05");
        record("GET /cases/{code}/procedure.xml", "worker");
        record("GET /cases/{code}/collaborators", "worker");
        record("POST /cases/{code}/collaborators", "worker", "person={supervisor}");
        record("POST /cases/{code}/collaborators/{person:[0-9]{1,18}}/remove", "worker", "");
        record("POST /cases/{code}/claim", "worker", "");
        record("GET /cases/{code}/related/find", "worker");
        record("POST /cases/{code}/related/network", "supervisor", "name=&reason=Her brother was here");
        record("POST /cases/{code}/related", "worker", "other={sister}&kind=household");
        record("POST /cases/{code}/related/{relation:[0-9]{1,18}}/remove", "worker", "");
        record("POST /cases/{code}/related/{relation:[0-9]{1,18}}/undo", "worker", "");
        record("GET /admin/projects/{key}/teams", "admin");
        record("GET /admin/projects/{key}/teams/new", "admin");
        record("POST /admin/projects/{key}/teams/new", "admin", "name=Crew&purpose=x");
        record("GET /admin/projects/{key}/teams/{id:[0-9]{1,18}}", "admin");
        record("POST /admin/projects/{key}/teams/{id:[0-9]{1,18}}", "admin", "name=Night crew&version=0");
        record("POST /admin/projects/{key}/teams/{id:[0-9]{1,18}}/retire", "admin", "retired=true");
        record("GET /admin/projects/{key}/flags", "admin");
        record("GET /admin/projects/{key}/flags/new", "admin");
        record(
                "POST /admin/projects/{key}/flags/new",
                "admin",
                "key=dog&nameEn=dog&nameEs=perro&nameIt=cane&colour=soon&position=60");
        record("GET /admin/projects/{key}/flags/{id:[0-9]{1,18}}", "admin");
        record(
                "POST /admin/projects/{key}/flags/{id:[0-9]{1,18}}",
                "admin",
                "nameEn=dog&nameEs=perro&nameIt=cane&colour=soon&position=60&version=0");
        record("POST /admin/projects/{key}/flags/{id:[0-9]{1,18}}/retire", "admin", "retired=true");
        record("GET /admin/projects/{key}/attributes", "admin");
        record("GET /admin/projects/{key}/attributes/new", "admin");
        record(
                "POST /admin/projects/{key}/attributes/new",
                "admin",
                "key=bed&kind=text&nameEn=bed&nameEs=cama&nameIt=letto&position=60");
        record("GET /admin/projects/{key}/attributes/{id:[0-9]{1,18}}", "admin");
        record(
                "POST /admin/projects/{key}/attributes/{id:[0-9]{1,18}}",
                "admin",
                "nameEn=bed&nameEs=cama&nameIt=letto&position=60&version=0");
        record("POST /admin/projects/{key}/attributes/{id:[0-9]{1,18}}/retire", "admin", "retired=true");
        record("GET /admin/projects/{key}/files", "admin");
        record("POST /admin/projects/{key}/files", "admin", "{\"a text\"");
        record("POST /admin/projects/{key}/files/{id:[0-9]{1,18}}/remove", "admin", "");
        record("GET /p/{key}/files", "worker");
        record("GET /p/{key}/files/{id:[0-9]{1,18}}", "worker");
        record("GET /admin/projects/{key}/loads", "admin");
        record("POST /admin/projects/{key}/loads", "admin", "{\"code,shelter\nx,y");
        record("GET /admin/projects/{key}/loads/{id:[0-9]{1,18}}", "admin");
        record("GET /admin/projects/{key}/loads/{id:[0-9]{1,18}}/report.csv", "admin");
        record("POST /admin/projects/{key}/loads/{id:[0-9]{1,18}}/check", "admin", "column0=case-code&column1=1");
        record("POST /admin/projects/{key}/loads/{id:[0-9]{1,18}}/store", "admin", "");
        record("POST /admin/projects/{key}/loads/{id:[0-9]{1,18}}/discard", "admin", "");
        record("GET /cases/{code}/attributes", "worker");
        record("POST /cases/{code}/attributes", "worker", "a-shelter=Maple House&was-shelter=");
        record("GET /letters/{id:[0-9]{1,18}}", "worker");
        record("GET /letters/{id:[0-9]{1,18}}.pdf", "worker");
        record("POST /print/pdf", "reception", "letter={letter}");
        record("POST /print/confirm", "reception", "letter={letter}");
        record("POST /print/posted", "reception", "letter={letter}");
        record("POST /print/undo", "reception", "letter={letter}");
        record("GET /notices/{id:[0-9]{1,18}}", "worker");
        own("POST /notices/{id:[0-9]{1,18}}/read", "");
        own("POST /notices/{id:[0-9]{1,18}}/unread", "");
        ROUTES.put("POST /demo/clock/{by}", new Route(Kind.DEMO, "", "worker"));
    }

    /** What a process owner may do beside administrators. */
    private static final Set<String> OF_OWNERS = Set.of(
            "GET /admin/projects/{key}",
            "GET /admin/projects/{key}/automations",
            "POST /admin/projects/{key}/automations");

    /** Pages that name the client. */
    private static final Set<String> SHOW = Set.of(
            "GET /tasks/{id}",
            "GET /cases/{code}",
            "GET /cases/{code}/assign",
            "GET /cases/{code}/close",
            "GET /cases/{code}/consents",
            "GET /letters/{id:[0-9]{1,18}}",
            "POST /print/confirm");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private FilterChainProxy chain;

    @Autowired
    private MockMvc web;

    @Autowired
    private Household household;

    @Autowired
    private org.springframework.jdbc.core.simple.JdbcClient jdbc;

    private Lived lived;

    @BeforeEach
    void live() throws Exception {
        lived = household.live();
        plant(lived, jdbc);
    }

    /** A bulk change and a saved search, for the routes that need one. */
    static void plant(Lived lived, org.springframework.jdbc.core.simple.JdbcClient jdbc) {
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
    }

    private static List<String> records() {
        return ROUTES.entrySet().stream()
                .filter(route -> route.getValue().kind() == Kind.RECORD)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void knowsEveryRouteOfTheProduct() {
        Set<String> all = new TreeSet<>(routes());
        all.addAll(routesOfTheDemo());

        assertThat(ROUTES.keySet()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(all).contains("POST /demo/clock/{by}");
    }

    /** Where people work, nobody moves the clock. */
    @Test
    void hasNoneOfTheDemosRoutesElsewhere() throws Exception {
        Map<String, String> before = household.everything();
        for (String route : routesOfTheDemo()) {
            assertThat(routes()).doesNotContain(route);
            assertThat(answer(request(route).with(csrf()).with(signedIn(lived.coordinator())))
                            .getStatus())
                    .as(route)
                    .isEqualTo(404);
        }
        assertThat(household.everything()).isEqualTo(before);
    }

    /**
     * Another project's people get 404, the same project's without the permission 404 or 403, strangers the sign-in page;
     * nobody a word of the record, and nothing changes. An id that nobody has is answered in the very same words.
     */
    @Test
    void keepsRecordsToThoseWhoMayKnowThem() throws Exception {
        Map<String, String> before = household.everything();
        SoftAssertions all = new SoftAssertions();
        for (String route : records()) {
            MockHttpServletResponse anonymous = answer(request(route).with(csrf()));
            MockHttpServletResponse elsewhere =
                    answer(request(route).with(csrf()).with(signedIn(lived.stranger())));
            MockHttpServletResponse owner = answer(request(route).with(csrf()).with(signedIn(lived.owner())));
            all.assertThat(anonymous.getStatus()).as(route).isIn(302, 401);
            all.assertThat(String.valueOf(anonymous.getRedirectedUrl()))
                    .as(route)
                    .isIn("/sign-in", "null");
            all.assertThat(elsewhere.getStatus()).as(route).isEqualTo(404);
            if (!route.startsWith("GET /p/") && !OF_OWNERS.contains(route)) {
                all.assertThat(owner.getStatus()).as(route).isIn(403, 404);
            }
            for (MockHttpServletResponse answer : List.of(anonymous, elsewhere, owner)) {
                all.assertThat(text(answer)).as(route).doesNotContain(Household.SECRETS.toArray(String[]::new));
                all.assertThat(answer.getHeaderNames()).as(route).doesNotContain("Content-Disposition");
            }
            String path = path(route)
                    .replace(lived.code(), "YRK-2026-9999")
                    .replace(lived.task(), "nothing")
                    .replace("/p/york", "/p/nowhere")
                    .replace("/projects/york", "/projects/nowhere")
                    .replaceAll("/(letters|notices|clients|networks)/\\d+", "/$1/999999999");
            String body = ROUTES.get(route).body().replace("{letter}", "999999999");
            MockHttpServletResponse missing =
                    answer(requestAt(route, path, body).with(csrf()).with(signedIn(lived.stranger())));
            all.assertThat(missing.getStatus()).as(route).isEqualTo(404);
            all.assertThat(withoutReference(missing, path).equals(withoutReference(elsewhere, path(route))))
                    .as("%s answers alike what is hidden and what is missing", route)
                    .isTrue();
        }
        all.assertThat(household.everything()).isEqualTo(before);
        all.assertAll();
    }

    /** The same requests are real: whoever may send them is shown the record, or changes it. */
    @Test
    void showsRecordsToThoseWhoMayKnowThem() throws Exception {
        SoftAssertions all = new SoftAssertions();
        List<String> routes = new ArrayList<>(records());
        routes.sort(Comparator.comparing((String route) -> route.startsWith("POST"))
                .thenComparing(route -> route.endsWith("/close")));
        for (String route : routes) {
            MockHttpServletResponse allowed = answer(request(route)
                    .with(csrf())
                    .with(signedIn(who(ROUTES.get(route).by()))));
            // A form that asks for more (400, 422), and a procedure that is not waiting (409), are answers of the
            // record.
            all.assertThat(allowed.getStatus())
                    .as("%s: %s", route, text(allowed))
                    .isIn(200, 302, 303, 400, 422, 409);
            if (SHOW.stream().anyMatch(route::equals)) {
                all.assertThat(text(allowed)).as(route).contains("Zorabelle");
            }
        }
        all.assertAll();
    }

    /** Attack 20: the same request without the token, and with one that was made up. */
    @Test
    void changesNothingWithoutTheTokenOfThePage() throws Exception {
        MockMvc unprotected = MockMvcBuilders.webAppContextSetup(context)
                .addFilters(withoutCsrf())
                .build();
        Map<String, String> before = household.everything();
        List<String> changing = new ArrayList<>(
                routes().stream().filter(route -> route.startsWith("POST")).toList());
        changing.addAll(List.of("POST /sign-in", "POST /sign-out"));
        for (String route : changing) {
            UserId who = ROUTES.containsKey(route) ? who(ROUTES.get(route).by()) : lived.worker();
            for (MockHttpServletRequestBuilder forged : List.of(
                    request(route),
                    request(route).header("X-CSRF-TOKEN", "made-up"),
                    request(route).param("_csrf", "x"))) {
                MockHttpServletResponse refused = answer(forged.with(signedIn(who)));
                assertThat(refused.getStatus()).as(route).isEqualTo(403);
            }
            MockHttpServletResponse stranger = answer(request(route));
            assertThat(stranger.getStatus()).as(route).isIn(302, 401);
            assertThat(String.valueOf(stranger.getRedirectedUrl())).as(route).isIn("/sign-in?expired", "null");
        }
        assertThat(household.everything()).isEqualTo(before);

        String forged = "POST /cases/{code}/flags";
        assertThat(unprotected
                        .perform(request(forged).with(signedIn(lived.worker())))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .as("it works where nobody asks for a token")
                .isEqualTo(302);
        assertThat(household.everything()).isNotEqualTo(before);
    }

    /** Nothing that is read by GET or asked by HEAD and OPTIONS changes a record. */
    @Test
    void changesNothingByLooking() throws Exception {
        Map<String, String> before = household.everything();

        for (String route : routes()) {
            if (route.startsWith("GET") && !route.contains("/notices/{id")) {
                UserId who = ROUTES.get(route).kind() == Kind.RECORD
                        ? who(ROUTES.get(route).by())
                        : lived.worker();
                answer(request(route).with(signedIn(who)));
                for (HttpMethod method : List.of(HttpMethod.HEAD, HttpMethod.OPTIONS)) {
                    answer(MockMvcRequestBuilders.request(method, URI.create(path(route)))
                            .with(signedIn(who)));
                }
            }
        }

        assertThat(household.everything()).isEqualTo(before);
    }

    /** A personal page stays in nobody's cache, is not guessed at, framed or told to other sites. */
    @Test
    void personalPagesAreKeptNowhere() throws Exception {
        for (String route : routes()) {
            if (route.startsWith("GET") && ROUTES.get(route).kind() != Kind.PUBLIC) {
                UserId who = ROUTES.get(route).kind() == Kind.RECORD
                        ? who(ROUTES.get(route).by())
                        : lived.worker();
                MockHttpServletResponse page = answer(request(route).with(signedIn(who)));
                assertThat(page.getHeader("Cache-Control")).as(route).contains("no-store");
                assertThat(page.getHeader("X-Content-Type-Options")).as(route).isEqualTo("nosniff");
                assertThat(page.getHeader("X-Frame-Options")).as(route).isEqualTo("DENY");
                assertThat(page.getHeader("Content-Security-Policy")).as(route).contains("default-src 'self'");
                assertThat(page.getHeader("Referrer-Policy")).as(route).isEqualTo("same-origin");
            }
        }
    }

    private Set<String> routes() {
        return routes(mappings);
    }

    /** Every route of the product, as {@code GET /cases/{code}}. */
    static Set<String> routes(RequestMappingHandlerMapping mappings) {
        Set<String> found = new TreeSet<>();
        mappings.getHandlerMethods().forEach((mapping, handler) -> {
            if (ofTheProduct(handler)) {
                for (String pattern : mapping.getPatternValues()) {
                    var methods = mapping.getMethodsCondition().getMethods();
                    if (methods.isEmpty()) {
                        found.add("ANY " + pattern);
                    }
                    methods.forEach(method -> found.add(method + " " + pattern));
                }
            }
        });
        return found;
    }

    /** From the classes themselves, because these tests run without the demo. */
    private static Set<String> routesOfTheDemo() {
        StandardEnvironment demo = new StandardEnvironment();
        demo.setActiveProfiles("demo");
        ClassPathScanningCandidateComponentProvider classes =
                new ClassPathScanningCandidateComponentProvider(false, demo);
        classes.addIncludeFilter(new AnnotationTypeFilter(Controller.class));
        Set<String> found = new TreeSet<>();
        for (BeanDefinition each : classes.findCandidateComponents("org.ancora.demo")) {
            for (Method method :
                    ClassUtils.resolveClassName(each.getBeanClassName(), null).getDeclaredMethods()) {
                RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
                if (mapping != null) {
                    for (RequestMethod verb : mapping.method()) {
                        for (String path : mapping.path()) {
                            found.add(verb + " " + path);
                        }
                    }
                }
            }
        }
        return found;
    }

    private static boolean ofTheProduct(HandlerMethod handler) {
        var source = handler.getBeanType().getProtectionDomain().getCodeSource();
        return handler.getBeanType().getName().startsWith("org.ancora.")
                && source != null
                && !source.getLocation().getPath().contains("test-classes");
    }

    private Filter withoutCsrf() {
        List<Filter> filters = chain.getFilterChains().get(0).getFilters().stream()
                .filter(filter -> !(filter instanceof CsrfFilter))
                .toList();
        return new FilterChainProxy(new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE, filters));
    }

    private MockHttpServletRequestBuilder request(String route) {
        return request(route, lived, jdbc);
    }

    /** A route's request about the household's case, as whoever may do it would send it. */
    static MockHttpServletRequestBuilder request(
            String route, Lived lived, org.springframework.jdbc.core.simple.JdbcClient jdbc) {
        String body = ROUTES.containsKey(route) ? ROUTES.get(route).body() : "";
        return request(route, path(route, lived, jdbc), filled(body, lived, jdbc));
    }

    private MockHttpServletRequestBuilder requestAt(String route, String path, String body) {
        return request(route, path, filled(body, lived, jdbc));
    }

    private static MockHttpServletRequestBuilder request(String route, String path, String body) {
        HttpMethod method = HttpMethod.valueOf(route.substring(0, route.indexOf(' ')));
        MockHttpServletRequestBuilder request =
                MockMvcRequestBuilders.request(method, URI.create(path)).accept("text/html");
        if (body.startsWith("{\"")) {
            return request.content(body).contentType("application/json").accept("application/json");
        }
        for (String pair : body.split("&")) {
            if (!pair.isEmpty()) {
                request.param(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
        }
        return request;
    }

    private String path(String route) {
        return path(route, lived, jdbc);
    }

    private static String path(String route, Lived lived, org.springframework.jdbc.core.simple.JdbcClient jdbc) {
        String pattern = route.substring(route.indexOf(' ') + 1);
        String id = pattern.startsWith("/admin") || pattern.startsWith("/p/{key}/files")
                ? pattern.contains("/people/")
                        ? lived.owner().toString()
                        : firstOf(pattern.replaceAll(".*/\\{key}/([a-z]+)/.*", "$1"), jdbc)
                : pattern.startsWith("/letters")
                        ? lived.letter().toString()
                        : pattern.startsWith("/clients")
                                ? client(lived, jdbc)
                                : pattern.contains("/notes/")
                                        ? first("case_note", jdbc)
                                        : pattern.contains("/reminders/")
                                                ? first("case_reminder", jdbc)
                                                : pattern.contains("/goals/")
                                                        ? first("care_goal", jdbc)
                                                        : pattern.contains("/plan/actions/")
                                                                ? first("care_action", jdbc)
                                                                : pattern.startsWith("/notices")
                                                                        ? String.valueOf(lived.notice())
                                                                        : pattern.contains("contact-points")
                                                                                ? String.valueOf(lived.contact())
                                                                                : pattern.contains("support-contacts")
                                                                                        ? String.valueOf(
                                                                                                lived.support())
                                                                                        : lived.task();
        return pattern.replaceAll("\\{(bulk|search)(:[^}]*}[^}]*)?}", "1")
                .replaceAll("\\{id(:[^}]*}[^}]*)?}", id)
                .replace("{code}", lived.code())
                .replace("{project}", "york")
                .replace("{key}", "york")
                .replace("{tab}", "activity")
                .replace("{worker:[0-9]{1,18}}", lived.worker().toString())
                .replace("{organisation:[0-9]{1,18}}", "1")
                .replace("{kind}", "risk")
                .replace("{relation:[0-9]{1,18}}", "1")
                .replace("{person:[0-9]{1,18}}", lived.supervisor().toString())
                .replace("{by}", "week")
                .replace("{channel}", "sms")
                .replace("{status:done|open}", "done")
                .replace("{number:[0-9]{1,6}}", "1")
                .replace("{secret}", "guessed");
    }

    /** The id of something that administrators look after. */
    private static String firstOf(String section, org.springframework.jdbc.core.simple.JdbcClient jdbc) {
        Map<String, String> tables = Map.of(
                "teams", "team",
                "flags", "flag_kind",
                "attributes", "attribute",
                "loads", "attribute_load",
                "files", "project_file");
        return tables.containsKey(section)
                ? jdbc.sql("select min(id)::text from " + tables.get(section))
                        .query(String.class)
                        .single()
                : "1";
    }

    private static String first(String table, org.springframework.jdbc.core.simple.JdbcClient jdbc) {
        return jdbc.sql("select min(id) from " + table).query(String.class).single();
    }

    private static String client(Lived lived, org.springframework.jdbc.core.simple.JdbcClient jdbc) {
        return jdbc.sql("select profile_id from case_file where code = :code")
                .param("code", lived.code())
                .query(String.class)
                .single();
    }

    private static String filled(String body, Lived lived, org.springframework.jdbc.core.simple.JdbcClient jdbc) {
        return body.replace("{letter}", lived.letter().toString())
                .replace("{worker}", lived.worker().toString())
                .replace(
                        "{sister}",
                        jdbc.sql("select max(code) from case_file where code <> :code and project_id = :york")
                                .param("code", lived.code())
                                .param("york", lived.york().id().value())
                                .query(String.class)
                                .single())
                .replace("{supervisor}", lived.supervisor().toString())
                .replace(
                        "{version}",
                        jdbc.sql("select version from case_file where code = :code")
                                .param("code", lived.code())
                                .query(String.class)
                                .single());
    }

    private UserId who(String role) {
        return switch (role) {
            case "coordinator" -> lived.coordinator();
            case "supervisor" -> lived.supervisor();
            case "reception" -> lived.reception();
            case "privacy" ->
                new UserId(jdbc.sql("select min(account_id) from membership m join project p on p.id = m.project_id"
                                + " where m.role = 'privacy' and p.key = 'york'")
                        .query(Long.class)
                        .single());
            case "admin" -> lived.admin();
            default -> lived.worker();
        };
    }

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request) throws Exception {
        return web.perform(request).andReturn().getResponse();
    }

    private static String text(MockHttpServletResponse answer) throws Exception {
        return answer.getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
    }

    /** The body without what is new in every answer: the reference, the token, and the path that was asked for. */
    private static String withoutReference(MockHttpServletResponse answer, String path) throws Exception {
        return text(answer)
                .replaceAll("[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}", "REFERENCE")
                .replaceAll("(_csrf\"[^>]*(?:value|content)=\")[^\"]*", "$1")
                .replaceAll("(\"csrf-token\" content=\")[^\"]*", "$1")
                .replaceAll("(X-CSRF-TOKEN\": *\")[^\"]*", "$1")
                .replace(path, "PATH");
    }

    private static void open(String... routes) {
        for (String route : routes) {
            ROUTES.put(route, new Route(Kind.PUBLIC, "password=x&again=x&language=it", "worker"));
        }
    }

    private static void own(String... routes) {
        if (routes.length == 2 && routes[0].startsWith("POST")) {
            ROUTES.put(routes[0], new Route(Kind.OWN, routes[1], "worker"));
        } else {
            for (String route : routes) {
                ROUTES.put(route, new Route(Kind.OWN, "", "worker"));
            }
        }
    }

    private static void record(String route, String by, String... body) {
        ROUTES.put(route, new Route(Kind.RECORD, body.length == 0 ? "" : body[0], by));
    }
}
