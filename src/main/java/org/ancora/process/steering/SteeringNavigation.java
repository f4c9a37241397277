package org.ancora.process.steering;

import org.ancora.access.OncePerPage;
import org.ancora.access.Permission;
import org.ancora.access.Role;
import org.ancora.access.Viewer;
import org.ancora.web.NavigationItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The entry "Could not be done" of the navigation, with how many steps wait; only for those who are told of them. */
@Configuration(proxyBeanMethods = false)
class SteeringNavigation {

    @Bean
    NavigationItem failuresEntry(IncidentRows rows) {
        return new NavigationItem(
                120,
                "incident.navigation",
                "/monitor/incidents",
                "alert-triangle",
                SteeringNavigation::isTold,
                viewer -> OncePerPage.know("incident.count " + viewer.id(), () -> rows.count(viewer)));
    }

    private static boolean isTold(Viewer viewer) {
        return viewer.mayAnywhere(Permission.STEER_PROCEDURES)
                && (viewer.hasRole(Role.OWNER) || viewer.hasRole(Role.ADMIN) || viewer.hasRole(Role.MANAGER));
    }
}
