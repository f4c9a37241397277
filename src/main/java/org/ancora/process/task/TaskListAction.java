package org.ancora.process.task;

import java.util.function.Predicate;
import org.ancora.access.Viewer;

/**
 * A button at the head of the task list, declared as a bean by the module that acts: for work that begins with what somebody
 * met, and not with a task.
 *
 * @param order lower ones come first
 * @param labelKey message key of the button
 * @param icon name of a Tabler icon, without prefix
 * @param path the page that it opens
 * @param shownTo who sees it
 */
public record TaskListAction(int order, String labelKey, String icon, String path, Predicate<Viewer> shownTo) {}
