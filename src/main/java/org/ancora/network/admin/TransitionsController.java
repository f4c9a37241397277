package org.ancora.network.admin;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.ancora.access.Permission;
import org.ancora.access.Role;
import org.ancora.access.Viewer;
import org.ancora.network.CaseStatus;
import org.ancora.network.Project;
import org.ancora.network.ProjectStatus;
import org.ancora.network.Projects;
import org.ancora.network.StatusFlow;
import org.ancora.network.StatusId;
import org.ancora.network.Statuses;
import org.ancora.web.Problem;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Which role may change which status into which (C51, C135): a table for each status, from where to where by role. */
@Controller
class TransitionsController {

    /** The roles that ever change a status, close a case or open one again. */
    static final List<Role> ROLES = List.of(Role.CASEWORKER, Role.COORDINATOR, Role.SUPERVISOR);

    private final AdminPages pages;
    private final Projects projects;
    private final Statuses statuses;
    private final StatusRows rows;
    private final MessageSource messages;

    TransitionsController(
            AdminPages pages, Projects projects, Statuses statuses, StatusRows rows, MessageSource messages) {
        this.pages = pages;
        this.projects = projects;
        this.statuses = statuses;
        this.rows = rows;
        this.messages = messages;
    }

    @Bean
    static AdminSection transitionsSection() {
        return new AdminSection(
                110, "admin.transitions", "transitions", "arrows-right-left", Permission.MANAGE_PROJECT);
    }

    /** Where a case of one status may go; public for the template. */
    public record From(String name, String tone, List<To> to) {}

    /** One way, and the box of each role. */
    public record To(String name, String tone, List<Box> boxes) {}

    /** A box of the table. */
    public record Box(String value, String label, boolean checked) {}

    @GetMapping("/admin/projects/{key}/transitions")
    String show(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, "transitions", viewer, model);
        StatusFlow flow = statuses.flow(project.id());
        return show(project, flow, ways(flow), viewer.locale(), model);
    }

    private static Set<StatusRows.Way> ways(StatusFlow flow) {
        Set<StatusRows.Way> ways = new HashSet<>();
        flow.transitions()
                .forEach((from, targets) -> targets.forEach(
                        (to, roles) -> roles.forEach(role -> ways.add(new StatusRows.Way(from, to, role)))));
        return ways;
    }

    /** How the boxes stand now in which something else was ticked. */
    private List<Stands> differences(StatusFlow now, Set<StatusRows.Way> typed, Locale locale) {
        Set<StatusRows.Way> ways = ways(now);
        List<Stands> lines = new ArrayList<>();
        for (ProjectStatus from : now.inUse()) {
            for (ProjectStatus to : now.inUse()) {
                for (Role role : ROLES) {
                    StatusRows.Way way = new StatusRows.Way(from.id(), to.id(), role);
                    if (ways.contains(way) != typed.contains(way)) {
                        lines.add(new Stands(
                                box(role, from, to, locale),
                                messages.getMessage(
                                        "admin.transitions." + (ways.contains(way) ? "allowed" : "not-allowed"),
                                        null,
                                        locale)));
                    }
                }
            }
        }
        return lines;
    }

    @PostMapping("/admin/projects/{key}/transitions")
    String change(
            @PathVariable String key,
            @RequestParam(defaultValue = "") List<String> way,
            @RequestParam int version,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(key, "transitions", viewer, model);
        StatusFlow flow = statuses.flow(project.id());
        Set<StatusRows.Way> ways = new HashSet<>();
        way.forEach(text ->
                ways.add(read(text, flow).orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "admin.unreadable"))));
        try {
            rows.allow(project.id(), ways, version, viewer.id());
        } catch (OptimisticLockingFailureException faster) {
            StatusFlow now = statuses.flow(project.id());
            Stands.show(differences(now, ways, viewer.locale()), model, response);
            return show(project, now, ways, viewer.locale(), model);
        }
        return AdminPages.saved(project, "transitions", flash);
    }

    private String show(Project project, StatusFlow flow, Set<StatusRows.Way> ways, Locale locale, Model model) {
        List<From> tables = new ArrayList<>();
        for (ProjectStatus from : flow.inUse()) {
            List<To> targets = flow.inUse().stream()
                    .filter(to -> !to.id().equals(from.id()) && isByHand(from, to))
                    .map(to -> new To(to.name(locale), to.tone().code(), boxes(from, to, ways, locale)))
                    .toList();
            tables.add(new From(from.name(locale), from.tone().code(), targets));
        }
        model.addAttribute("tables", tables);
        model.addAttribute(
                "roles", ROLES.stream().map(role -> word(role, locale)).toList());
        model.addAttribute("version", projects.version(project.id()));
        return "admin/transitions";
    }

    /** Only a full caseload makes a case wait, and only room lets it start (A-R1). */
    private static boolean isByHand(ProjectStatus from, ProjectStatus to) {
        boolean waits = to.category() == CaseStatus.WAITING_FOR_CAPACITY;
        return !waits || from.category() == CaseStatus.WAITING_FOR_CAPACITY;
    }

    private List<Box> boxes(ProjectStatus from, ProjectStatus to, Set<StatusRows.Way> ways, Locale locale) {
        return ROLES.stream()
                .map(role -> new Box(
                        from.id() + ":" + to.id() + ":" + role.code(),
                        box(role, from, to, locale),
                        ways.contains(new StatusRows.Way(from.id(), to.id(), role))))
                .toList();
    }

    private String box(Role role, ProjectStatus from, ProjectStatus to, Locale locale) {
        return messages.getMessage(
                "admin.transitions.box", new Object[] {word(role, locale), from.name(locale), to.name(locale)}, locale);
    }

    private String word(Role role, Locale locale) {
        return messages.getMessage("role." + role.code(), null, locale);
    }

    private static Optional<StatusRows.Way> read(String text, StatusFlow flow) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3 || !(parts[0] + ":" + parts[1]).matches("[0-9]{1,18}:[0-9]{1,18}")) {
            return Optional.empty();
        }
        Optional<StatusId> from = flow.find(StatusId.of(parts[0])).map(ProjectStatus::id);
        Optional<StatusId> to = flow.find(StatusId.of(parts[1])).map(ProjectStatus::id);
        Optional<Role> role = Role.of(parts[2]).filter(ROLES::contains);
        return from.isPresent() && to.isPresent() && role.isPresent()
                ? Optional.of(new StatusRows.Way(from.get(), to.get(), role.get()))
                : Optional.empty();
    }
}
