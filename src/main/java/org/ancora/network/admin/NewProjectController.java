package org.ancora.network.admin;

import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.ancora.access.Forbidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.network.Accent;
import org.ancora.network.Letterhead;
import org.ancora.network.NewProject;
import org.ancora.network.Project;
import org.ancora.network.ProjectSettings;
import org.ancora.time.CalendarSpec;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A new project of a network that the administrator administers already (C144). */
@Controller
class NewProjectController {

    private static final int LONGEST_NAME = 80;
    private static final Pattern INITIALS = Pattern.compile("\\p{L}{1,3}");
    private static final Pattern PROJECT_KEY = Pattern.compile("[a-z][a-z0-9-]{1,30}");
    private static final Pattern PREFIX = Pattern.compile("[A-Z]{2,6}");

    private final ProjectDesk desk;
    private final ProjectChoices choices;

    NewProjectController(ProjectDesk desk, ProjectChoices choices) {
        this.desk = desk;
        this.choices = choices;
    }

    @GetMapping("/admin/new-project")
    String add(Viewer viewer, Model model) {
        requireAny(viewer);
        return fresh(newProject(viewer), model);
    }

    @PostMapping("/admin/new-project")
    String add(
            @RequestParam MultiValueMap<String, String> posted,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        requireAny(viewer);
        Sheet sheet = newProject(viewer);
        if (sheet.read(posted)) {
            ProjectDesk.Organisation organisation = choices.organisations(viewer).stream()
                    .filter(each -> String.valueOf(each.id()).equals(sheet.get("organisation")))
                    .findFirst()
                    .orElseThrow();
            try {
                Project created = desk.create(
                        new NewProject(
                                organisation.networkName(),
                                organisation.name(),
                                sheet.get("key"),
                                sheet.get("name"),
                                sheet.get("prefix"),
                                Locale.forLanguageTag(sheet.get("locale")),
                                ProjectChoices.accent(sheet),
                                sheet.get("initials"),
                                CalendarSpec.mondayToFriday(
                                        sheet.get("jurisdiction"),
                                        ZoneId.of(sheet.get("zone")),
                                        LocalTime.of(9, 0),
                                        LocalTime.of(17, 0)),
                                new ProjectSettings(20, Set.of(), new Letterhead(organisation.name(), "", "", "", ""))),
                        viewer.id());
                flash.addFlashAttribute("told", "admin.new-project.done");
                return "redirect:/admin/projects/" + created.key();
            } catch (DuplicateKeyException taken) {
                boolean prefix = String.valueOf(taken.getMessage()).contains("code_prefix");
                sheet.refuse(prefix ? "prefix" : "key", "admin.new-project.taken");
            }
        }
        response.setStatus(sheet.status());
        return fresh(sheet, model);
    }

    private Sheet newProject(Viewer viewer) {
        Locale locale = viewer.locale();
        return new Sheet("admin.new-project", null)
                .text("name", "", LONGEST_NAME, true)
                .choice("organisation", "", choices.organisationChoices(viewer))
                .hint()
                .text("key", "", PROJECT_KEY)
                .hint()
                .text("prefix", "", PREFIX)
                .hint()
                .choice("locale", "", ProjectChoices.locales(Locale.ENGLISH, locale))
                .choice("accent", Accent.TEAL.code(), choices.accents(locale))
                .text("initials", "", INITIALS)
                .choice("jurisdiction", "", choices.jurisdictions(locale))
                .choice("zone", "", ProjectChoices.zones(ZoneId.of("UTC")));
    }

    private static String fresh(Sheet sheet, Model model) {
        model.addAttribute("sheet", sheet);
        return "admin/new-project";
    }

    private static void requireAny(Viewer viewer) {
        if (viewer.projects(Permission.MANAGE_PROJECT).isEmpty()) {
            throw new Forbidden(Permission.MANAGE_PROJECT, null);
        }
    }
}
