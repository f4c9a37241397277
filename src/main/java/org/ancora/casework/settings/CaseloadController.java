package org.ancora.casework.settings;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Objects;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.Caseloads;
import org.ancora.casework.Load;
import org.ancora.network.Project;
import org.ancora.network.ProjectSettings;
import org.ancora.network.Projects;
import org.ancora.network.admin.AdminPages;
import org.ancora.network.admin.AdminSection;
import org.ancora.network.admin.Sheet;
import org.ancora.web.EditConflict;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How many cases a worker of the project carries, and who carries more or fewer (A6, A-R1). */
@Controller
class CaseloadController {

    private static final int MOST = 1000;

    private final AdminPages pages;
    private final Projects projects;
    private final Caseloads caseloads;
    private final ProjectChanges changes;
    private final MessageSource messages;

    CaseloadController(
            AdminPages pages, Projects projects, Caseloads caseloads, ProjectChanges changes, MessageSource messages) {
        this.pages = pages;
        this.projects = projects;
        this.caseloads = caseloads;
        this.changes = changes;
        this.messages = messages;
    }

    @Bean
    static AdminSection caseloadSection() {
        return new AdminSection(170, "caseload.admin", "caseload", "scale", Permission.MANAGE_PROJECT);
    }

    @GetMapping("/admin/projects/{key}/caseload")
    String show(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, "caseload", viewer, model);
        return show(project, sheet(project), model);
    }

    @PostMapping("/admin/projects/{key}/caseload")
    String change(
            @PathVariable String key,
            @RequestParam MultiValueMap<String, String> posted,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(key, "caseload", viewer, model);
        Sheet sheet = sheet(project);
        ProjectSettings now = project.settings();
        boolean saved = sheet.save(
                posted,
                response,
                version -> changes.settings(
                        project.id(),
                        new ProjectSettings(
                                Objects.requireNonNull(sheet.number("limit")),
                                now.closingConditions(),
                                now.letterhead()),
                        version,
                        "project.caseload-changed",
                        viewer.id()));
        return saved ? AdminPages.saved(project, "caseload", flash) : show(project, sheet, model);
    }

    /** A person's own limit; an empty one leaves them the project's. */
    @PostMapping("/admin/projects/{key}/caseload/{worker:[0-9]{1,18}}")
    String change(
            @PathVariable String key,
            @PathVariable String worker,
            @RequestParam(defaultValue = "") String limit,
            @RequestParam(name = "was.limit", required = false) @Nullable String was,
            Viewer viewer,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(key, "caseload", viewer, model);
        Load load = load(project, worker);
        String typed = limit.strip();
        if (!typed.isEmpty() && !(typed.matches("[0-9]{1,4}") && Integer.parseInt(typed) <= MOST)) {
            throw new Problem(HttpStatus.BAD_REQUEST, "caseload.admin.range", MOST);
        }
        String shown = was == null ? own(load, project) : was.strip();
        boolean changed = caseloads.changeLimit(load.user(), project.id(), number(shown), number(typed), viewer.id());
        if (!changed) {
            String now = own(load(project, worker), project);
            return EditConflict.of(request, 0, AdminPages.path(project, "caseload"))
                    .line(
                            "limit",
                            messages.getMessage("caseload.admin.own.of", new Object[] {load.name()}, viewer.locale()),
                            now)
                    .answer(model, response);
        }
        return AdminPages.saved(project, "caseload", flash);
    }

    private Load load(Project project, String worker) {
        return caseloads.of(project.id()).stream()
                .filter(each -> each.user().toString().equals(worker))
                .findFirst()
                .orElseThrow(() -> new Hidden("person", worker));
    }

    /** What a form says of a limit; null for the project's. */
    private static @Nullable Integer number(String limit) {
        return limit.matches("[0-9]{1,4}") ? Integer.valueOf(limit) : null;
    }

    /** A person's own limit as the form shows it; empty for the project's. */
    private static String own(Load load, Project project) {
        return load.limit() == project.settings().caseloadLimit() ? "" : String.valueOf(load.limit());
    }

    private Sheet sheet(Project project) {
        return new Sheet("caseload.admin", projects.version(project.id()))
                .number("limit", project.settings().caseloadLimit(), 0, MOST, true)
                .hint();
    }

    private String show(Project project, Sheet sheet, Model model) {
        List<Load> loads = caseloads.of(project.id());
        model.addAttribute("loads", loads);
        model.addAttribute("usual", project.settings().caseloadLimit());
        model.addAttribute("below", "caseload");
        return AdminPages.edit(project, "caseload", sheet, model);
    }
}
