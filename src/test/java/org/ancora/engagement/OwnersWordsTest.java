package org.ancora.engagement;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.engagement.EngagementWalk.Team;
import org.ancora.process.OwnersWords;
import org.ancora.process.studio.Drafts;
import org.ancora.process.studio.Publishing;
import org.ancora.process.studio.Version;
import org.ancora.testing.AncoraTest;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/**
 * An owner drafts a question and its words in three languages, and publishes: tasks opened from then on ask it in each
 * reader's language, its answer is kept and shown, and tasks opened before go on as they were.
 */
@AncoraTest
class OwnersWordsTest {

    private static final String FOLDER = EngagementProcess.FOLDER;
    private static final String FORM = "forms/accept-intake.form";
    private static final String QUESTION = """
            {"type": "radio", "id": "own_pet", "key": "pet", "label": "Is there a dog?", "layout": {"row": "r1"},
             "values": [{"label": "Yes, a big one", "value": "big"}, {"label": "No", "value": "none"}]},
            """;

    @Autowired
    EngagementWalk walks;

    @Autowired
    PatientPolicy published;

    @Autowired
    OwnersWords words;

    @Autowired
    Drafts drafts;

    @Autowired
    Publishing publishing;

    @Autowired
    MockMvc mvc;

    private String deployment = "";

    @AfterEach
    void withdraw() {
        if (!deployment.isEmpty()) {
            published.withdraw(deployment);
            words.forget();
        }
    }

    @Test
    void areReadInEachLanguageFromTheNextTaskOn() throws Exception {
        Team york = walks.inOntario();
        Walk before = york.beginWithEverything();
        UserId owner = walks.fixtures.aPerson("Olga Owner", york.project(), Role.OWNER);
        deployment = publish(owner).deploymentId();
        Walk dana = york.beginWithEverything();

        assertThat(task(dana, york, "it")).contains("C'è un cane?", "Sì, grande", "Accogliere la segnalazione");
        assertThat(task(dana, york, "es")).contains("¿Hay un perro?", "Sí, grande");
        assertThat(task(dana, york, "en")).contains("Is there a dog?");
        assertThat(task(before, york, "it")).doesNotContain("un cane", "Accogliere la segnalazione");

        dana.finish("accept-intake", Map.of("decision", "accept", "pet", "big"));
        dana.assigned();
        // In the release this step has a name of its own wherever it is called from; the owner has renamed it
        // everywhere.
        assertThat(page("/tasks/" + dana.task("record-round").id(), york.worker(), "it"))
                .contains("Cercare il cliente")
                .doesNotContain("Primo ciclo di contatto");
        before.finish("accept-intake", Map.of("decision", "accept"));
        String answers = Jsoup.parse(page("/cases/" + dana.code(), york.worker(), "it"))
                .select("#answers")
                .text();
        assertThat(answers).contains("C'è un cane?", "Sì, grande", "Accogliere la segnalazione");
    }

    private Version publish(UserId owner) {
        drafts.begin(FOLDER, owner);
        byte[] form = drafts.current(FOLDER).files().get(FORM);
        save(
                FORM,
                new String(form, StandardCharsets.UTF_8)
                        .replaceFirst("\"components\"\\s*:\\s*\\[", "\"components\": [" + QUESTION),
                owner);
        save("labels/en.properties", words("Is there a dog?", "Yes, a big one", "No", "Accept the referral"), owner);
        save("labels/es.properties", words("¿Hay un perro?", "Sí, grande", "No", "Aceptar la remisión"), owner);
        save("labels/it.properties", words("C'è un cane?", "Sì, grande", "No", "Accogliere la segnalazione"), owner);
        return publishing.publish(
                FOLDER, drafts.current(FOLDER).hash(), "A question about dogs", owner, Locale.ENGLISH);
    }

    private void save(String path, String text, UserId owner) {
        drafts.save(FOLDER, path, text.getBytes(StandardCharsets.UTF_8), 0, owner);
    }

    private static String words(String question, String yes, String no, String task) {
        return String.join(
                "\n",
                "form.accept-intake.pet = " + question,
                "form.accept-intake.pet.big = " + yes,
                "form.accept-intake.pet.none = " + no,
                "task.engagement-on-entry.accept-intake = " + task,
                "task.contact-round.record-round = Cercare il cliente",
                "");
    }

    private String task(Walk walk, Team team, String language) throws Exception {
        return page("/tasks/" + walk.task("accept-intake").id(), team.coordinator(), language);
    }

    private String page(String path, UserId who, String language) throws Exception {
        return mvc.perform(get(path).with(signedIn(who)).locale(Locale.forLanguageTag(language)))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }
}
