package org.ancora.process.studio;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ancora.process.model.ProcessFolder;
import org.jspecify.annotations.Nullable;

/** Something that may stand in the way of publishing; every bean of this kind is asked, on the page and again when it happens. */
public interface PublishingCheck {

    /**
     * What stands in the way.
     *
     * @param draft the files as they would be published; the model check has passed them
     * @param language of the words
     */
    List<Obstacle> obstacles(ProcessFolder draft, String folder, Locale language);

    /**
     * One thing that has to be put right first.
     *
     * @param path the page on which it can be put right, from the root; null where there is none
     */
    record Obstacle(String words, @Nullable String path) {}

    /**
     * How far it is with finding out what stands in the way; empty when {@link #obstacles} answers at once. Asked by the page,
     * outside any transaction; asking begins nothing.
     */
    default Optional<Progress> underWay(ProcessFolder draft, String folder, Locale language) {
        return Optional.empty();
    }

    /** Goes on in the background with finding out what stands in the way, unless somebody does already. */
    default void begin(ProcessFolder draft, String folder) {}

    /**
     * How far it is.
     *
     * @param words what is being done just now
     * @param done of so many
     * @param going whether somebody is at it; otherwise {@link #begin} has to be called, for the first time or because whoever
     *     was at it has died
     */
    record Progress(String words, int done, int total, boolean going) {}

    /** Whether it is asked as well before an earlier version, which it let pass at its time, runs again. */
    default boolean asksWhenGoingBack() {
        return true;
    }
}
