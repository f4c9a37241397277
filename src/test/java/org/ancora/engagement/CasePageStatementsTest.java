package org.ancora.engagement;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ancora.access.UserId;
import org.ancora.casework.Flag;
import org.ancora.engagement.EngagementWalk.Team;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** The page of a case, with every panel of every module, takes few statements, however long its history is. */
@AncoraTest
class CasePageStatementsTest {

    /** One of them asks which of the page's small forms were left half filled, one what was decided on the way. */
    private static final int MOST = 22;

    @Autowired
    EngagementWalk walks;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MockMvc mvc;

    @Test
    void takesFewStatementsHoweverLongTheHistory() throws Exception {
        Team york = walks.inOntario();
        Walk young = york.beginWithEverything().accepted().assigned();
        Walk old = york.beginWithEverything().toSourceAnswer();
        for (Flag.Kind kind : Flag.Kind.FIRST) {
            walks.cases.raiseFlag(old.code(), kind, "", york.worker());
        }
        for (int each : IntStream.range(0, 30).toArray()) {
            answer(old.code(), "question" + each, york.worker());
        }
        List<String> paths = List.of("", "/attempts", "/deadlines", "/activity", "/reads");
        for (String path : paths) {
            page(young.code() + path, york.supervisor());
            page(old.code() + path, york.supervisor());
        }

        for (String path : paths) {
            List<String> few = statements(young.code() + path, york.supervisor());
            List<String> many = statements(old.code() + path, york.supervisor());

            assertThat(many).as(path + "\n" + String.join("\n----\n", many)).hasSizeLessThanOrEqualTo(MOST);
            assertThat(many.size() - few.size())
                    .as("more statements on %s", path)
                    .isLessThanOrEqualTo(1);
        }
    }

    @Test
    void logNamesTheTaskThatWasFinished() throws Exception {
        Team york = walks.inOntario();
        Walk walk = york.beginWithEverything().accepted().assigned();

        mvc.perform(get("/cases/" + walk.code() + "/activity").with(signedIn(york.supervisor())))
                .andExpect(content().string(containsString("Assign a caseworker")));
    }

    private void answer(String code, String key, UserId by) {
        String definition = walks.processes.all(code).stream()
                .filter(process -> process.key().equals("engagement-on-entry"))
                .findFirst()
                .orElseThrow()
                .definition();
        jdbc.sql("""
                        insert into form_answer (task_id, case_code, form, definition, key, label, value, answered_by,
                               answered_at)
                        values ('gone', :case, 'accept-intake', :definition, :key, :key, '"yes"', :by, now())
                        """)
                .param("case", code)
                .param("key", key)
                .param("definition", definition)
                .param("by", by.value())
                .update();
    }

    private List<String> statements(String path, UserId reader) throws Exception {
        List<String> statements = new ArrayList<>(SqlCount.during(() -> page(path, reader)));
        // A browser keeps its session; the test makes a new one for every request.
        statements.removeIf(statement -> statement.startsWith("INSERT INTO SPRING_SESSION"));
        return statements;
    }

    private void page(String path, UserId reader) throws Exception {
        mvc.perform(get("/cases/" + path).with(signedIn(reader))).andExpect(status().isOk());
    }
}
