package org.ancora.operations;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.util.Arrays;
import java.util.List;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** What a collector of figures is given, and who may collect. */
@AncoraTest
class MetersTest {

    private static final String FIGURES = "/actuator/prometheus";

    @Autowired
    MockMvc web;

    @Autowired
    CaseworkFixtures fixtures;

    @Autowired
    Figures figures;

    @Autowired
    JdbcClient jdbc;

    private Project york;
    private UserId administrator;

    @BeforeEach
    void open() {
        york = fixtures.aProjectInOntario();
        administrator = fixtures.aPerson("Robin", york, Role.ADMIN);
    }

    @Test
    void givesEveryFigureToAnAdministrator() throws Exception {
        assertThat(collected())
                .anyMatch(line -> line.startsWith("ancora_jobs_due "))
                .anyMatch(line -> line.startsWith("ancora_jobs_overdue_seconds "))
                .anyMatch(line -> line.startsWith("ancora_jobs_exhausted "))
                .anyMatch(line -> line.startsWith("ancora_incidents "))
                .anyMatch(line -> line.startsWith("ancora_mail{state=\"queued\"} "))
                .anyMatch(line -> line.startsWith("ancora_mail{state=\"sending\"} "))
                .anyMatch(line -> line.startsWith("ancora_mail{state=\"unknown\"} "))
                .anyMatch(line -> line.startsWith("ancora_mail_oldest_seconds "))
                .anyMatch(line -> line.startsWith("ancora_node_clock_ahead_seconds "))
                .anyMatch(line -> line.startsWith("ancora_node_jobs_running "))
                .anyMatch(line -> line.startsWith("ancora_node_jobs_lost_total "))
                .anyMatch(line -> line.startsWith("ancora_node_jobs_lost_in_a_row "))
                .anyMatch(line -> line.startsWith("hikaricp_connections_active{"))
                .anyMatch(line -> line.startsWith("hikaricp_connections_pending{"));
    }

    @ParameterizedTest
    @EnumSource(value = Role.class, mode = EnumSource.Mode.EXCLUDE, names = "ADMIN")
    void givesNothingToAnybodyElse(Role role) throws Exception {
        UserId person = fixtures.aPerson("Kim", york, role);

        assertThat(web.perform(get(FIGURES).with(signedIn(person)))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(403);
    }

    @Test
    void givesNothingToStrangersNorForAMadeUpToken() throws Exception {
        for (String token : List.of("", "Bearer ", "Bearer made-up")) {
            MockHttpServletResponse answer = web.perform(
                            get(FIGURES).header("Authorization", token).accept("text/plain"))
                    .andReturn()
                    .getResponse();

            assertThat(answer.getStatus()).isEqualTo(401);
            assertThat(answer.getContentAsString()).isEmpty();
        }
    }

    @Test
    void holdsNothingAboutAnybody() throws Exception {
        CaseSummary dana = fixtures.aClient(york).openCase();
        UserId worker = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        web.perform(get("/cases/" + dana.code()).with(signedIn(worker)));
        web.perform(get("/p/york/cases").param("q", "Whitfield").with(signedIn(worker)));
        web.perform(get("/cases/" + dana.code() + "/no-such-page").with(signedIn(worker)));
        web.perform(get("/Whitfield/" + dana.code()).with(signedIn(worker)));

        assertThat(String.join("\n", collected()))
                .contains("/cases/{code}")
                .doesNotContain(dana.code().toString())
                .doesNotContainIgnoringCase("whitfield")
                .doesNotContain("Bouchard", "york");
    }

    @Test
    void asksTheDatabaseTwiceHoweverManyCollect() throws Exception {
        Thread.sleep(5_100); // what others collected is out of date by then

        List<String> asked = SqlCount.during(() -> {
            figures.recent();
            figures.recent();
            figures.recent();
        });

        assertThat(asked).hasSize(2);
    }

    @Test
    void countsWithoutReadingWhatLiesAhead() {
        assertThat(plan("select duedate_ from engine.act_ru_job where retries_ > 0 and duedate_ <= now()"
                        + " and suspension_state_ = 1 order by duedate_ limit 1"))
                .contains("act_idx_job_due");
        assertThat(plan("select count(*) from engine.act_ru_job where retries_ <= 0"))
                .contains("act_idx_job_exhausted");
        assertThat(plan("select count(*) from message where state in ('queued', 'sending', 'unknown')"))
                .contains("message_under_way");
    }

    private String plan(String sql) {
        jdbc.sql("set enable_seqscan = off").update();
        try {
            return String.join(
                    "\n", jdbc.sql("explain " + sql).query(String.class).list());
        } finally {
            jdbc.sql("reset enable_seqscan").update();
        }
    }

    private List<String> collected() throws Exception {
        MockHttpServletResponse answer = web.perform(get(FIGURES).with(signedIn(administrator)))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).isEqualTo(200);
        return Arrays.asList(answer.getContentAsString().split("\n"));
    }
}
