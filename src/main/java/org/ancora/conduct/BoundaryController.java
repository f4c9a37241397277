package org.ancora.conduct;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.ancora.access.Forbidden;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Scope;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseRows;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.Cases;
import org.ancora.casework.SearchText;
import org.ancora.network.CurrentProject;
import org.ancora.network.Projects;
import org.ancora.process.task.OpenTask;
import org.ancora.process.task.Tasks;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Beginning the record of a boundary request: from a case, or from the task list by choosing the client first. */
@Controller
class BoundaryController {

    private static final int SHOWN = 12;
    private static final int LONGEST_SEARCH = 100;

    private final BoundaryRequests requests;
    private final Cases cases;
    private final CaseWords caseWords;
    private final Projects projects;
    private final Tasks tasks;
    private final JdbcClient jdbc;

    BoundaryController(
            BoundaryRequests requests,
            Cases cases,
            CaseWords caseWords,
            Projects projects,
            Tasks tasks,
            JdbcClient jdbc) {
        this.requests = requests;
        this.cases = cases;
        this.caseWords = caseWords;
        this.projects = projects;
        this.tasks = tasks;
        this.jdbc = jdbc;
    }

    /** A client to choose. */
    record Line(String path, String client, String code) {}

    @GetMapping("/boundary/new")
    String choose(@RequestParam(name = "q", defaultValue = "") String typed, Viewer viewer, Model model) {
        if (!viewer.mayAnywhere(Permission.RECORD_BOUNDARY_REQUEST)) {
            throw new Forbidden(Permission.RECORD_BOUNDARY_REQUEST, null);
        }
        String searched = typed.strip();
        searched = searched.length() > LONGEST_SEARCH ? searched.substring(0, LONGEST_SEARCH) : searched;
        List<String> codes = searched.isEmpty() ? recent(viewer) : search(searched, viewer);
        Map<String, CaseSummary> found = cases.byCodes(codes, viewer);
        model.addAttribute("searched", searched);
        model.addAttribute(
                "lines",
                found.values().stream()
                        .filter(each -> !each.concealed() && BoundaryRequests.mayBegin(viewer, each))
                        .sorted(Comparator.comparingInt(each -> codes.indexOf(each.code())))
                        .limit(SHOWN)
                        .map(each -> new Line(
                                each.path() + "/boundary", caseWords.client(each, viewer.locale()), each.code()))
                        .toList());
        return "conduct/choose";
    }

    @GetMapping("/cases/{code}/boundary")
    String ask(@PathVariable String code, Viewer viewer, Model model) {
        CaseSummary caseFile = open(code, viewer);
        model.addAttribute("caseFile", caseFile);
        model.addAttribute("client", caseWords.client(caseFile, viewer.locale()));
        return "conduct/begin";
    }

    @PostMapping("/cases/{code}/boundary")
    String begin(@PathVariable String code, Viewer viewer) {
        CaseSummary caseFile = open(code, viewer);
        requests.begin(caseFile, viewer.id());
        return "redirect:"
                + tasks.of(code).stream()
                        .filter(task -> task.process().equals(ConductProcess.KEY)
                                && task.element().equals("record-request")
                                && viewer.id().equals(task.assignee()))
                        // Of two, the one of a case that was closed before is due sooner.
                        .max(Comparator.comparing(OpenTask::due, Comparator.nullsFirst(Comparator.naturalOrder())))
                        .map(OpenTask::id)
                        .map(task -> "/tasks/" + task)
                        .orElse(caseFile.path());
    }

    private CaseSummary open(String code, Viewer viewer) {
        CaseSummary caseFile = cases.byCode(code, viewer);
        viewer.require(Permission.RECORD_BOUNDARY_REQUEST, caseFile.project(), caseFile.isOwnOf(viewer.id()));
        if (caseFile.concealed()) {
            throw new Forbidden(Permission.SEE_PROTECTED, caseFile.project());
        }
        CurrentProject.is(projects.get(caseFile.project()));
        return caseFile;
    }

    /** What the viewer opened last. */
    private List<String> recent(Viewer viewer) {
        return jdbc.sql("""
                        select c.code from case_visit v join case_file c on c.id = v.case_id
                         where v.user_id = :viewer order by v.visited_at desc limit :most
                        """)
                .param("viewer", viewer.id().value())
                .param("most", SHOWN)
                .query(String.class)
                .list();
    }

    /** By code or name, a protected client by code alone; what the viewer may not see is left out afterwards. */
    private List<String> search(String typed, Viewer viewer) {
        return jdbc.sql("""
                        select c.code from case_file c join profile p on p.id = c.profile_id
                         where c.project_id = any(:projects) and c.search_text like :part
                           and (not %s or lower(c.code) like :part)
                         order by c.closed_at is not null, c.opened_at desc limit :most
                        """.formatted(CaseRows.CONCEALED))
                .params(Scope.of(viewer, Permission.RECORD_BOUNDARY_REQUEST).params())
                .param(
                        "projects",
                        viewer.projects().stream().map(ProjectId::value).toArray(Long[]::new))
                .param("part", SearchText.anywhere(typed))
                .param("most", SHOWN * 4)
                .query(String.class)
                .list();
    }
}
