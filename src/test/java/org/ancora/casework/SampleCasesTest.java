package org.ancora.casework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Of which cases a rehearsal may take a sample: the one rule for every module that does. */
@AncoraTest
class SampleCasesTest {

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private SampleCases samples;

    @Autowired
    private Profiles profiles;

    @Autowired
    private JdbcClient jdbc;

    private Project york;
    private UserId sam;
    private CaseSummary dana;

    @BeforeEach
    void aCase() {
        york = fixtures.aProjectInOntario();
        sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        dana = fixtures.aClient(york).openCaseFor(sam);
    }

    private CaseSummary open(UserId who) {
        return samples.open(dana.code(), Permission.READ_NOTES, fixtures.viewer(who));
    }

    @Test
    void isACaseThatTheViewerMayReadThatMuchOf() {
        assertThat(open(sam).code()).isEqualTo(dana.code());

        UserId tom = fixtures.aPerson("Tom Reyes", york, Role.CASEWORKER);
        UserId manager = fixtures.aPerson("Max Meyer", york, Role.MANAGER);
        UserId elsewhere = fixtures.aPerson("Ines Quispe", fixtures.aProjectInPeru(), Role.COORDINATOR);
        assertThatThrownBy(() -> open(manager)).isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> open(elsewhere)).isInstanceOf(Hidden.class);
        assertThat(open(tom)).as("a colleague of the project reads notes").isNotNull();
    }

    @Test
    void isNoProtectedClients() {
        UserId tom = fixtures.aPerson("Tom Reyes", york, Role.CASEWORKER);
        assertThat(open(tom)).isNotNull();

        profiles.protect(dana, "A violent partner looks for her", sam);

        assertThatThrownBy(() -> open(tom)).isInstanceOf(Hidden.class);
    }

    /** Cora of another project opened the case tonight, because the client was in danger: not to rehearse with it. */
    @Test
    void isNoneThatIsOpenOnlyBecauseOfAnEmergency() {
        Project simcoe = fixtures.aSisterOf(york, "simcoe", "SIM");
        UserId cora = fixtures.aPerson("Cora Lindqvist", simcoe, Role.COORDINATOR);
        jdbc.sql("""
                        insert into break_glass (account_id, project_id, case_code, kind, reason, opened_at, until)
                        values (:who, :project, :code, 'danger', 'He is at the door', now(), now() + interval '10 years')
                        """)
                .param("who", cora.value())
                .param("project", york.id().value())
                .param("code", dana.code())
                .update();
        assertThat(fixtures.viewer(cora).glass(dana.code())).isPresent();

        assertThatThrownBy(() -> open(cora)).isInstanceOf(Hidden.class);
    }

    @Test
    void saysThatItWasRead() {
        samples.taken(open(sam), "reminder", 7, fixtures.viewer(sam));

        assertThat(jdbc.sql(
                                "select subject || ' ' || subject_id || ' ' || how from read_access where case_code = :code")
                        .param("code", dana.code())
                        .query(String.class)
                        .list())
                .containsExactly("reminder 7 rehearsal");
    }
}
