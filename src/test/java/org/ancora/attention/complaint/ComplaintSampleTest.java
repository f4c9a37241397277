package org.ancora.attention.complaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.ancora.access.Hidden;
import org.ancora.access.Role;
import org.ancora.access.Viewer;
import org.ancora.process.RehearsalSample.Sample;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A real complaint as the sample of a rehearsal: what was promised to somebody, not to whom. */
@AncoraTest
class ComplaintSampleTest {

    @Autowired
    private ComplaintWalks walks;

    @Autowired
    private ComplaintSample samples;

    @Test
    void itsKindAndWayComeAlongAndTheReadIsLogged() {
        ComplaintWalks.Team peru = walks.inPeru();
        ComplaintWalks.Walk rosa = peru.toCentralUnit();

        Sample sample = samples.of(rosa.number(), walks.fixtures.viewer(peru.supervisor()));

        assertThat(sample.process()).isEqualTo("complaint");
        assertThat(sample.project()).isEqualTo(peru.project().id());
        assertThat(sample.facts())
                .containsEntry("petitionKind", "complaint")
                .containsEntry("petitionLevel", "central-unit")
                .containsEntry("petitionerHasEmail", "yes")
                .containsKey("language")
                .hasSize(4);
        assertThat(walks.jdbc
                        .sql("select subject || ' ' || subject_id from read_access where how = 'rehearsal'")
                        .query(String.class)
                        .list())
                .containsExactly("petition " + rosa.number());
    }

    @Test
    void whoeverMayNotSeeTheComplaintTakesNone() {
        ComplaintWalks.Team peru = walks.inPeru();
        ComplaintWalks.Walk rosa = peru.byEmail();
        Viewer olga = walks.fixtures.viewer(walks.fixtures.aPerson("Olga Owner", peru.project(), Role.OWNER));

        assertThatThrownBy(() -> samples.of(rosa.number(), olga)).isInstanceOf(Hidden.class);
        assertThatThrownBy(() -> samples.of("AYA1-2026-9999", walks.fixtures.viewer(peru.supervisor())))
                .isInstanceOf(Hidden.class);
    }
}
