package org.ancora.web;

import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.ancora.access.Viewer;

/**
 * An entry of the navigation, declared as a bean by the module whose page it opens.
 *
 * @param order position; below 100 daily work, 100 to 199 oversight, from 200 help; a line is drawn between these groups
 * @param key message key of the label
 * @param path where it leads, from the root, for example {@code /tasks}; it is marked as current on every page below
 * @param icon name of a Tabler icon, without prefix
 * @param shownTo who sees it
 * @param count what waits there for this person; 0 shows nothing. Called once for every page, so it must be cheap
 */
public record NavigationItem(
        int order, String key, String path, String icon, Predicate<Viewer> shownTo, ToIntFunction<Viewer> count) {

    /** An entry without a count. */
    public NavigationItem(int order, String key, String path, String icon, Predicate<Viewer> shownTo) {
        this(order, key, path, icon, shownTo, viewer -> 0);
    }

    int group() {
        return order / 100;
    }
}
