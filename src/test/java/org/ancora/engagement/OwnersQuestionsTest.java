package org.ancora.engagement;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.engagement.EngagementWalk.Team;
import org.ancora.process.deployment.Deployments;
import org.ancora.process.deployment.ShippedFolders;
import org.ancora.process.model.ProcessFolder;
import org.ancora.testing.AncoraTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** What an owner asks besides in a form, without a module that knows it, stands on the case. */
@AncoraTest
class OwnersQuestionsTest {

    /** Two questions that only the file knows, and one whose label is the message of the form's note. */
    private static final String QUESTIONS = """
            {"type": "radio", "id": "own_pet", "key": "pet", "label": "Is there a dog?", "layout": {"row": "r1"},
             "values": [{"label": "Yes, a big one", "value": "big"}, {"label": "No", "value": "none"}]},
            {"type": "number", "id": "own_people", "key": "people", "label": "People at home"},
            {"type": "checkbox", "id": "own_stairs", "key": "stairs", "label": "Stairs <b>only</b>"},
            """;

    @Autowired
    EngagementWalk walks;

    @Autowired
    PatientPolicy published;

    @Autowired
    ShippedFolders shipped;

    @Autowired
    Deployments deployments;

    @Autowired
    MockMvc mvc;

    private String deployment = "";

    @AfterEach
    void withdraw() {
        published.withdraw(deployment);
    }

    @Test
    void standOnTheCaseInWords() throws Exception {
        deployment = publish();
        Team york = walks.inOntario();
        Walk dana = york.beginWithEverything();
        assertThat(panel(dana, york.worker(), "en")).isNull();

        dana.finish("accept-intake", Map.of("decision", "accept", "pet", "big", "people", 1200, "stairs", true));

        assertThat(panel(dana, york.worker(), "en").select("dt").eachText())
                .containsExactly("Is there a dog?", "People at home", "Stairs <b>only</b>");
        assertThat(panel(dana, york.worker(), "en").select("dd").eachText())
                .containsExactly(
                        "Yes, a big one In “Accept the intake” · Cora Lindqvist, Mon 23 Nov, 9:10",
                        "1,200 In “Accept the intake” · Cora Lindqvist, Mon 23 Nov, 9:10",
                        "yes In “Accept the intake” · Cora Lindqvist, Mon 23 Nov, 9:10");
        assertThat(panel(dana, york.worker(), "it").select("dd").get(1).text()).startsWith("1.200 In «");
        // Whoever may not read the client does not read what was asked about the client.
        UserId manager = walks.fixtures.aPerson("Max", york.project(), Role.MANAGER);
        assertThat(panel(dana, manager, "en")).isNull();
    }

    private Element panel(Walk walk, UserId reader, String language) throws Exception {
        return Jsoup.parse(mvc.perform(get("/cases/" + walk.code())
                                .with(signedIn(reader))
                                .locale(Locale.forLanguageTag(language)))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .selectFirst("#answers");
    }

    private String publish() {
        ProcessFolder folder = shipped.all().stream()
                .filter(each -> each.name().equals(EngagementProcess.FOLDER))
                .findFirst()
                .orElseThrow();
        Map<String, byte[]> files = new HashMap<>(folder.files());
        files.computeIfPresent("forms/accept-intake.form", (path, form) -> new String(form, StandardCharsets.UTF_8)
                .replaceFirst("\"components\"\\s*:\\s*\\[", "\"components\": [" + QUESTIONS)
                .getBytes(StandardCharsets.UTF_8));
        assertThat(files.keySet()).containsAll(List.of("forms/accept-intake.form"));
        return deployments.publish(new ProcessFolder(folder.name(), files));
    }
}
