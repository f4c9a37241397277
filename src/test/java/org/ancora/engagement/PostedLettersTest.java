package org.ancora.engagement;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;

import java.util.List;
import java.util.Map;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.Channel;
import org.ancora.correspondence.LetterId;
import org.ancora.correspondence.Letters;
import org.ancora.correspondence.NewLetter;
import org.ancora.correspondence.RecipientKind;
import org.ancora.network.Project;
import org.ancora.process.task.OpenTask;
import org.ancora.process.task.Tasks;
import org.ancora.testing.AncoraTest;
import org.ancora.time.VirtualClock;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** The print queue and the procedure's own task of posting are one and the same work. */
@AncoraTest
class PostedLettersTest {

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private People people;

    @Autowired
    private Episodes episodes;

    @Autowired
    private Letters letters;

    @Autowired
    private Tasks tasks;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private VirtualClock clock;

    @Autowired
    private MockMvc browser;

    @Test
    void confirmingOnThePrintQueueFinishesTheTask() throws Exception {
        Project york = fixtures.aProjectInOntario();
        UserId sam = people.person("sam", york.id(), Role.CASEWORKER);
        UserId rita = people.person("rita", york.id(), Role.RECEPTION);
        CaseSummary dana = fixtures.aClient(york).openCaseFor(sam);
        waitForThePost(dana);
        LetterId letter = letters.send(new NewLetter(
                        EngagementLetters.NO_CONTACT,
                        dana.code(),
                        RecipientKind.CLIENT,
                        Channel.POST,
                        Map.of(),
                        "posted",
                        UserId.SYSTEM))
                .letter();
        assertThat(elements(dana)).containsExactly("print-and-post");

        browser.perform(post("/print/posted")
                        .param("letter", String.valueOf(letter))
                        .with(signedIn(rita))
                        .with(csrf()))
                .andExpect(redirectedUrl("/print"));

        assertThat(letters.unposted(dana.code())).isEmpty();
        assertThat(elements(dana)).doesNotContain("print-and-post");
    }

    @Test
    void leavesATaskThatAColleagueHasTaken() throws Exception {
        Project york = fixtures.aProjectInOntario();
        UserId sam = people.person("sam", york.id(), Role.CASEWORKER);
        UserId rita = people.person("rita", york.id(), Role.RECEPTION);
        CaseSummary dana = fixtures.aClient(york).openCaseFor(sam);
        waitForThePost(dana);
        LetterId letter = letters.send(new NewLetter(
                        EngagementLetters.NO_CONTACT,
                        dana.code(),
                        RecipientKind.CLIENT,
                        Channel.POST,
                        Map.of(),
                        "taken",
                        UserId.SYSTEM))
                .letter();
        String task = tasks.of(dana.code()).get(0).id();
        browser.perform(post("/tasks/" + task + "/claim").with(signedIn(sam)).with(csrf()));

        browser.perform(post("/print/posted")
                        .param("letter", String.valueOf(letter))
                        .with(signedIn(rita))
                        .with(csrf()))
                .andExpect(redirectedUrl("/print"));

        assertThat(letters.unposted(dana.code())).isEmpty();
        assertThat(elements(dana)).containsExactly("print-and-post");
    }

    /** Takes the shortest way to the task of posting: the path that leads there has tests of its own. */
    private void waitForThePost(CaseSummary file) {
        episodes.start(file, Track.ENTRY, UserId.SYSTEM);
        String instance = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(file.code())
                .processDefinitionKey("engagement-on-entry")
                .singleResult()
                .getId();
        runtime.setVariable(instance, "due", java.util.Date.from(clock.instant().plusSeconds(86_400)));
        runtime.setVariable(instance, "opens", java.util.Date.from(clock.instant()));
        runtime.createProcessInstanceModification(instance)
                .cancelAllForActivity("accept-intake")
                .startBeforeActivity("print-and-post")
                .execute();
    }

    private List<String> elements(CaseSummary file) {
        return tasks.of(file.code()).stream().map(OpenTask::element).toList();
    }
}
