package org.ancora.process.task;

import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.web.NavigationItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** The entry "Tasks" of the navigation, with how many the viewer could do now. */
@Configuration(proxyBeanMethods = false)
class TaskNavigation {

    private static final String COUNTED = TaskNavigation.class.getName() + ".count";

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
        RequestAttributes request = RequestContextHolder.currentRequestAttributes();
        Integer counted = (Integer) request.getAttribute(COUNTED, RequestAttributes.SCOPE_REQUEST);
        if (counted == null) {
            counted = list.open(viewer);
            request.setAttribute(COUNTED, counted, RequestAttributes.SCOPE_REQUEST);
        }
        return counted;
    }
}
