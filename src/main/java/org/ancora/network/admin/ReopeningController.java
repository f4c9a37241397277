package org.ancora.network.admin;

import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.ancora.access.Permission;
import org.ancora.access.Role;
import org.ancora.access.Viewer;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.network.Reopening;
import org.ancora.network.Statuses;
import org.ancora.web.Option;
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

/** Who may open closed cases again, and within how many days (C56). */
@Controller
class ReopeningController {

    private static final int LONGEST_DAYS = 3650;

    private final AdminPages pages;
    private final Projects projects;
    private final Statuses statuses;
    private final StatusRows rows;
    private final MessageSource messages;

    ReopeningController(
            AdminPages pages, Projects projects, Statuses statuses, StatusRows rows, MessageSource messages) {
        this.pages = pages;
        this.projects = projects;
        this.statuses = statuses;
        this.rows = rows;
        this.messages = messages;
    }

    @Bean
    static AdminSection reopeningSection() {
        return new AdminSection(125, "admin.reopening", "reopening", "folder-open", Permission.MANAGE_PROJECT);
    }

    @GetMapping("/admin/projects/{key}/reopening")
    String show(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, "reopening", viewer, model);
        return AdminPages.edit(project, "reopening", sheet(project, viewer.locale()), model);
    }

    @PostMapping("/admin/projects/{key}/reopening")
    String change(
            @PathVariable String key,
            @RequestParam MultiValueMap<String, String> posted,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(key, "reopening", viewer, model);
        Sheet sheet = sheet(project, viewer.locale());
        boolean saved = sheet.save(posted, response, version -> {
            Set<Role> roles = EnumSet.noneOf(Role.class);
            sheet.all("roles").forEach(code -> Role.of(code).ifPresent(roles::add));
            rows.changeReopening(project.id(), new Reopening(roles, sheet.number("days")), version, viewer.id());
        });
        return saved
                ? AdminPages.saved(project, "reopening", flash)
                : AdminPages.edit(project, "reopening", sheet, model);
    }

    private Sheet sheet(Project project, Locale locale) {
        Reopening rule = statuses.flow(project.id()).reopening();
        List<Option> roles = TransitionsController.ROLES.stream()
                .map(role -> new Option(role.code(), messages.getMessage("role." + role.code(), null, locale)))
                .toList();
        return new Sheet("admin.reopening", projects.version(project.id()))
                .checks("roles", rule.roles().stream().map(Role::code).toList(), roles)
                .hint()
                .number("days", rule.days(), 0, LONGEST_DAYS, false)
                .hint();
    }
}
