package org.ancora.process.task;

import org.jspecify.annotations.Nullable;

/** A button at the head of a task for something else than its form, such as "The client got in touch". */
public interface TaskAction {

    /** Lower ones come first. */
    int order();

    /** Whether the button is shown to the task's viewer. */
    boolean concerns(TaskContext task);

    /** The message key of the button, a verb for what happens. */
    String labelKey();

    /** The name of an icon of the Tabler set without prefix, such as {@code phone-incoming}, or null. */
    default @Nullable String icon() {
        return null;
    }

    /** Where the button leads (a page that asks before it does anything). */
    String path(TaskContext task);
}
