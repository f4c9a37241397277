package org.ancora.engagement;

import java.util.List;
import java.util.Optional;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseDesk;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.LawfulWays;
import org.ancora.casework.Profile;
import org.ancora.casework.SupportContact;
import org.jspecify.annotations.Nullable;

/**
 * What the pages of a search show of its case, loaded once for all of them.
 *
 * @param client null for a viewer who may not see how the client can be reached
 * @param attempts the newest first, at most a hundred
 */
record Glance(CaseSummary file, @Nullable Profile client, List<Attempt> attempts) {

    /**
     * An attempt and the words that hang on it.
     *
     * @param task the task in which it was recorded, or null
     * @param by the name of who recorded it, as it is today
     * @param point the number or address that was tried, as people read it, or null
     */
    record Attempt(
            ContactAttempt attempt,
            @Nullable String task,
            String by,
            @Nullable String point) {}

    static boolean mayKnowClient(CaseSummary file, Viewer viewer) {
        return CaseDesk.mayReadRecord(Permission.READ_PROFILE, file, viewer);
    }

    /** Somebody close to the client who may be spoken to; empty also for a viewer who may not know of them. */
    Optional<SupportContact> family() {
        return client == null
                ? Optional.empty()
                : Optional.of(client.lawfulWays().verdict(LawfulWays.Way.FAMILY))
                        .filter(LawfulWays.Verdict::isLawful)
                        .map(LawfulWays.Verdict::person);
    }
}
