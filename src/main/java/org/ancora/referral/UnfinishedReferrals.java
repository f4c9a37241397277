package org.ancora.referral;

import java.util.List;
import java.util.Set;
import org.ancora.access.ProjectId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.ClosingCondition;
import org.springframework.stereotype.Component;

/** A project may ask that every referral has come to an end, and every follow-up is done, before a case is closed (C54). */
@Component
class UnfinishedReferrals implements ClosingCondition {

    private final Referrals referrals;

    UnfinishedReferrals(Referrals referrals) {
        this.referrals = referrals;
    }

    @Override
    public String code() {
        return "referrals";
    }

    @Override
    public List<Unmet> unmet(CaseSummary caseFile) {
        return referrals.unfinished(caseFile).stream()
                .map(referral -> caseFile.concealed()
                        ? new Unmet("referral.closing.concealed", List.of(referral.number()), referral.path())
                        : new Unmet(
                                "referral.closing", List.of(referral.resource().title()), referral.path()))
                .toList();
    }

    @Override
    public Set<String> unmetIn(ProjectId project) {
        return referrals.unfinishedIn(project);
    }
}
