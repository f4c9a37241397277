package org.ancora.process.studio;

import static org.assertj.core.api.Assertions.assertThat;

import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.process.deployment.ShippedFolders;
import org.ancora.testing.AncoraTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An owner hears of what a release brings exactly as long as their own version does not stand on top of it. */
@AncoraTest
class RunningTest {

    private static final String FOLDER = "referral";

    @Autowired
    Running running;

    @Autowired
    ShippedFolders shipped;

    @Autowired
    CaseworkFixtures fixtures;

    @Autowired
    JdbcClient jdbc;

    private UserId otto;

    @BeforeEach
    void anOwner() {
        otto = fixtures.aPerson("Otto Brandt", fixtures.aProjectInOntario(), Role.OWNER);
    }

    @AfterEach
    void takeBack() {
        jdbc.sql("delete from deployment where engine_id like 'test-%'").update();
    }

    @Test
    void tellsAnOwnerOfWhatIsNewerInTheRelease() {
        assertThat(running.newerInRelease()).containsEntry(FOLDER, false);

        owns("test-before", "an older release");
        assertThat(running.newerInRelease()).containsEntry(FOLDER, true).containsEntry("engagement", false);

        owns("test-on-top", shipped.hashes().get(FOLDER));
        assertThat(running.newerInRelease()).containsEntry(FOLDER, false);

        // Whoever published before that was noted knew the last version that a release had brought.
        owns("test-unnoted", null);
        assertThat(running.newerInRelease()).containsEntry(FOLDER, false);
        jdbc.sql("""
                        insert into deployment (engine_id, folder, origin, content_hash, deployed_at)
                        values ('test-seed', :folder, 'seed', 'an older release', now())
                        """).param("folder", FOLDER).update();
        assertThat(running.newerInRelease()).as("the release itself runs").containsEntry(FOLDER, false);
        owns("test-after", null);
        assertThat(running.newerInRelease()).containsEntry(FOLDER, true);
    }

    private void owns(String deployment, @Nullable String release) {
        jdbc.sql("""
                        insert into deployment (engine_id, folder, origin, content_hash, deployed_at)
                        values (:id, :folder, 'owner', 'own', now())
                        """).param("id", deployment).param("folder", FOLDER).update();
        jdbc.sql("""
                        insert into publication (engine_id, published_by, note, release_hash)
                        values (:id, :by, '', :release)
                        """)
                .param("id", deployment)
                .param("by", otto.value())
                .param("release", release)
                .update();
    }
}
