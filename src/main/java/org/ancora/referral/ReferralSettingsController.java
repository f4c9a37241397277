package org.ancora.referral;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.network.Wording;
import org.ancora.network.admin.AdminPages;
import org.ancora.network.admin.AdminSection;
import org.ancora.network.admin.Sheet;
import org.ancora.referral.ProjectOption.Part;
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

/** A project's own words and choices about referrals, and whether they may be sent (C103, C137). */
@Controller
class ReferralSettingsController {

    private static final String SECTION = "referrals";
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_TEMPLATE = 1000;
    private static final int LAST_POSITION = 9999;

    private final AdminPages pages;
    private final Projects projects;
    private final ReferralOptions options;
    private final OptionWords words;
    private final MessageSource messages;

    ReferralSettingsController(
            AdminPages pages, Projects projects, ReferralOptions options, OptionWords words, MessageSource messages) {
        this.pages = pages;
        this.projects = projects;
        this.options = options;
        this.words = words;
        this.messages = messages;
    }

    @Bean
    static AdminSection referralSection() {
        return new AdminSection(160, "referral.admin", SECTION, "arrow-forward-up", Permission.MANAGE_PROJECT);
    }

    /** The choices of one part; public for the template. */
    public record Table(String titleKey, List<Line> lines) {}

    /**
     * A choice as the list shows it.
     *
     * @param own what the project calls it; empty where it has Ancora's word
     */
    public record Line(String path, String usual, String own, boolean offered) {}

    @GetMapping("/admin/projects/{key}/referrals")
    String list(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, SECTION, viewer, model);
        return list(project, ways(project, options.of(project.id())), viewer.locale(), model);
    }

    @PostMapping("/admin/projects/{key}/referrals")
    String send(
            @PathVariable String key,
            @RequestParam MultiValueMap<String, String> posted,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(key, SECTION, viewer, model);
        Sheet sheet = ways(project, options.of(project.id()));
        boolean saved = sheet.save(
                posted,
                response,
                version -> options.send(project.id(), sheet.is("byEmail"), sheet.is("bySms"), version, viewer.id()));
        return saved ? AdminPages.saved(project, SECTION, flash) : list(project, sheet, viewer.locale(), model);
    }

    @GetMapping("/admin/projects/{key}/referrals/new")
    String add(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, SECTION, viewer, model);
        ProjectOption fresh = ProjectOption.unset(Part.KIND, "");
        return edit(project, fresh, sheet(fresh), viewer.locale(), model);
    }

    @PostMapping("/admin/projects/{key}/referrals/new")
    String add(
            @PathVariable String key,
            @RequestParam MultiValueMap<String, String> posted,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(key, SECTION, viewer, model);
        return save(project, ProjectOption.unset(Part.KIND, ""), posted, viewer, model, response, flash);
    }

    @GetMapping("/admin/projects/{key}/referrals/{option:[a-z]{4,7}[.][a-z0-9-]{1,40}}")
    String edit(@PathVariable String key, @PathVariable String option, Viewer viewer, Model model) {
        Project project = pages.open(key, SECTION, viewer, model);
        ProjectOption now = find(project, option);
        return edit(project, now, sheet(now), viewer.locale(), model);
    }

    @PostMapping("/admin/projects/{key}/referrals/{option:[a-z]{4,7}[.][a-z0-9-]{1,40}}")
    String edit(
            @PathVariable String key,
            @PathVariable String option,
            @RequestParam MultiValueMap<String, String> posted,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(key, SECTION, viewer, model);
        return save(project, find(project, option), posted, viewer, model, response, flash);
    }

    private String save(
            Project project,
            ProjectOption now,
            MultiValueMap<String, String> posted,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Sheet sheet = sheet(now);
        boolean saved = sheet.save(posted, response, version -> {
            try {
                options.set(project.id(), typed(sheet, now, version), viewer.id());
            } catch (DuplicateKeyException taken) {
                sheet.refuse("nameEn", "referral.option.taken");
            }
        });
        return saved ? AdminPages.saved(project, SECTION, flash) : edit(project, now, sheet, viewer.locale(), model);
    }

    private static ProjectOption typed(Sheet sheet, ProjectOption now, int version) {
        boolean kind = now.part() == Part.KIND;
        return new ProjectOption(
                now.id(),
                now.part(),
                now.code().isEmpty() ? ReferralOptions.newCode() : now.code(),
                new Wording(
                        sheet.get("nameEn").strip(),
                        sheet.get("nameEs").strip(),
                        sheet.get("nameIt").strip()),
                kind ? sheet.get("template") : "",
                ProjectOptions.isAlwaysOffered(now.part(), now.code()) || sheet.is("offered"),
                kind ? Objects.requireNonNull(sheet.number("position")) : 0,
                version);
    }

    private static Sheet sheet(ProjectOption now) {
        boolean kind = now.part() == Part.KIND;
        Sheet sheet = new Sheet("referral.option", now.code().isEmpty() ? null : now.version())
                .text("nameEn", now.name().en(), LONGEST_NAME, kind)
                .text("nameEs", now.name().es(), LONGEST_NAME, kind)
                .text("nameIt", now.name().it(), LONGEST_NAME, kind);
        if (kind) {
            sheet.area("template", now.template(), LONGEST_TEMPLATE, false)
                    .hint()
                    .number("position", now.position(), 0, LAST_POSITION, true)
                    .hint();
        }
        if (!ProjectOptions.isAlwaysOffered(now.part(), now.code())) {
            sheet.check("offered", now.offered()).hint();
        }
        return sheet;
    }

    private Sheet ways(Project project, ProjectOptions now) {
        return new Sheet("referral.ways", projects.version(project.id()))
                .check("byEmail", now.byEmail())
                .hint()
                .check("bySms", now.bySms())
                .hint();
    }

    private String list(Project project, Sheet sheet, Locale locale, Model model) {
        ProjectOptions now = options.of(project.id());
        List<Table> tables = new ArrayList<>();
        tables.add(table(
                project, now, Part.STATUS, Stream.of(ReferralStatus.values()).map(ReferralStatus::code), locale));
        tables.add(table(
                project, now, Part.OUTCOME, Stream.of(ClientOutcome.values()).map(ClientOutcome::code), locale));
        tables.add(table(
                project,
                now,
                Part.KIND,
                now.own().stream().filter(option -> option.part() == Part.KIND).map(ProjectOption::code),
                locale));
        model.addAttribute("tables", tables);
        model.addAttribute("sheet", sheet);
        model.addAttribute("action", AdminPages.path(project, SECTION));
        return "referral/settings";
    }

    private Table table(Project project, ProjectOptions now, Part part, Stream<String> codes, Locale locale) {
        return new Table(
                "referral.options." + part.code(),
                codes.map(code -> now.find(part, code).orElseGet(() -> ProjectOption.unset(part, code)))
                        .map(option -> new Line(
                                AdminPages.path(project, SECTION) + "/" + option.path(),
                                words.usual(part, option.code(), locale),
                                option.name().in(locale),
                                option.offered()))
                        .toList());
    }

    private String edit(Project project, ProjectOption now, Sheet sheet, Locale locale, Model model) {
        boolean fresh = now.code().isEmpty();
        model.addAttribute(
                "heading",
                fresh
                        ? messages.getMessage("referral.options.new", null, locale)
                        : now.part() == Part.KIND
                                ? now.name().in(locale)
                                : words.usual(now.part(), now.code(), locale));
        return AdminPages.edit(project, SECTION + "/" + (fresh ? "new" : now.path()), sheet, model);
    }

    private ProjectOption find(Project project, String path) {
        int dot = path.indexOf('.');
        String part = path.substring(0, dot);
        String code = path.substring(dot + 1);
        ProjectOptions now = options.of(project.id());
        return switch (part) {
            case "status" ->
                ReferralStatus.of(code)
                        .map(status -> orUnset(now, Part.STATUS, code))
                        .orElseThrow(() -> new Hidden("referral option", path));
            case "outcome" ->
                ClientOutcome.of(code)
                        .map(outcome -> orUnset(now, Part.OUTCOME, code))
                        .orElseThrow(() -> new Hidden("referral option", path));
            case "kind" -> now.find(Part.KIND, code).orElseThrow(() -> new Hidden("referral option", path));
            default -> throw new Hidden("referral option", path);
        };
    }

    private static ProjectOption orUnset(ProjectOptions now, Part part, String code) {
        return now.find(part, code).orElseGet(() -> ProjectOption.unset(part, code));
    }
}
