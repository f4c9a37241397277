package org.ancora.engagement;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.task.Tasks;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/**
 * The page of a real task, with every panel that modules put beside it, takes few statements however many rows exist.
 */
@AncoraTest
class TaskPageStatementsTest {

    /** One of them asks what was decided on the way. */
    private static final int MOST = 13;

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Episodes episodes;

    @Autowired
    private Tasks tasks;

    @Autowired
    private MockMvc mvc;

    @Test
    void theContactRoundTakesFewStatements() throws Exception {
        Project york = fixtures.aProjectInOntario();
        UserId sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        UserId nadia = fixtures.aPerson("Nadia Rahman", york, Role.COORDINATOR);
        CaseSummary dana = fixtures.aClient(york)
                .consentingToEverything()
                .withSupportContact(true)
                .referredBy("Maple Street Clinic")
                .openCaseFor(sam);
        episodes.start(dana, Track.ENTRY, nadia);
        tasks.complete(open(dana, "accept-intake"), fixtures.viewer(nadia), Map.of("decision", "accept"));
        String round = open(dana, "record-round");
        page(round, sam);

        List<String> statements = new ArrayList<>(SqlCount.during(() -> page(round, sam)));
        // A browser keeps its session; the test makes a new one for every request.
        statements.removeIf(statement -> statement.startsWith("INSERT INTO SPRING_SESSION"));

        assertThat(statements).as(String.join("\n----\n", statements)).hasSizeLessThanOrEqualTo(MOST);
    }

    private String open(CaseSummary file, String element) {
        return tasks.of(file.code()).stream()
                .filter(task -> task.element().equals(element))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private void page(String task, UserId reader) throws Exception {
        mvc.perform(get("/tasks/" + task).with(signedIn(reader))).andExpect(status().isOk());
    }
}
