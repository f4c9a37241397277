package org.ancora.referral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Role;
import org.ancora.access.Viewer;
import org.ancora.process.RehearsalSample.Sample;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A real referral as the sample of a rehearsal: its days, not whom and where to. */
@AncoraTest
class ReferralSampleTest {

    @Autowired
    private ReferralWalk walks;

    @Autowired
    private ReferralSample samples;

    @Test
    void itsFirstFollowUpIsCountedInDaysAndTheReadIsLogged() {
        ReferralWalk.Team york = walks.inOntario();
        ReferralWalk.Walk referred = york.refer(york.dana(), "2026-12-11");
        Viewer sam = walks.fixtures.viewer(york.worker());

        Sample sample = samples.of(referred.code(), sam);

        assertThat(sample.process()).isEqualTo("referral-follow-up");
        assertThat(sample.project()).isEqualTo(york.project().id());
        assertThat(sample.began()).isEqualTo(referred.referral().madeAt());
        // From Monday 23 November to Friday 11 December.
        assertThat(sample.facts())
                .containsEntry("followUpDays", "18")
                .containsEntry("referralToAgency", "yes")
                .containsEntry("language", "en")
                .hasSize(3);
        assertThat(walks.jdbc
                        .sql("select subject from read_access where case_code = :code and how = 'rehearsal'")
                        .param("code", referred.code())
                        .query(String.class)
                        .list())
                .containsExactly("referral");
    }

    @Test
    void whoeverMayNotSeeTheReferralTakesNone() {
        ReferralWalk.Team york = walks.inOntario();
        ReferralWalk.Walk referred = york.refer();
        Viewer olga = walks.fixtures.viewer(walks.fixtures.aPerson("Olga Owner", york.project(), Role.OWNER));
        Viewer max =
                walks.fixtures.viewer(walks.fixtures.aPerson("Max Both", york.project(), Role.OWNER, Role.MANAGER));

        assertThatThrownBy(() -> samples.of(referred.code(), olga)).isInstanceOf(Hidden.class);
        assertThatThrownBy(() -> samples.of(referred.code(), max)).isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> samples.of(york.dana().code(), walks.fixtures.viewer(york.worker())))
                .isInstanceOf(Hidden.class);
    }
}
