package org.ancora.network.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ancora.access.Forbidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.network.Project;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Where administration begins: the projects one may look after, and what there is to look after in one of them. */
@Controller
class AdminController {

    private final AdminPages pages;

    AdminController(AdminPages pages) {
        this.pages = pages;
    }

    @GetMapping("/admin")
    String projects(Viewer viewer, Model model) {
        if (!pages.anythingFor(viewer)) {
            throw new Forbidden(Permission.MANAGE_PROJECT, null);
        }
        Map<String, List<Project>> networks = new LinkedHashMap<>();
        for (Project project : pages.administeredBy(viewer)) {
            networks.computeIfAbsent(project.network().name(), any -> new ArrayList<>())
                    .add(project);
        }
        model.addAttribute("networks", networks);
        model.addAttribute("mayAdd", viewer.mayAnywhere(Permission.MANAGE_PROJECT));
        return "admin/projects";
    }

    @GetMapping("/admin/projects/{key}")
    String project(@PathVariable String key, Viewer viewer, Model model) {
        pages.overview(key, viewer, model);
        return "admin/project";
    }
}
