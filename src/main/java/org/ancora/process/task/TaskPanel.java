package org.ancora.process.task;

import java.util.Map;
import org.ancora.access.Viewer;

/** What a module shows beside a task's form, such as ways of contact with consent. Each panel is one bean. */
public interface TaskPanel {

    /** Where a panel stands on wide screens; on phones the left ones come before the form, the right ones after it. */
    enum Column {
        LEFT,
        RIGHT
    }

    /** Lower ones stand higher. */
    int order();

    Column column();

    boolean concerns(TaskContext task);

    /** The Thymeleaf fragment, such as {@code engagement/panels :: contacts}; it draws its own card. */
    String fragment();

    /** What the fragment needs, merged into the page's model; begin the names with the module's, they share one model. */
    Map<String, ?> model(TaskContext task, Viewer viewer);
}
