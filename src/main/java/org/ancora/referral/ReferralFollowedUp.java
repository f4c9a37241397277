package org.ancora.referral;

import org.ancora.access.ProjectId;
import org.ancora.access.UserId;

/**
 * Somebody followed a referral up, in this transaction. Whoever has questions to ask about it afterwards, such as a survey,
 * listens here (C114).
 *
 * @param referral its id
 * @param followUp the id of the follow-up that is done
 */
public record ReferralFollowedUp(
        String caseCode,
        ProjectId project,
        long referral,
        long followUp,
        ReferralStatus status,
        ClientOutcome outcome,
        UserId by) {}
