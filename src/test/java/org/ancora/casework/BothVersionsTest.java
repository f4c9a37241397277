package org.ancora.casework;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** Two people on one form: whoever comes second finds both versions, and nothing that was typed is lost or overwritten. */
@AncoraTest
class BothVersionsTest {

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Cases cases;

    @Autowired
    private Caseloads caseloads;

    @Autowired
    private Profiles profiles;

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
        eve = fixtures.aPerson(
                "Eve Adeyemi", york, Role.CASEWORKER, Role.SUPERVISOR, Role.COORDINATOR, Role.ADMIN, Role.OWNER);
        dana = fixtures.aClient(york).consentingTo(Channel.VOICEMAIL).openCaseFor(sam);
    }

    @Test
    void ofWhoWorksOnACase() throws Exception {
        Sent sent = second(dana.path() + "/assign", "/assign", "worker", tom.toString(), eve.toString());

        assertThat(sent.choices()).containsExactly(tom.toString(), eve.toString());
        assertThat(sent.page().select(".two-versions").text()).contains("Tom Okafor", "Eve Adeyemi");
        assertThat(cases.byCode(dana.code()).assignee()).isEqualTo(tom);
        sent.choose(eve.toString());
        assertThat(cases.byCode(dana.code()).assignee()).isEqualTo(eve);
    }

    @Test
    void ofClosingACaseThatMoved() throws Exception {
        Filled close = fill(dana.path() + "/close", "/close", "reason", "withdrawn", "note", "She moved away");
        send(fill(dana.path() + "/assign", "/assign", "worker", tom.toString()));

        MockHttpServletResponse second = answer(close);

        assertThat(second.getStatus()).isEqualTo(409);
        Document both = read(second);
        assertThat(both.select("input[type=hidden][name=note]").val()).isEqualTo("She moved away");
        String now = cases.byCode(dana.code()).projectStatus().id().toString();
        send(fill(both, "/close", "status", now));
        assertThat(cases.byCode(dana.code()).isClosed()).as("left as it stands").isFalse();
        send(fill(both, "/close"));
        assertThat(cases.byCode(dana.code()).isClosed()).isTrue();
    }

    @Test
    void ofTheKindOfService() throws Exception {
        Filled mode = fill(dana.path() + "/service-mode", "/service-mode");
        send(fill(dana.path() + "/assign", "/assign", "worker", tom.toString()));

        MockHttpServletResponse second = answer(mode);

        assertThat(second.getStatus()).isEqualTo(409);
        Document both = read(second);
        assertThat(both.select("input[name=mode]").eachAttr("value")).containsExactly("individual", "group");
        assertThat(cases.byCode(dana.code()).serviceMode()).isEqualTo(ServiceMode.INDIVIDUAL);
        send(fill(both, "/service-mode", "mode", "group"));
        assertThat(cases.byCode(dana.code()).serviceMode()).isEqualTo(ServiceMode.GROUP);
    }

    @Test
    void ofAnAnswerAboutAChannel() throws Exception {
        String page = dana.path() + "/consents";
        Filled given =
                fill(page, "/consents", "channel", "sms", "answer", "given", "givenBy", "Dana's aunt", "note", "twice");
        send(fill(page, "/consents", "channel", "sms", "answer", "refused"));

        MockHttpServletResponse second = answer(given);

        assertThat(second.getStatus()).isEqualTo(409);
        Document both = read(second);
        assertThat(both.select("section[aria-labelledby=past]").text()).contains("refused");
        assertThat(both.select("#givenBy").val()).isEqualTo("Dana's aunt");
        assertThat(both.select("#note").val()).isEqualTo("twice");
        assertThat(both.select(".notice-soon[role=alert]").text()).contains("another answer");
        assertThat(agreed(Channel.SMS)).isFalse();
        send(fill(both, "/consents"));
        assertThat(agreed(Channel.SMS)).isTrue();

        Filled withdrawn = fill(page, "/consents/voicemail/withdraw", "note", "told Tom");
        send(fill(page, "/consents", "channel", "voicemail", "answer", "given"));
        MockHttpServletResponse late = answer(withdrawn);
        assertThat(late.getStatus()).isEqualTo(409);
        assertThat(read(late).select("details[open] #note-voicemail").val()).isEqualTo("told Tom");
        assertThat(agreed(Channel.VOICEMAIL)).isTrue();
    }

    @Test
    void ofWhatAnAdministratorDecides() throws Exception {
        String limit = "/caseload/" + sam;
        for (String[] each : new String[][] {
            {"/admin/projects/york/clients", "/clients", "minutes", "15", "20"},
            {"/admin/projects/york/caseload", limit, "limit", "7", "9"},
            {"/admin/networks", "/admin/networks/" + york.network().id(), "name", "Ontario together", "Ontario Care"},
            {"/admin/networks", "/organisations/", "name", "York House", "House of York"}
        }) {
            Sent sent = second(each[0], each[1], each[2], each[3], each[4]);
            assertThat(sent.choices()).as(each[1]).containsExactly(each[3], each[4]);
            sent.choose(each[4]);
            assertThat(fill(each[0], each[1]).fields().getFirst(each[2]))
                    .as(each[1])
                    .isEqualTo(each[4]);
        }
        assertThat(caseloads.of(york.id()))
                .filteredOn(load -> load.user().equals(sam))
                .extracting(Load::limit)
                .containsExactly(9);
    }

    @Test
    void ofTheNameOfASearch() throws Exception {
        send(new Filled(
                "/p/york/searches",
                new LinkedMultiValueMap<>(Map.of("name", List.of("Late"), "query", List.of("status=new")))));
        String page = mvc.perform(People.as(eve, MockMvcRequestBuilders.get("/p/york/cases?s=1")))
                .andReturn()
                .getResponse()
                .getRedirectedUrl();
        assertThat(page).isNotNull();

        Sent sent = second(page, "/searches/1", "name", "Very late", "Latest", "do", "rename");

        assertThat(sent.choices()).containsExactly("Very late", "Latest");
        sent.choose("Latest");
        assertThat(read(ask(page)).select("#search-rename").val()).isEqualTo("Latest");
    }

    /** A table of ticks shows, above what was ticked, how those boxes stand now. */
    @Test
    void ofWhichStatusFollowsWhich() throws Exception {
        String page = "/admin/projects/york/transitions";
        Filled mine = fill(page, "/transitions");
        Filled theirs = fill(page, "/transitions");
        String box = theirs.fields().get("way").remove(0);
        send(theirs);

        MockHttpServletResponse second = answer(mine);

        assertThat(second.getStatus()).isEqualTo(409);
        Document both = read(second);
        assertThat(both.select(".admin-differences li").eachText())
                .singleElement()
                .asString()
                .endsWith("now not allowed");
        assertThat(both.select("input[name=way][value='" + box + "']").hasAttr("checked"))
                .isTrue();
        send(fill(both, "/transitions"));
        assertThat(fill(page, "/transitions").fields().get("way")).contains(box);
    }

    @Test
    void ofWhichStatusStartsAProcedure() throws Exception {
        String page = "/admin/projects/york/automations";
        Filled mine = fill(page, "/automations");
        Filled theirs = fill(page, "/automations");
        String box = read(ask(page)).select("input[name=start]").get(0).val();
        theirs.fields().add("start", box);
        send(theirs);

        MockHttpServletResponse second = answer(mine);

        assertThat(second.getStatus()).isEqualTo(409);
        assertThat(read(second).select(".admin-differences li").eachText())
                .singleElement()
                .asString()
                .endsWith("now starts");
    }

    private boolean agreed(Channel channel) {
        return profiles.get(dana.profile()).consents().stream()
                .anyMatch(each -> each.channel() == channel && each.given() && each.withdrawnOn() == null);
    }

    /** What the second of two people was answered, whose form was opened before the first sent theirs. */
    private record Sent(Document page, String action, String field, BothVersionsTest test) {

        List<String> choices() {
            return page.select("input[type=radio][name=" + field + "]").eachAttr("value");
        }

        void choose(String value) throws Exception {
            test.send(test.fill(page, action, field, value));
        }
    }

    private Sent second(String page, String action, String field, String theirs, String mine, String... more)
            throws Exception {
        Filled late = fill(page, action, and(more, field, mine));
        send(fill(page, action, and(more, field, theirs)));
        MockHttpServletResponse second = answer(late);
        assertThat(second.getStatus()).as(action).isEqualTo(409);
        return new Sent(read(second), action, field, this);
    }

    private static String[] and(String[] more, String... pairs) {
        List<String> all = new ArrayList<>(List.of(more));
        all.addAll(List.of(pairs));
        return all.toArray(String[]::new);
    }

    /** A form as the page has it, with what somebody typed into it. */
    private record Filled(String action, MultiValueMap<String, String> fields) {}

    private Filled fill(String page, String action, String... pairs) throws Exception {
        return fill(read(ask(page)), action, pairs);
    }

    private Filled fill(Document page, String action, String... pairs) {
        Element found = page.select("main form[method=post]").stream()
                .filter(form -> form.attr("action").endsWith(action)
                        || action.endsWith("/") && form.attr("action").matches(".*" + action + "[0-9]+"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no form " + action + " in " + page.select("main")));
        MultiValueMap<String, String> fields = new LinkedMultiValueMap<>();
        ((FormElement) found).formData().forEach(each -> fields.add(each.key(), each.value()));
        for (int at = 0; at < pairs.length; at += 2) {
            fields.set(pairs[at], pairs[at + 1]);
        }
        return new Filled(found.attr("action"), fields);
    }

    private MockHttpServletResponse ask(String path) throws Exception {
        MockHttpServletResponse answer = mvc.perform(
                        People.as(eve, MockMvcRequestBuilders.get(path)).accept("text/html"))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        return answer;
    }

    private MockHttpServletResponse answer(Filled form) throws Exception {
        MockHttpServletRequestBuilder request =
                People.as(eve, MockMvcRequestBuilders.post(form.action())).accept("text/html");
        form.fields().forEach((name, values) -> request.param(name, values.toArray(String[]::new)));
        return mvc.perform(request).andReturn().getResponse();
    }

    private void send(Filled form) throws Exception {
        MockHttpServletResponse answer = answer(form);
        assertThat(answer.getStatus())
                .as(form + read(answer).select("main").text())
                .isEqualTo(302);
    }

    private static Document read(MockHttpServletResponse answer) throws Exception {
        return Jsoup.parse(answer.getContentAsString());
    }
}
