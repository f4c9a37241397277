package org.ancora.engagement;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Channel;
import org.ancora.casework.ContactKind;
import org.ancora.casework.Flag;
import org.ancora.engagement.EngagementWalk.Team;
import org.ancora.testing.AncoraTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** A real case as the sample of a rehearsal: what is true of it comes along, and whose it is does not. */
@AncoraTest
class EngagementSampleTest {

    private static final String PAGE = "/studio/engagement/rehearsals";

    @Autowired
    private EngagementWalk walks;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvc mvc;

    private Team york;
    private UserId cleo;

    @BeforeEach
    void team() {
        york = walks.inOntario();
        cleo = walks.fixtures.aPerson("Cleo Both", york.project(), Role.OWNER, Role.COORDINATOR);
    }

    private MockHttpServletResponse ask(UserId who, MockHttpServletRequestBuilder request) throws Exception {
        return mvc.perform(request.with(signedIn(who)).with(csrf())).andReturn().getResponse();
    }

    private MockHttpServletResponse sample(UserId who, String code) throws Exception {
        return ask(
                who,
                get(PAGE)
                        .header("Accept-Language", "en")
                        .param("which", "running")
                        .param("sample", code));
    }

    /** What is chosen on the page, by the names of its controls. */
    private static Map<String, String> chosen(Document page) {
        Map<String, String> chosen = new TreeMap<>();
        for (Element control : page.select("form[method=post] select")) {
            Element selected = control.select("option[selected]").first();
            chosen.put(control.attr("name"), selected == null ? "" : selected.attr("value"));
        }
        chosen.put("start", page.select("input[name=start]").val());
        return chosen;
    }

    @Test
    void whatIsTrueOfTheCaseIsFilledInAndNothingElse() throws Exception {
        CaseSummary dana = york.client()
                .speaking("es", "en")
                .consentingTo(Channel.VOICEMAIL, Channel.EMAIL)
                .withUnsafe(ContactKind.ADDRESS)
                .with(ContactKind.PHONE, "905 555 0111")
                .referredBy("Maple Street Clinic")
                .openCaseFor(york.worker());
        walks.cases.raiseFlag(dana.code(), Flag.Kind.RISK, "", york.supervisor());
        walks.cases.admit(dana.code(), york.worker());
        york.lose(walks.cases.byCode(dana.code()));

        MockHttpServletResponse answer = sample(cleo, dana.code());

        assertThat(answer.getStatus()).isEqualTo(200);
        Document page = Jsoup.parse(answer.getContentAsString());
        assertThat(chosen(page))
                .containsEntry("process", "engagement-existing-client")
                .containsEntry("place", "project/" + york.project().id().value())
                .containsEntry("fact.hasWorker", "yes")
                .containsEntry("fact.hasMainNumber", "yes")
                .containsEntry("fact.hasOtherNumber", "yes")
                .containsEntry("fact.mayLeaveVoicemail", "yes")
                .containsEntry("fact.mayEmail", "yes")
                .containsEntry("fact.mayText", "no")
                .containsEntry("fact.mayPost", "no")
                .containsEntry("fact.hasFamily", "no")
                .containsEntry("fact.hasSource", "yes")
                .containsEntry("fact.sourceHasEmail", "yes")
                .containsEntry("fact.riskFlag", "yes")
                .containsEntry("fact.language", "es");
        assertThat(page.select("input[name=start]").val())
                .isEqualTo(walks.episodes
                        .of(dana.code())
                        .get(0)
                        .startedAt()
                        .atZone(york.project().calendar().zone())
                        .toLocalDateTime()
                        .withSecond(0)
                        .withNano(0)
                        .toString());
        assertThat(answer.getContentAsString())
                .contains(dana.code())
                .doesNotContain("Dana", "Whitfield", "555", "dana.w", "Elm Avenue", "Maple Street");
        assertThat(jdbc.sql(
                                "select by_account, subject_id from read_access where case_code = :code and how = 'rehearsal'")
                        .param("code", dana.code())
                        .query((row, number) -> row.getLong(1) + " " + row.getString(2))
                        .list())
                .containsExactly(cleo.value() + " " + dana.code());

        rehearse(chosen(page));
    }

    /** From the page to the first letter: the language and the ways are the case's, the person is nobody. */
    private void rehearse(Map<String, String> chosen) throws Exception {
        MockHttpServletRequestBuilder begin = post(PAGE).param("which", "running");
        chosen.forEach(begin::param);
        String path = String.valueOf(ask(cleo, begin).getRedirectedUrl());
        Document page = Jsoup.parse(ask(cleo, get(path)).getContentAsString());
        String form = page.select(".rehearsal-tasks a").attr("href");
        String shown = ask(cleo, get(form)).getContentAsString();
        assertThat(shown).contains("555 0100").doesNotContain("905 555 0142", "905 555 0111", "Dana");
        assertThat(ask(
                                cleo,
                                post(form.replaceAll("\\?.*", ""))
                                        .contentType("application/json")
                                        .content("{\"mainOutcome\": \"no-answer\", \"furtherChannel\": \"email\","
                                                + " \"furtherSending\": \"send\", \"when\": \"" + chosen.get("start")
                                                + "\"}"))
                        .getStatus())
                .isEqualTo(200);
        String letter = Jsoup.parse(ask(cleo, get(path)).getContentAsString())
                .select(".rehearsal-letter")
                .text();
        assertThat(letter)
                .contains("Por favor, llámenos", "Alex Ejemplo", "Atendemos [horario de atención]")
                .doesNotContain("Dana", "Whitfield", "true");
        ask(cleo, post(path + "/end"));
    }

    @Test
    void onlyWhoeverMaySeeTheCaseMayTakeItAndOthersAreNotToldThatItIsThere() throws Exception {
        CaseSummary dana = york.clientWithEverything().openCaseFor(york.worker());
        UserId olga = walks.fixtures.aPerson("Olga Owner", york.project(), Role.OWNER);
        UserId elsewhere =
                walks.fixtures.aPerson("Ines Both", walks.fixtures.aProjectInPeru(), Role.OWNER, Role.COORDINATOR);
        UserId managing = walks.fixtures.aPerson("Max Both", york.project(), Role.OWNER, Role.MANAGER);

        for (UserId nobody : List.of(olga, elsewhere)) {
            MockHttpServletResponse real = sample(nobody, dana.code());
            MockHttpServletResponse none = sample(nobody, "YRK-2026-9999");
            assertThat(real.getStatus()).isEqualTo(404);
            assertThat(none.getStatus()).isEqualTo(404);
            assertThat(Jsoup.parse(real.getContentAsString()).select("main").text())
                    .isEqualTo(Jsoup.parse(none.getContentAsString())
                            .select("main")
                            .text())
                    .contains("There is no case with this code");
        }
        // May know of the case, but not of its client's consents.
        assertThat(sample(managing, dana.code()).getStatus()).isEqualTo(403);
        assertThat(sample(york.coordinator(), dana.code()).getStatus()).isEqualTo(403);
        assertThat(jdbc.sql("select count(*) from read_access where how = 'rehearsal'")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(ask(cleo, get("/studio/status/rehearsals").param("sample", dana.code()))
                        .getStatus())
                .isEqualTo(404);
        assertThat(Jsoup.parse(ask(cleo, get("/studio/status/rehearsals")).getContentAsString())
                        .select("#sample"))
                .isEmpty();
    }
}
