package org.ancora.process.studio;

import static org.ancora.access.People.signedIn;
import static org.ancora.process.studio.StudioFixtures.ASK;
import static org.ancora.process.studio.StudioFixtures.bytes;
import static org.ancora.process.studio.StudioFixtures.changed;
import static org.ancora.process.studio.StudioFixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.Objects;
import org.ancora.access.UserId;
import org.ancora.process.deployment.Deployments;
import org.ancora.process.model.ModelFixtures;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** Drafts as the editors read and keep them, and the check over them. */
@AncoraTest
class FilesControllerTest {

    private static final String FILES = "/studio/ask/files";
    private static final String DIAGRAM = "ask.bpmn";

    @Autowired
    private MockMvc web;

    @Autowired
    private StudioFixtures fixtures;

    @Autowired
    private Drafts drafts;

    @Autowired
    private Versions versions;

    @Autowired
    private Deployments deployments;

    private StudioFixtures.Studio studio;

    @BeforeEach
    void open() {
        studio = fixtures.open();
    }

    @AfterEach
    void forget() {
        fixtures.forget();
    }

    @Test
    void aFileIsKeptInTheDraftAndNothingElseChanges() throws Exception {
        String opened = tag(studio.ada());
        String before = versions.running(ASK).orElseThrow().deploymentId();

        String kept = save(studio.ada(), opened, ring()).getHeader("ETag");

        assertThat(kept).isNotEqualTo(opened).isEqualTo(tag(studio.ben()));
        Draft draft = drafts.find(ASK).orElseThrow();
        assertThat(draft.begunBy()).isEqualTo(studio.ada());
        assertThat(draft.files()).containsOnlyKeys(DIAGRAM);
        assertThat(text(drafts.folder(draft).files(), DIAGRAM)).contains("Ring the client");
        assertThat(text(drafts.folder(draft).files(), "forms/answer.form"))
                .isEqualTo(text(ModelFixtures.sound().files(), "forms/answer.form"));
        assertThat(versions.running(ASK).orElseThrow().deploymentId()).isEqualTo(before);
        assertThat(text(versions.files(before).files(), DIAGRAM)).contains("Call the client");
    }

    @Test
    void whoeverSavesSecondIsShownWhatTheOtherSaved() throws Exception {
        String opened = tag(studio.ada());
        save(studio.ben(), opened, ring());

        web.perform(put(FILES)
                        .param("path", DIAGRAM)
                        .header("If-Match", opened)
                        .contentType("text/plain")
                        .content(bytes(changed(DIAGRAM, "Call the client", "Visit the client")))
                        .with(csrf())
                        .with(signedIn(studio.ada())))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.savedBy").value("Ben Owner"))
                .andExpect(jsonPath("$.content").value(org.hamcrest.Matchers.containsString("Ring the client")))
                .andExpect(jsonPath("$.version").value(tag(studio.ada())));
        assertThat(text(drafts.current(ASK).files(), DIAGRAM)).contains("Ring the client");
    }

    /** Whoever still holds a file of a draft that was thrown away cannot write over the next one. */
    @Test
    void anOldDraftsFileDoesNotOverwriteTheNextDraft() throws Exception {
        String old = save(studio.ada(), tag(studio.ada()), ring()).getHeader("ETag");
        drafts.discard(ASK, studio.ben());
        save(studio.ben(), tag(studio.ben()), changed(DIAGRAM, "Call the client", "Visit the client"));

        assertThat(save(studio.ada(), old, ring()).getStatus()).isEqualTo(409);
        assertThat(text(drafts.current(ASK).files(), DIAGRAM)).contains("Visit the client");
    }

    /** An editor opened before somebody published must not take back what is new, although the draft has no such file. */
    @Test
    void aFileOfAnEarlierVersionIsNotSavedOverALaterOne() throws Exception {
        String opened = tag(studio.ada());
        deployments.publish(ModelFixtures.with(
                ModelFixtures.sound(), DIAGRAM, bytes(changed(DIAGRAM, "Call the client", "Visit the client"))));

        assertThat(save(studio.ada(), opened, ring()).getStatus()).isEqualTo(409);
        assertThat(drafts.find(ASK)).isEmpty();
    }

    @Test
    void aFileCanBeTakenAwayAndComesBackWithTheDraftsEnd() throws Exception {
        web.perform(delete(FILES)
                        .param("path", "letters/hello.en.html")
                        .header("If-Match", "\"0\"")
                        .with(csrf())
                        .with(signedIn(studio.ada())))
                .andExpect(status().isNoContent());

        assertThat(drafts.current(ASK).files()).doesNotContainKey("letters/hello.en.html");
        web.perform(get(FILES).param("path", "letters/hello.en.html").with(signedIn(studio.ada())))
                .andExpect(status().isNotFound());
        drafts.discard(ASK, studio.ada());
        web.perform(get(FILES).param("path", "letters/hello.en.html").with(signedIn(studio.ada())))
                .andExpect(status().isOk());
    }

    @Test
    void filesOfOtherKindsAndPlacesAreRefused() throws Exception {
        for (String path : new String[] {
            "../engagement/engagement-policy.dmn", "letters/../ask.bpmn", "run.groovy", "forms/a.html", "ASK.bpmn",
            "labels/de.properties", "a\\b.bpmn", "letters/hello.en.html\n", "/etc/passwd", ""
        }) {
            assertThat(save(studio.ada(), "\"0\"", path, "x").getStatus())
                    .as(path)
                    .isEqualTo(400);
        }
        assertThat(save(studio.ada(), "\"0\"", DIAGRAM, "x".repeat(Drafts.LARGEST_FILE + 1))
                        .getStatus())
                .isEqualTo(413);
        assertThat(save(studio.ada(), "made up", ring()).getStatus()).isEqualTo(400);
        assertThat(drafts.find(ASK).map(Draft::files).orElse(java.util.Map.of()))
                .isEmpty();
    }

    @Test
    void theCheckNamesFileElementAndReasonInTheReadersLanguage() throws Exception {
        String unknownStep = changed(DIAGRAM, "${planCall}", "${dataSource}");
        save(studio.ada(), tag(studio.ada()), unknownStep);

        web.perform(post("/studio/ask/check")
                        .header("Accept-Language", "it")
                        .with(csrf())
                        .with(signedIn(studio.ada())))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.findings[0].file").value(DIAGRAM))
                .andExpect(jsonPath("$.findings[0].element").value("plan-call"))
                .andExpect(jsonPath("$.findings[0].rule").value("unknown-step"))
                .andExpect(jsonPath("$.findings[0].severity").value("error"))
                .andExpect(jsonPath("$.findings[0].words")
                        .value(org.hamcrest.Matchers.allOf(
                                org.hamcrest.Matchers.containsString("dataSource"),
                                org.hamcrest.Matchers.not(org.hamcrest.Matchers.containsString("There is no")))));
    }

    @Test
    void thePickersOfferWhatTheCheckKnows() throws Exception {
        web.perform(get("/studio/catalogue").param("folder", "ask").with(signedIn(studio.ada())))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.steps[?(@.name=='lookUpPolicy')].inputs[0].name")
                        .value("decision"))
                .andExpect(jsonPath("$.steps[?(@.name=='tellSource')].outward").value(true))
                .andExpect(jsonPath("$.variables[?(@.name=='due')].kind").value("instant"))
                .andExpect(jsonPath("$.messages[0].name").value("withdrawn"))
                .andExpect(jsonPath("$.decisions[0].id").value("answer-policy"))
                .andExpect(jsonPath("$.letters[0].languages.length()").value(3))
                .andExpect(jsonPath("$.forms[?(@.id=='answer')].handled").value(true))
                .andExpect(jsonPath("$.groups[?(@.name=='caseworker')].title").isNotEmpty());
    }

    @Test
    void nobodyButOwnersComesIn() throws Exception {
        assertThat(save(studio.worker(), "\"0\"", ring()).getStatus()).isEqualTo(403);
        web.perform(get(FILES).param("path", DIAGRAM).with(signedIn(studio.worker())))
                .andExpect(status().isForbidden())
                .andExpect(content()
                        .string(org.hamcrest.Matchers.not(org.hamcrest.Matchers.containsString("bpmn:definitions"))));
        web.perform(get("/studio/nothing-such/files").param("path", DIAGRAM).with(signedIn(studio.ada())))
                .andExpect(status().isNotFound());
        assertThat(drafts.find(ASK)).isEmpty();
    }

    private static String ring() {
        return changed(DIAGRAM, "Call the client", "Ring the client");
    }

    private String tag(UserId who) throws Exception {
        return Objects.requireNonNull(
                web.perform(get(FILES).param("path", DIAGRAM).with(signedIn(who)))
                        .andExpect(status().isOk())
                        .andReturn()
                        .getResponse()
                        .getHeader("ETag"));
    }

    private MockHttpServletResponse save(UserId who, String tag, String text) throws Exception {
        return save(who, tag, DIAGRAM, text);
    }

    private MockHttpServletResponse save(UserId who, String tag, String path, String text) throws Exception {
        return web.perform(put(FILES)
                        .param("path", path)
                        .header("If-Match", tag)
                        .contentType("text/plain")
                        .content(bytes(text))
                        .with(csrf())
                        .with(signedIn(who)))
                .andReturn()
                .getResponse();
    }
}
