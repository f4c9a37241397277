package org.ancora.process.task;

import java.time.Instant;
import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;

/**
 * One open task as other modules see it.
 *
 * @param process the procedure to which it belongs, such as {@code contact-round}
 * @param element its element in the diagram, such as {@code record-round}
 * @param callingElement the call activity that called its procedure, such as {@code client-round}, or null
 * @param assignee who has it, or null
 * @param opens not before, or null
 * @param due due end, or null
 */
public record OpenTask(
        String id,
        String process,
        String element,
        @Nullable String callingElement,
        @Nullable UserId assignee,
        @Nullable Instant opens,
        @Nullable Instant due) {

    static OpenTask of(WorkItem item) {
        return new OpenTask(
                item.id(),
                item.processKey(),
                item.element(),
                item.callingElement(),
                item.assignee(),
                item.opens(),
                item.due());
    }
}
