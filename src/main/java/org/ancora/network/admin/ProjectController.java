package org.ancora.network.admin;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.regex.Pattern;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.network.Letterhead;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The project itself: how it is called, how it looks and how it writes (C143). */
@Controller
class ProjectController {

    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_LINE = 200;
    private static final Pattern INITIALS = Pattern.compile("\\p{L}{1,3}");

    private final AdminPages pages;
    private final ProjectDesk desk;
    private final ProjectChoices choices;
    private final Projects projects;

    ProjectController(AdminPages pages, ProjectDesk desk, ProjectChoices choices, Projects projects) {
        this.pages = pages;
        this.desk = desk;
        this.choices = choices;
        this.projects = projects;
    }

    @Bean
    static AdminSection projectSection() {
        return new AdminSection(10, "admin.project-itself", "project", "building-community", Permission.MANAGE_PROJECT);
    }

    @Bean
    static AdminSection letterheadSection() {
        return new AdminSection(20, "admin.letterhead", "letterhead", "mail", Permission.MANAGE_PROJECT);
    }

    @GetMapping("/admin/projects/{key}/project")
    String project(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, "project", viewer, model);
        return AdminPages.edit(project, "project", looks(project, viewer), model);
    }

    @PostMapping("/admin/projects/{key}/project")
    String project(
            @PathVariable String key,
            @RequestParam MultiValueMap<String, String> posted,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(key, "project", viewer, model);
        Sheet sheet = looks(project, viewer);
        boolean saved = sheet.save(
                posted,
                response,
                version -> desk.change(
                        project.id(),
                        new ProjectDesk.Looks(
                                sheet.get("name"),
                                Long.parseLong(sheet.get("organisation")),
                                Locale.forLanguageTag(sheet.get("locale")),
                                ProjectChoices.accent(sheet),
                                sheet.get("initials")),
                        version,
                        viewer.id()));
        return saved ? AdminPages.saved(project, "project", flash) : AdminPages.edit(project, "project", sheet, model);
    }

    @GetMapping("/admin/projects/{key}/letterhead")
    String letterhead(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, "letterhead", viewer, model);
        return AdminPages.edit(project, "letterhead", letterhead(project), model);
    }

    @PostMapping("/admin/projects/{key}/letterhead")
    String letterhead(
            @PathVariable String key,
            @RequestParam MultiValueMap<String, String> posted,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(key, "letterhead", viewer, model);
        Sheet sheet = letterhead(project);
        boolean saved = sheet.save(
                posted,
                response,
                version -> desk.change(
                        project,
                        new Letterhead(
                                sheet.get("name"),
                                sheet.get("phone"),
                                sheet.get("email"),
                                sheet.get("address"),
                                sheet.get("hours")),
                        version,
                        viewer.id()));
        return saved
                ? AdminPages.saved(project, "letterhead", flash)
                : AdminPages.edit(project, "letterhead", sheet, model);
    }

    private Sheet looks(Project project, Viewer viewer) {
        return new Sheet("admin.looks", projects.version(project.id()))
                .text("name", project.name(), LONGEST_NAME, true)
                .choice("organisation", String.valueOf(project.organisationId()), choices.organisationChoices(viewer))
                .hint()
                .choice(
                        "locale",
                        project.locale().toLanguageTag(),
                        ProjectChoices.locales(project.locale(), viewer.locale()))
                .choice("accent", project.accent().code(), choices.accents(viewer.locale()))
                .text("initials", project.initials(), INITIALS);
    }

    private static Sheet letterhead(Letterhead now, int version) {
        return new Sheet("admin.head", version)
                .text("name", now.name(), LONGEST_LINE, true)
                .text("phone", now.phone(), LONGEST_LINE, true)
                .hint()
                .text("email", now.email(), PeopleController.EMAIL)
                .text("address", now.address(), LONGEST_LINE, false)
                .text("hours", now.hours(), LONGEST_LINE, false)
                .hint();
    }

    private Sheet letterhead(Project project) {
        return letterhead(project.settings().letterhead(), projects.version(project.id()));
    }
}
