package org.ancora.casework.people;

import static org.ancora.casework.Typed.text;
import static org.ancora.casework.Typed.version;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseWords;
import org.ancora.casework.Colleague;
import org.ancora.casework.TeamId;
import org.ancora.network.Project;
import org.ancora.network.admin.AdminPages;
import org.ancora.network.admin.AdminSection;
import org.ancora.network.admin.Differences;
import org.ancora.web.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where administrators keep a project's teams with their members and contributors (C145). */
@Controller
class TeamsAdminController {

    private static final String SECTION = "teams";
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_PURPOSE = 500;

    private final AdminPages pages;
    private final Teams teams;
    private final ProjectPeople people;
    private final CaseWords words;

    TeamsAdminController(AdminPages pages, Teams teams, ProjectPeople people, CaseWords words) {
        this.pages = pages;
        this.teams = teams;
        this.people = people;
        this.words = words;
    }

    /** The entry in the menu of a project's administration. */
    @Configuration(proxyBeanMethods = false)
    static class Section {

        @Bean
        AdminSection teamsSection() {
            return new AdminSection(220, "people.admin.teams", SECTION, "users-group", Permission.MANAGE_PROJECT);
        }
    }

    record TeamForm(
            @Nullable String name,
            @Nullable String purpose,
            @Nullable Set<String> members,
            @Nullable String version) {

        /** Public so that the template may ask which boxes are ticked. */
        public boolean includes(String member) {
            return members != null && members.contains(member);
        }
    }

    @GetMapping("/admin/projects/{key}/teams")
    String teams(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, SECTION, viewer, model);
        model.addAttribute("teams", teams.all(project.id()));
        return "casework/people/teams";
    }

    @GetMapping("/admin/projects/{key}/teams/new")
    String newTeam(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, SECTION, viewer, model);
        model.addAttribute("form", new TeamForm("", "", Set.of(), ""));
        return page(project, null, viewer, model);
    }

    @PostMapping("/admin/projects/{key}/teams/new")
    String newTeam(
            @PathVariable String key,
            @ModelAttribute("form") TeamForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(key, SECTION, viewer, model);
        return save(project, null, form, errors, viewer, model, response, flash);
    }

    @GetMapping("/admin/projects/{key}/teams/{id:[0-9]{1,18}}")
    String team(@PathVariable String key, @PathVariable long id, Viewer viewer, Model model) {
        Project project = pages.open(key, SECTION, viewer, model);
        Teams.Team team = find(project, id);
        Set<String> members = team.members().stream()
                .map(each -> each.id().toString())
                .collect(Collectors.toCollection(TreeSet::new));
        model.addAttribute("form", new TeamForm(team.name(), team.purpose(), members, "" + team.version()));
        return page(project, team, viewer, model);
    }

    @PostMapping("/admin/projects/{key}/teams/{id:[0-9]{1,18}}")
    String team(
            @PathVariable String key,
            @PathVariable long id,
            @ModelAttribute("form") TeamForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(key, SECTION, viewer, model);
        return save(project, find(project, id), form, errors, viewer, model, response, flash);
    }

    @PostMapping("/admin/projects/{key}/teams/{id:[0-9]{1,18}}/retire")
    String retire(
            @PathVariable String key,
            @PathVariable long id,
            @RequestParam boolean retired,
            Viewer viewer,
            Model model,
            RedirectAttributes flash) {
        Project project = pages.open(key, SECTION, viewer, model);
        teams.retire(find(project, id), retired, viewer.id());
        return done(project, retired ? "people.team.retired-done" : "people.team.back-done", flash);
    }

    private String save(
            Project project,
            Teams.@Nullable Team team,
            TeamForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        String name = text(form.name());
        if (name.isEmpty()) {
            errors.rejectValue(
                    "name", "people.team.name.missing", words.text("people.team.name.missing", viewer.locale()));
        }
        words.limit(errors, "name", name, LONGEST_NAME);
        words.limit(errors, "purpose", form.purpose(), LONGEST_PURPOSE);
        if (!errors.hasErrors()) {
            Teams.Draft draft = new Teams.Draft(name, text(form.purpose()), members(project, form));
            try {
                if (team == null) {
                    teams.create(project.id(), draft, viewer.id());
                } else {
                    teams.change(team, version(form.version()), draft, viewer.id());
                }
                return done(project, "people.team.saved", flash);
            } catch (DuplicateKeyException taken) {
                errors.rejectValue(
                        "name", "people.team.name.taken", words.text("people.team.name.taken", viewer.locale()));
            } catch (OptimisticLockingFailureException faster) {
                Teams.Team now = find(project, Objects.requireNonNull(team).id().value());
                differences(form, draft, now).show(now.version(), model, response);
                return page(project, now, viewer, model);
            }
        }
        response.setStatus(HttpStatus.BAD_REQUEST.value());
        return page(project, team, viewer, model);
    }

    private static Differences differences(TeamForm form, Teams.Draft typed, Teams.Team now) {
        return new Differences()
                .field("people.team.name", form.name(), now.name())
                .field("people.team.purpose", form.purpose(), now.purpose())
                .field(
                        "people.team.members",
                        typed.members(),
                        now.memberIds(),
                        now.members().stream().map(Colleague::name).collect(Collectors.joining(", ")));
    }

    private Set<UserId> members(Project project, TeamForm form) {
        return people.of(project.id()).stream()
                .map(ProjectPeople.Person::id)
                .filter(id -> form.includes(id.toString()))
                .collect(Collectors.toSet());
    }

    private String page(Project project, Teams.@Nullable Team team, Viewer viewer, Model model) {
        Locale locale = viewer.locale();
        List<ProjectPeople.Person> everybody = people.of(project.id());
        model.addAttribute("team", team);
        model.addAttribute("people", options(everybody, false, locale));
        model.addAttribute("partners", options(everybody, true, locale));
        return "casework/people/team";
    }

    private List<Option> options(List<ProjectPeople.Person> everybody, boolean partners, Locale locale) {
        return everybody.stream()
                .filter(person -> person.partner() == partners && person.mayOpenCases())
                .map(person -> new Option(
                        person.id().toString(),
                        partners
                                ? person.name()
                                : person.name() + " ("
                                        + person.roles().stream()
                                                .map(role -> words.text("role." + role.code(), locale))
                                                .collect(Collectors.joining(", "))
                                        + ")"))
                .toList();
    }

    private Teams.Team find(Project project, long id) {
        return teams.find(project.id(), new TeamId(id)).orElseThrow(() -> new Hidden("team", id));
    }

    private static String done(Project project, String told, RedirectAttributes flash) {
        flash.addFlashAttribute("told", told);
        return "redirect:" + AdminPages.path(project, SECTION);
    }
}
