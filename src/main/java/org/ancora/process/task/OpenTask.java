package org.ancora.process.task;

import java.time.Instant;
import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;

/**
 * One open task as other modules see it.
 *
 * @param instance the running procedure to which it belongs, by the engine's id
 * @param process the key of that procedure, such as {@code contact-round}
 * @param element its element in the diagram, such as {@code record-round}
 * @param callingElement the call activity that called its procedure, such as {@code client-round}, or null
 * @param assignee who has it, or null
 * @param opens not before, or null
 * @param due due end, or null
 */
public record OpenTask(
        String id,
        String instance,
        String process,
        String element,
        @Nullable String callingElement,
        @Nullable UserId assignee,
        @Nullable Instant opens,
        @Nullable Instant due) {

    static OpenTask of(WorkItem item) {
        return new OpenTask(
                item.id(),
                item.processInstance(),
                item.processKey(),
                item.element(),
                item.callingElement(),
                item.assignee(),
                item.opens(),
                item.due());
    }
}
