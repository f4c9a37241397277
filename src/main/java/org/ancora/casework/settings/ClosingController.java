package org.ancora.casework.settings;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.ClosingCondition;
import org.ancora.network.Project;
import org.ancora.network.ProjectSettings;
import org.ancora.network.Projects;
import org.ancora.network.admin.AdminPages;
import org.ancora.network.admin.AdminSection;
import org.ancora.network.admin.Sheet;
import org.ancora.web.Option;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What has to be done before a case of the project may be closed by hand (C54). */
@Controller
class ClosingController {

    private final AdminPages pages;
    private final Projects projects;
    private final ProjectChanges changes;
    private final ObjectProvider<ClosingCondition> conditions;
    private final MessageSource messages;

    ClosingController(
            AdminPages pages,
            Projects projects,
            ProjectChanges changes,
            ObjectProvider<ClosingCondition> conditions,
            MessageSource messages) {
        this.pages = pages;
        this.projects = projects;
        this.changes = changes;
        this.conditions = conditions;
        this.messages = messages;
    }

    @Bean
    static AdminSection closingSection() {
        return new AdminSection(122, "closing.admin", "closing", "list-details", Permission.MANAGE_PROJECT);
    }

    @GetMapping("/admin/projects/{key}/closing")
    String show(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, "closing", viewer, model);
        return AdminPages.edit(project, "closing", sheet(project, viewer.locale()), model);
    }

    @PostMapping("/admin/projects/{key}/closing")
    String change(
            @PathVariable String key,
            @RequestParam MultiValueMap<String, String> posted,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(key, "closing", viewer, model);
        Sheet sheet = sheet(project, viewer.locale());
        ProjectSettings now = project.settings();
        boolean saved = sheet.save(
                posted,
                response,
                version -> changes.settings(
                        project.id(),
                        new ProjectSettings(now.caseloadLimit(), Set.copyOf(sheet.all("conditions")), now.letterhead()),
                        version,
                        "project.closing-changed",
                        viewer.id()));
        return saved ? AdminPages.saved(project, "closing", flash) : AdminPages.edit(project, "closing", sheet, model);
    }

    private Sheet sheet(Project project, Locale locale) {
        Set<String> codes = new TreeSet<>();
        conditions.stream()
                .map(ClosingCondition::code)
                .filter(code -> !code.isEmpty())
                .forEach(codes::add);
        List<Option> options = codes.stream()
                .map(code -> new Option(code, messages.getMessage("closing-condition." + code, null, locale)))
                .toList();
        Set<String> now = new TreeSet<>(project.settings().closingConditions());
        now.retainAll(codes);
        return new Sheet("closing.admin", projects.version(project.id()))
                .checks("conditions", now, options)
                .hint();
    }
}
