package org.ancora.casework.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipFile;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.casework.Cases;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.ancora.web.SheetWriter;
import org.jsoup.Jsoup;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** A file holds exactly what the page shows, computes nothing, and both logs know of it. */
@AncoraTest
class CaseExportTest {

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Cases cases;

    @Autowired
    private CaseExports exports;

    @Autowired
    private CaseQueries queries;

    @Autowired
    private Users users;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvc mvc;

    private Project york;
    private UserId eve;

    @BeforeEach
    void oddNames() {
        york = fixtures.aProjectInOntario();
        eve = fixtures.aPerson("Eve", york, Role.COORDINATOR);
        UserId sam = fixtures.aPerson("Sam \"the\" Bouchard, Jr", york, Role.CASEWORKER);
        fixtures.aClient(york).named("=1+1", "Tab").openCaseFor(sam);
        fixtures.aClient(york).named("+49", "Plus").openCase();
        fixtures.aClient(york).named("-3", "Minus").openCase();
        fixtures.aClient(york).named("@SUM(A1)", "At; semi").openCase();
        fixtures.aClient(york).named("Zoë", "Núñez").openCase();
        cases.close(fixtures.aClient(york).named("Closed", "One").openCase().code(), "declined", eve);
    }

    @Test
    void holdsExactlyTheRowsColumnsAndOrderOfThePage() throws Exception {
        String query = "assigned=none&sort=client&cols=client,code,opened";

        List<String> lines = csv(query);

        assertThat(lines.get(0)).isEqualTo("\uFEFFClient,Case,Opened");
        assertThat(lines.subList(1, lines.size()))
                .containsExactly(
                        "'+49 Plus,YRK-2026-0002,2026-11-23",
                        "'-3 Minus,YRK-2026-0003,2026-11-23",
                        "\"'@SUM(A1) At; semi\",YRK-2026-0004,2026-11-23",
                        "Zoë Núñez,YRK-2026-0005,2026-11-23");
        assertThat(Jsoup.parse(mvc.perform(get("/p/york/cases?" + query)
                                        .with(People.signedIn(eve))
                                        .locale(Locale.ENGLISH))
                                .andReturn()
                                .getResponse()
                                .getContentAsString())
                        .select("tbody .case-code")
                        .eachText())
                .containsExactly("YRK-2026-0002", "YRK-2026-0003", "YRK-2026-0004", "YRK-2026-0005");
    }

    @Test
    void quotesWhatWouldBreakALine() throws Exception {
        assertThat(csv("q=tab&cols=client,assigned"))
                .containsExactly("\uFEFFClient,Assigned to", "'=1+1 Tab,\"Sam \"\"the\"\" Bouchard, Jr\"");
        users.chooseLocale(eve, Locale.forLanguageTag("es"));
        assertThat(csv("q=zoe&cols=client,code")).containsExactly("\uFEFFCliente;Caso", "Zoë Núñez;YRK-2026-0005");
    }

    @Test
    void makesAWorkbookWithoutFormulas() throws Exception {
        byte[] book =
                export("xlsx", "status=all&sort=code&cols=code,client,opened").getContentAsByteArray();

        String sheet = entry(book, "xl/worksheets/sheet1.xml");
        assertThat(sheet).doesNotContain("<f>", "<f ");
        assertThat(Jsoup.parse(sheet, "", Parser.xmlParser()).select("row")).hasSize(7);
        assertThat(Jsoup.parse(entry(book, "xl/sharedStrings.xml"), "", Parser.xmlParser())
                        .select("t")
                        .eachText())
                .contains("=1+1 Tab", "YRK-2026-0006", "Zoë Núñez");
    }

    @Test
    void writesBothLogsBeforeTheFirstByte() throws Exception {
        export("csv", "assigned=none&q=plus");

        assertThat(jdbc.sql("select case_code || ' ' || how || ' ' || by_account from read_access")
                        .query(String.class)
                        .list())
                .containsExactly("YRK-2026-0002 export " + eve);
        assertThat(jdbc.sql("select details::text from activity where action = 'caselist.exported'")
                        .query(String.class)
                        .single())
                .isEqualTo("{\"cases\": \"1\", \"rules\": \"q,assigned\", \"format\": \"csv\", \"columns\": \"5\"}");
    }

    /** Between the choice of the rows and their writing a case may go out of sight. */
    @Test
    void leavesOutWhatIsOutOfSightWhenItIsWritten() throws Exception {
        Viewer viewer = fixtures.viewer(eve);
        Viewer shutOut = fixtures.viewer(fixtures.aPerson("Rosa", fixtures.aProjectInPeru(), Role.COORDINATOR));
        CaseExports.Prepared prepared = exports.prepare(queries.kept(york, "", viewer), york, "csv", viewer);
        assertThat(prepared.ids()).hasSize(5);

        ByteArrayOutputStream file = new ByteArrayOutputStream();
        exports.write(prepared, new SheetWriter.Csv(file, Locale.ENGLISH), file, shutOut);

        assertThat(file.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
    }

    @Test
    void asksForAPermissionOfItsOwn() throws Exception {
        UserId worker = fixtures.aPerson("Wanda", york, Role.CASEWORKER);
        Project torino = fixtures.aProjectInItaly();
        fixtures.aClient(torino).openCase();

        mvc.perform(post("/p/york/cases/export")
                        .param("format", "csv")
                        .with(csrf())
                        .with(People.signedIn(worker)))
                .andExpect(status().isForbidden());
        mvc.perform(post("/p/torino/cases/export")
                        .param("format", "csv")
                        .with(csrf())
                        .with(People.signedIn(eve)))
                .andExpect(status().isNotFound());
        mvc.perform(post("/p/york/cases/export")
                        .param("format", "exe")
                        .with(csrf())
                        .with(People.signedIn(eve)))
                .andExpect(status().isBadRequest());
        assertThat(jdbc.sql("select count(*) from read_access")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private List<String> csv(String query) throws Exception {
        return List.of(
                export("csv", query).getContentAsString(StandardCharsets.UTF_8).split("\r\n"));
    }

    private MockHttpServletResponse export(String format, String query) throws Exception {
        MockHttpServletResponse answer = mvc.perform(post("/p/york/cases/export")
                        .param("format", format)
                        .param("query", query)
                        .with(csrf())
                        .with(People.signedIn(eve))
                        .locale(Locale.ENGLISH))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse();
        assertThat(answer.getHeader("Content-Disposition"))
                .isEqualTo("attachment; filename=\"york-cases-2026-11-23." + format + "\"");
        assertThat(answer.getHeader("Cache-Control")).contains("no-store");
        return answer;
    }

    private static String entry(byte[] zip, String name) throws IOException {
        Path file = Files.createTempFile("export", ".xlsx");
        Files.write(file, zip);
        try (ZipFile book = new ZipFile(file.toFile())) {
            return new String(book.getInputStream(book.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            Files.delete(file);
        }
    }
}
