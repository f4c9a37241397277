package org.ancora.referral;

import java.time.LocalDate;
import org.ancora.access.UserId;
import org.ancora.casework.Cases;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Referring clients, for other modules. */
@Service
public class CaseReferrals {

    private final Cases cases;
    private final Referrals referrals;

    CaseReferrals(Cases cases, Referrals referrals) {
        this.cases = cases;
        this.referrals = referrals;
    }

    /**
     * Where a client is referred, as somebody types it.
     *
     * @param service may be empty, like what follows
     */
    public record Place(String organization, String service, String phone, String email) {}

    /**
     * Refers the client of a case; nothing is sent by this.
     *
     * @param need in a few words, without names
     * @param followUpOn when to ask what became of it
     * @return the referral's id
     */
    @Transactional
    public long refer(String code, Place place, String need, LocalDate followUpOn, UserId by) {
        return referrals.make(
                cases.byCode(code),
                Resource.typed(place.organization(), place.service(), place.phone(), place.email(), ""),
                new Referral.Need(need, "", ""),
                followUpOn,
                by);
    }

    /**
     * Writes down what somebody found out.
     *
     * @param note may be empty
     * @param nextOn when to ask again; null exactly when the status is final
     */
    @Transactional
    public void found(
            String code,
            long referral,
            ReferralStatus status,
            ClientOutcome outcome,
            String note,
            @Nullable LocalDate nextOn,
            UserId by) {
        referrals.record(
                cases.byCode(code),
                referral,
                referrals.get(referral).version(),
                new Referral.Result(status, outcome, note, nextOn),
                by);
    }
}
