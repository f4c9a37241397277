package org.ancora.casework.profile;

import java.util.List;
import java.util.Set;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.audit.ReadLog;
import org.ancora.casework.CaseAction;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.ClientSearch;
import org.ancora.casework.ProfileId;
import org.ancora.network.CurrentProject;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.web.Problem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A case begun without a name gets its client: somebody on record, or a name for the first time (C7). */
@Controller
class AnonymousCaseController {

    private final Cases cases;
    private final ClientSearch search;
    private final Clients clients;
    private final Merging merging;
    private final Projects projects;
    private final ReadLog reads;

    AnonymousCaseController(
            Cases cases, ClientSearch search, Clients clients, Merging merging, Projects projects, ReadLog reads) {
        this.cases = cases;
        this.search = search;
        this.clients = clients;
        this.merging = merging;
        this.projects = projects;
        this.reads = reads;
    }

    /** Somebody on record to whom the case may be given. */
    record Line(long id, String name, String cases) {}

    @GetMapping("/cases/{code}/client")
    String ask(@PathVariable String code, @RequestParam(defaultValue = "") String name, Viewer viewer, Model model) {
        CaseSummary caseFile = open(code, viewer);
        Project project = projects.get(caseFile.project());
        reads.record(viewer, project.id(), code, "profile", caseFile.profile().toString(), "page");
        model.addAttribute("caseFile", caseFile);
        model.addAttribute("name", name);
        model.addAttribute(
                "lines",
                name.isBlank()
                        ? List.of()
                        : search
                                .find(new ClientSearch.Asked(name, null, null, List.of(name)), project, viewer)
                                .hits()
                                .stream()
                                .filter(hit -> !hit.profile().equals(caseFile.profile())
                                        && !hit.name().isEmpty())
                                .map(hit -> new Line(hit.profile().value(), hit.name(), String.join(" ", hit.cases())))
                                .toList());
        return "casework/profile/give";
    }

    @PostMapping("/cases/{code}/client")
    String give(@PathVariable String code, @RequestParam long profile, Viewer viewer, RedirectAttributes flash) {
        CaseSummary caseFile = open(code, viewer);
        ProfileId client = new ProfileId(profile);
        if (client.equals(caseFile.profile()) || !clients.isKnown(client, viewer)) {
            throw new Problem(HttpStatus.BAD_REQUEST, "case.unreadable");
        }
        merging.merge(client, caseFile.profile(), Set.of(), caseFile.project(), viewer.id());
        flash.addFlashAttribute("told", "profile.give.done");
        return "redirect:" + caseFile.path();
    }

    private CaseSummary open(String code, Viewer viewer) {
        CaseSummary caseFile = cases.byCode(code, viewer);
        viewer.require(Permission.EDIT_PROFILE, caseFile.project(), caseFile.isOwnOf(viewer.id()));
        if (!caseFile.client().isEmpty() || caseFile.concealed()) {
            throw new Problem(HttpStatus.CONFLICT, "profile.give.named");
        }
        CurrentProject.is(projects.get(caseFile.project()));
        return caseFile;
    }

    /** The button of an anonymous case. */
    @Configuration(proxyBeanMethods = false)
    static class Button {

        @Bean
        CaseAction giveToClient() {
            return new CaseAction() {
                @Override
                public int order() {
                    return 45;
                }

                @Override
                public String labelKey() {
                    return "profile.give.action";
                }

                @Override
                public String icon() {
                    return "user-plus";
                }

                @Override
                public boolean shownTo(Viewer viewer, CaseSummary caseFile) {
                    return caseFile.client().isEmpty()
                            && !caseFile.concealed()
                            && viewer.may(Permission.EDIT_PROFILE, caseFile.project(), caseFile.isOwnOf(viewer.id()));
                }

                @Override
                public String path(CaseSummary caseFile) {
                    return caseFile.path() + "/client";
                }
            };
        }
    }
}
