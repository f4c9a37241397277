package org.ancora.attention.complaint;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.List;
import java.util.Map;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.attention.Destination;
import org.ancora.attention.PetitionChannel;
import org.ancora.attention.PetitionKind;
import org.ancora.attention.complaint.ComplaintWalks.Team;
import org.ancora.attention.complaint.ComplaintWalks.Walk;
import org.ancora.audit.ActivityLog;
import org.ancora.audit.ReadLog;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Whoever is complained about sees nothing of it on any path, also as supervisor, unit and administrator of the project; a
 * colleague with the same roles sees all of it, so that none of this holds for another reason (J-R12).
 */
@AncoraTest
class WallTest {

    private static final Role[] EVERYTHING = {
        Role.SUPERVISOR, Role.UNIT, Role.AGENT, Role.RECEPTION, Role.MANAGER, Role.PRIVACY, Role.ADMIN, Role.COORDINATOR
    };

    @Autowired
    private StaffComplainedAbout staff;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    ComplaintWalks walks;

    @Autowired
    ActivityLog log;

    @Autowired
    ReadLog reads;

    @Autowired
    MockMvc mvc;

    @Test
    void stallsEveryPathForThePersonComplainedAbout() throws Exception {
        Team team = walks.inPeru();
        UserId named = walks.fixtures.aPerson("Walter Silva", team.project(), EVERYTHING);
        UserId colleague = walks.fixtures.aPerson("Carla Silva", team.project(), EVERYTHING);
        Walk rosa = team.register(
                PetitionChannel.LETTERBOX,
                PetitionKind.COMPLAINT,
                Destination.REGIONAL_TEAM,
                named,
                "",
                "Jr. Cusco 45, Ayacucho");
        String task = rosa.task("route").id();
        String letter = walks.jdbc
                .sql("select id::text from letter where case_code = :number order by id limit 1")
                .param("number", rosa.number())
                .query(String.class)
                .single();

        // Lists, counts, searches, queues and overviews show nothing of it, whether by its number or by the person's
        // name.
        for (String path : List.of(
                "/",
                "/complaints",
                "/complaints?show=late",
                "/complaints?show=stopped",
                "/complaints?show=ended",
                "/complaints?q=" + rosa.number(),
                "/tasks",
                "/tasks?tab=team",
                "/tasks?tab=unassigned",
                "/tasks?tab=team&text=" + rosa.number(),
                "/notices",
                "/print",
                "/search?q=" + rosa.number(),
                "/monitor",
                "/monitor/instances?state=all",
                "/monitor/instances?state=all&q=" + rosa.number(),
                "/monitor/levels/answers",
                "/p/" + team.project().key(),
                "/cases?status=all&q=Rosa",
                "/clients?q=Rosa")) {
            String page = page(named, path);
            // What was typed into a search stands on its page again.
            String shown = page.replace("value=\"" + rosa.number() + "\"", "")
                    .replace("q=" + rosa.number(), "")
                    .replace("text=" + rosa.number(), "")
                    .replace("“" + rosa.number() + "”", "")
                    .replace("«" + rosa.number() + "»", "");
            assertThat(shown)
                    .as(path)
                    .doesNotContain(rosa.number().substring(5))
                    .doesNotContain("Huam");
        }
        assertThat(page(colleague, "/complaints")).contains(rosa.number(), "Huamán");
        assertThat(page(colleague, "/tasks?tab=team")).contains(rosa.number());
        assertThat(page(colleague, "/print")).contains(rosa.number());
        assertThat(page(colleague, "/monitor/instances?state=all")).contains(rosa.number());
        assertThat(page(named, "/complaints"))
                .contains("<span class=\"n\">0</span>")
                .doesNotContain("<span class=\"n\">1</span>");
        assertThat(page(colleague, "/complaints")).contains("<span class=\"n\">1</span>");

        // Its pages, files, forms and letters answer as if there were none.
        String base = "/complaints/" + rosa.number();
        for (String path : List.of(
                base,
                base + "/stop",
                base + "/extend",
                base + "/withdraw",
                base + "/merge",
                base + "/redirect",
                base + "/originals/1",
                "/petitions/" + rosa.number(),
                "/tasks/" + task,
                "/tasks/" + task + "/assign",
                "/letters/" + letter,
                "/letters/" + letter + ".pdf")) {
            assertThat(answer(named, get(path)).getStatus()).as(path).isEqualTo(404);
        }
        for (String path : List.of(base, base + "/stop", "/tasks/" + task, "/letters/" + letter)) {
            assertThat(answer(colleague, get(path)).getStatus()).as(path).isEqualTo(200);
        }
        for (String path : List.of(
                base + "/stop",
                base + "/extend",
                base + "/withdraw",
                base + "/merge",
                base + "/redirect",
                base + "/case",
                base + "/originals",
                "/tasks/" + task + "/claim",
                "/tasks/" + task + "/complete")) {
            assertThat(answer(
                                    named,
                                    post(path)
                                            .param("text", "x")
                                            .param("day", "2026-12-15")
                                            .param("other", "x"))
                            .getStatus())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(answer(named, post("/print/pdf").param("letter", letter)).getStatus())
                .isEqualTo(404);
        assertThat(answer(named, post("/print/posted").param("letter", letter)).getStatus())
                .isEqualTo(404);

        // Logs and choices.
        assertThat(log.forCase(rosa.number(), rosa.viewer(named), ActivityLog.Filter.NONE, null, 50)
                        .entries())
                .isEmpty();
        assertThat(log.forCase(rosa.number(), rosa.viewer(colleague), ActivityLog.Filter.NONE, null, 50)
                        .entries())
                .isNotEmpty();
        assertThat(reads.forCase(rosa.number(), rosa.viewer(named), null, 50).entries())
                .isEmpty();
        assertThat(reads.forCase(rosa.number(), rosa.viewer(colleague), null, 50)
                        .entries())
                .isNotEmpty();
        assertThat(page(colleague, "/tasks/" + task + "/assign"))
                .contains("Carla Silva")
                .doesNotContain("Walter Silva");

        // Nobody can be given it to answer who is complained about, and no notice ever reaches them.
        assertThat(answer(
                                colleague,
                                post("/tasks/" + task + "/complete")
                                        .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                                        .param("unitWorker", named.toString())
                                        .param("about", named.toString()))
                        .getStatus())
                .isBetween(400, 422);
        rosa.routed();
        String prepare = rosa.task("prepare").id();
        assertThat(answer(named, get("/tasks/" + prepare)).getStatus()).isEqualTo(404);
        assertThat(page(named, "/tasks?tab=team")).doesNotContain(rosa.number().substring(5));
        rosa.moveTo("2027-01-08T17:00");
        assertThat(rosa.noticesOf(colleague)).contains("complaint-broken", "complaint-half-time");
        assertThat(rosa.noticesOf(named)).isEmpty();
        assertThat(page(named, "/print")).doesNotContain(rosa.number().substring(5));
    }

    @Test
    void hidesFromWhoeverIsNamedLaterWhatTheyWereToldBefore() throws Exception {
        Team team = walks.inPeru();
        UserId named = walks.fixtures.aPerson("Walter Silva", team.project(), EVERYTHING);
        Walk rosa = team.register(
                PetitionChannel.LETTERBOX, PetitionKind.COMPLAINT, Destination.REGIONAL_TEAM, null, "", "");
        assertThat(rosa.noticesOf(named)).containsExactly("complaint-call");
        assertThat(page(named, "/notices")).contains(rosa.number());

        rosa.finish("route", team.agent(), Map.of("about", named.toString()));

        assertThat(page(named, "/notices")).doesNotContain(rosa.number());
        assertThat(answer(named, get("/complaints/" + rosa.number())).getStatus())
                .isEqualTo(404);
        assertThat(walks.petitions.byNumber(rosa.number()).about()).isEqualTo(named);
    }

    /** What says the same is hidden from the same people, with both in their lists before (J-R12). */
    @Test
    void staysAroundWhatAComplaintIsMergedWith() throws Exception {
        Team team = walks.inPeru();
        UserId named = walks.fixtures.aPerson("Walter Silva", team.project(), EVERYTHING);
        UserId other = walks.fixtures.aPerson("Olga Prado", team.project(), EVERYTHING);
        Walk rosa = team.about(named);
        Walk into = team.about(other);
        assertThat(page(named, "/complaints")).contains(into.number());

        walks.complaints.merge(rosa.number(), into.number(), "Lo mismo", rosa.viewer(team.agent()));

        for (UserId who : List.of(named, other)) {
            for (Walk each : List.of(rosa, into)) {
                for (String path : List.of("/complaints/", "/petitions/")) {
                    assertThat(answer(who, get(path + each.number())).getStatus())
                            .as("%s%s for %s", path, each.number(), who)
                            .isEqualTo(404);
                }
            }
            assertThat(page(who, "/complaints")).doesNotContain(into.number());
            assertThat(page(who, "/p/" + team.project().key() + "/desk")).doesNotContain(into.number());
        }
        assertThat(answer(team.agent(), get("/complaints/" + into.number())).getStatus())
                .isEqualTo(200);
    }

    /** An appeal is hidden from all from whom the first was, also by way of what was merged with it (J-R12). */
    @Test
    void standsAroundAnAppealToo() throws Exception {
        Team team = walks.inPeru();
        UserId named = walks.fixtures.aPerson("Walter Silva", team.project(), EVERYTHING);
        UserId other = walks.fixtures.aPerson("Olga Prado", team.project(), EVERYTHING);
        UserId colleague = walks.fixtures.aPerson("Carla Silva", team.project(), EVERYTHING);
        Walk rosa = team.about(named);
        Walk into = team.about(other);
        walks.complaints.merge(rosa.number(), into.number(), "Lo mismo", rosa.viewer(team.agent()));
        into.routed().written().approved();

        into.finish(
                "confirm",
                team.agent(),
                Map.of("reached", "yes", "understood", "yes", "satisfied", "appeal", "reason", "Sigue igual."));

        String appeal = walks.rows.appealsOf(into.number()).stream()
                .map(Complaint::number)
                .filter(number -> !number.equals(rosa.number()))
                .findFirst()
                .orElseThrow();
        for (UserId who : List.of(named, other)) {
            for (String path : List.of("/complaints/", "/petitions/")) {
                assertThat(answer(who, get(path + appeal)).getStatus())
                        .as("%s for %s", path, who)
                        .isEqualTo(404);
            }
            for (String path : List.of("/complaints", "/tasks?tab=team", "/notices")) {
                assertThat(page(who, path)).as("%s for %s", path, who).doesNotContain(appeal);
            }
            assertThat(into.noticesOf(who)).isEmpty();
        }
        assertThat(page(colleague, "/complaints")).contains(appeal);
    }

    /** Whoever is named in one of them is kept from all that say the same; named by mistake, they see all of them again. */
    @Test
    void reachesWhatWasMergedBeforeSomebodyIsNamed() throws Exception {
        Team team = walks.inPeru();
        UserId named = walks.fixtures.aPerson("Walter Silva", team.project(), EVERYTHING);
        UserId other = walks.fixtures.aPerson("Olga Prado", team.project(), EVERYTHING);
        List<Walk> alike = List.of(team.byEmail(), team.byEmail(), team.byEmail());
        Walk last = alike.get(2);
        walks.complaints.merge(alike.get(0).number(), alike.get(1).number(), "Lo mismo", last.viewer(team.agent()));
        walks.complaints.merge(alike.get(1).number(), last.number(), "Lo mismo", last.viewer(team.agent()));

        last.finish("route", team.agent(), Map.of("about", named.toString()));

        for (Walk each : alike) {
            assertThat(answer(named, get("/complaints/" + each.number())).getStatus())
                    .as(each.number())
                    .isEqualTo(404);
        }
        transaction.executeWithoutResult(naming -> staff.name(last.complaint(), other, last.viewer(team.agent())));
        for (Walk each : alike) {
            assertThat(answer(named, get("/complaints/" + each.number())).getStatus())
                    .as(each.number())
                    .isEqualTo(200);
            assertThat(answer(other, get("/complaints/" + each.number())).getStatus())
                    .as(each.number())
                    .isEqualTo(404);
        }
    }

    /** Who reads cases reads no complaints by way of their tasks. */
    @Test
    void hidesTheTasksFromWhoeverMayNotReadPetitions() throws Exception {
        Team team = walks.inPeru();
        UserId cara = walks.fixtures.aPerson("Cara Soto", team.project(), Role.CASEWORKER);
        Walk rosa = team.byEmail();
        String task = "/tasks/" + rosa.task("route").id();

        for (String path : List.of(task, task + "/where", task + "/assign")) {
            assertThat(answer(cara, get(path)).getStatus()).as(path).isEqualTo(404);
        }
        assertThat(answer(cara, post(task + "/claim")).getStatus()).isEqualTo(404);
        assertThat(answer(team.agent(), get(task)).getStatus()).isEqualTo(200);
    }

    private String page(UserId person, String path) throws Exception {
        MockHttpServletResponse answer = answer(person, get(path));
        assertThat(answer.getStatus()).as(path).isLessThan(500);
        return answer.getContentAsString();
    }

    private MockHttpServletResponse answer(UserId person, MockHttpServletRequestBuilder request) throws Exception {
        return mvc.perform(request.with(signedIn(person)).with(csrf()))
                .andReturn()
                .getResponse();
    }
}
