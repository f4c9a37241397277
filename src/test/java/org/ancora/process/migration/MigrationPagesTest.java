package org.ancora.process.migration;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Walls;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.process.migration.Releases.Release;
import org.ancora.process.migration.Town.People;
import org.ancora.process.model.ProcessFolder;
import org.ancora.process.studio.Drafts;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** An owner is told what a change means, tries it out, moves the cases and reads what became of each. */
@AncoraTest
class MigrationPagesTest {

    private static final int MOST_STATEMENTS = 12;

    @Autowired
    Town town;

    @Autowired
    Impacts impacts;

    @Autowired
    Releases releases;

    @Autowired
    Drafts drafts;

    @Autowired
    Walls walls;

    @Autowired
    MockMvc web;

    @Autowired
    private CaseworkFixtures fixtures;

    private People people;

    @BeforeEach
    void somebody() {
        people = town.people();
    }

    @AfterEach
    void takeBack() {
        town.refuseNothing();
        town.takeBack();
    }

    @Test
    void theImpactNamesWhatIsGoneNewAndChangedAndWhoWaitsThere() {
        Release first = town.first();
        int places = town.places(first).size();
        town.settle(places, first, people);

        Impact impact = impacts.between(first.deployment(), town.original(), town.changed(), Set.of(), Locale.ENGLISH);

        assertThat(impact.running()).isEqualTo(places);
        assertThat(step(impact, Town.ENTRY, "tell-source")).satisfies(step -> {
            assertThat(step.change()).isEqualTo(Impact.Change.GONE);
            assertThat(step.waiting()).isEqualTo(1);
        });
        assertThat(step(impact, Town.ENTRY, "second-look").change()).isEqualTo(Impact.Change.NEW);
        assertThat(step(impact, Town.ENTRY, "admit").what())
                .containsExactly("Its form asks differently. New question: “Where to park”.");
        assertThat(step(impact, Town.ENTRY, "apply-policy").what())
                .containsExactly("The limits that it looks up have changed.");
        assertThat(step(impact, Town.ROUND, "call-back").waiting()).isEqualTo(1);
        assertThat(step(impact, Town.ROUND, "record-round")).satisfies(step -> {
            assertThat(step.change()).isEqualTo(Impact.Change.SAME);
            assertThat(step.waiting()).isEqualTo(1);
        });
        assertThat(impact.procedures())
                .filteredOn(procedure -> procedure.key().equals(Town.ROUND))
                .extracting(Impact.Procedure::called)
                .containsExactly(3);
        assertThat(impact.stranded()).isEqualTo(2);
        assertThat(impact.files())
                .filteredOn(file -> file.path().equals("engagement-policy.dmn"))
                .singleElement()
                .satisfies(file ->
                        assertThat(file.what()).singleElement().asString().contains("5 → 6"));
        assertThat(impact.files())
                .extracting(file -> file.path() + " " + file.used())
                .as("a change to what several share is a change to each; what is gone is used no more")
                .contains(
                        "engagement-policy.dmn Used at 2 places in 2 procedures.",
                        "forms/admit.form Used at 2 places in 2 procedures.",
                        "forms/tell-source.form ");
        assertThat(impacts.between(
                                first.deployment(),
                                town.original(),
                                town.changed(),
                                Set.of(),
                                Locale.forLanguageTag("es"))
                        .files())
                .filteredOn(file -> file.path().equals("engagement-policy.dmn"))
                .flatExtracting(Impact.FileChange::what)
                .singleElement()
                .asString()
                .contains("Al ingresar al servicio", "Primer contacto en (días hábiles)");
    }

    /** A question is called as its readers know it: by the words of the draft's owner, else by ours. */
    @Test
    void theImpactCallsQuestionsByTheReadersWords() {
        Release first = town.first();
        Map<String, byte[]> files = new TreeMap<>(town.changed().files());
        String form = new String(Objects.requireNonNull(files.get("forms/admit.form")), StandardCharsets.UTF_8);
        String changed = form.replaceFirst("\"key\": \"admission\",", "$0 \"description\": \"Ask twice\",");
        assertThat(changed).isNotEqualTo(form);
        files.put("forms/admit.form", changed.getBytes(StandardCharsets.UTF_8));
        files.put("labels/es.properties", "form.admit.parking=Dónde aparcar\n".getBytes(StandardCharsets.UTF_8));

        assertThat(impacts.between(
                                first.deployment(),
                                town.original(),
                                new ProcessFolder(Town.FOLDER, files),
                                Set.of(),
                                Locale.forLanguageTag("es"))
                        .files())
                .filteredOn(file -> file.path().equals("forms/admit.form"))
                .flatExtracting(Impact.FileChange::what)
                .anyMatch(line -> line.contains("Dónde aparcar"))
                .anyMatch(line -> line.contains("¿Cómo sigue?"))
                .noneMatch(line -> line.contains("Where to park"));
    }

    @Test
    void whatDoesNotDifferIsSaidToBeTheSame() {
        Release first = town.first();

        assertThat(impacts.between(
                                first.deployment(),
                                releases.files(first),
                                releases.files(first),
                                Set.of(),
                                Locale.ENGLISH)
                        .isNothing())
                .isTrue();
    }

    @Test
    void aDraftThatCannotBeReadIsNamedAndDoesNoHarm() {
        Release first = town.first();
        org.ancora.process.model.ProcessFolder broken = new org.ancora.process.model.ProcessFolder(
                Town.FOLDER,
                java.util.Map.of(
                        Town.ENTRY + ".bpmn",
                        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>"
                                .getBytes(StandardCharsets.UTF_8),
                        "engagement-policy.dmn",
                        "<".getBytes(StandardCharsets.UTF_8),
                        "forms/admit.form",
                        "{".getBytes(StandardCharsets.UTF_8)));

        Impact impact = impacts.between(first.deployment(), releases.files(first), broken, Set.of(), Locale.ENGLISH);

        assertThat(impact.files())
                .filteredOn(file -> file.what().contains("This file cannot be read as it is; the check says why."))
                .extracting(Impact.FileChange::path)
                .contains(Town.ENTRY + ".bpmn", "engagement-policy.dmn", "forms/admit.form");
        assertThat(impact.files())
                .extracting(Impact.FileChange::used)
                .as("what a diagram uses that cannot be read, nobody knows")
                .containsOnly("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void everyPageHasItsWordsAndItsFewStatements(String language) throws Exception {
        Release first = town.first();
        town.settle(town.places(first).size(), first, people);
        Release second = town.second();
        String choose = "/studio/engagement/migrate?from=" + first.deployment() + "&to=" + second.deployment();
        String impact = "/studio/engagement/impact?from=" + first.deployment() + "&to=" + second.deployment();
        page(choose, language);
        page(impact, language);
        String result = answer(post("/studio/engagement/migrate")
                        .param("from", first.deployment())
                        .param("to", second.deployment())
                        .param("do", "try"))
                .getRedirectedUrl();
        town.work();

        drafts.begin(Town.FOLDER, people.owner());
        for (String path : List.of(choose, impact, "/studio/engagement/impact", String.valueOf(result))) {
            List<String> statements = SqlCount.during(() -> {
                Document page = page(path, language);
                assertThat(page.text()).doesNotContain("??");
                assertThat(page.select("html").attr("lang")).isEqualTo(language);
                assertThat(page.select("main h1")).hasSize(1);
            });
            assertThat(statements.size())
                    .as(path + "\n" + String.join("\n", statements))
                    .isLessThanOrEqualTo(MOST_STATEMENTS);
        }
        assertThat(page(choose, language)
                        .select("select[name='step.contact-round.call-back'] option[selected]")
                        .attr("value"))
                .as("a step that looks like it is offered")
                .isEqualTo("call-again");
    }

    /** It is moved with the others, and neither counted nor named. */
    @Test
    void whatStandsBehindAWallIsNotCounted() throws Exception {
        Release first = town.first();
        int many = town.places(first).size();
        String code = town.settle(many, first, people).keySet().iterator().next();
        Release second = town.second();
        String path = "/studio/engagement/migrate?from=" + first.deployment() + "&to=" + second.deployment();
        Document choose = page(path, "en");
        assertThat(choose.select("select#from option[selected]").text()).contains(String.valueOf(many));
        walls.raise(people.owner(), code);

        assertThat(page(path, "en").select("select#from option[selected]").text())
                .contains(String.valueOf(many - 1));
        assertThat(releases.standing(first.deployment(), Set.of(code)).running(Town.ENTRY))
                .isEqualTo(many - 1);
        Document trial = sent(choose, "try");
        assertThat(trial.text()).contains(" of " + (many - 1) + " can be moved").doesNotContain(code);
    }

    @Test
    void aTrialThenTheMoveThenTheTable() throws Exception {
        Release first = town.first();
        int many = town.places(first).size();
        town.settle(many, first, people);
        Release second = town.second();
        Document choose =
                page("/studio/engagement/migrate?from=" + first.deployment() + "&to=" + second.deployment(), "en");
        assertThat(choose.select("a:contains(New cases only)").attr("href")).isEqualTo("/studio/engagement");
        assertThat(choose.select(".notice")).isEmpty();

        Document trial = sent(choose, "try");
        assertThat(trial.select("h1").text()).startsWith("Trial: version");
        assertThat(trial.text()).contains((many - 1) + " of " + many + " can be moved. Nothing was moved yet.");
        assertThat(trial.select("tr:contains(Would stay behind)").text())
                .contains("It waits at “Tell the referral source”, and you chose that cases there stay.");
        assertThat(releases.standing(second.deployment(), Set.of()).running()).isEmpty();

        String moved = String.valueOf(
                answer(post(trial.select("form[action$=/move]").attr("action"))).getRedirectedUrl());
        Document result = page(moved, "en");
        assertThat(result.text()).contains((many - 1) + " of " + many + " moved");
        assertThat(releases.standing(second.deployment(), Set.of()).running(Town.ENTRY))
                .isEqualTo(many - 1);

        assertThat(page("/studio/engagement", "en")
                        .select("#versions ~ * a:contains(Move its cases)")
                        .eachAttr("href"))
                .as("the one that stayed behind can still be moved later")
                .containsExactly(
                        "/studio/engagement/migrate?from=" + first.deployment() + "&to=" + second.deployment());

        String table = answer(get(moved + ".csv")).getContentAsString(StandardCharsets.UTF_8);
        assertThat(table.lines()).hasSize(many + 1);
        assertThat(table).contains("YRK-2026-1000").contains("Stays behind");
    }

    /** An owner moves every project's, and is told of those that they must not see. */
    @Test
    void whatBelongsToOtherProjectsIsCountedAndNotNamed() throws Exception {
        Release first = town.first();
        int many = town.places(first).size();
        town.settle(many, first, people);
        Release second = town.second();
        Document trial = sent(
                page("/studio/engagement/migrate?from=" + first.deployment() + "&to=" + second.deployment(), "en"),
                "try");
        assertThat(trial.text()).doesNotContain("not listed");
        String path = trial.select("form[action$=/move]").attr("action").replace("/move", "");
        UserId other = fixtures.aPerson("Rosa Quispe", fixtures.aProjectInPeru(), Role.OWNER);

        Document hers = Jsoup.parse(as(other, get(path)).getContentAsString(StandardCharsets.UTF_8));
        String table = as(other, get(path + ".csv")).getContentAsString(StandardCharsets.UTF_8);

        String told = many
                + " casos no aparecen en la lista: son de proyectos en los que usted no es responsable de procesos.";
        assertThat(hers.text()).contains(" de " + many + " pueden pasar", told).doesNotContain("YRK-");
        assertThat(table).contains(told).doesNotContain("YRK-");
        assertThat(Jsoup.parse(as(other, get(path + "?state=left")).getContentAsString(StandardCharsets.UTF_8))
                        .text())
                .contains("1 caso no aparece en la lista");
    }

    @Test
    void whatFailedIsTriedAgain() throws Exception {
        Release first = town.first();
        String stuck = town.settle(3, first, people).values().iterator().next();
        Release second = town.second();
        town.refuse(List.of(stuck));
        Document choose =
                page("/studio/engagement/migrate?from=" + first.deployment() + "&to=" + second.deployment(), "en");

        Document result = sent(choose, "move");

        assertThat(result.text()).contains("2 of 3 moved").contains("A fault got in the way");
        town.refuseNothing();
        String again =
                String.valueOf(answer(post(result.select("form[action$=/retry]").attr("action")))
                        .getRedirectedUrl());
        assertThat(page(again, "en").text()).contains("3 of 3 moved");
    }

    @Test
    void aStepThatTheEngineWillNotHaveIsRefusedOnThePage() throws Exception {
        Release first = town.first();
        town.settle(3, first, people);
        Release second = town.second();

        MockHttpServletResponse answer = answer(post("/studio/engagement/migrate")
                .param("from", first.deployment())
                .param("to", second.deployment())
                .param("do", "move")
                .param("step.engagement-on-entry.tell-source", "group-service-decision"));

        assertThat(answer.getStatus()).isEqualTo(400);
        Document page = Jsoup.parse(answer.getContentAsString(StandardCharsets.UTF_8));
        assertThat(page.select("select[aria-invalid=true]").attr("name"))
                .isEqualTo("step.engagement-on-entry.tell-source");
        assertThat(releases.standing(second.deployment(), Set.of()).running()).isEmpty();
        assertThat(answer(post("/studio/engagement/migrate")
                                .param("from", first.deployment())
                                .param("to", second.deployment())
                                .param("step.engagement-on-entry.tell-source", "wait-for-next-round"))
                        .getStatus())
                .isEqualTo(400);
        assertThat(answer(post("/studio/engagement/migrate")
                                .param("from", first.deployment())
                                .param("to", first.deployment()))
                        .getStatus())
                .isEqualTo(400);
        assertThat(answer(get("/studio/nothing/migrate")).getStatus()).isEqualTo(404);
    }

    @Test
    void onlyOwnersMayLook() throws Exception {
        assertThat(as(people.worker(), get("/studio/engagement/migrate")).getStatus())
                .isEqualTo(403);
        assertThat(as(people.worker(), get("/studio/engagement/impact")).getStatus())
                .isEqualTo(403);
        assertThat(as(people.worker(), get("/studio/migrations/1")).getStatus()).isEqualTo(403);
    }

    @Test
    void theDraftIsComparedWithWhatRuns() throws Exception {
        drafts.begin(Town.FOLDER, people.owner());
        assertThat(page("/studio/engagement/impact", "en").text()).contains("Nothing differs");
    }

    @Test
    void thePageThatPublishesSaysItToo() throws Exception {
        town.settle(1, town.first(), people);
        drafts.begin(Town.FOLDER, people.owner());
        drafts.save(Town.FOLDER, "forms/admit.form", town.changed().files().get("forms/admit.form"), 0, people.owner());

        Document publish = page("/studio/engagement/publish", "en");
        assertThat(publish.text()).contains("1 case runs on version").contains("New question: “Where to park”.");
        assertThat(publish.select(".migration-latest").text())
                .contains("changed Admit to service or resume")
                .doesNotContain("forms/admit.form");
    }

    private static Impact.Step step(Impact impact, String process, String step) {
        return impact.procedures().stream()
                .filter(procedure -> procedure.key().equals(process))
                .flatMap(procedure -> procedure.steps().stream())
                .filter(each -> each.id().equals(step))
                .findFirst()
                .orElseThrow();
    }

    /** The form as it stands on the page, sent by one of its buttons; but nobody says where telling the source goes on. */
    private Document sent(Document page, String button) throws Exception {
        Element form = page.select("main form[method=post]").get(0);
        MockHttpServletRequestBuilder request = post(form.attr("action")).param("do", button);
        form.select("input[type=hidden]:not([name=_csrf])")
                .forEach(field -> request.param(field.attr("name"), field.val()));
        form.select("select")
                .forEach(field -> request.param(
                        field.attr("name"),
                        field.attr("name").endsWith("tell-source")
                                ? ""
                                : field.select("option[selected]").attr("value")));
        return page(String.valueOf(answer(request).getRedirectedUrl()), "en");
    }

    private Document page(String path, String language) throws Exception {
        MockHttpServletResponse answer = answer(get(path).header("Accept-Language", language));
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        return Jsoup.parse(answer.getContentAsString(StandardCharsets.UTF_8));
    }

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request) throws Exception {
        return as(people.owner(), request);
    }

    private MockHttpServletResponse as(UserId person, MockHttpServletRequestBuilder request) throws Exception {
        return web.perform(request.with(signedIn(person)).with(csrf()))
                .andReturn()
                .getResponse();
    }
}
