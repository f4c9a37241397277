package org.ancora.attention;

import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A petition to be registered; see {@link Petition}.
 *
 * @param destination needed unless it was solved at once
 */
public record NewPetition(
        ProjectId project,
        OfficeId office,
        PetitionKind kind,
        PetitionChannel channel,
        PetitionLevel level,
        NewPetitioner petitioner,
        String motive,
        String orientation,
        @Nullable UserId about,
        boolean solvedAtOnce,
        @Nullable Destination destination,
        @Nullable String attendance) {

    public NewPetition {
        if (solvedAtOnce != (destination == null)) {
            throw new IllegalArgumentException("A petition is solved at once, or goes to somebody who answers it");
        }
    }
}
