package org.ancora.casework;

import java.time.ZoneId;
import org.ancora.access.Forbidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.network.CurrentProject;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Opens the pages on which people change one thing of a case. */
@Component
public class CaseDesk {

    private final Cases cases;
    private final Projects projects;
    private final CaseWords words;

    CaseDesk(Cases cases, Projects projects, CaseWords words) {
        this.cases = cases;
        this.projects = projects;
        this.words = words;
    }

    /**
     * Finds the case, asks whether the viewer may, and puts {@code caseFile} and the {@code client}'s name into the model.
     * What is written about somebody who is protected tells who it is, and who shares a case knows its client, so both are
     * for those only who may know.
     *
     * @throws org.ancora.access.Hidden when there is no such case, or the viewer may not know of it
     * @throws Forbidden when the viewer may see the case, but not do this, or its client is protected from the viewer
     */
    public CaseSummary open(String code, Viewer viewer, Permission permission, Model model) {
        CaseSummary caseFile = cases.byCode(code, viewer);
        viewer.require(permission, caseFile.project(), caseFile.isOwnOf(viewer.id()));
        if (caseFile.concealed()) {
            throw new Forbidden(Permission.SEE_PROTECTED, caseFile.project());
        }
        CurrentProject.is(project(caseFile));
        model.addAttribute("caseFile", caseFile);
        model.addAttribute("client", words.client(caseFile, viewer.locale()));
        return caseFile;
    }

    /** Returns whether the viewer may read what is written about the client of a case, by this permission. */
    public static boolean mayReadRecord(Permission permission, CaseSummary caseFile, Viewer viewer) {
        return !caseFile.concealed() && viewer.may(permission, caseFile.project(), caseFile.isOwnOf(viewer.id()));
    }

    /**
     * Returns whether the viewer may do something to a case: for a client who is protected from them only find somebody who
     * may know who it is.
     */
    static boolean mayAct(Permission permission, CaseSummary caseFile, Viewer viewer) {
        return permission == Permission.ASSIGN_CASE
                ? viewer.may(permission, caseFile.project(), caseFile.isOwnOf(viewer.id()))
                : mayReadRecord(permission, caseFile, viewer);
    }

    /** Returns the project of a case. */
    public Project project(CaseSummary caseFile) {
        return projects.get(caseFile.project());
    }

    /** Returns the time zone in which a case's dates are told. */
    public ZoneId zone(CaseSummary caseFile) {
        return project(caseFile).calendar().zone();
    }
}
