package org.ancora.casework.settings;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.Automations;
import org.ancora.network.Project;
import org.ancora.network.ProjectStatus;
import org.ancora.network.Projects;
import org.ancora.network.Statuses;
import org.ancora.network.admin.AdminPages;
import org.ancora.network.admin.AdminSection;
import org.ancora.network.admin.Stands;
import org.ancora.process.Processes;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Which status starts which procedure, and which procedure sets which status: for process owners (C52). */
@Controller
class AutomationsController {

    private final AdminPages pages;
    private final Projects projects;
    private final Statuses statuses;
    private final Automations automations;
    private final Processes processes;
    private final MessageSource messages;

    AutomationsController(
            AdminPages pages,
            Projects projects,
            Statuses statuses,
            Automations automations,
            Processes processes,
            MessageSource messages) {
        this.pages = pages;
        this.projects = projects;
        this.statuses = statuses;
        this.automations = automations;
        this.processes = processes;
        this.messages = messages;
    }

    @Bean
    static AdminSection automationsSection() {
        return new AdminSection(300, "automation.admin", "automations", "bolt", Permission.MANAGE_AUTOMATIONS);
    }

    /** A status with the procedures it may start; public for the template. */
    public record Card(String name, String tone, List<Box> boxes) {}

    /** A procedure under a status. */
    public record Box(String value, String label, boolean checked) {}

    /** A procedure that sets a status by a step of its diagram. */
    public record Setter(String process, String status) {}

    @GetMapping("/admin/projects/{key}/automations")
    String show(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, "automations", viewer, model);
        return show(project, new HashSet<>(automations.of(project.id())), viewer.locale(), model);
    }

    @PostMapping("/admin/projects/{key}/automations")
    String change(
            @PathVariable String key,
            @RequestParam(defaultValue = "") List<String> start,
            @RequestParam int version,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(key, "automations", viewer, model);
        Set<String> known = processes.startedByStatus();
        Set<Automations.Start> starts = new HashSet<>();
        for (ProjectStatus status : statuses.of(project.id())) {
            for (String process : known) {
                if (start.contains(status.id() + ":" + process)) {
                    starts.add(new Automations.Start(status.id(), process));
                }
            }
        }
        try {
            automations.set(project.id(), starts, version, viewer.id());
        } catch (OptimisticLockingFailureException faster) {
            Stands.show(differences(project, starts, viewer.locale()), model, response);
            return show(project, starts, viewer.locale(), model);
        }
        return AdminPages.saved(project, "automations", flash);
    }

    /** How the boxes stand now in which something else was ticked. */
    private List<Stands> differences(Project project, Set<Automations.Start> typed, Locale locale) {
        Set<Automations.Start> now = new HashSet<>(automations.of(project.id()));
        List<Stands> lines = new ArrayList<>();
        for (ProjectStatus status : statuses.flow(project.id()).inUse()) {
            for (String process : new TreeSet<>(processes.startedByStatus())) {
                Automations.Start start = new Automations.Start(status.id(), process);
                if (now.contains(start) != typed.contains(start)) {
                    lines.add(new Stands(
                            status.name(locale) + " → " + name(process, locale),
                            Objects.requireNonNull(messages.getMessage(
                                    "automation." + (now.contains(start) ? "starts-now" : "starts-not"),
                                    null,
                                    locale))));
                }
            }
        }
        return lines;
    }

    private String show(Project project, Set<Automations.Start> starts, Locale locale, Model model) {
        Set<String> known = new TreeSet<>(processes.startedByStatus());
        List<Card> cards = new ArrayList<>();
        for (ProjectStatus status : statuses.flow(project.id()).inUse()) {
            cards.add(new Card(
                    status.name(locale),
                    status.tone().code(),
                    known.stream()
                            .map(process -> new Box(
                                    status.id() + ":" + process,
                                    name(process, locale),
                                    starts.contains(new Automations.Start(status.id(), process))))
                            .toList()));
        }
        List<Setter> setters = new ArrayList<>();
        processes
                .inputsOf("setCaseStatus", "status")
                .forEach((process, keys) -> keys.forEach(each -> setters.add(new Setter(
                        name(process, locale),
                        statuses.flow(project.id())
                                .find(each)
                                .map(status -> status.name(locale))
                                .orElse(each)))));
        model.addAttribute("cards", cards);
        model.addAttribute("setters", setters);
        model.addAttribute("version", projects.version(project.id()));
        return "admin/automations";
    }

    private String name(String process, Locale locale) {
        return Objects.requireNonNullElse(messages.getMessage("process." + process, null, process, locale), process);
    }
}
