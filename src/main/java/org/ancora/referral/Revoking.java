package org.ancora.referral;

import java.time.Clock;
import java.util.Optional;
import org.ancora.access.UserId;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Taking back the links that agencies were given. */
@Service
class Revoking {

    private final AgencyLinks links;
    private final ReferralRows rows;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Revoking(AgencyLinks links, ReferralRows rows, ApplicationEventPublisher events, Clock clock) {
        this.links = links;
        this.rows = rows;
        this.events = events;
        this.clock = clock;
    }

    /** Until when an agency may answer about this referral, or could; empty where it was given no link that stands. */
    @Transactional(readOnly = true)
    public Optional<AgencyLinks.Reach> reach(Referral referral) {
        return links.reach(referral.id());
    }

    /** From now on no link of this referral opens anything; taking back twice changes nothing. */
    @Transactional
    public void revoke(Referral referral, UserId by) {
        if (links.revoke(referral.id(), by)) {
            rows.note(referral.id(), clock.instant(), "link-revoked", by, "", null, null, "");
            events.publishEvent(Referrals.audited("referral.link-revoked", referral, by));
        }
    }
}
