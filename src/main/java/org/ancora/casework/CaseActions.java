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

    /** The page shows what the project leaves to this person's roles, and whom to ask for the rest (C51). */
    @Bean
    CaseAction changeStatus() {
        return action(80, "status.action", "arrows-exchange", "/status", Permission.CHANGE_STATUS);
    }

    /** Only a closed case can be opened again (C55). */
    @Bean
    CaseAction reopenCase() {
        return action(80, "status.action.reopen", "lock-open", "/status", Permission.REOPEN_CASE, true);
    }

    @Bean
    CaseAction closeCase() {
        return action(90, "case.action.close", "archive", "/close", Permission.CLOSE_CASE);
    }

    private static CaseAction action(int order, String key, String icon, String page, Permission permission) {
        return action(order, key, icon, page, permission, false);
    }

    private static CaseAction action(
            int order, String key, String icon, String page, Permission permission, boolean ofClosed) {
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
                return caseFile.isClosed() == ofClosed && CaseDesk.mayAct(permission, caseFile, viewer);
            }

            @Override
            public String path(CaseSummary caseFile) {
                return caseFile.path() + page;
            }
        };
    }
}
