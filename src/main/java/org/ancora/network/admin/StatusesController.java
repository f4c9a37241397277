package org.ancora.network.admin;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.network.CaseStatus;
import org.ancora.network.Project;
import org.ancora.network.ProjectStatus;
import org.ancora.network.StatusFlow;
import org.ancora.network.StatusId;
import org.ancora.network.Statuses;
import org.ancora.network.Wording;
import org.ancora.web.Option;
import org.ancora.web.Problem;
import org.ancora.web.Tone;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A project's statuses: their names, colours and order, new ones, and those no longer used (C47). */
@Controller
class StatusesController {

    static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private static final int LONGEST_NAME = 60;

    private final AdminPages pages;
    private final Statuses statuses;
    private final StatusRows rows;
    private final MessageSource messages;

    StatusesController(AdminPages pages, Statuses statuses, StatusRows rows, MessageSource messages) {
        this.pages = pages;
        this.statuses = statuses;
        this.rows = rows;
        this.messages = messages;
    }

    @Bean
    static AdminSection statusesSection() {
        return new AdminSection(100, "admin.statuses", "statuses", "list-check", Permission.MANAGE_PROJECT);
    }

    /** A status as the list shows it; public for the template. */
    public record Line(
            String path, String name, String key, String tone, String category, boolean retired, long cases) {}

    @GetMapping("/admin/projects/{key}/statuses")
    String list(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, "statuses", viewer, model);
        Map<StatusId, Long> cases = rows.cases(project.id());
        Locale locale = viewer.locale();
        model.addAttribute(
                "lines",
                statuses.of(project.id()).stream()
                        .map(status -> new Line(
                                path(project) + "/" + status.id(),
                                status.name(locale),
                                status.key(),
                                status.tone().code(),
                                category(status.category(), locale),
                                status.retired(),
                                cases.getOrDefault(status.id(), 0L)))
                        .toList());
        return "admin/statuses";
    }

    @GetMapping("/admin/projects/{key}/statuses/new")
    String add(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, "statuses", viewer, model);
        return show(fresh(viewer.locale()), project, "new", viewer, model);
    }

    @PostMapping("/admin/projects/{key}/statuses/new")
    String add(
            @PathVariable String key,
            @RequestParam MultiValueMap<String, String> posted,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(key, "statuses", viewer, model);
        Sheet sheet = fresh(viewer.locale());
        boolean saved = sheet.save(posted, response, version -> {
            try {
                rows.add(
                        project.id(),
                        sheet.get("key"),
                        CaseStatus.of(sheet.get("category")),
                        name(sheet),
                        tone(sheet),
                        position(sheet),
                        viewer.id());
            } catch (DuplicateKeyException taken) {
                sheet.refuse("key", "admin.statuses.taken");
            }
        });
        return saved ? done(project, "admin.statuses.added", flash) : show(sheet, project, "new", viewer, model);
    }

    @GetMapping("/admin/projects/{key}/statuses/{id:[0-9]{1,18}}")
    String edit(@PathVariable String key, @PathVariable String id, Viewer viewer, Model model) {
        Project project = pages.open(key, "statuses", viewer, model);
        ProjectStatus status = status(project, id);
        return show(status, sheet(status, viewer.locale()), project, viewer, model);
    }

    @PostMapping("/admin/projects/{key}/statuses/{id:[0-9]{1,18}}")
    String edit(
            @PathVariable String key,
            @PathVariable String id,
            @RequestParam MultiValueMap<String, String> posted,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(key, "statuses", viewer, model);
        ProjectStatus status = status(project, id);
        Sheet sheet = sheet(status, viewer.locale());
        boolean saved = sheet.save(
                posted,
                response,
                version -> rows.change(status, name(sheet), tone(sheet), position(sheet), version, viewer.id()));
        return saved ? done(project, "admin.saved", flash) : show(status, sheet, project, viewer, model);
    }

    @PostMapping("/admin/projects/{key}/statuses/{id:[0-9]{1,18}}/retire")
    String retire(
            @PathVariable String key, @PathVariable String id, Viewer viewer, Model model, RedirectAttributes flash) {
        Project project = pages.open(key, "statuses", viewer, model);
        ProjectStatus status = status(project, id);
        StatusFlow flow = statuses.flow(project.id());
        if (isNeeded(status, flow)) {
            throw new Problem(HttpStatus.CONFLICT, "admin.statuses.last", category(status.category(), viewer.locale()));
        }
        rows.retire(status, true, viewer.id());
        return done(project, "admin.statuses.retired", flash);
    }

    @PostMapping("/admin/projects/{key}/statuses/{id:[0-9]{1,18}}/restore")
    String restore(
            @PathVariable String key, @PathVariable String id, Viewer viewer, Model model, RedirectAttributes flash) {
        Project project = pages.open(key, "statuses", viewer, model);
        rows.retire(status(project, id), false, viewer.id());
        return done(project, "admin.statuses.restored", flash);
    }

    /** Procedures move cases by category: one status of each they use must stay. Nothing of theirs waits in "pending". */
    private static boolean isNeeded(ProjectStatus status, StatusFlow flow) {
        return status.category() != CaseStatus.PENDING
                && flow.inUse().stream()
                                .filter(each -> each.category() == status.category())
                                .count()
                        == 1
                && !status.retired();
    }

    private ProjectStatus status(Project project, String id) {
        return statuses.flow(project.id()).find(StatusId.of(id)).orElseThrow(() -> new Hidden("status", id));
    }

    private Sheet fresh(Locale locale) {
        List<Option> categories = Arrays.stream(CaseStatus.values())
                .map(category -> new Option(category.code(), category(category, locale)))
                .toList();
        Sheet sheet = new Sheet("admin.status", null);
        sheet.text("key", "", KEY).hint();
        sheet.choice("category", "", categories).hint();
        return named(sheet, new Wording("", "", ""), Tone.CALM, null, locale);
    }

    private Sheet sheet(ProjectStatus status, Locale locale) {
        return named(
                new Sheet("admin.status", status.version()), status.name(), status.tone(), status.position(), locale);
    }

    private Sheet named(Sheet sheet, Wording name, Tone tone, @Nullable Integer position, Locale locale) {
        List<Option> tones = Arrays.stream(Tone.values())
                .map(each -> new Option(each.code(), text("admin.tone." + each.code(), locale)))
                .toList();
        return sheet.text("nameEn", name.en(), LONGEST_NAME, true)
                .text("nameEs", name.es(), LONGEST_NAME, true)
                .text("nameIt", name.it(), LONGEST_NAME, true)
                .choice("colour", tone.code(), tones)
                .number("position", position, 0, 9999, true)
                .hint();
    }

    private String show(ProjectStatus status, Sheet sheet, Project project, Viewer viewer, Model model) {
        model.addAttribute("status", status);
        model.addAttribute("needed", isNeeded(status, statuses.flow(project.id())));
        model.addAttribute("below", "retire");
        return show(sheet, project, status.id().toString(), viewer, model);
    }

    private String show(Sheet sheet, Project project, String id, Viewer viewer, Model model) {
        String title = id.equals("new")
                ? text("admin.statuses.new", viewer.locale())
                : status(project, id).name(viewer.locale());
        model.addAttribute("heading", title);
        return AdminPages.edit(project, "statuses/" + id, sheet, model);
    }

    private static Wording name(Sheet sheet) {
        return new Wording(sheet.get("nameEn"), sheet.get("nameEs"), sheet.get("nameIt"));
    }

    private static Tone tone(Sheet sheet) {
        return Tone.valueOf(sheet.get("colour").toUpperCase(Locale.ROOT));
    }

    private static int position(Sheet sheet) {
        return Objects.requireNonNull(sheet.number("position"));
    }

    private String category(CaseStatus category, Locale locale) {
        return text("admin.category." + category.code(), locale);
    }

    private String text(String key, Locale locale) {
        return messages.getMessage(key, null, locale);
    }

    private static String path(Project project) {
        return AdminPages.path(project, "statuses");
    }

    private static String done(Project project, String told, RedirectAttributes flash) {
        flash.addFlashAttribute("told", told);
        return "redirect:" + path(project);
    }
}
