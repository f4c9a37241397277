package org.ancora.casework;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.ancora.web.PageDrafts;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What somebody typed and did not save is there again, in every form of the product, and never says more than its page does. */
@AncoraTest
class KeptFormsTest {

    private static final Path TEMPLATES = Path.of("src/main/resources/templates");

    /** Somebody may type, tick or choose something. */
    private static final Pattern FILLED_IN = Pattern.compile(
            "<textarea|<select|fragments/field ::|admin/sheet :: field|:: who\\(|<input(?![^>]*type=\"(?:hidden|file)\")");

    private static final Pattern FORM = Pattern.compile(
            "<form\\b((?:[^>\"]|\"[^\"]*\")*?method=\"post\"(?:[^>\"]|\"[^\"]*\")*)>(.*?)</form>", Pattern.DOTALL);

    private static final Pattern ACTION = Pattern.compile("th:action=\"@?\\{?([^\"]*?)}?\"");

    /** Why a form is not kept. */
    private enum Because {
        A_PASSWORD_IS_NO_DRAFT,
        THE_READER_HAS_NO_ACCOUNT,
        ITS_CHOICES_ARE_MADE_WITH_ONE_PRESS,
        IT_ASKS_AND_CHANGES_NOTHING,
        ONE_SHORT_WORD_OR_NUMBER,
        IT_IS_PRACTICE,
        ITS_DRAFT_IS_THE_FORM_BEFORE_IT,
        WITHOUT_SCRIPTS_NOTHING_CAN_BE_KEPT,
        IT_SENDS_A_FILE,
        WHOM_IT_IS_ABOUT_IS_TYPED_INTO_IT
    }

    private static final Map<String, Because> NOT_KEPT = Map.ofEntries(
            Map.entry("access/set-up.html ''", Because.A_PASSWORD_IS_NO_DRAFT),
            Map.entry("access/sign-in.html /sign-in", Because.A_PASSWORD_IS_NO_DRAFT),
            Map.entry("admin/more.html ${action + '/' + load.user()}", Because.ONE_SHORT_WORD_OR_NUMBER),
            Map.entry("attention/panels.html ${deskRegisters + 'civil'}", Because.IT_ASKS_AND_CHANGES_NOTHING),
            Map.entry("attention/petition.html ${petition.path() + '/scan'}", Because.IT_SENDS_A_FILE),
            Map.entry("attention/petition.html ${petition.path() + '/signature'}", Because.IT_SENDS_A_FILE),
            Map.entry("attention/registers-admin.html ${base + register.code()}", Because.IT_SENDS_A_FILE),
            Map.entry(
                    "casework/list/list.html ${project.path() + '/searches/' + list.search().id()}",
                    Because.ONE_SHORT_WORD_OR_NUMBER),
            Map.entry("casework/list/list.html ${project.path() + '/searches'}", Because.ONE_SHORT_WORD_OR_NUMBER),
            Map.entry(
                    "casework/list/list.html ${query.root() + '/columns'}",
                    Because.ITS_CHOICES_ARE_MADE_WITH_ONE_PRESS),
            Map.entry("casework/list/list.html ${query.root() + '/export'}", Because.IT_ASKS_AND_CHANGES_NOTHING),
            Map.entry("casework/profile/emergency.html /emergency", Because.WHOM_IT_IS_ABOUT_IS_TYPED_INTO_IT),
            Map.entry("casework/profile/merge.html /clients/merge", Because.ITS_CHOICES_ARE_MADE_WITH_ONE_PRESS),
            Map.entry("complaint/complaint.html ${complaint.path() + '/originals'}", Because.IT_SENDS_A_FILE),
            Map.entry("complaint/public.html /complain/{key}(key=${project.key()})", Because.THE_READER_HAS_NO_ACCOUNT),
            Map.entry("correspondence/notices.html /notices/choice", Because.ITS_CHOICES_ARE_MADE_WITH_ONE_PRESS),
            Map.entry("correspondence/print.html /print/pdf", Because.ITS_CHOICES_ARE_MADE_WITH_ONE_PRESS),
            Map.entry("directory/load.html ${base + '/store'}", Because.ITS_CHOICES_ARE_MADE_WITH_ONE_PRESS),
            Map.entry("directory/search.html /directory/export", Because.IT_ASKS_AND_CHANGES_NOTHING),
            Map.entry("error/conflict.html ${conflict.action()}", Because.ITS_DRAFT_IS_THE_FORM_BEFORE_IT),
            Map.entry(
                    "studio/four-eyes.html ${'/admin/projects/' + project.key() + '/publishing'}",
                    Because.ITS_CHOICES_ARE_MADE_WITH_ONE_PRESS),
            Map.entry("fragments/plain-form.html ${submit", Because.WITHOUT_SCRIPTS_NOTHING_CAN_BE_KEPT),
            Map.entry(
                    "process/monitor-instances.html /monitor/steering/preview",
                    Because.ITS_CHOICES_ARE_MADE_WITH_ONE_PRESS),
            Map.entry("process/rehearsal.html ${base + '/events'}", Because.IT_IS_PRACTICE),
            Map.entry("process/rehearsal.html ${base + '/facts'}", Because.IT_IS_PRACTICE),
            Map.entry("process/rehearsal.html ${base + '/keep'}", Because.IT_IS_PRACTICE),
            Map.entry("process/rehearsal.html ${base + '/until'}", Because.IT_IS_PRACTICE),
            Map.entry("process/scenarios.html ${base + '/run'}", Because.IT_IS_PRACTICE),
            Map.entry("referral/agency.html ${path + '/accept'}", Because.THE_READER_HAS_NO_ACCOUNT),
            Map.entry("referral/agency.html ${path + '/decline'}", Because.THE_READER_HAS_NO_ACCOUNT),
            Map.entry("referral/agency.html ${path + '/report'}", Because.THE_READER_HAS_NO_ACCOUNT));

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Profiles profiles;

    @Autowired
    private PageDrafts drafts;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvc mvc;

    private Project york;
    private UserId sam;
    private UserId tom;
    private UserId eve;
    private CaseSummary dana;

    @BeforeEach
    void open() {
        york = fixtures.aProjectInOntario();
        sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        tom = fixtures.aPerson("Tom Okafor", york, Role.CASEWORKER);
        eve = fixtures.aPerson("Eve Adeyemi", york, Role.SUPERVISOR, Role.COORDINATOR);
        dana = fixtures.aClient(york).openCaseFor(sam);
    }

    /** Every form of every page, from the templates themselves: a new one is kept, or says here why it is not. */
    @Test
    void everyFormIsKeptOrSaysWhyNot() throws IOException {
        List<String> forgotten = new ArrayList<>();
        Map<String, Because> unused = new TreeMap<>(NOT_KEPT);
        int kept = 0;
        try (Stream<Path> files = Files.walk(TEMPLATES)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".html"))
                    .sorted()
                    .toList()) {
                Matcher form = FORM.matcher(Files.readString(file));
                while (form.find()) {
                    Matcher action = ACTION.matcher(form.group(1));
                    String name =
                            TEMPLATES.relativize(file) + " " + (action.find() ? action.group(1) : "without an action");
                    boolean isKept = form.group(2).contains("fragments/draft :: keep(")
                            || form.group(1).contains("data-draft");
                    if (isKept) {
                        kept++;
                        assertThat(form.group())
                                .as("what is kept holds no secret and no file: %s", name)
                                .doesNotContain("type=\"password\"", "type='password'", "type=\"file\"");
                    } else if (unused.remove(name) == null
                            && !NOT_KEPT.containsKey(name)
                            && FILLED_IN.matcher(form.group(2)).find()) {
                        forgotten.add(name);
                    }
                }
            }
        }
        assertThat(forgotten)
                .as("forms that forget what was typed: give them fragments/draft :: keep, or a reason here")
                .isEmpty();
        assertThat(unused.keySet())
                .as("reasons for forms that there are no more, or that nobody can fill in")
                .isEmpty();
        assertThat(kept).isGreaterThan(50);
    }

    @Test
    void isPutBackOnceSignedInAgainAndGoneOnceSaved() throws Exception {
        String assign = dana.path() + "/assign";
        assertThat(kept(assign, eve)).isNull();

        keep(eve, assign, "{\"worker\":\"" + tom + "\",\"reason\":\"Dana's </script> aunt\",\"version\":\"1\"}");

        JsonNode draft = kept(assign, eve);
        assertThat(draft.path("fields").path("reason").asString()).isEqualTo("Dana's </script> aunt");
        assertThat(draft.path("savedAt").asString()).isEqualTo("2026-11-23T14:10:00Z");
        UserId rita = fixtures.aPerson("Rita Costa", york, Role.COORDINATOR);
        assertThat(kept(assign, rita)).as("somebody else's typing").isNull();

        MockHttpServletResponse refused = send(assign, eve, "worker", "nobody", "draft.place", assign);
        assertThat(refused.getStatus()).isEqualTo(400);
        assertThat(page(refused).select("[data-draft-fields]"))
                .as("the page shows what was just sent")
                .isEmpty();
        assertThat(kept(assign, eve)).isNotNull();

        String version =
                open(assign, eve).select("form.card input[name=version]").val();
        MockHttpServletResponse saved =
                send(assign, eve, "worker", tom.toString(), "version", version, "draft.place", assign);
        assertThat(saved.getStatus()).isEqualTo(302);
        assertThat(kept(assign, eve)).isNull();
    }

    @Test
    void aFormOfAPageWithSeveralIsPutBackAlone() throws Exception {
        String flags = dana.path() + "/flags";
        keep(sam, flags, "{\"kind\":\"risk\",\"note\":\"Half a thought\"}");

        Document page = open(dana.path(), sam);

        assertThat(page.select("[data-draft-fields]")).hasSize(1);
        Element form = page.select("[data-draft-fields]").get(0).closest("form");
        assertThat(form).isNotNull();
        assertThat(form.attr("action")).isEqualTo(flags);
    }

    /** Whoever is no longer told who a client is, is not told by what they typed about them either. */
    @Test
    void isNotShownToSomebodyWhoMayNoLongerSeeTheClient() throws Exception {
        String place = dana.path() + "/contact-points/new";
        String profile = "/clients/" + dana.profile().value() + "/edit";
        for (String each : List.of(place, profile)) {
            assertThat(ask(each, tom).getStatus()).as(each).isEqualTo(200);
            keep(tom, each, "{\"label\":\"Her aunt Ruth's\",\"familyName\":\"Her aunt Ruth's\"}");
            assertThat(ask(each, tom).getContentAsString()).contains("aunt Ruth");
        }

        profiles.protect(dana, "A violent partner", eve);

        for (String each : List.of(place, profile)) {
            MockHttpServletResponse closed = ask(each, tom);
            assertThat(closed.getStatus()).as(each).isNotEqualTo(200);
            assertThat(closed.getContentAsString()).doesNotContain("aunt Ruth");
        }
    }

    @Test
    void neverKeepsASecret() throws Exception {
        keep(
                sam,
                "/p/york/anything",
                "{\"text\":\"x\",\"password\":\"p\",\"newPassword\":\"p\",\"api-token\":\"t\",\"_csrf\":\"c\",\"one-time\":\"1\"}");

        assertThat(drafts.find(sam, "/p/york/anything").orElseThrow().fields()).containsOnlyKeys("text");
        keep(sam, "/p/york/anything", "{}");
        assertThat(drafts.find(sam, "/p/york/anything"))
                .as("an empty form is no draft")
                .isEmpty();
    }

    @Test
    void keepsNoMoreThanTheLatestOfAPersonAndNoneForLongerThanAMonth() throws Exception {
        jdbc.sql("""
                        insert into page_draft (account_id, place, fields, saved_at)
                        select :sam, '/old/' || n, '{}'::jsonb, timestamptz '2026-10-01 12:00Z' from generate_series(1, 3) n
                         union all
                        select :sam, '/lately/' || n, '{}'::jsonb, timestamptz '2026-11-20 12:00Z' + make_interval(mins => n)
                          from generate_series(1, 120) n
                        """).param("sam", sam.value()).update();

        assertThat(drafts.find(sam, "/old/1")).as("older than a month").isEmpty();
        keep(eve, "/p/york/anything", "{\"text\":\"x\"}");
        assertThat(places())
                .as("anybody's keeping sweeps what is outdated")
                .doesNotContain("/old/1", "/old/2", "/old/3");

        keep(sam, "/p/york/anything", "{\"text\":\"x\"}");
        assertThat(places())
                .hasSize(101)
                .contains("/p/york/anything", "/lately/120", "/lately/22")
                .doesNotContain("/lately/1", "/lately/21");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"place\":\"/%s\",\"fields\":{\"text\":\"x\"}}",
                "{\"place\":\"/../p\",\"fields\":{\"text\":\"x\"}}",
                "{\"place\":\"//elsewhere.example/p\",\"fields\":{\"text\":\"x\"}}",
                "{\"place\":\"/p\",\"fields\":{\"text\":null}}",
                "{\"place\":\"/p\",\"fields\":{\"text\":\"\\u0000\"}}",
                "{\"place\":\"/p\",\"fields\":{\"\\u0000\":\"x\"}}"
            })
    void refusesWhatCannotBeKept(String sent) throws Exception {
        int status = mvc.perform(People.as(sam, MockMvcRequestBuilders.post("/drafts"))
                        .contentType("application/json")
                        .content(sent.formatted("a".repeat(300))))
                .andReturn()
                .getResponse()
                .getStatus();

        assertThat(status).isEqualTo(400);
        assertThat(places()).isEmpty();
    }

    private List<String> places() {
        return jdbc.sql("select place from page_draft").query(String.class).list();
    }

    private void keep(UserId who, String place, String fields) throws Exception {
        int status = mvc.perform(People.as(who, MockMvcRequestBuilders.post("/drafts"))
                        .contentType("application/json")
                        .content("{\"place\":\"" + place + "\",\"fields\":" + fields + "}"))
                .andReturn()
                .getResponse()
                .getStatus();
        assertThat(status).isEqualTo(200);
    }

    /** What the page gives back; null for nothing. */
    private JsonNode kept(String path, UserId who) throws Exception {
        Element draft = open(path, who).selectFirst("form script[data-draft-fields]");
        return draft == null ? null : JsonMapper.shared().readTree(draft.data());
    }

    private Document open(String path, UserId who) throws Exception {
        MockHttpServletResponse answer = ask(path, who);
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        return page(answer);
    }

    private MockHttpServletResponse ask(String path, UserId who) throws Exception {
        return mvc.perform(People.as(who, MockMvcRequestBuilders.get(path)).accept("text/html"))
                .andReturn()
                .getResponse();
    }

    private MockHttpServletResponse send(String path, UserId who, String... pairs) throws Exception {
        var request = People.as(who, MockMvcRequestBuilders.post(path)).accept("text/html");
        for (int at = 0; at < pairs.length; at += 2) {
            request.param(pairs[at], pairs[at + 1]);
        }
        return mvc.perform(request).andReturn().getResponse();
    }

    private static Document page(MockHttpServletResponse answer) throws Exception {
        return Jsoup.parse(answer.getContentAsString());
    }
}
