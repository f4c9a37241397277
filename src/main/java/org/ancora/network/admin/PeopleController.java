package org.ancora.network.admin;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Role;
import org.ancora.access.Staff;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.web.Option;
import org.ancora.web.Problem;
import org.springframework.beans.factory.ObjectProvider;
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

/** People and their roles (C142): inviting them, ending their access, and what they leave behind (C-R11). */
@Controller
class PeopleController {

    static final Pattern EMAIL = Pattern.compile("[^\\s@<>\"]{1,64}@[^\\s@<>\"]{1,190}");
    private static final int LONGEST_NAME = 80;

    private final AdminPages pages;
    private final Staff staff;
    private final Users users;
    private final Projects projects;
    private final List<HeldWork> held;
    private final ObjectProvider<LinkPost> post;
    private final MessageSource messages;

    PeopleController(
            AdminPages pages,
            Staff staff,
            Users users,
            Projects projects,
            List<HeldWork> held,
            ObjectProvider<LinkPost> post,
            MessageSource messages) {
        this.pages = pages;
        this.staff = staff;
        this.users = users;
        this.projects = projects;
        this.held = List.copyOf(held);
        this.post = post;
        this.messages = messages;
    }

    @Bean
    static AdminSection peopleSection() {
        return new AdminSection(200, "admin.people", "people", "users", Permission.MANAGE_PEOPLE);
    }

    /** Somebody as a list shows them; public for the template. */
    public record Line(String path, String name, String address, String state, String roles, List<Place> places) {}

    /** A project in which somebody works. */
    public record Place(String path, String name, String roles) {}

    @GetMapping("/admin/people")
    String everybody(@RequestParam(defaultValue = "") String q, Viewer viewer, Model model) {
        Set<ProjectId> mine = viewer.projects(Permission.MANAGE_PEOPLE);
        if (mine.isEmpty()) {
            throw new Forbidden(Permission.MANAGE_PEOPLE, null);
        }
        List<Staff.Person> found = staff.in(mine, q);
        Map<UserId, Map<ProjectId, Set<Role>>> roles =
                staff.roles(found.stream().map(Staff.Person::id).toList());
        Map<ProjectId, Project> known = projects.withIds(mine);
        model.addAttribute("q", q);
        model.addAttribute(
                "lines",
                found.stream()
                        .map(person -> line(
                                person,
                                "",
                                places(person, roles.getOrDefault(person.id(), Map.of()), known, viewer.locale()),
                                viewer.locale()))
                        .toList());
        return "admin/everybody";
    }

    @GetMapping("/admin/projects/{key}/people")
    String people(@PathVariable String key, @RequestParam(defaultValue = "") String q, Viewer viewer, Model model) {
        Project project = pages.open(key, "people", viewer, model);
        model.addAttribute("q", q);
        model.addAttribute(
                "lines",
                staff.of(project.id(), q).stream()
                        .map(person -> line(person, path(project) + "/" + person.id(), List.of(), viewer.locale()))
                        .toList());
        return "admin/people";
    }

    @GetMapping("/admin/projects/{key}/people/new")
    String invite(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, "people", viewer, model);
        return show(
                invitation(project, viewer.locale()), project, "new", text("admin.people.new", viewer.locale()), model);
    }

    @PostMapping("/admin/projects/{key}/people/new")
    String invite(
            @PathVariable String key,
            @RequestParam MultiValueMap<String, String> posted,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(key, "people", viewer, model);
        Sheet sheet = invitation(project, viewer.locale());
        boolean fine = sheet.read(posted);
        if (fine && sheet.all("roles").isEmpty()) {
            sheet.refuse("roles", "admin.sheet.needed");
            fine = false;
        }
        if (!fine) {
            response.setStatus(sheet.status());
            return show(sheet, project, "new", text("admin.people.new", viewer.locale()), model);
        }
        Optional<String> link = staff.invite(
                sheet.get("name"),
                sheet.get("email"),
                sheet.get("language").isEmpty() ? null : Locale.forLanguageTag(sheet.get("language")),
                project.id(),
                roles(sheet),
                viewer.projects(Permission.MANAGE_PEOPLE),
                viewer.id());
        if (link.isPresent()) {
            UserId person = users.bySignInName(sheet.get("email")).orElseThrow().id();
            return handOver(link.get(), person, sheet.get("name"), project, viewer, model, flash);
        }
        flash.addFlashAttribute("told", "admin.people.added");
        return "redirect:" + path(project);
    }

    @GetMapping("/admin/projects/{key}/people/{id:[0-9]{1,18}}")
    String person(@PathVariable String key, @PathVariable String id, Viewer viewer, Model model) {
        Project project = pages.open(key, "people", viewer, model);
        Staff.Person person = person(id, project, viewer);
        return show(person, sheet(person, viewer.locale()), project, viewer, model);
    }

    @PostMapping("/admin/projects/{key}/people/{id:[0-9]{1,18}}")
    String person(
            @PathVariable String key,
            @PathVariable String id,
            @RequestParam MultiValueMap<String, String> posted,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(key, "people", viewer, model);
        Staff.Person person = person(id, project, viewer);
        Sheet sheet = sheet(person, viewer.locale());
        if (!sheet.read(posted)) {
            response.setStatus(sheet.status());
            return show(person, sheet, project, viewer, model);
        }
        carefully(() -> staff.setRoles(person.id(), project.id(), roles(sheet), viewer.id()));
        return AdminPages.saved(project, "people/" + id, flash);
    }

    @PostMapping("/admin/projects/{key}/people/{id:[0-9]{1,18}}/end")
    String end(
            @PathVariable String key, @PathVariable String id, Viewer viewer, Model model, RedirectAttributes flash) {
        Project project = pages.open(key, "people", viewer, model);
        Staff.Person person = person(id, project, viewer);
        carefully(() -> staff.setRoles(person.id(), project.id(), Set.of(), viewer.id()));
        flash.addFlashAttribute("told", "admin.people.ended");
        return "redirect:" + path(project) + "/" + id;
    }

    @PostMapping("/admin/projects/{key}/people/{id:[0-9]{1,18}}/link")
    String link(
            @PathVariable String key, @PathVariable String id, Viewer viewer, Model model, RedirectAttributes flash) {
        Project project = pages.open(key, "people", viewer, model);
        Staff.Person person = person(id, project, viewer);
        requireWhole(person, viewer);
        String link = staff.link(person.id(), viewer.id());
        return handOver(link, person.id(), person.name(), project, viewer, model, flash);
    }

    @PostMapping("/admin/projects/{key}/people/{id:[0-9]{1,18}}/shut")
    String shut(
            @PathVariable String key, @PathVariable String id, Viewer viewer, Model model, RedirectAttributes flash) {
        Project project = pages.open(key, "people", viewer, model);
        Staff.Person person = person(id, project, viewer);
        requireWhole(person, viewer);
        carefully(() -> staff.shut(person.id(), viewer.id()));
        flash.addFlashAttribute("told", "admin.people.shut.done");
        return "redirect:" + path(project) + "/" + id;
    }

    @PostMapping("/admin/projects/{key}/people/{id:[0-9]{1,18}}/open")
    String reopen(
            @PathVariable String key, @PathVariable String id, Viewer viewer, Model model, RedirectAttributes flash) {
        Project project = pages.open(key, "people", viewer, model);
        Staff.Person person = person(id, project, viewer);
        requireWhole(person, viewer);
        users.enable(person.id(), viewer.id());
        flash.addFlashAttribute("told", "admin.people.open.done");
        return "redirect:" + path(project) + "/" + id;
    }

    /** Somebody of a project that this administrator looks after, or who left work behind in this one. */
    private Staff.Person person(String id, Project project, Viewer viewer) {
        UserId user = new UserId(Long.parseLong(id));
        Staff.Person person = staff.find(user, project.id()).orElseThrow(() -> new Hidden("person", id));
        Set<ProjectId> theirs = new HashSet<>(
                staff.roles(List.of(user)).getOrDefault(user, Map.of()).keySet());
        theirs.retainAll(viewer.projects(Permission.MANAGE_PEOPLE));
        if (theirs.isEmpty() && held(user, project).isEmpty() && !staff.isWithin(user, Set.of())) {
            throw new Hidden("person", id);
        }
        return person;
    }

    /** An account belongs to all projects of its person: only who administers all of them may shut it or renew its link. */
    private void requireWhole(Staff.Person person, Viewer viewer) {
        if (!staff.isWithin(person.id(), viewer.projects(Permission.MANAGE_PEOPLE))) {
            throw new Problem(HttpStatus.FORBIDDEN, "admin.people.elsewhere");
        }
    }

    private static void carefully(Runnable change) {
        try {
            change.run();
        } catch (Staff.Refused refused) {
            throw new Problem(HttpStatus.CONFLICT, refused.key());
        }
    }

    private List<HeldWork.Item> held(UserId person, Project project) {
        return held.stream()
                .flatMap(each -> each.of(person, project.id()).stream())
                .toList();
    }

    private String show(Staff.Person person, Sheet sheet, Project project, Viewer viewer, Model model) {
        model.addAttribute("person", person);
        model.addAttribute("held", held(person.id(), project));
        // Whoever may not give cases out is not led to a page that refuses them.
        model.addAttribute("mayAssign", viewer.may(Permission.ASSIGN_CASE, project.id()));
        model.addAttribute("whole", staff.isWithin(person.id(), viewer.projects(Permission.MANAGE_PEOPLE)));
        model.addAttribute("above", "person");
        model.addAttribute("below", "access");
        return show(sheet, project, person.id().toString(), person.name(), model);
    }

    private static String show(Sheet sheet, Project project, String id, String title, Model model) {
        model.addAttribute("heading", title);
        return AdminPages.edit(project, "people/" + id, sheet, model);
    }

    /** By mail to the person alone; where no mail leaves here, shown once. */
    private String handOver(
            String link,
            UserId person,
            String name,
            Project project,
            Viewer viewer,
            Model model,
            RedirectAttributes flash) {
        if (post.stream().anyMatch(each -> each.send(person, project.id(), link, viewer.id()))) {
            flash.addFlashAttribute("told", "admin.people.link.sent");
            return "redirect:" + path(project);
        }
        return once(link, name, model);
    }

    private static String once(String link, String name, Model model) {
        model.addAttribute("link", link);
        model.addAttribute("name", name);
        return "admin/link";
    }

    private Sheet invitation(Project project, Locale locale) {
        List<Option> languages = List.of("en", "es", "it").stream()
                .map(tag -> new Option(tag, Locale.forLanguageTag(tag).getDisplayLanguage(locale)))
                .toList();
        return new Sheet("admin.person", null)
                .text("name", "", LONGEST_NAME, true)
                .text("email", "", EMAIL)
                .hint()
                .choice("language", project.locale().getLanguage(), languages)
                .checks("roles", Set.of(), roleOptions(locale))
                .hint();
    }

    /** Which roles somebody has is the version of the form: two administrators at once do not undo one another. */
    private Sheet sheet(Staff.Person person, Locale locale) {
        int version = person.roles().stream().map(Role::code).sorted().toList().hashCode();
        return new Sheet("admin.person", version)
                .checks(
                        "roles",
                        person.roles().stream().map(Role::code).collect(Collectors.toSet()),
                        roleOptions(locale))
                .hint();
    }

    private List<Option> roleOptions(Locale locale) {
        return Arrays.stream(Role.values())
                .map(role -> new Option(role.code(), word(role, locale)))
                .toList();
    }

    private static Set<Role> roles(Sheet sheet) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        sheet.all("roles").forEach(code -> Role.of(code).ifPresent(roles::add));
        return roles;
    }

    private List<Place> places(
            Staff.Person person, Map<ProjectId, Set<Role>> roles, Map<ProjectId, Project> known, Locale locale) {
        List<Place> places = new ArrayList<>();
        known.forEach((id, project) -> {
            Set<Role> here = roles.getOrDefault(id, Set.of());
            if (!here.isEmpty()) {
                places.add(new Place(path(project) + "/" + person.id(), project.name(), words(here, locale)));
            }
        });
        return places;
    }

    private Line line(Staff.Person person, String path, List<Place> places, Locale locale) {
        String state = !person.active() ? "shut" : person.ready() ? "" : "waiting";
        String email = person.email();
        return new Line(
                path,
                person.name(),
                email == null ? person.signInName() : email,
                state,
                words(person.roles(), locale),
                places);
    }

    private String words(Set<Role> roles, Locale locale) {
        return new TreeSet<>(roles).stream().map(role -> word(role, locale)).collect(Collectors.joining(", "));
    }

    private String word(Role role, Locale locale) {
        return text("role." + role.code(), locale);
    }

    private String text(String key, Locale locale) {
        return messages.getMessage(key, null, locale);
    }

    private static String path(Project project) {
        return AdminPages.path(project, "people");
    }
}
