package org.ancora.casework.people;

import java.util.HashMap;
import java.util.Map;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CasePanel;
import org.ancora.casework.CaseSummary;
import org.springframework.stereotype.Component;

/** Beside a case: with whom it is shared, and that one may take it. Everything shown is part of the case already. */
@Component
class PeoplePanels implements CasePanel {

    @Override
    public int order() {
        return 15;
    }

    @Override
    public String titleKey() {
        return "people.panel";
    }

    @Override
    public String path() {
        return "people";
    }

    @Override
    public Place place() {
        return Place.SIDE;
    }

    @Override
    public boolean shownTo(Viewer viewer, CaseSummary caseFile) {
        return caseFile.sharing().team() != null
                || !caseFile.sharing().collaborators().isEmpty()
                || mayShare(viewer, caseFile);
    }

    @Override
    public String fragment() {
        return "casework/people/panels :: people";
    }

    @Override
    public Map<String, Object> model(Viewer viewer, CaseSummary caseFile) {
        Map<String, Object> model = new HashMap<>();
        model.put("sharing", caseFile.sharing());
        model.put("editable", mayShare(viewer, caseFile));
        model.put("claimable", Teams.mayClaim(caseFile, viewer));
        model.put("waiting", caseFile.sharing().team() != null && caseFile.assignee() == null && !caseFile.isClosed());
        return model;
    }

    private static boolean mayShare(Viewer viewer, CaseSummary caseFile) {
        return !caseFile.concealed()
                && viewer.may(Permission.SHARE_CASE, caseFile.project(), caseFile.isOwnOf(viewer.id()));
    }
}
