package org.ancora.process.task;

import org.ancora.access.OncePerPage;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.web.NavigationItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The entry "Tasks" of the navigation, with how many the viewer could do now. */
@Configuration(proxyBeanMethods = false)
class TaskNavigation {

    @Bean
    NavigationItem tasksEntry(WorkList list) {
        return new NavigationItem(
                20,
                "task.navigation",
                "/tasks",
                "checklist",
                viewer -> viewer.mayAnywhere(Permission.WORK_TASK),
                viewer -> countOnce(list, viewer));
    }

    /** The navigation is drawn several times a page, for wide screens and for phones. */
    private static int countOnce(WorkList list, Viewer viewer) {
        return OncePerPage.know("task.count " + viewer.id(), () -> list.open(viewer));
    }
}
