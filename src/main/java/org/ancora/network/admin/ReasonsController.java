package org.ancora.network.admin;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Objects;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.network.Project;
import org.ancora.network.ProjectReason;
import org.ancora.network.Statuses;
import org.ancora.network.Wording;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The reasons for which a project closes cases (C48, C-R4). */
@Controller
class ReasonsController {

    private static final int LONGEST_NAME = 80;

    private final AdminPages pages;
    private final Statuses statuses;
    private final StatusRows rows;
    private final MessageSource messages;

    ReasonsController(AdminPages pages, Statuses statuses, StatusRows rows, MessageSource messages) {
        this.pages = pages;
        this.statuses = statuses;
        this.rows = rows;
        this.messages = messages;
    }

    @Bean
    static AdminSection reasonsSection() {
        return new AdminSection(120, "admin.reasons", "closing-reasons", "archive", Permission.MANAGE_PROJECT);
    }

    /** A reason as the list shows it; public for the template. */
    public record Line(String path, String name, String key, boolean offered, boolean needsNote) {}

    @GetMapping("/admin/projects/{key}/closing-reasons")
    String list(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, "closing-reasons", viewer, model);
        model.addAttribute(
                "lines",
                statuses.reasons(project.id()).stream()
                        .map(reason -> new Line(
                                path(project) + "/" + reason.id(),
                                reason.name(viewer.locale()),
                                reason.key(),
                                reason.offered(),
                                reason.needsNote()))
                        .toList());
        return "admin/reasons";
    }

    @GetMapping("/admin/projects/{key}/closing-reasons/new")
    String add(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, "closing-reasons", viewer, model);
        return show(fresh(), project, "new", text("admin.reasons.new", viewer.locale()), model);
    }

    @PostMapping("/admin/projects/{key}/closing-reasons/new")
    String add(
            @PathVariable String key,
            @RequestParam MultiValueMap<String, String> posted,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(key, "closing-reasons", viewer, model);
        Sheet sheet = fresh();
        boolean saved = sheet.save(posted, response, version -> {
            try {
                rows.addReason(
                        project.id(),
                        sheet.get("key"),
                        name(sheet),
                        sheet.is("needsNote"),
                        position(sheet),
                        viewer.id());
            } catch (DuplicateKeyException taken) {
                sheet.refuse("key", "admin.reasons.taken");
            }
        });
        return saved
                ? AdminPages.saved(project, "closing-reasons", flash)
                : show(sheet, project, "new", text("admin.reasons.new", viewer.locale()), model);
    }

    @GetMapping("/admin/projects/{key}/closing-reasons/{id:[0-9]{1,18}}")
    String edit(@PathVariable String key, @PathVariable String id, Viewer viewer, Model model) {
        Project project = pages.open(key, "closing-reasons", viewer, model);
        ProjectReason reason = reason(project, id);
        return show(sheet(reason), project, id, reason.name(viewer.locale()), model);
    }

    @PostMapping("/admin/projects/{key}/closing-reasons/{id:[0-9]{1,18}}")
    String edit(
            @PathVariable String key,
            @PathVariable String id,
            @RequestParam MultiValueMap<String, String> posted,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(key, "closing-reasons", viewer, model);
        ProjectReason reason = reason(project, id);
        Sheet sheet = sheet(reason);
        boolean saved = sheet.save(
                posted,
                response,
                version -> rows.changeReason(
                        project.id(),
                        reason,
                        name(sheet),
                        sheet.is("offered"),
                        sheet.is("needsNote"),
                        position(sheet),
                        version,
                        viewer.id()));
        return saved
                ? AdminPages.saved(project, "closing-reasons", flash)
                : show(sheet, project, id, reason.name(viewer.locale()), model);
    }

    private ProjectReason reason(Project project, String id) {
        return statuses.reasons(project.id()).stream()
                .filter(reason -> String.valueOf(reason.id()).equals(id))
                .findFirst()
                .orElseThrow(() -> new Hidden("reason", id));
    }

    private static Sheet fresh() {
        Sheet sheet = new Sheet("admin.reason", null)
                .text("key", "", StatusesController.KEY)
                .hint();
        return named(sheet, new Wording("", "", ""), false, null);
    }

    private static Sheet sheet(ProjectReason reason) {
        Sheet sheet = new Sheet("admin.reason", reason.version());
        return named(sheet, reason.name(), reason.needsNote(), reason.position())
                .check("offered", reason.offered())
                .hint();
    }

    private static Sheet named(Sheet sheet, Wording name, boolean needsNote, @Nullable Integer position) {
        return sheet.text("nameEn", name.en(), LONGEST_NAME, true)
                .text("nameEs", name.es(), LONGEST_NAME, true)
                .text("nameIt", name.it(), LONGEST_NAME, true)
                .number("position", position, 0, 9999, true)
                .hint()
                .check("needsNote", needsNote);
    }

    private static Wording name(Sheet sheet) {
        return new Wording(sheet.get("nameEn"), sheet.get("nameEs"), sheet.get("nameIt"));
    }

    private static int position(Sheet sheet) {
        return Objects.requireNonNull(sheet.number("position"));
    }

    private static String show(Sheet sheet, Project project, String id, String title, Model model) {
        model.addAttribute("heading", title);
        return AdminPages.edit(project, "closing-reasons/" + id, sheet, model);
    }

    private String text(String key, Locale locale) {
        return messages.getMessage(key, null, locale);
    }

    private static String path(Project project) {
        return AdminPages.path(project, "closing-reasons");
    }
}
