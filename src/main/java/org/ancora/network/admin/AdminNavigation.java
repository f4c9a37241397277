package org.ancora.network.admin;

import org.ancora.web.NavigationItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where administration stands in the navigation. */
@Configuration(proxyBeanMethods = false)
class AdminNavigation {

    @Bean
    NavigationItem administration(AdminPages pages) {
        return new NavigationItem(190, "admin.navigation", "/admin", "settings", pages::anythingFor);
    }
}
