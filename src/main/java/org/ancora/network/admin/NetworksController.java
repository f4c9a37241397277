package org.ancora.network.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.network.Network;
import org.ancora.network.Projects;
import org.ancora.web.EditConflict;
import org.ancora.web.Problem;
import org.springframework.context.MessageSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The networks in which somebody administers projects, and their organisations: their names, and new organisations (C144). */
@Controller
class NetworksController {

    private static final int LONGEST_NAME = 80;

    private final Projects projects;
    private final ProjectDesk desk;
    private final MessageSource messages;

    NetworksController(Projects projects, ProjectDesk desk, MessageSource messages) {
        this.projects = projects;
        this.desk = desk;
        this.messages = messages;
    }

    /** A network with its organisations; public for the template. */
    public record Card(long id, String name, List<Part> organisations) {}

    /** An organisation. */
    public record Part(long id, String name) {}

    @GetMapping("/admin/networks")
    String networks(Viewer viewer, Model model) {
        Map<Long, Network> mine = mine(viewer);
        if (mine.isEmpty()) {
            throw new Forbidden(Permission.MANAGE_PROJECT, null);
        }
        Map<Long, List<Part>> parts = new LinkedHashMap<>();
        desk.organisations(List.copyOf(mine.keySet()))
                .forEach(each -> parts.computeIfAbsent(each.network(), any -> new ArrayList<>())
                        .add(new Part(each.id(), each.name())));
        model.addAttribute(
                "networks",
                mine.values().stream()
                        .map(network ->
                                new Card(network.id(), network.name(), parts.getOrDefault(network.id(), List.of())))
                        .toList());
        return "admin/networks";
    }

    @PostMapping("/admin/networks/{id:[0-9]{1,18}}")
    String rename(
            @PathVariable long id,
            @RequestParam String name,
            @RequestParam("was.name") String was,
            Viewer viewer,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        require(id, viewer);
        try {
            return keep(() -> desk.rename("network", id, was, checked(name), viewer.id()), flash);
        } catch (OptimisticLockingFailureException overtaken) {
            String now = Objects.requireNonNull(mine(viewer).get(id)).name();
            return bothNames("admin.networks.network", now, viewer, request).answer(model, response);
        }
    }

    @PostMapping("/admin/networks/{id:[0-9]{1,18}}/organisations")
    String add(@PathVariable long id, @RequestParam String name, Viewer viewer, RedirectAttributes flash) {
        require(id, viewer);
        return keep(() -> desk.addOrganisation(id, checked(name), viewer.id()), flash);
    }

    @PostMapping("/admin/networks/{id:[0-9]{1,18}}/organisations/{organisation:[0-9]{1,18}}")
    String renameOrganisation(
            @PathVariable long id,
            @PathVariable long organisation,
            @RequestParam String name,
            @RequestParam("was.name") String was,
            Viewer viewer,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        require(id, viewer);
        ProjectDesk.Organisation found = organisation(id, organisation);
        try {
            return keep(() -> desk.rename("organisation", found.id(), was, checked(name), viewer.id()), flash);
        } catch (OptimisticLockingFailureException overtaken) {
            String now = organisation(id, organisation).name();
            return bothNames("admin.networks.organisation", now, viewer, request)
                    .answer(model, response);
        }
    }

    private ProjectDesk.Organisation organisation(long network, long id) {
        return desk.organisations(List.of(network)).stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .orElseThrow(() -> new Hidden("organisation", id));
    }

    /** A name is its own version: whoever changes it says what it was. */
    private EditConflict bothNames(String label, String now, Viewer viewer, HttpServletRequest request) {
        return EditConflict.of(request, 0, "/admin/networks")
                .line("name", messages.getMessage(label, null, viewer.locale()), now);
    }

    private static String keep(Runnable change, RedirectAttributes flash) {
        try {
            change.run();
        } catch (DuplicateKeyException taken) {
            throw new Problem(HttpStatus.CONFLICT, "admin.networks.taken");
        }
        flash.addFlashAttribute("told", "admin.saved");
        return "redirect:/admin/networks";
    }

    private static String checked(String name) {
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.length() > LONGEST_NAME) {
            throw new Problem(HttpStatus.BAD_REQUEST, "admin.networks.name", LONGEST_NAME);
        }
        return stripped;
    }

    private void require(long network, Viewer viewer) {
        if (!mine(viewer).containsKey(network)) {
            throw new Hidden("network", network);
        }
    }

    /** The networks in which this person administers at least one project. */
    private Map<Long, Network> mine(Viewer viewer) {
        Map<Long, Network> mine = new LinkedHashMap<>();
        projects.withIds(viewer.projects(Permission.MANAGE_PROJECT))
                .values()
                .forEach(project -> mine.put(project.network().id(), project.network()));
        return mine;
    }
}
