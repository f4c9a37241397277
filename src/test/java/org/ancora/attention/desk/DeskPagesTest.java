package org.ancora.attention.desk;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.attention.desk.DeskWalk.Path;
import org.ancora.attention.desk.DeskWalk.Team;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** The desk's pages: who comes first, who may do what, what is refused kindly, and in how few statements. */
@AncoraTest
class DeskPagesTest {

    /** Of one page, the session's own not counted. */
    private static final int MOST_STATEMENTS = 12;

    private static final Role[] EVERYTHING = {
        Role.SUPERVISOR, Role.AGENT, Role.RECEPTION, Role.MANAGER, Role.COORDINATOR
    };

    @Autowired
    private DeskWalk walk;

    @Autowired
    private MockMvc web;

    private Team desk;

    @BeforeEach
    void open() {
        desk = walk.inPeru();
    }

    @Test
    void priorityGroupsComeFirstAndThenWhoeverWaitsLongest() throws Exception {
        desk.visitor();
        Path second = desk.visitor(false, false, List.of("older"));
        desk.visitor();
        second.moveTo("2026-11-23T09:30");
        Path last = desk.visitor(false, false, List.of("pregnant", "small-child"));

        Document page = page(desk.agent(), "/desk");

        assertThat(page.select("section[aria-labelledby=room] a.desk-name").eachAttr("href"))
                .containsExactly(
                        second.attendance().path(),
                        last.attendance().path(),
                        "/desk/attended/V-0001",
                        "/desk/attended/V-0003");
    }

    @Test
    void offersEachPersonWhatTheyMayDo() throws Exception {
        desk.visitor();
        desk.visitor(true, false, List.of());

        assertThat(page(desk.agent(), "/desk").select(".desk-row button")).hasSize(1);
        assertThat(page(desk.agent(), "/desk").text()).contains("solo supervisor o jefatura");
        assertThat(page(desk.reception(), "/desk").select(".desk-row button")).isEmpty();
        assertThat(page(desk.manager(), "/desk").select(".desk-row button")).hasSize(1);
        assertThat(page(desk.supervisor(), "/desk").select(".desk-row button")).hasSize(2);
    }

    /** In the reader's words, whatever language the letterhead's own are in. */
    @Test
    void saysUntilWhenItIsOpen() throws Exception {
        assertThat(page(desk.agent(), "/desk").select(".page-head").text())
                .contains("abierto ahora, hasta las 17:00")
                .doesNotContain(desk.project().settings().letterhead().hours());
    }

    @Test
    void showsPromisedCallsByTheirMinuteAndThatOneIsLate() throws Exception {
        Path late = promised("2026-11-23T09:30");
        Path next = promised("2026-11-23T11:15");
        next.moveTo("2026-11-23T09:30");
        assertThat(page(desk.agent(), "/desk").select(".desk-calls .chip-late")).isEmpty();

        late.moveTo("2026-11-23T09:31");

        Document page = page(desk.agent(), "/desk");
        assertThat(page.select(".desk-calls strong").eachText()).containsExactly("9:30", "11:15");
        assertThat(page.select(".desk-calls li").get(0).text()).contains("tarde");
        assertThat(page.select(".desk-calls li").get(1).select(".chip-late")).isEmpty();
        assertThat(page.select(".desk-calls a[href^=tel:]").eachAttr("href")).contains("tel:966000123");
    }

    /** Neither the petition nor the visit or call in which it was made, whatever became of it (J-R12). */
    @ParameterizedTest
    @ValueSource(strings = {"escalate", "solved", "call-back", "named-later"})
    void whoeverIsComplainedAboutSeesNeitherWhoCameNorWhatTheySaid(String how) throws Exception {
        UserId walter = walk.fixtures.aPerson("Walter Silva", desk.project(), EVERYTHING);
        UserId carla = walk.fixtures.aPerson("Carla Silva", desk.project(), EVERYTHING);
        Path call = desk.caller();
        String task = call.task("take-call").id();
        assertThat(shown("/p/ayacucho/desk", walter)).contains("Ccori");
        Map<String, Object> said = DeskWalk.said(
                DeskWalk.escalated(),
                "callBackNumber",
                "966 000 123",
                "kind",
                "complaint",
                "callBackAt",
                "2026-11-23T15:30",
                "outcome",
                how.equals("named-later") ? "escalate" : how);
        call.finish(
                "take-call",
                desk.agent(),
                how.equals("named-later") ? said : DeskWalk.said(said, "about", walter.toString()));
        if (how.equals("named-later")) {
            assertThat(shown("/p/ayacucho/desk", walter)).contains("Ccori");
            new Path(desk, Objects.requireNonNull(call.petition()).number())
                    .finish("route", desk.agent(), Map.of("about", walter.toString()));
        }
        if (how.equals("call-back")) {
            task = call.task("call-back").id();
        }

        for (String path : List.of("/p/ayacucho/desk", "/tasks?tab=team", "/monitor/instances?state=all", "/notices")) {
            assertThat(shown(path, walter)).as(path).doesNotContain("Ccori").doesNotContain(call.code());
        }
        for (String path : List.of("/desk/attended/" + call.code(), "/tasks/" + task)) {
            assertThat(send(get(path), walter).getStatus()).as(path).isEqualTo(404);
            assertThat(send(get(path), carla).getStatus()).as(path).isEqualTo(200);
        }
        assertThat(send(post("/desk/attended/" + call.code() + "/left"), walter).getStatus())
                .isEqualTo(404);
        assertThat(shown("/p/ayacucho/desk", carla)).contains("Ccori");
    }

    @Test
    void somebodyNamedByMistakeSeesTheVisitAgain() throws Exception {
        UserId walter = walk.fixtures.aPerson("Walter Silva", desk.project(), EVERYTHING);
        UserId carla = walk.fixtures.aPerson("Carla Silva", desk.project(), EVERYTHING);
        Path visit = desk.visitor()
                .finish(
                        "attend",
                        desk.agent(),
                        DeskWalk.said(DeskWalk.escalated(), "kind", "complaint", "about", walter.toString()));

        new Path(desk, Objects.requireNonNull(visit.petition()).number())
                .finish("route", desk.agent(), Map.of("about", carla.toString()));

        String path = "/desk/attended/" + visit.code();
        assertThat(send(get(path), walter).getStatus()).isEqualTo(200);
        assertThat(send(get(path), carla).getStatus()).isEqualTo(404);
    }

    @Test
    void aCallIsNotReturnedByWhoeverItIsAbout() {
        Path call = desk.caller()
                .finish(
                        "take-call",
                        desk.agent(),
                        DeskWalk.said(
                                DeskWalk.onThePhone(),
                                "kind",
                                "complaint",
                                "outcome",
                                "call-back",
                                "callBackAt",
                                "2026-11-23T15:30",
                                "about",
                                desk.agent().toString()));

        assertThat(call.task("call-back").assignee()).isNull();
        call.moveTo("2026-11-23T15:30");
        assertThat(call.noticesOf(desk.agent())).isEmpty();
    }

    /** Who reads cases does not read who came to the desk by way of its tasks. */
    @Test
    void tasksAreForThoseWhoMayReadPetitions() throws Exception {
        UserId cara = walk.fixtures.aPerson("Cara Soto", desk.project(), Role.CASEWORKER);
        String task = "/tasks/" + desk.visitor().task("attend").id();

        assertThat(send(get(task), cara).getStatus()).isEqualTo(404);
        assertThat(send(get(task), desk.agent()).getStatus()).isEqualTo(200);
    }

    @Test
    void aVisitOutOfOfficeHoursSaysWhenToComeBack() throws Exception {
        desk.startingAt("2026-11-27T18:00");

        MockHttpServletResponse answer = send(
                post("/p/ayacucho/desk/visits/new")
                        .param("requestKey", UUID.randomUUID().toString())
                        .param("givenName", "Teresa")
                        .param("reason", "Pago"),
                desk.reception());

        assertThat(answer.getRedirectedUrl()).isEqualTo("/desk/attended/V-0001");
        assertThat(Jsoup.parse(shown(answer.getRedirectedUrl(), desk.reception()))
                        .text())
                .contains("puede ser atendido desde lun 30 nov, 9:00");
    }

    @Test
    void pressingTwiceRegistersOnce() throws Exception {
        String key = UUID.randomUUID().toString();
        for (int press = 0; press < 2; press++) {
            assertThat(send(call(key), desk.agent()).getRedirectedUrl()).startsWith("/tasks/");
        }
        assertThat(walk.jdbc
                        .sql("select count(*) from attendance")
                        .query(Integer.class)
                        .single())
                .isOne();
        assertThat(send(call(key), desk.supervisor()).getStatus()).isEqualTo(400);
        assertThat(send(call("x"), desk.agent()).getStatus()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "visits | givenName= & reason=Pago | givenName",
                "visits | givenName=Ana & reason= | reason",
                "visits | givenName=Ana & reason=Pago & document=<b> | document",
                "calls | givenName=Ana & callBackNumber= | callBackNumber",
                "calls | givenName=Ana & callBackNumber=luego | callBackNumber",
                "calls | givenName= & callBackNumber=966 000 123 | givenName",
            })
    void saysWhatIsMissingAndKeepsWhatWasTyped(String list, String typed, String field) throws Exception {
        MockHttpServletRequestBuilder form = post("/p/ayacucho/desk/" + list + "/new")
                .param("requestKey", UUID.randomUUID().toString())
                .param("district", "Huanta");
        for (String pair : typed.split(" & ", -1)) {
            form.param(pair.split("=", 2)[0], pair.split("=", 2)[1]);
        }

        MockHttpServletResponse answer = send(form, desk.agent());

        assertThat(answer.getStatus()).isEqualTo(400);
        Document page = Jsoup.parse(answer.getContentAsString());
        assertThat(page.select(".error-summary a").eachAttr("href")).containsExactly("#" + field);
        assertThat(page.select("#" + field).attr("aria-invalid")).isEqualTo("true");
        assertThat(walk.jdbc
                        .sql("select count(*) from attendance")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void anEmergencyNeedsSomebodyWhoDecides() throws Exception {
        desk.startingAt("2026-11-23T18:00");
        for (String coordinator : new String[] {"", desk.agent().toString(), "999"}) {
            assertThat(send(emergency(coordinator), desk.reception()).getStatus())
                    .isEqualTo(400);
        }

        assertThat(send(emergency(desk.coordinator().toString()), desk.reception())
                        .getStatus())
                .isEqualTo(302);
        assertThat(page(desk.reception(), "/desk").text()).contains("espera la decisión de la coordinación");
    }

    @Test
    void refusesWhoeverHasNoRoleAtTheDesk() throws Exception {
        desk.visitor();
        UserId worker = walk.fixtures.aPerson("Rosa Mamani", desk.project(), Role.CASEWORKER);
        UserId privacy = walk.fixtures.aPerson("Iván Gutiérrez", desk.project(), Role.PRIVACY);
        UserId stranger = walk.fixtures.aPerson("Gina Fontana", walk.fixtures.aProjectInItaly(), Role.values());

        assertThat(status("/p/ayacucho/desk", worker)).isEqualTo(403);
        assertThat(status("/p/ayacucho/desk", privacy)).isEqualTo(200);
        assertThat(status("/p/ayacucho/desk/visits/new", privacy)).isEqualTo(403);
        assertThat(status("/p/ayacucho/desk", stranger)).isEqualTo(404);
        for (UserId person : new UserId[] {worker, stranger}) {
            assertThat(status("/desk/attended/V-0001", person)).isEqualTo(404);
            assertThat(send(post("/desk/attended/V-0001/left"), person).getStatus())
                    .isEqualTo(404);
        }
        assertThat(send(post("/desk/attended/V-0001/left"), privacy).getStatus())
                .isEqualTo(403);
        assertThat(send(
                                post("/p/ayacucho/desk/registers/civil")
                                        .param("attendance", "V-0001")
                                        .param("document", "40123456"),
                                privacy)
                        .getStatus())
                .isEqualTo(403);
    }

    @Test
    void aRegisterIsAskedFromBesideTheForm() throws Exception {
        Path visit = desk.visitor();
        MockHttpServletRequestBuilder ask = post("/p/ayacucho/desk/registers/civil")
                .header("HX-Request", "true")
                .param("attendance", visit.code())
                .param("document", "40123456");

        assertThat(send(ask, desk.agent()).getContentAsString())
                .contains("no está configurado")
                .doesNotContain("<html");

        MockHttpServletRequestBuilder odd = post("/p/ayacucho/desk/registers/beneficiary")
                .param("attendance", visit.code())
                .param("document", "' or 1=1");
        assertThat(send(odd, desk.agent()).getContentAsString()).contains("<html");
        assertThat(send(
                                post("/p/ayacucho/desk/registers/tax")
                                        .param("attendance", visit.code())
                                        .param("document", "40123456"),
                                desk.agent())
                        .getStatus())
                .isEqualTo(404);
    }

    /** The task, its form filled in as far as it is known, the registers and the guide beside it. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void theTaskHasFormRegistersAndGuideInEveryLanguage(String language) throws Exception {
        for (Path path : List.of(desk.visitor(), desk.caller())) {
            String task = walk.tasks.of(path.code()).get(0).id();
            UserId agent = desk.agent();

            String page = web.perform(get("/tasks/" + task)
                            .header("Accept-Language", language)
                            .with(signedIn(agent)))
                    .andReturn()
                    .getResponse()
                    .getContentAsString();

            assertThat(page)
                    .contains("Teresa", "Ccori Mendoza", "desk-guide", "register-document")
                    .doesNotContain("??");
            assertThat(Jsoup.parse(page).select("details.desk-guide")).hasSizeGreaterThanOrEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void everyPageSpeaksEveryLanguage(String language) throws Exception {
        Path visit = desk.visitor();
        visit.finish("attend", desk.agent(), DeskWalk.escalated());
        promised("2026-11-23T09:30");
        for (String path : new String[] {
            "/p/ayacucho/desk",
            "/p/ayacucho/desk/offices",
            "/p/ayacucho/desk/visits/new",
            "/p/ayacucho/desk/calls/new",
            "/desk/attended/V-0001",
            "/desk/attended/C-0002",
            "/petitions/AYA1-2026-0001"
        }) {
            MockHttpServletResponse answer = web.perform(
                            get(path).header("Accept-Language", language).with(signedIn(desk.agent())))
                    .andReturn()
                    .getResponse();
            assertThat(answer.getStatus()).as(path).isEqualTo(200);
            assertThat(answer.getContentAsString()).as(path).doesNotContain("??");
            assertThat(Jsoup.parse(answer.getContentAsString()).text())
                    .as(path)
                    .doesNotContainPattern("\\b\\d{4}-\\d{2}\\b");
        }
    }

    @Test
    void theTaskOfAVisitLeadsBackToTheVisit() throws Exception {
        Path visit = desk.visitor();
        String task = walk.tasks.of(visit.code()).get(0).id();

        assertThat(Jsoup.parse(shown("/tasks/" + task, desk.agent()))
                        .select("header.page-head nav a")
                        .eachAttr("href"))
                .contains("/desk/attended/" + visit.code());
        visit.finish("attend", desk.agent(), DeskWalk.SOLVED);
        assertThat(Jsoup.parse(shown("/tasks/" + task, desk.agent()))
                        .select("main a")
                        .eachAttr("href"))
                .contains("/desk/attended/" + visit.code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/p/ayacucho/desk",
                "/desk/attended/V-0001",
                "/petitions/AYA1-2026-0001",
                "/p/ayacucho/desk/offices",
                "task"
            })
    void takesFewStatementsHoweverManyCome(String path) throws Exception {
        desk.visitor().finish("attend", desk.agent(), DeskWalk.escalated());
        Path waiting = desk.visitor();
        for (int more = 0; more < 6; more++) {
            desk.visitor(false, false, List.of("older"));
            promised("2026-11-23T1" + more + ":30");
        }
        String page = path.equals("task") ? "/tasks/" + waiting.task("attend").id() : path;
        shown(page, desk.agent());

        List<String> statements = new ArrayList<>(SqlCount.during(() -> shown(page, desk.agent())));
        statements.removeIf(statement -> statement.startsWith("INSERT INTO SPRING_SESSION"));

        assertThat(statements).as(String.join("\n----\n", statements)).hasSizeLessThanOrEqualTo(MOST_STATEMENTS);
    }

    private Path promised(String hour) {
        return desk.caller()
                .finish(
                        "take-call",
                        desk.agent(),
                        DeskWalk.said(DeskWalk.onThePhone(), "outcome", "call-back", "callBackAt", hour));
    }

    private static MockHttpServletRequestBuilder call(String key) {
        return post("/p/ayacucho/desk/calls/new")
                .param("requestKey", key)
                .param("givenName", "Julio")
                .param("callBackNumber", "966 000 123");
    }

    private static MockHttpServletRequestBuilder emergency(String coordinator) {
        return post("/p/ayacucho/desk/visits/new")
                .param("requestKey", UUID.randomUUID().toString())
                .param("givenName", "Teresa")
                .param("reason", "Llegó de Cangallo")
                .param("emergency", "true")
                .param("coordinator", coordinator);
    }

    private Document page(UserId person, String path) throws Exception {
        return Jsoup.parse(shown("/p/ayacucho" + path, person));
    }

    private String shown(String path, UserId person) throws Exception {
        return web.perform(get(path).header("Accept-Language", "es").with(signedIn(person)))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private int status(String path, UserId person) throws Exception {
        return web.perform(get(path).with(signedIn(person)))
                .andReturn()
                .getResponse()
                .getStatus();
    }

    private MockHttpServletResponse send(MockHttpServletRequestBuilder request, UserId person) throws Exception {
        return web.perform(request.header("Accept-Language", "es")
                        .with(signedIn(person))
                        .with(csrf()))
                .andReturn()
                .getResponse();
    }
}
