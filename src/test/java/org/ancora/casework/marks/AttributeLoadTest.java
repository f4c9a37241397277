package org.ancora.casework.marks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.marks.AttributeLoads.Load;
import org.ancora.casework.marks.AttributeLoads.State;
import org.ancora.network.Project;
import org.ancora.network.Wording;
import org.ancora.process.Clockwork;
import org.ancora.testing.AncoraTest;
import org.ancora.web.Problem;
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
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Files of attribute values: read as they come, checked without changing anything, stored once (C70, C71). */
@AncoraTest
class AttributeLoadTest {

    private static final String LOADS = "/admin/projects/york/loads";

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Attributes attributes;

    @Autowired
    private AttributeLoads loads;

    @Autowired
    private LoadRunner runner;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private Users users;

    @Autowired
    private MockMvc mvc;

    @Autowired
    private JdbcClient jdbc;

    private Project york;
    private UserId admin;
    private CaseSummary dana;

    @BeforeEach
    void aProjectWithAttributes() {
        york = fixtures.aProjectInOntario();
        admin = fixtures.aPerson("Ada Roy", york, Role.ADMIN);
        dana = fixtures.aClient(york).openCase();
        define("register", AttributeKind.EXTERNAL_ID, "Civil register");
        define("score", AttributeKind.NUMBER, "");
        define("visited", AttributeKind.DATE, "");
        define("tenure", AttributeKind.CHOICE, "");
        define("remark", AttributeKind.TEXT, "");
    }

    /**
     * Twelve thousand rows, stored in three transactions, keep the whole run short; the hundred thousand of the promise take
     * less than a minute: {@code -DargLine=-Dancora.load.rows=100000}.
     */
    @Test
    void storesTheGoodRowsOfManyOnceAndReportsTheBadOnesByLineAndColumn() throws Exception {
        int rows = Integer.getInteger("ancora.load.rows", 12_000);
        int bad = rows / 50;
        int good = rows - bad;
        manyCases(rows);
        List<String> file = new ArrayList<>(List.of("code,register,score,visited,tenure,remark"));
        for (int i = 1; i <= rows; i++) {
            file.add(
                    i % 50 == 0
                            ? bad(i)
                            : "%s,R-%d,%d.5,2026-10-%02d,Rents,seen".formatted(code(i), i, i % 90, 1 + i % 28));
        }
        byte[] content = String.join("\n", file).getBytes(StandardCharsets.UTF_8);

        Load load = upload("metrics.csv", content);
        assertThat(page(path(load)).select("select option[selected]").eachText())
                .containsExactly("case code", "register", "score", "visited", "tenure", "remark");
        check(load);
        assertThat(again(load).state()).isEqualTo(State.CHECKING);
        clockwork.runDueJobs();

        Load checked = again(load);
        assertThat(checked.state()).isEqualTo(State.CHECKED);
        assertThat(checked.changed()).isEqualTo(good);
        assertThat(checked.bad()).isEqualTo(bad);
        assertThat(count("case_attribute")).as("nothing is stored by looking").isZero();
        List<String> report = report(load);
        assertThat(report).hasSize(bad + 1);
        assertThat(report.get(1)).startsWith("51,1: code,YRK-2000-NONE,");
        assertThat(report.get(2)).startsWith("101,3: score,many,");
        assertThat(report.get(3)).startsWith("151,4: visited,2026-02-30,");
        assertThat(report.get(4)).startsWith("201,5: tenure,'=1+1,");
        assertThat(report.get(5)).startsWith("251,whole row,,");
        assertThat(report.get(6)).startsWith("301,2: register,R-1,");
        assertThat(report.get(7)).startsWith("351,1: code,,").contains("line 2");

        answer(post(path(load) + "/store"));
        clockwork.runDueJobs();

        assertThat(again(load).state()).isEqualTo(State.STORED);
        assertThat(count("case_attribute")).isEqualTo(good * 5);
        assertThat(count("case_attribute_change")).isEqualTo(good * 5);
        assertThat(count("activity where action = 'case.attributes-changed'")).isEqualTo(good);
        assertThat(count("attribute_load_row"))
                .as("what the file said is not kept twice")
                .isZero();
        assertThat(jdbc.sql("""
                        select string_agg(coalesce(v.value_text, v.value_number::text, v.value_date::text), ' ' order by t.position)
                          from case_attribute v
                          join attribute t on t.id = v.attribute_id
                          join case_file c on c.id = v.case_id where c.code = :code
                        """).param("code", code(101)).query(String.class).single())
                .isEqualTo("R-101 11.5 2026-10-18 rents seen");

        Load same = upload("metrics.csv", content);
        check(same);
        clockwork.runDueJobs();
        assertThat(again(same).changed()).isZero();
        assertThat(again(same).unchanged()).isEqualTo(good);
        answer(post(path(same) + "/store"));
        clockwork.runDueJobs();
        assertThat(count("case_attribute_change")).isEqualTo(good * 5);
        assertThat(count("activity where action = 'case.attributes-changed'")).isEqualTo(good);
    }

    /** Cut off in the middle, it goes on where it was, and stores nothing twice. */
    @Test
    void goesOnWhereItWasWhenItIsCutOff() throws Exception {
        int rows = LoadRunner.CHUNK * 5 + 100;
        manyCases(rows);
        String file = "code,remark\n"
                + IntStream.rangeClosed(1, rows)
                        .mapToObj(i -> code(i) + ",seen\n")
                        .collect(Collectors.joining());
        Load load = upload("cut.csv", file.getBytes(StandardCharsets.UTF_8));
        check(load);
        clockwork.runDueJobs();
        answer(post(path(load) + "/store"));
        assertThat(runner.goOn(load.id())).isTrue();
        int half = again(load).doneTo();
        assertThat(half).isBetween(1, rows - 1);
        assertThat(count("case_attribute")).isEqualTo(half);

        clockwork.runDueJobs();

        assertThat(again(load).state()).isEqualTo(State.STORED);
        assertThat(count("case_attribute")).isEqualTo(rows);
        assertThat(count("case_attribute_change")).isEqualTo(rows);
    }

    @Test
    void findsCasesByTheirIdInAnotherSystemAndLeavesEmptyCellsAlone() throws Exception {
        store("a.csv", "caso;register;remark\n" + dana.code() + ";AB-1;first\n");

        store(
                "b.csv",
                "register\tscore\tremark\nAB-1\t7,5\t\n",
                "match:" + id("register"),
                "" + id("score"),
                "" + id("remark"));

        assertThat(values(dana)).containsExactly("AB-1", "7.5", "first");
    }

    @Test
    void readsWhatOlderSpreadsheetsWrite() throws Exception {
        String text =
                "\"Código del caso\";\"remark\"\r\n" + dana.code() + ";\"José dijo: \"\"sí\"\";\r\nmañana\"\r\n\r\n";

        Load latin = store("viejo.csv", text, Charset.forName("windows-1252"));
        assertThat(latin.encoding()).isEqualTo("ISO-8859-1");
        assertThat(values(dana)).containsExactly("José dijo: \"sí\";\r\nmañana");

        Load unicode = store("nuevo.csv", "\uFEFF" + text.replace("dijo", "dice"), StandardCharsets.UTF_8);
        assertThat(unicode.encoding()).isEqualTo("UTF-8");
        assertThat(values(dana)).containsExactly("José dice: \"sí\";\r\nmañana");
    }

    @Test
    void namesTheLineOfTheFileAlsoAfterFieldsOfSeveralLines() throws Exception {
        Load load = upload(
                "lines.csv",
                ("code,remark\n\"" + dana.code() + "\",\"a\nb\nc\"\n\nnobody,x\n").getBytes(StandardCharsets.UTF_8));
        check(load);

        assertThat(loads.faults(again(load), 10)).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isEqualTo(6);
            assertThat(fault.column()).isEqualTo(1);
            assertThat(fault.problem()).isEqualTo("case");
        });
    }

    @Test
    void keepsAnIdThatAnotherCaseGotMeanwhile() throws Exception {
        CaseSummary lena = fixtures.aClient(york).openCase();
        Load load = upload("ids.csv", ("code,register\n" + dana.code() + ",AB-1\n").getBytes(StandardCharsets.UTF_8));
        check(load);
        assertThat(again(load).changed()).isEqualTo(1);
        store("faster.csv", "code,register\n" + lena.code() + ",AB-1\n");

        answer(post(path(load) + "/store"));

        assertThat(again(load).state()).isEqualTo(State.STORED);
        assertThat(values(dana)).isEmpty();
        assertThat(values(lena)).containsExactly("AB-1");
        assertThat(loads.faults(again(load), 10))
                .extracting(AttributeLoads.Fault::problem)
                .containsExactly("taken");
    }

    /** What was begun in somebody's name is not done any more once they may not; a colleague sees why, and does it again. */
    @Test
    void stopsWhenItsStarterMayNotLoadAnyMore() throws Exception {
        UserId bea = fixtures.aPerson("Bea Admin", york, Role.ADMIN);
        Load load = upload("late.csv", ("code,remark\n" + dana.code() + ",seen\n").getBytes(StandardCharsets.UTF_8));
        check(load);
        loads.store(again(load), admin);
        users.revoke(admin, york.id(), Role.ADMIN, bea);

        clockwork.runDueJobs();

        assertThat(again(load).state()).isEqualTo(State.STOPPED);
        assertThat(values(dana)).isEmpty();
        assertThat(count("activity where action = 'attribute-load.stopped'")).isEqualTo(1);
        admin = bea;
        assertThat(page(path(load)).select("main").text())
                .contains("This load was stopped", "Ada Roy started it, but may not load attributes");
        assertThat(page(LOADS).text()).contains("stopped");
        check(load);
        answer(post(path(load) + "/store"));
        assertThat(again(load).state()).isEqualTo(State.STORED);
        assertThat(values(dana)).containsExactly("seen");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "code,remark",
                "",
                "code,remark\n\"never closed,x\n",
                "code,remark\nx,\u0000\n",
                "code,remark\nx,LONG\n",
                "WIDE\nx\n"
            })
    void refusesFilesThatNobodyCanRead(String text) {
        String file =
                text.replace("LONG", "y".repeat(Csv.LONGEST_CELL + 1)).replace("WIDE", "a,".repeat(Csv.MOST_COLUMNS));

        assertThatThrownBy(() -> Csv.read(file.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Problem.class)
                .extracting(problem -> ((Problem) problem).status().value())
                .isEqualTo(400);
    }

    @Test
    void takesFilesOnlyByNameAndSizeAndFromWhoMayLoadThem() throws Exception {
        byte[] file = ("code,remark\n" + dana.code() + ",x\n").getBytes(StandardCharsets.UTF_8);
        UserId sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);

        assertThat(answer(file("virus.exe", file)).getStatus()).isEqualTo(400);
        assertThat(answer(file("../../x.csv", file)).getStatus()).isEqualTo(200);
        assertThat(loads.latest(york.id()).get(0).fileName()).isEqualTo("x.csv");
        assertThat(answer(file("x.csv", file), sam).getStatus()).isEqualTo(403);
        assertThat(answer(file("big.csv", new byte[LoadsController.LARGEST_FILE + 1]))
                        .getStatus())
                .isEqualTo(413);
        assertThat(answer(file("elsewhere.csv", new byte[2_000_000]), "/admin/projects/york/flags/new")
                        .getStatus())
                .isEqualTo(413);
    }

    @Test
    void asksForOneColumnThatNamesTheCaseAndEachAttributeOnce() throws Exception {
        Load load = upload("x.csv", ("a,b,c\n" + dana.code() + ",1,2\n").getBytes(StandardCharsets.UTF_8));

        assertThat(check(load, "", "", "").getStatus()).isEqualTo(400);
        assertThat(check(load, "case-code", "", "").getStatus()).isEqualTo(400);
        assertThat(check(load, "case-code", "" + id("score"), "" + id("score")).getStatus())
                .isEqualTo(400);
        assertThat(check(load, "case-code", "match:" + id("register"), "").getStatus())
                .isEqualTo(400);
        assertThat(check(load, "case-code", "999", "").getStatus()).isEqualTo(400);
        assertThat(again(load).state()).isEqualTo(State.READ);
        assertThat(answer(post(path(load) + "/store")).getStatus())
                .as("not checked yet")
                .isEqualTo(409);
        answer(post(path(load) + "/discard"));
        assertThat(loads.find(york.id(), load.id())).isEmpty();
    }

    @Test
    void speaksThreeLanguages() throws Exception {
        Load load = upload(
                "x.csv",
                ("code,score\n" + dana.code() + ",1\nnobody,x\n" + dana.code() + ",1\n")
                        .getBytes(StandardCharsets.UTF_8));
        for (String language : List.of("en", "es", "it")) {
            users.chooseLocale(admin, Locale.forLanguageTag(language));
            assertThat(page(path(load)).outerHtml()).doesNotContain("??");
            assertThat(page(LOADS).outerHtml()).doesNotContain("??");
            check(load);
            assertThat(page(path(load)).outerHtml()).doesNotContain("??");
            assertThat(report(load)).hasSize(4).noneMatch(line -> line.contains("??"));
            jdbc.sql("update attribute_load set state = 'storing', done_to = 1").update();
            assertThat(page(path(load)).outerHtml()).doesNotContain("??").contains("hx-get");
            jdbc.sql("update attribute_load set state = 'checked'").update();
        }
    }

    private static String bad(int i) {
        return switch (i / 50 % 7) {
            case 1 -> "YRK-2000-NONE,R-%d,1,2026-10-01,Rents,x".formatted(i);
            case 2 -> "%s,R-%d,many,2026-10-01,Rents,x".formatted(code(i), i);
            case 3 -> "%s,R-%d,1,2026-02-30,Rents,x".formatted(code(i), i);
            case 4 -> "%s,R-%d,1,2026-10-01,=1+1,x".formatted(code(i), i);
            case 5 -> "%s,R-%d,1,2026-10-01".formatted(code(i), i);
            case 6 -> "%s,R-1,1,2026-10-01,Rents,x".formatted(code(i));
            default -> "%s,R-0%d,1,2026-10-01,Rents,x".formatted(code(1), i);
        };
    }

    private static String code(int number) {
        return "YRK-2025-%06d".formatted(number);
    }

    /** As many cases again as one that was opened through the service. */
    private void manyCases(int rows) {
        String columns = jdbc.sql("""
                        select string_agg(quote_ident(column_name), ', ') from information_schema.columns
                         where table_name = 'case_file' and column_name not in ('id', 'code') and is_generated = 'NEVER'
                        """).query(String.class).single();
        jdbc.sql("insert into case_file (code, " + columns + ") select 'YRK-2025-' || lpad(n::text, 6, '0'), " + columns
                        + " from case_file, generate_series(1, :rows) n where code = :code")
                .param("rows", rows)
                .param("code", dana.code())
                .update();
        jdbc.sql("analyze case_file").update();
    }

    private void define(String key, AttributeKind kind, String system) {
        int position = attributes.of(york.id()).size();
        List<Attribute.Choice> choices = kind == AttributeKind.CHOICE
                ? List.of(
                        new Attribute.Choice("owns", new Wording("Owns", "Propia", "Proprietà"), false),
                        new Attribute.Choice("rents", new Wording("Rents", "Alquila", "Affitto"), false))
                : List.of();
        attributes.create(
                york.id(),
                key,
                kind,
                new Attributes.Draft(new Wording(key, key, key), "", system, false, position, choices),
                admin);
    }

    private Load store(String name, String text, String... mapping) throws Exception {
        Load load = upload(name, text.getBytes(StandardCharsets.UTF_8));
        check(load, mapping);
        answer(post(path(load) + "/store"));
        assertThat(again(load).state()).isEqualTo(State.STORED);
        return load;
    }

    private Load store(String name, String text, Charset encoding) throws Exception {
        Load load = upload(name, text.getBytes(encoding));
        check(load);
        answer(post(path(load) + "/store"));
        return load;
    }

    private Load upload(String name, byte[] content) throws Exception {
        MockHttpServletResponse answer = answer(file(name, content));
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(200);
        return loads.latest(york.id()).get(0);
    }

    private static MockHttpServletRequestBuilder file(String name, byte[] content) {
        return post(LOADS)
                .content(content)
                .contentType("application/octet-stream")
                .accept("application/json")
                .header("X-File-Name", name);
    }

    /** Sends the form as the page offers it, unless other columns are given. */
    private MockHttpServletResponse check(Load load, String... mapping) throws Exception {
        MockHttpServletRequestBuilder form = post(path(load) + "/check");
        if (mapping.length == 0) {
            for (Element select : page(path(load)).select("main form select")) {
                form.param(
                        select.attr("name"), select.select("option[selected]").attr("value"));
            }
        }
        for (int i = 0; i < mapping.length; i++) {
            form.param("column" + i, mapping[i]);
        }
        return answer(form);
    }

    private Load again(Load load) {
        return loads.find(york.id(), load.id()).orElseThrow();
    }

    private long id(String key) {
        return attributes.of(york.id()).stream()
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private List<String> values(CaseSummary of) {
        return jdbc.sql("""
                        select coalesce(v.value_text, v.value_number::text, v.value_date::text)
                          from case_attribute v join attribute t on t.id = v.attribute_id
                         where v.case_id = :case order by t.position
                        """).param("case", of.id().value()).query(String.class).list();
    }

    private List<String> report(Load load) throws Exception {
        MockHttpServletResponse answer = answer(get(path(load) + "/report.csv"));
        assertThat(answer.getHeader("Content-Disposition")).contains("attachment");
        return new String(answer.getContentAsByteArray(), StandardCharsets.UTF_8)
                .substring(1)
                .lines()
                .toList();
    }

    private int count(String from) {
        return jdbc.sql("select count(*) from " + from).query(Integer.class).single();
    }

    private static String path(Load load) {
        return LOADS + "/" + load.id();
    }

    private Document page(String path) throws Exception {
        MockHttpServletResponse answer = answer(get(path));
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        return Jsoup.parse(answer.getContentAsString());
    }

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request) throws Exception {
        return answer(request, admin);
    }

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request, String path) throws Exception {
        return answer(
                request.with(sent -> {
                    sent.setRequestURI(path);
                    sent.setPathInfo(path);
                    return sent;
                }),
                admin);
    }

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request, UserId who) throws Exception {
        return mvc.perform(request.with(csrf()).with(People.signedIn(who)))
                .andReturn()
                .getResponse();
    }
}
