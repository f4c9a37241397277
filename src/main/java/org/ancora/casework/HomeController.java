package org.ancora.casework;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.User;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.network.CurrentProject;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.process.task.TasksToday;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Where people land: today, their cases, and the projects they may enter (C20–C22, C25–C27). */
@Controller
class HomeController {

    private static final int RECENT = 8;
    private static final int NAMED_AT_MOST = 3;
    private static final int PROJECTS_AT_MOST = 12;

    private final Projects projects;
    private final CaseLists lists;
    private final CaseWords words;
    private final TasksToday tasks;
    private final List<TodayPart> parts;
    private final Users users;

    HomeController(
            Projects projects, CaseLists lists, CaseWords words, TasksToday tasks, List<TodayPart> parts, Users users) {
        this.users = users;
        this.projects = projects;
        this.lists = lists;
        this.words = words;
        this.tasks = tasks;
        this.parts =
                parts.stream().sorted(Comparator.comparingInt(TodayPart::order)).toList();
    }

    /** A card with what a room has for somebody today. */
    record Card(String titleKey, String anchor, String template, String name, Map<String, Object> model) {}

    @GetMapping("/")
    String home(Viewer viewer, Model model) {
        Map<String, Map<String, List<Project>>> networks = new LinkedHashMap<>();
        for (Project project : projects.visibleTo(viewer)) {
            networks.computeIfAbsent(project.network().name(), any -> new TreeMap<>())
                    .computeIfAbsent(project.organisation(), any -> new ArrayList<>())
                    .add(project);
        }
        model.addAttribute("networks", networks);
        model.addAttribute("administrators", administrators(projects.visibleTo(viewer), viewer));
        model.addAttribute("administers", viewer.mayAnywhere(Permission.MANAGE_PROJECT));
        if (viewer.mayAnywhere(Permission.WORK_TASK)) {
            TasksToday.Today today = tasks.of(viewer);
            model.addAttribute("tasks", today.figures());
            model.addAttribute("first", today.first());
        }
        model.addAttribute("parts", cards(viewer));
        model.addAttribute("recent", words.rows(lists.recent(viewer, null, RECENT), viewer.locale()));
        model.addAttribute("mayReadCases", viewer.mayAnywhere(Permission.READ_CASE));
        return "casework/home";
    }

    /** Whom to ask when a project is missing (C134): those of every project one sees, else of the installation. */
    private String administrators(List<Project> visible, Viewer viewer) {
        if (visible.isEmpty()) {
            return users.administrators(null).stream()
                    .filter(each -> !each.id().equals(viewer.id()))
                    .limit(NAMED_AT_MOST)
                    .map(User::name)
                    .collect(Collectors.joining(", "));
        }
        Map<ProjectId, String> names =
                visible.stream().collect(Collectors.toMap(Project::id, Project::name, (one, other) -> one));
        Map<String, List<String>> homes = new LinkedHashMap<>();
        users.administratorsOf(visible.stream()
                        .map(Project::id)
                        .limit(PROJECTS_AT_MOST)
                        .toList())
                .forEach((project, whom) -> whom.stream()
                        .filter(each -> !each.id().equals(viewer.id()))
                        .limit(NAMED_AT_MOST)
                        .forEach(each -> homes.computeIfAbsent(each.name(), any -> new ArrayList<>())
                                .add(Objects.requireNonNull(names.get(project)))));
        int asked = Math.min(visible.size(), PROJECTS_AT_MOST);
        boolean alike = homes.values().stream().allMatch(each -> each.size() == asked);
        return homes.entrySet().stream()
                .map(each -> alike ? each.getKey() : each.getKey() + " (" + String.join(", ", each.getValue()) + ")")
                .collect(Collectors.joining(", "));
    }

    private List<Card> cards(Viewer viewer) {
        List<Card> cards = new ArrayList<>();
        for (TodayPart part : parts) {
            Map<String, Object> model = part.model(viewer);
            if (!model.isEmpty()) {
                String[] fragment = part.fragment().split("\\s*::\\s*", 2);
                cards.add(new Card(part.titleKey(), part.anchor(), fragment[0], fragment[1], model));
            }
        }
        return cards;
    }

    @GetMapping("/p/{key}")
    String overview(@PathVariable String key, Viewer viewer, Model model) {
        Project project = projects.byKey(key, viewer);
        CurrentProject.is(project);
        model.addAttribute("project", project);
        model.addAttribute("counts", lists.counts(project.id(), viewer));
        model.addAttribute("recent", words.rows(lists.recent(viewer, project.id(), RECENT), viewer.locale()));
        model.addAttribute("mayReadCases", viewer.may(Permission.READ_CASE, project.id(), true));
        model.addAttribute("maySetUp", viewer.may(Permission.MANAGE_PROJECT, project.id()));
        model.addAttribute("mayRegister", viewer.may(Permission.REGISTER_INTAKE, project.id()));
        return "casework/overview";
    }
}
