package org.ancora.engagement.intake;

import java.util.Set;
import org.ancora.casework.Flag;
import org.ancora.casework.NewProfile;
import org.ancora.casework.ReferralSource;

/**
 * An intake that was found to be in order.
 *
 * @param need why the client comes, at most 500 characters; may be empty
 */
record NewIntake(NewProfile client, ReferralSource source, Set<Flag.Kind> flags, String need) {}
