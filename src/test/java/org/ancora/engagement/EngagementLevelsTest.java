package org.ancora.engagement;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** A first call in time is a promise kept, a late one is missed, and each number leads to its cases. */
@AncoraTest
class EngagementLevelsTest {

    @Autowired
    EngagementWalk walks;

    @Autowired
    MockMvc mvc;

    @Test
    void tellsFirstCallsInTimeFromLateOnes() throws Exception {
        EngagementWalk.Team team = walks.inOntario();
        UserId manager = walks.fixtures.aPerson("Marta Gil", team.project(), Role.MANAGER);
        Walk called = team.beginWithEverything().toFirstRound().finish("record-round", Said.NOBODY_ANSWERED);
        Walk late = team.beginWithEverything().toFirstRound();
        Walk ahead = team.beginWithEverything().toFirstRound();
        assertThat(page(manager, "kept=yes")).contains(called.code()).doesNotContain(late.code());
        assertThat(page(manager, "")).doesNotContain(called.code(), late.code(), ahead.code());

        late.moveTo("2026-12-02T09:00");

        assertThat(page(manager, "")).contains(late.code(), ahead.code()).doesNotContain(called.code());
        late.finish("record-round", Said.NOBODY_ANSWERED);
        assertThat(page(manager, "")).contains(late.code());
        assertThat(page(manager, "kept=yes")).contains(called.code()).doesNotContain(late.code());
        assertThat(mvc.perform(get("/monitor").with(signedIn(manager)))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .contains("33 %", "1 kept", "2 missed");
    }

    private String page(UserId who, String which) throws Exception {
        return mvc.perform(get("/monitor/levels/first-call?" + which).with(signedIn(who)))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }
}
