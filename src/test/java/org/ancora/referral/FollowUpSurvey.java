package org.ancora.referral;

import java.util.ArrayList;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Listens as a survey of those who were followed up would (C114). */
@Component
class FollowUpSurvey {

    private final List<ReferralFollowedUp> heard = new ArrayList<>();
    private boolean failsNext;

    void begin() {
        heard.clear();
        failsNext = false;
    }

    void failNext() {
        failsNext = true;
    }

    List<ReferralFollowedUp> heard() {
        return List.copyOf(heard);
    }

    @EventListener
    void on(ReferralFollowedUp followedUp) {
        if (failsNext) {
            failsNext = false;
            throw new IllegalStateException("no survey can be written");
        }
        heard.add(followedUp);
    }
}
