package org.ancora.referral.directory;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stood in the directory when a resource was chosen: kept with the referral, so that later changes do not rewrite history.
 *
 * @param resourceId of the resource, a service at a place
 * @param organization the name of whoever offers it
 * @param service its name
 * @param location the name of the place; null where it has none
 * @param address in one line; null where none is known
 * @param schedule when it is open, in the words of the reader's language; null where nobody knows
 * @param assuredOn when somebody last made sure of it; null where nobody says
 * @param confidential whether not everybody may know where it is
 */
public record ResourceSnapshot(
        long resourceId,
        String organization,
        String service,
        @Nullable String location,
        @Nullable String address,
        @Nullable String phone,
        @Nullable String email,
        @Nullable String website,
        List<String> taxonomyTerms,
        @Nullable String schedule,
        @Nullable LocalDate assuredOn,
        boolean confidential) {

    /** Copies the list. */
    public ResourceSnapshot {
        taxonomyTerms = List.copyOf(taxonomyTerms);
    }
}
