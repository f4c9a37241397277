package org.ancora.attention.complaint;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.attention.complaint.ComplaintWalks.Team;
import org.ancora.attention.complaint.ComplaintWalks.Walk;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** An answer by the promised day is a promise kept; what waits for the person does not count until it goes on. */
@AncoraTest
class ComplaintLevelsTest {

    @Autowired
    ComplaintWalks walks;

    @Autowired
    MockMvc mvc;

    @Test
    void tellsAnswersInTimeFromLateOnes() throws Exception {
        Team team = walks.inPeru();
        UserId manager = walks.fixtures.aPerson("Marta Gil", team.project(), Role.MANAGER);
        Walk answered = team.byEmail().routed().written().approved();
        Walk late = team.byEmail().routed();
        assertThat(page(manager, "kept=yes")).contains(answered.number()).doesNotContain(late.number());
        assertThat(page(manager, "")).doesNotContain(answered.number(), late.number());

        late.moveTo(late.complaint().terms().due().plusSeconds(3600));

        assertThat(page(manager, "kept=yes")).contains(answered.number()).doesNotContain(late.number());
        assertThat(page(manager, "")).contains(late.number()).doesNotContain(answered.number());
        assertThat(page(manager, "office=" + late.number().substring(0, 4))).contains(late.number());
        assertThat(page(manager, "office=ZZZ9")).doesNotContain(late.number());
    }

    private String page(UserId who, String which) throws Exception {
        return mvc.perform(get("/monitor/levels/answers?" + which).with(signedIn(who)))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }
}
