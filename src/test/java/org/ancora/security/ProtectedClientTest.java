package org.ancora.security;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.Profiles;
import org.ancora.security.Household.Lived;
import org.ancora.testing.AncoraTest;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** A protected client keeps their name and numbers from everybody of the project who does not need them. */
@AncoraTest
class ProtectedClientTest {

    /** What identifies the client, and whatever people typed about them, which may do so too. */
    private static final List<String> IDENTIFYING = Stream.concat(
                    Household.SECRETS.stream(), Stream.of("cousin of the mayor", "shelter by the lake", "Badge 4711"))
            .toList();

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    @Autowired
    private MockMvc web;

    @Autowired
    private Household household;

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Cases cases;

    @Autowired
    private Profiles profiles;

    @Autowired
    private JdbcClient jdbc;

    private Lived lived;
    private CaseSummary caseFile;

    @BeforeEach
    void aProtectedClient() throws Exception {
        lived = household.live();
        caseFile = cases.byCode(lived.code());
        write();
        profiles.protect(caseFile, "A violent partner looks for her", lived.supervisor());
    }

    /** Words in every place that the household left empty. */
    private void write() {
        Map<String, Object> here = Map.of(
                "code",
                lived.code(),
                "rita",
                lived.reception().value(),
                "york",
                lived.york().id().value());
        for (String sql : List.of(
                "update related_case set note = 'cousin of the mayor'",
                "update case_flag set resolution = 'cousin of the mayor', resolved_at = now(), resolved_by = :rita",
                """
                insert into case_attribute (case_id, attribute_id, kind, value_text)
                select c.id, a.id, a.kind, 'shelter by the lake' from case_file c join attribute a on a.project_id = c.project_id
                 where c.code = :code and a.key = 'shelter'
                """,
                """
                insert into attribute (project_id, key, kind, name_en, name_es, name_it, system, position)
                values (:york, 'badge', 'external-id', 'Badge', 'Carnet', 'Tessera', 'Registry', 20)
                """,
                """
                insert into case_attribute (case_id, attribute_id, kind, value_text)
                select c.id, a.id, a.kind, 'Badge 4711' from case_file c join attribute a on a.project_id = c.project_id
                 where c.code = :code and a.key = 'badge'
                """,
                """
                insert into case_reminder (case_id, text, due_on, due_at, at_hour, for_account, set_by, set_at)
                select id, 'Ask how she keeps a parrot', current_date, timestamptz '2026-11-20', false, :rita, :rita,
                       timestamptz '2026-11-20'
                  from case_file where code = :code
                """)) {
            jdbc.sql(sql).params(here).update();
        }
    }

    /** No list, file or filter of the project's own attributes tells what a page would not. */
    @Test
    void isNotToldByWhatIsWrittenAboutThem() throws Exception {
        UserId max = fixtures.aPerson("Max Manager", lived.york(), Role.MANAGER);
        String columns = "/p/york/cases?status=all&cols=code,a.shelter,a.badge";
        assertThat(text(get(columns, max))).contains(lived.code()).doesNotContain(IDENTIFYING);
        assertThat(text(get(columns, lived.supervisor()))).contains("shelter by the lake", "Badge 4711");
        assertThat(export(max)).contains(lived.code()).doesNotContain(IDENTIFYING);
        assertThat(export(lived.supervisor())).contains("shelter by the lake", "Badge 4711");
        for (String rule : List.of("a.shelter=lake", "a.badge=4711", "a.badge==Badge%204711", "a.shelter=*")) {
            String list = "/p/york/cases?status=all&" + rule;
            assertThat(text(get(list, max))).as(list).doesNotContain("/cases/" + lived.code());
            assertThat(text(get(list, lived.supervisor()))).as(list).contains("/cases/" + lived.code());
        }
        assertThat(text(get("/", lived.reception())))
                .contains("Something about a protected client: ask whoever has the case");
        UserId petra = fixtures.aPerson("Piet Privacy", lived.york(), Role.PRIVACY, Role.COORDINATOR);
        assertThat(text(get("/cases/" + lived.code() + "/activity.csv", petra))).doesNotContain(IDENTIFYING);
    }

    /** Every address of the product, those of later builders too, as the people who work beside the case see it. */
    @Test
    void isNamedOnNoPageForThoseWhoMayNotKnow() throws Exception {
        List<UserId> outside = List.of(
                lived.reception(),
                fixtures.aPerson("Max Manager", lived.york(), Role.MANAGER),
                fixtures.aPerson("Ada Agent", lived.york(), Role.AGENT),
                fixtures.aPerson("Carl Colleague", lived.york(), Role.CASEWORKER));
        SoftAssertions all = new SoftAssertions();
        for (String path : paths()) {
            for (UserId who : outside) {
                MockHttpServletResponse answer = get(path, who);
                all.assertThat(answer.getStatus()).as(path).isNotEqualTo(500);
                all.assertThat(text(answer)).as("%s for %s", path, who).doesNotContain(IDENTIFYING);
            }
        }
        all.assertAll();
    }

    /** Whoever may not know the client shares, takes, closes and fills in nothing of theirs, least of all for themselves. */
    @Test
    void isLetOpenByNobodyToThemselves() throws Exception {
        UserId carl = fixtures.aPerson("Carl Colleague", lived.york(), Role.CASEWORKER);
        String task = "/tasks/" + lived.task();
        jdbc.sql("update work_item set assignee = null where id = :task")
                .param("task", lived.task())
                .update();
        for (String path : List.of(
                "/cases/" + lived.code() + "/collaborators",
                "/cases/" + lived.code() + "/close",
                "/cases/" + lived.code() + "/service-mode",
                "/cases/" + lived.code() + "/in-touch",
                "/cases/" + lived.code() + "/source-answered",
                "/cases/" + lived.code() + "/search/begin",
                "/cases/" + lived.code() + "/search/end",
                task,
                task + "/where",
                task + "/diagram.xml")) {
            assertThat(get(path, carl).getStatus()).as(path).isEqualTo(403);
        }
        for (String path : List.of(
                "/cases/" + lived.code() + "/collaborators",
                "/cases/" + lived.code() + "/collaborators/" + lived.worker() + "/remove",
                "/cases/" + lived.code() + "/claim",
                "/cases/" + lived.code() + "/take",
                "/cases/" + lived.code() + "/close",
                "/cases/" + lived.code() + "/in-touch",
                "/cases/" + lived.code() + "/source-answered",
                "/cases/" + lived.code() + "/search/begin",
                "/cases/" + lived.code() + "/search/end",
                task + "/claim",
                task + "/complete",
                task + "/draft")) {
            assertThat(post(path, carl).getStatus()).as(path).isEqualTo(403);
        }
        for (String path : posts()) {
            assertThat(post(path, carl).getStatus()).as(path).isNotEqualTo(500);
        }

        assertThat(text(get("/cases/" + lived.code(), carl)))
                .contains(lived.code())
                .doesNotContain("/collaborators\"")
                .doesNotContain("/in-touch\"")
                .doesNotContain(IDENTIFYING);
        assertThat(cases.byCode(lived.code()).isOwnOf(carl)).isFalse();
    }

    /** Everything that can be sent to the case or its task. */
    private Set<String> posts() {
        Set<String> posts = new TreeSet<>();
        mappings.getHandlerMethods().forEach((mapping, handler) -> {
            if (mapping.getMethodsCondition().getMethods().contains(RequestMethod.POST)) {
                mapping.getPatternValues().stream()
                        .filter(pattern -> pattern.startsWith("/cases/{code}") || pattern.startsWith("/tasks/{id}"))
                        .forEach(pattern -> posts.addAll(filled(pattern)));
            }
        });
        assertThat(posts).contains("/cases/" + lived.code() + "/collaborators");
        return posts;
    }

    private MockHttpServletResponse post(String path, UserId who) throws Exception {
        MockHttpServletRequestBuilder request =
                MockMvcRequestBuilders.post(URI.create(path)).with(csrf()).with(signedIn(who));
        if (path.endsWith("/draft")) {
            request.contentType(MediaType.APPLICATION_JSON).content("{}");
        } else {
            request.contentType(MediaType.APPLICATION_FORM_URLENCODED);
            for (String field : List.of("person", "worker", "to", "team")) {
                request.param(field, who.toString());
            }
        }
        return web.perform(request).andReturn().getResponse();
    }

    @Test
    void isFoundByCodeButNotByNameOrNumber() throws Exception {
        for (String list : List.of("/search?q=", "/cases?q=", "/p/york/cases?q=")) {
            assertThat(text(get(list + lived.code().substring(4), lived.reception())))
                    .as(list)
                    .contains("/cases/" + lived.code())
                    .contains("Hidden name");
            for (String word : List.of("Zorabelle", "quimble", "5550163", "9055550163")) {
                assertThat(text(get(list + word, lived.reception())))
                        .as(list + word)
                        .doesNotContain("/cases/" + lived.code());
                assertThat(text(get(list + word, lived.supervisor())))
                        .as(list + word)
                        .contains("/cases/" + lived.code());
            }
        }
    }

    /** The caseworker who has the case, and those who answer for it, work as before. */
    @Test
    void isKnownToThoseWhoHaveToKnow() throws Exception {
        for (UserId who : List.of(lived.worker(), lived.coordinator(), lived.supervisor())) {
            assertThat(text(get("/cases/" + lived.code(), who))).contains("Zorabelle", "(905) 555-0163");
            assertThat(text(get("/letters/" + lived.letter(), who))).contains("Zorabelle");
        }
        assertThat(text(get("/tasks/" + lived.task(), lived.worker()))).contains("Zorabelle");
    }

    @Test
    void saysWhatIsMissingAndWhoMayPrint() throws Exception {
        MockHttpServletResponse desk = get("/cases/" + lived.code() + "/consents", lived.reception());
        assertThat(desk.getStatus()).isEqualTo(403);
        assertThat(text(desk)).contains("see the names of protected clients", "Supervisor");

        assertThat(text(get("/print", lived.reception()))).contains("One more letter waits for protected clients");
        assertThat(text(get("/print", lived.supervisor()))).contains("Zorabelle");
    }

    @Test
    void isNamedAgainWhenTheProtectionEnds() throws Exception {
        profiles.unprotect(caseFile, lived.supervisor());

        assertThat(text(get("/cases/" + lived.code(), lived.reception()))).contains("Zorabelle");
    }

    private Set<String> paths() {
        Set<String> paths = new TreeSet<>();
        mappings.getHandlerMethods().forEach((mapping, handler) -> {
            if (handler.getBeanType().getName().startsWith("org.ancora.")) {
                mapping.getPatternValues().forEach(pattern -> {
                    if (!pattern.equals("/error")) {
                        paths.addAll(filled(pattern));
                    }
                });
            }
        });
        paths.addAll(List.of("/search?q=Newmarket", "/cases?q=york", "/tasks?tab=team", "/tasks?text=Zora"));
        assertThat(paths).contains("/cases/" + lived.code(), "/letters/" + lived.letter() + ".pdf");
        return paths;
    }

    /** A tab of the case for the placeholder, and every id of the household that might fit. */
    private List<String> filled(String pattern) {
        List<String> filled = new ArrayList<>();
        for (String tab : pattern.contains("{tab}")
                ? List.of(
                        "activity",
                        "reads",
                        "procedure",
                        "notes",
                        "plan",
                        "care-plan",
                        "people",
                        "history",
                        "related",
                        "attempts",
                        "deadlines",
                        "case-attributes",
                        "reminders",
                        "referrals",
                        "letters",
                        "boundaries")
                : List.of("")) {
            for (String id : List.of(
                    lived.task(),
                    lived.letter().toString(),
                    String.valueOf(lived.notice()),
                    String.valueOf(lived.contact()),
                    String.valueOf(lived.support()),
                    caseFile.profile().toString())) {
                filled.add(pattern.replace("{tab}", tab)
                        .replace("{code}", lived.code())
                        .replace("{project}", "york")
                        .replaceAll("\\{key(:[^}]*}[^}]*)?}", "york")
                        .replaceAll("\\{[a-zA-Z]+(:[^{}]*(\\{[^}]*}[^{}]*)*)?}", id));
            }
        }
        return filled;
    }

    private String export(UserId who) throws Exception {
        return text(web.perform(MockMvcRequestBuilders.post("/p/york/cases/export")
                        .param("query", "status=all&cols=code,a.shelter,a.badge")
                        .param("format", "csv")
                        .with(csrf())
                        .with(signedIn(who)))
                .andReturn()
                .getResponse());
    }

    private MockHttpServletResponse get(String path, UserId who) throws Exception {
        return web.perform(MockMvcRequestBuilders.get(URI.create(path))
                        .accept("text/html")
                        .with(signedIn(who)))
                .andReturn()
                .getResponse();
    }

    private static String text(MockHttpServletResponse answer) throws Exception {
        return answer.getContentAsString(StandardCharsets.UTF_8);
    }
}
