package org.ancora.casework.marks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.Flag;
import org.ancora.network.Project;
import org.ancora.network.Wording;
import org.ancora.testing.AncoraTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** A project's own flags and attributes: set up by administrators, used on cases (C69 to C74, C-R6). */
@AncoraTest
class MarksTest {

    private static final String FLAGS = "/admin/projects/york/flags";
    private static final String ATTRIBUTES = "/admin/projects/york/attributes";

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Cases cases;

    @Autowired
    private FlagKinds kinds;

    @Autowired
    private Attributes attributes;

    @Autowired
    private CaseAttributes caseAttributes;

    @Autowired
    private Users users;

    @Autowired
    private MockMvc mvc;

    @Autowired
    private JdbcClient jdbc;

    private Project york;
    private UserId sam;
    private UserId eve;
    private UserId admin;
    private CaseSummary dana;

    @BeforeEach
    void aCase() {
        york = fixtures.aProjectInOntario();
        sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        eve = fixtures.aPerson("Eve Adeyemi", york, Role.COORDINATOR);
        admin = fixtures.aPerson("Ada Roy", york, Role.ADMIN);
        dana = fixtures.aClient(york).openCase();
    }

    @Test
    void raisesAFlagOfTheProjectsOwnThatIsReadWithItsProtocol() throws Exception {
        answer(
                post(FLAGS + "/new")
                        .param("key", "dog")
                        .param("nameEn", "loose dog")
                        .param("nameEs", "perro suelto")
                        .param("nameIt", "cane libero")
                        .param("colour", "late")
                        .param("protocol", "Call before you visit.")
                        .param("stopsClosing", "true")
                        .param("position", "5"),
                admin);

        assertThat(page(dana.path(), sam).select("#flags option").eachText())
                .containsExactly(
                        "Choose",
                        "loose dog",
                        "risk",
                        "safeguarding",
                        "find another number",
                        "interpreter",
                        "housing at risk");
        answer(post(dana.path() + "/flags").param("kind", "dog").param("note", "At the gate"), sam);

        Document shown = page(dana.path(), sam);
        assertThat(shown.select(".page-head .chip-late").eachText()).contains("loose dog");
        assertThat(shown.select("#flags").text()).contains("At the gate", "What to do: Call before you visit.");
        assertThat(cases.byCode(dana.code()).isAtRisk()).isTrue();
        users.chooseLocale(sam, Locale.ITALIAN);
        assertThat(page(dana.path(), sam).select(".page-head .chip-late").eachText())
                .contains("cane libero");
        assertThat(page("/cases", sam).text()).contains("cane libero");

        answer(post(dana.path() + "/flags/dog/resolve").param("resolution", "It is on a chain now"), sam);

        assertThat(cases.byCode(dana.code()).openFlags()).isEmpty();
        assertThat(page(dana.path(), sam).select("#flags").text()).contains("It is on a chain now");
    }

    @Test
    void keepsFlagsOfClosedCasesVisibleAndAsTheyWere() throws Exception {
        cases.raiseFlag(dana.code(), Flag.Kind.HOUSING, "Notice to quit", sam);
        cases.close(dana.code(), "withdrawn", eve);

        Document closed = page(dana.path(), sam);

        assertThat(closed.select("#flags").text()).contains("housing at risk", "Notice to quit");
        assertThat(closed.select("#flags form")).isEmpty();
        for (String path : List.of("/flags?kind=risk", "/flags/housing/resolve?resolution=x")) {
            assertThat(answer(post(dana.path() + path), sam).getStatus()).isEqualTo(409);
        }
        assertThat(cases.byCode(dana.code()).openFlags()).containsExactly(Flag.Kind.HOUSING);
    }

    @Test
    void retiresAFlagThatIsUpButNotOneThatProceduresRaise() throws Exception {
        cases.raiseFlag(dana.code(), Flag.Kind.HOUSING, "", sam);
        FlagKinds.Kind housing = kind("housing");
        FlagKinds.Kind risk = kind("risk");

        answer(post(FLAGS + "/" + housing.id() + "/retire").param("retired", "true"), admin);
        answer(post(FLAGS + "/" + risk.id() + "/retire").param("retired", "true"), admin);

        assertThat(kind("housing").retired()).isTrue();
        assertThat(kind("risk").retired()).isFalse();
        assertThat(page(dana.path(), sam).select("#flags").text()).contains("housing at risk");
        answer(post(dana.path() + "/flags/housing/resolve"), sam);
        answer(post(dana.path() + "/flags").param("kind", "housing"), sam);
        assertThat(cases.byCode(dana.code()).openFlags())
                .as("nobody raises it any more")
                .isEmpty();
        assertThat(page(dana.path(), sam).select("#flags option").eachText()).doesNotContain("housing at risk");
    }

    @ParameterizedTest
    @CsvSource({
        "key=Risk Café",
        "key=risk",
        "nameEn=",
        "nameIt=",
        "colour=purple",
        "position=-1",
        "position=x",
        "protocol=LONG"
    })
    void refusesAFlagThatNobodyCouldRead(String wrong) throws Exception {
        MockHttpServletRequestBuilder request = post(FLAGS + "/new");
        Map<String, String> fields = new java.util.HashMap<>(
                Map.of("key", "dog", "nameEn", "a", "nameEs", "b", "nameIt", "c", "colour", "soon", "position", "1"));
        String[] pair = wrong.split("=", 2);
        fields.put(pair[0], pair[1].replace("LONG", "x".repeat(2001)));
        fields.forEach(request::param);

        MockHttpServletResponse answer = answer(request, admin);

        assertThat(answer.getStatus()).isEqualTo(400);
        assertThat(Jsoup.parse(answer.getContentAsString()).select(".error-summary li"))
                .hasSize(1);
        assertThat(kinds.of(york.id())).hasSize(Flag.Kind.FIRST.size());
    }

    @Test
    void tellsTheSecondAdministratorThatTheFirstWasFaster() throws Exception {
        FlagKinds.Kind housing = kind("housing");
        for (int status : new int[] {302, 409}) {
            assertThat(answer(
                                    post(FLAGS + "/" + housing.id())
                                            .param("nameEn", "housing " + status)
                                            .param("nameEs", "b")
                                            .param("nameIt", "c")
                                            .param("colour", "soon")
                                            .param("position", "1")
                                            .param("version", "" + housing.version()),
                                    admin)
                            .getStatus())
                    .isEqualTo(status);
        }
        assertThat(kind("housing").label().en()).isEqualTo("housing 302");
    }

    @Test
    void losesNothingOfAFlagThatTheSecondAdministratorTyped() throws Exception {
        FlagKinds.Kind housing = kind("housing");
        answer(flag(housing, "home at risk", "late", "", housing.version()), admin);

        MockHttpServletResponse late =
                answer(flag(housing, "roof at risk", "soon", "Ask first", housing.version()), admin);

        assertThat(late.getStatus()).isEqualTo(409);
        Document page = Jsoup.parse(late.getContentAsString());
        assertThat(page.select("input[name=nameEn]").val()).isEqualTo("roof at risk");
        assertThat(page.select("textarea[name=protocol]").text()).isEqualTo("Ask first");
        assertThat(page.select(".admin-differences li").eachText())
                .containsExactly("English: home at risk", "Colour: red: danger", "What to do when it is up: –");

        int shown = Integer.parseInt(page.select("input[name=version]").val());
        assertThat(answer(flag(housing, "roof at risk", "soon", "Ask first", shown), admin)
                        .getStatus())
                .isEqualTo(302);
        assertThat(kind("housing").label().en()).isEqualTo("roof at risk");
    }

    private static MockHttpServletRequestBuilder flag(
            FlagKinds.Kind kind, String nameEn, String colour, String protocol, int version) {
        return post(FLAGS + "/" + kind.id())
                .param("nameEn", nameEn)
                .param("nameEs", kind.label().es())
                .param("nameIt", kind.label().it())
                .param("colour", colour)
                .param("protocol", protocol)
                .param("position", "" + kind.position())
                .param("version", "" + version);
    }

    @Test
    void losesNoAnswersOfAnAttributeThatTheSecondAdministratorTyped() throws Exception {
        define("tenure", AttributeKind.CHOICE, "", false);
        Attribute tenure = attribute("tenure");
        answer(answers(tenure, 0, "One", "Two"), admin);

        MockHttpServletResponse late = answer(answers(tenure, 0, "One", "Three"), admin);

        assertThat(late.getStatus()).isEqualTo(409);
        Document page = Jsoup.parse(late.getContentAsString());
        assertThat(page.select("input[name=choiceEn]").eachAttr("value")).contains("One", "Three");
        assertThat(page.select(".admin-differences li").eachText()).containsExactly("Answers: One, Two");
        assertThat(answer(answers(tenure, 1, "One", "Three"), admin).getStatus())
                .isEqualTo(302);
        assertThat(attribute("tenure").choices())
                .extracting(Attribute.Choice::key)
                .contains("one", "three");
    }

    private static MockHttpServletRequestBuilder answers(Attribute attribute, int version, String... choices) {
        return post(ATTRIBUTES + "/" + attribute.id())
                .param("nameEn", attribute.label().en())
                .param("nameEs", attribute.label().es())
                .param("nameIt", attribute.label().it())
                .param("position", "" + attribute.position())
                .param("version", "" + version)
                .param("choiceKey", "", "")
                .param("choiceEn", choices)
                .param("choiceEs", choices)
                .param("choiceIt", choices);
    }

    @Test
    void keepsAnswersThatCasesGaveWhenAChoiceLosesThem() throws Exception {
        answer(
                post(ATTRIBUTES + "/new")
                        .param("key", "tenure")
                        .param("kind", "choice")
                        .param("nameEn", "Tenure")
                        .param("nameEs", "Tenencia")
                        .param("nameIt", "Titolo")
                        .param("position", "10")
                        .param("choiceKey", "", "", "")
                        .param("choiceEn", "Owns", "Rents", "Shared flat")
                        .param("choiceEs", "Propia", "Alquila", "Piso compartido")
                        .param("choiceIt", "Proprietà", "Affitto", "Casa condivisa"),
                admin);
        Attribute tenure = attribute("tenure");
        assertThat(tenure.choices()).extracting(Attribute.Choice::key).containsExactly("owns", "rents", "shared-flat");
        save("tenure", "", "rents");

        answer(
                post(ATTRIBUTES + "/" + tenure.id())
                        .param("nameEn", "Tenure")
                        .param("nameEs", "Tenencia")
                        .param("nameIt", "Titolo")
                        .param("position", "10")
                        .param("version", "0")
                        .param("choiceKey", "owns", "", "")
                        .param("choiceEn", "Owns", "", "")
                        .param("choiceEs", "Propia", "", "")
                        .param("choiceIt", "Proprietà", "", ""),
                admin);

        assertThat(attribute("tenure").choices())
                .extracting(Attribute.Choice::key, Attribute.Choice::retired)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("owns", false),
                        org.assertj.core.groups.Tuple.tuple("rents", true));
        assertThat(page(dana.path() + "/case-attributes", sam)
                        .select("#case-attributes")
                        .text())
                .contains("Tenure Rents");
    }

    @Test
    void keepsEachIdOfAnotherSystemOnOneCaseOnly() throws Exception {
        define("register", AttributeKind.EXTERNAL_ID, "Civil register", false);
        CaseSummary lena = fixtures.aClient(york).named("Lena", "Ortiz").openCase();
        assertThat(save("register", "", "AB-12").getStatus()).isEqualTo(302);

        MockHttpServletResponse again = answer(
                post(lena.path() + "/attributes").param("a-register", "AB-12").param("was-register", ""), sam);

        assertThat(again.getStatus()).isEqualTo(400);
        assertThat(again.getContentAsString())
                .contains("Another case has this id")
                .doesNotContain(dana.code(), "Whitfield");
        assertThat(value(lena, "register")).isEmpty();
        assertThat(answer(
                                post(ATTRIBUTES + "/new")
                                        .param("key", "other")
                                        .param("kind", "external-id")
                                        .param("system", "CIVIL REGISTER")
                                        .param("nameEn", "a")
                                        .param("nameEs", "b")
                                        .param("nameIt", "c")
                                        .param("position", "1"),
                                admin)
                        .getStatus())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "NUMBER, '12,50', 12.5",
        "NUMBER, 100, 100",
        "NUMBER, '1.234.567', ",
        "NUMBER, 1e9, ",
        "NUMBER, '-3', -3",
        "DATE, 23/11/2026, 2026-11-23",
        "DATE, 2026-11-23, 2026-11-23",
        "DATE, 11/23/2026, ",
        "DATE, 2026-02-30, ",
        "DATE, 0026-01-01, ",
        "YES_NO, Sí, yes",
        "YES_NO, NO, no",
        "YES_NO, maybe, ",
        "TEXT, ' two words ', two words"
    })
    void readsWhatPeopleType(AttributeKind kind, String typed, String kept) throws Exception {
        define("thing", kind, "", false);

        MockHttpServletResponse answer = save("thing", "", typed);

        assertThat(answer.getStatus()).isEqualTo(kept == null ? 400 : 302);
        assertThat(value(dana, "thing")).isEqualTo(kept == null ? "" : kept);
        if (kept == null && kind != AttributeKind.YES_NO) {
            assertThat(Jsoup.parse(answer.getContentAsString())
                            .select("#a-thing")
                            .attr("value"))
                    .as("what was typed stays")
                    .isEqualTo(typed);
        }
    }

    /** Two people on one page: both values are seen, nothing typed is lost, and fields that nobody else changed are no matter. */
    @Test
    void showsBothValuesToWhoeverComesSecond() throws Exception {
        define("school", AttributeKind.TEXT, "", false);
        define("grade", AttributeKind.NUMBER, "", false);
        save("school", "", "North");

        assertThat(save("school", "North", "South").getStatus()).isEqualTo(302);
        MockHttpServletResponse late = answer(
                post(dana.path() + "/attributes")
                        .param("a-school", "East")
                        .param("was-school", "North")
                        .param("a-grade", "7")
                        .param("was-grade", ""),
                eve);

        assertThat(late.getStatus()).isEqualTo(409);
        Document both = Jsoup.parse(late.getContentAsString());
        assertThat(both.select("#a-school").attr("value")).isEqualTo("East");
        assertThat(both.select("#a-school-conflict").text()).contains("South");
        assertThat(both.select("#a-grade").attr("value")).isEqualTo("7");
        assertThat(both.select("#a-grade-conflict")).isEmpty();
        assertThat(value(dana, "school")).isEqualTo("South");
        assertThat(value(dana, "grade")).isEmpty();

        MockHttpServletRequestBuilder mine = post(dana.path() + "/attributes");
        both.select("main input[name^=was-], main input[name^=a-]")
                .forEach(input -> mine.param(input.attr("name"), input.attr("value")));
        assertThat(answer(mine, eve).getStatus()).isEqualTo(302);
        assertThat(value(dana, "school")).isEqualTo("East");
        assertThat(value(dana, "grade")).isEqualTo("7");
        assertThat(page(dana.path() + "/attributes", sam).select("table").text())
                .contains("school North South", "school South East", "Eve Adeyemi");
        assertThat(jdbc.sql(
                                "select string_agg(details::text, ' ') from activity where action = 'case.attributes-changed'")
                        .query(String.class)
                        .single())
                .contains("school", "grade")
                .doesNotContain("North", "South", "East");
    }

    @Test
    void hidesAttributesFromWhoMayNotReadTheClient() throws Exception {
        define("school", AttributeKind.TEXT, "", true);
        UserId manager = fixtures.aPerson("Max Figures", york, Role.MANAGER);
        save("school", "", "North");

        assertThat(page(dana.path(), manager).outerHtml()).doesNotContain("North", "case-attributes");
        assertThat(answer(get(dana.path() + "/attributes"), manager).getStatus())
                .isEqualTo(403);
        assertThat(page(dana.path() + "/case-attributes", sam)
                        .select("#case-attributes")
                        .text())
                .contains("school North");
        assertThat(save("school", "North", "").getStatus()).as("it is required").isEqualTo(400);
        cases.close(dana.code(), "withdrawn", eve);
        assertThat(answer(get(dana.path() + "/attributes"), sam).getStatus()).isEqualTo(403);
        assertThat(answer(get(dana.path() + "/attributes"), eve).getStatus()).isEqualTo(200);
    }

    @Test
    void speaksThreeLanguages() throws Exception {
        for (AttributeKind kind : AttributeKind.values()) {
            define("of-" + kind.code(), kind, kind == AttributeKind.EXTERNAL_ID ? "S" : "", true);
        }
        save("of-date", "", "2026-11-02");
        save("of-yes-no", "", "yes");
        for (String language : List.of("en", "es", "it")) {
            for (UserId person : List.of(admin, sam)) {
                users.chooseLocale(person, Locale.forLanguageTag(language));
            }
            for (String path : List.of(
                    FLAGS,
                    FLAGS + "/new",
                    FLAGS + "/" + kind("risk").id(),
                    ATTRIBUTES,
                    ATTRIBUTES + "/new",
                    ATTRIBUTES + "/" + attribute("of-text").id())) {
                assertThat(page(path, admin).outerHtml()).as(path).doesNotContain("??");
            }
            for (String path : List.of(dana.path() + "/case-attributes", dana.path() + "/attributes")) {
                assertThat(page(path, sam).outerHtml()).as(path).doesNotContain("??");
            }
        }
    }

    private void define(String key, AttributeKind kind, String system, boolean required) {
        List<Attribute.Choice> choices = kind == AttributeKind.CHOICE
                ? List.of(new Attribute.Choice("one", new Wording("One", "Uno", "Uno"), false))
                : List.of();
        attributes.create(
                york.id(),
                key,
                kind,
                new Attributes.Draft(new Wording(key, key, key), "", system, required, 10, choices),
                admin);
    }

    private MockHttpServletResponse save(String key, String seen, String typed) throws Exception {
        return answer(post(dana.path() + "/attributes").param("a-" + key, typed).param("was-" + key, seen), sam);
    }

    private String value(CaseSummary of, String key) {
        return caseAttributes.of(of).stream()
                .filter(value -> value.attribute().key().equals(key))
                .map(CaseAttributes.Value::value)
                .findFirst()
                .orElseThrow();
    }

    private FlagKinds.Kind kind(String key) {
        return kinds.of(york.id()).stream()
                .filter(kind -> kind.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private Attribute attribute(String key) {
        return attributes.of(york.id()).stream()
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private Document page(String path, UserId who) throws Exception {
        MockHttpServletResponse answer = answer(get(path), who);
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        return Jsoup.parse(answer.getContentAsString());
    }

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request, UserId who) throws Exception {
        return mvc.perform(request.with(csrf()).with(People.signedIn(who)))
                .andReturn()
                .getResponse();
    }
}
