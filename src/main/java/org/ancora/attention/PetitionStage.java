package org.ancora.attention;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells how far the answer to a petition has come; published by what answers it. */
public interface PetitionStage {

    /** Where the petition stands; empty when this is not the one who answers it. */
    Optional<Stage> of(Petition petition);

    /**
     * Why the day is another one than the person was told before: whole sentences without anything personal, for the public
     * status page; none while no day is promised or when it never moved.
     */
    default List<String> moved(Petition petition, Locale locale) {
        return List.of();
    }

    /**
     * The other numbers under which the same matter runs and which the person was told too: whole sentences without anything
     * personal, for the public status page; none where there is only one number.
     */
    default List<String> otherNumbers(Petition petition, Locale locale) {
        return List.of();
    }

    /**
     * How far it has come.
     *
     * @param key message key of a sentence for the public status page, without anything personal
     * @param due the day for which the answer is promised now, or null
     * @param ended when it ended, or null while it goes on
     * @param path the staff's page about the answer, or null
     */
    record Stage(
            String key,
            @Nullable LocalDate due,
            @Nullable Instant ended,
            @Nullable String path) {}
}
