package org.ancora.network.admin;

import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.ancora.access.Forbidden;
import org.ancora.access.Membership;
import org.ancora.access.Permission;
import org.ancora.access.Role;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.network.Accent;
import org.ancora.network.Letterhead;
import org.ancora.network.NewProject;
import org.ancora.network.Project;
import org.ancora.network.ProjectSettings;
import org.ancora.time.CalendarSpec;
import org.ancora.web.Option;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * A new project (C144): of a network in which the administrator has one already, or, by an administrator of everything, of a new
 * network. So an empty installation begins.
 */
@Controller
class NewProjectController {

    private static final int LONGEST_NAME = 80;
    private static final Pattern INITIALS = Pattern.compile("\\p{L}{1,3}");
    private static final Pattern PROJECT_KEY = Pattern.compile("[a-z][a-z0-9-]{1,30}");
    private static final Pattern PREFIX = Pattern.compile("[A-Z]{2,6}");

    private final ProjectDesk desk;
    private final ProjectChoices choices;
    private final Users users;

    NewProjectController(ProjectDesk desk, ProjectChoices choices, Users users) {
        this.desk = desk;
        this.choices = choices;
        this.users = users;
    }

    /** To whom a project belongs, by name: both are made where they are missing. */
    private record Owner(String network, String organisation) {}

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
        if (sheet.read(posted) && isNamed(sheet)) {
            Owner owner = owner(sheet, viewer);
            try {
                Project created = desk.create(
                        new NewProject(
                                owner.network(),
                                owner.organisation(),
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
                                new ProjectSettings(
                                        20,
                                        Set.of(),
                                        new Letterhead(
                                                owner.organisation(), sheet.get("phone"), sheet.get("email"), "", ""))),
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
        Sheet sheet = new Sheet("admin.new-project", null).text("name", "", LONGEST_NAME, true);
        List<Option> organisations = new ArrayList<>(choices.organisationChoices(viewer));
        if (users.memberships(viewer.id()).contains(new Membership(null, Role.ADMIN))) {
            organisations.add(choices.newOrganisation(locale));
            boolean first = organisations.size() == 1;
            sheet.choice("organisation", first ? ProjectChoices.NEW : "", organisations)
                    .text("network", "", LONGEST_NAME, first)
                    .hint()
                    .text("new-organisation", "", LONGEST_NAME, first);
        } else {
            sheet.choice("organisation", "", organisations).hint();
        }
        return sheet.text("email", "", PeopleController.EMAIL)
                .hint()
                .text("phone", "", LONGEST_NAME, true)
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

    /** A new network and its organisation need names; their fields are there for an administrator of everything alone. */
    private static boolean isNamed(Sheet sheet) {
        if (!sheet.get("organisation").equals(ProjectChoices.NEW)) {
            return true;
        }
        boolean named = true;
        for (String field : List.of("network", "new-organisation")) {
            if (sheet.get(field).isBlank()) {
                sheet.refuse(field, "admin.sheet.needed");
                named = false;
            }
        }
        return named;
    }

    private Owner owner(Sheet sheet, Viewer viewer) {
        String chosen = sheet.get("organisation");
        return chosen.equals(ProjectChoices.NEW)
                ? new Owner(
                        sheet.get("network").strip(),
                        sheet.get("new-organisation").strip())
                : choices.organisations(viewer).stream()
                        .filter(each -> String.valueOf(each.id()).equals(chosen))
                        .map(each -> new Owner(each.networkName(), each.name()))
                        .findFirst()
                        .orElseThrow();
    }

    private static String fresh(Sheet sheet, Model model) {
        model.addAttribute("sheet", sheet);
        return "admin/new-project";
    }

    private static void requireAny(Viewer viewer) {
        if (!viewer.mayAnywhere(Permission.MANAGE_PROJECT)) {
            throw new Forbidden(Permission.MANAGE_PROJECT, null);
        }
    }
}
