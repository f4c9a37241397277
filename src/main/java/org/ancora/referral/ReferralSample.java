package org.ancora.referral;

import static org.ancora.process.RehearsalSample.Sample.flag;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.SampleCases;
import org.ancora.network.Projects;
import org.ancora.process.RehearsalSample;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A case's latest referral, without whom and where to. */
@Component
class ReferralSample implements RehearsalSample {

    private final SampleCases cases;
    private final Referrals referrals;
    private final Projects projects;

    ReferralSample(SampleCases cases, Referrals referrals, Projects projects) {
        this.cases = cases;
        this.referrals = referrals;
        this.projects = projects;
    }

    @Override
    public String folder() {
        return ReferralProcess.FOLDER;
    }

    @Override
    @Transactional
    public Sample of(String code, Viewer viewer) {
        CaseSummary file = cases.open(code, Permission.READ_REFERRALS, viewer);
        Referral referral =
                referrals.of(file, null, 1).stream().findFirst().orElseThrow(() -> new Hidden("referral", code));
        cases.taken(file, "referral", referral.id(), viewer);
        return new Sample(
                file.project(),
                ReferralProcess.KEY,
                referral.madeAt(),
                Map.of(
                        "followUpDays",
                        String.valueOf(days(referral, file)),
                        "referralToAgency",
                        flag(!referral.resource().email().isBlank()),
                        "language",
                        file.preferredLanguage().getLanguage()));
    }

    /** From the day on which it was made to its first follow-up. */
    private long days(Referral referral, CaseSummary file) {
        LocalDate made = LocalDate.ofInstant(
                referral.madeAt(), projects.calendar(file.project()).zone());
        return referrals.followUps(List.of(referral.id())).stream()
                .min(Comparator.comparingLong(FollowUp::id))
                .map(first -> Math.max(0, ChronoUnit.DAYS.between(made, first.dueOn())))
                .orElse(0L);
    }
}
