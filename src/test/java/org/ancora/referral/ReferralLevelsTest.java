package org.ancora.referral;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.referral.ReferralWalk.Team;
import org.ancora.referral.ReferralWalk.Walk;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** A follow-up on the agreed day, or a result before it, is a promise kept; a later one is missed. */
@AncoraTest
class ReferralLevelsTest {

    @Autowired
    ReferralWalk walks;

    @Autowired
    MockMvc mvc;

    @Test
    void tellsFollowUpsInTimeFromLateOnes() throws Exception {
        Team team = walks.inOntario();
        UserId manager = walks.fixtures.aPerson("Marta Gil", team.project(), Role.MANAGER);
        Walk asked = team.refer();
        Walk late = team.refer();
        Walk ahead = team.refer(team.dana(), "2026-12-14");
        Walk early = team.refer().record("completed", "attended", "");
        asked.moveTo("2026-12-07T10:00").followUp("completed", "attended", "");
        assertThat(page(manager, "kept=yes"))
                .contains(asked.code(), early.code())
                .doesNotContain(late.code(), ahead.code());
        assertThat(page(manager, "")).doesNotContain(asked.code(), late.code(), ahead.code(), early.code());

        late.moveTo("2026-12-08T10:00");

        assertThat(page(manager, "")).contains(late.code()).doesNotContain(asked.code(), ahead.code(), early.code());
        late.followUp("completed", "attended", "");
        assertThat(page(manager, "")).contains(late.code());
        assertThat(page(manager, "kept=yes")).contains(asked.code()).doesNotContain(late.code());
        assertThat(mvc.perform(get("/monitor").with(signedIn(manager)))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .contains("66 %", "2 kept", "1 missed", "/monitor/levels/follow-ups?kept=yes");
    }

    private String page(UserId who, String which) throws Exception {
        return mvc.perform(get("/monitor/levels/follow-ups?" + which).with(signedIn(who)))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }
}
