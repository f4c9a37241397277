package org.ancora.process.guide;

import org.ancora.web.NavigationItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The entry "Help" of the navigation, the last one on every page. */
@Configuration(proxyBeanMethods = false)
class GuideNavigation {

    @Bean
    NavigationItem helpEntry() {
        return new NavigationItem(210, "guide.navigation", "/help", "help-circle", viewer -> true);
    }
}
