package org.ancora.process;

import static org.ancora.process.studio.StudioFixtures.ASK;
import static org.ancora.process.studio.StudioFixtures.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Locale;
import org.ancora.process.studio.Drafts;
import org.ancora.process.studio.Publishing;
import org.ancora.process.studio.StudioFixtures;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an owner published on one node is said on every other one as well. */
@AncoraTest
class OtherNodesWordsTest {

    private static final String KEY = "process.ask";

    @Autowired
    private StudioFixtures fixtures;

    @Autowired
    private OwnersWords here;

    @Autowired
    private Drafts drafts;

    @Autowired
    private Publishing publishing;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Clock clock;

    @AfterEach
    void forget() {
        fixtures.forget();
        here.forget();
    }

    @Test
    void areHeardOfWithTheNextLook() {
        StudioFixtures.Studio studio = fixtures.open();
        here.forget();
        OwnersWords there = new OwnersWords(jdbc, clock);
        assertThat(there.newest(ASK, KEY, Locale.ITALIAN)).isNull();
        there.hear();
        assertThat(there.newest(ASK, KEY, Locale.ITALIAN)).isNull();

        drafts.begin(ASK, studio.ada());
        drafts.save(ASK, "labels/it.properties", bytes(KEY + " = Chiedere\n"), 0, studio.ada());
        publishing.publish(ASK, drafts.current(ASK).hash(), "", studio.ada(), Locale.ENGLISH);

        assertThat(here.newest(ASK, KEY, Locale.ITALIAN)).isEqualTo("Chiedere");
        there.hear();
        assertThat(there.newest(ASK, KEY, Locale.ITALIAN)).isEqualTo("Chiedere");
    }
}
