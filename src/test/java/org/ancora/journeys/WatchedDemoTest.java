package org.ancora.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.ancora.process.Clockwork;
import org.ancora.process.monitor.EngineTruth;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Cases in every stage of every procedure, in three projects and several zones: what managers watch is what the engine knows. */
@OnTheDemo
class WatchedDemoTest {

    @Autowired
    private EngineTruth truth;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void everythingThatTheDemoLivedThroughIsWatchedAndCanBeRebuilt() {
        clockwork.runDueJobs();

        truth.assertWatched();
        truth.assertRebuilt();

        List<String> begun = jdbc.sql("select distinct process_key from procedure_run")
                .query(String.class)
                .list();
        TreeSet<String> never = new TreeSet<>(jdbc.sql("select distinct key_ from engine.act_re_procdef")
                .query(String.class)
                .list());
        never.removeAll(begun);
        never.removeAll(jdbc.sql("""
                        select distinct d.key_ from procedure_step s join engine.act_re_procdef d on d.id_ = s.definition_id
                        """).query(String.class).list());
        assertThat(never)
                .as("all but what begins where somebody asks for it, and what nobody may know of")
                .isSubsetOf(
                        "attribute-load",
                        "boundary-request",
                        "bulk-change",
                        "continue-in-progress",
                        "move-dates",
                        "move-procedures",
                        "steer-many");
    }
}
