package org.ancora.engagement;

import static org.assertj.core.api.Assertions.assertThat;

import org.ancora.process.monitor.EngineTruth;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What managers watch of the engagement is what the engine did, from the first letter to the last timer. */
@AncoraTest
class WatchedWalksTest {

    @Autowired
    EngagementWalk walks;

    @Autowired
    EngineTruth truth;

    @Autowired
    JdbcClient jdbc;

    @Test
    void followsCasesToTheirEnds() {
        EngagementWalk.Team team = walks.inOntario();
        Place.HELD.reach(team);
        truth.assertWatched();
        Place.PRINT_AND_POST.reach(team);
        Place.GROUP_SERVICE.reach(team);
        Walk walk = Place.EXTRA_ROUND_AFTER_ANSWER.reach(team);
        truth.assertWatched();
        walk.clientGetsInTouch();
        walk.finish("admit", Said.CONTACT_ADMITTED).finish("complete-documentation", Said.WRITTEN_UP);
        truth.assertWatched();

        // Called procedures belong to the one that was begun for the case.
        assertThat(jdbc.sql("""
                        select count(distinct s.instance_id) from procedure_step s join procedure_run r on r.id = s.run_id
                         where r.case_code = :code and r.process_key = 'engagement-on-entry'
                        """).param("code", walk.code()).query(Integer.class).single())
                .isGreaterThan(1);
        assertThat(jdbc.sql("select ending from procedure_run where case_code = :code and ending = 'in-service'")
                        .param("code", walk.code())
                        .query(String.class)
                        .single())
                .isEqualTo("in-service");
    }
}
