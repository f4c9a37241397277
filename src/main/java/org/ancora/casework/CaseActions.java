package org.ancora.casework;

import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The buttons at the head of the case page that are casework's own. */
@Configuration(proxyBeanMethods = false)
class CaseActions {

    @Bean
    CaseAction assignCase() {
        return action(50, "case.action.assign", "user-share", "/assign", Permission.ASSIGN_CASE);
    }

    @Bean
    CaseAction changeServiceMode() {
        return action(60, "case.action.service-mode", "users", "/service-mode", Permission.CHANGE_SERVICE_MODE);
    }

    @Bean
    CaseAction closeCase() {
        return action(90, "case.action.close", "archive", "/close", Permission.CLOSE_CASE);
    }

    private static CaseAction action(int order, String key, String icon, String page, Permission permission) {
        return new CaseAction() {
            @Override
            public int order() {
                return order;
            }

            @Override
            public String labelKey() {
                return key;
            }

            @Override
            public String icon() {
                return icon;
            }

            @Override
            public boolean shownTo(Viewer viewer, CaseSummary caseFile) {
                return !caseFile.isClosed()
                        && viewer.may(permission, caseFile.project(), caseFile.isOwnOf(viewer.id()));
            }

            @Override
            public String path(CaseSummary caseFile) {
                return caseFile.path() + page;
            }
        };
    }
}
