package org.ancora.conduct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.RehearsalSample.Sample;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A real boundary request as the sample of a rehearsal: its moment, and nothing of what was said. */
@AncoraTest
class ConductSampleTest {

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private BoundaryWalk walk;

    @Autowired
    private BoundaryRequests requests;

    @Autowired
    private ConductSample samples;

    @Test
    void isItsMomentAloneForWhoeverMayReadIt() {
        Project york = fixtures.aProjectInOntario();
        UserId sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        CaseSummary dana = fixtures.aClient(york).openCaseFor(sam);
        CaseSummary nobodyAsked = fixtures.aClient(york).openCaseFor(sam);
        long request = walk.begin(dana, sam);
        Viewer reader = fixtures.viewer(sam);

        Sample sample = samples.of(dana.code(), reader);

        assertThat(sample.process()).isEqualTo("boundary-request");
        assertThat(sample.began()).isEqualTo(requests.get(request).begunAt());
        assertThat(sample.facts()).containsOnlyKeys("language");
        assertThatThrownBy(() -> samples.of(nobodyAsked.code(), reader)).isInstanceOf(Hidden.class);
        Viewer max = fixtures.viewer(fixtures.aPerson("Max Both", york, Role.OWNER, Role.MANAGER));
        assertThatThrownBy(() -> samples.of(dana.code(), max)).isInstanceOfAny(Forbidden.class, Hidden.class);
    }
}
