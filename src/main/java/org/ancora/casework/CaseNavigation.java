package org.ancora.casework;

import org.ancora.access.Permission;
import org.ancora.web.NavigationItem;
import org.ancora.web.SearchEntry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where casework's pages stand in the navigation. */
@Configuration(proxyBeanMethods = false)
class CaseNavigation {

    @Bean
    NavigationItem today() {
        return new NavigationItem(10, "nav.today", "/", "sun", viewer -> true);
    }

    @Bean
    NavigationItem caseList() {
        return new NavigationItem(
                30, "nav.cases", "/cases", "folder", viewer -> viewer.mayAnywhere(Permission.READ_CASE));
    }

    @Bean
    SearchEntry caseSearch() {
        return new SearchEntry("/search", "q", "search.placeholder");
    }
}
