package org.ancora.process.studio;

import org.ancora.web.NavigationItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The entry "Studio" of the navigation, for process owners. */
@Configuration(proxyBeanMethods = false)
class StudioNavigation {

    @Bean
    NavigationItem studioEntry() {
        return new NavigationItem(130, "studio.navigation", "/studio", "sitemap", Owners::is);
    }
}
