package org.ancora.process.steering;

import java.time.Instant;
import org.ancora.access.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * Steps of a project began to fail for a cause that nobody has been told of yet; published once for each cause while it lasts, in
 * a transaction of its own after the first failure was kept.
 *
 * @param process key of the diagram
 * @param element the step that could not be done
 * @param title its name in the diagram, for want of words of our own
 * @param procedure the name of the procedure in the diagram, likewise
 * @param step code of what it does, with the words {@code incident.step.<step>} where it was not done; null where it has none
 * @param kind code of the cause; its words are the message {@code incident.why.<kind>}
 * @param solved when all that had failed for it before went well; null the first time
 */
public record CauseArose(
        ProjectId project,
        String process,
        String element,
        String title,
        String procedure,
        @Nullable String step,
        String kind,
        Instant since,
        @Nullable Instant solved) {}
