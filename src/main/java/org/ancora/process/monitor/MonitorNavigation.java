package org.ancora.process.monitor;

import org.ancora.access.Permission;
import org.ancora.web.NavigationItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The entry "Monitor" of the navigation, for whoever watches procedures. */
@Configuration(proxyBeanMethods = false)
class MonitorNavigation {

    @Bean
    NavigationItem monitorEntry() {
        return new NavigationItem(
                110,
                "monitor.navigation",
                "/monitor",
                "chart-histogram",
                viewer -> viewer.mayAnywhere(Permission.WATCH_PROCEDURES));
    }
}
