package org.ancora.referral;

import org.ancora.access.UserId;
import org.ancora.network.Project;
import org.springframework.stereotype.Component;

/** Referrals that are being followed up, for tests of whatever happens to procedures meanwhile. */
@Component
public class OpenReferrals {

    private final ReferralWalk walks;

    OpenReferrals(ReferralWalk walks) {
        this.walks = walks;
    }

    /** A client who was referred and is to be asked about it on Monday 7 December; returns the case's code. */
    public String one(Project project, UserId worker) {
        return new ReferralWalk.Team(walks, project, worker, worker, worker)
                .refer()
                .code();
    }
}
