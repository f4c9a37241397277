package org.ancora.network.admin;

import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.network.Project;
import org.ancora.process.studio.FourEyes;
import org.ancora.web.Problem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Whether a project wants a second owner to approve what is published. */
@Controller
class FourEyesController {

    private static final String SECTION = "publishing";

    private final AdminPages pages;
    private final FourEyes fourEyes;

    FourEyesController(AdminPages pages, FourEyes fourEyes) {
        this.pages = pages;
        this.fourEyes = fourEyes;
    }

    /** The entry in the menu of a project's administration. */
    @Configuration(proxyBeanMethods = false)
    static class Section {

        @Bean
        AdminSection publishingSection() {
            return new AdminSection(320, "studio.four-eyes", SECTION, "eye-check", Permission.MANAGE_PROJECT);
        }
    }

    @GetMapping("/admin/projects/{key}/publishing")
    String show(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, SECTION, viewer, model);
        model.addAttribute("wanted", fourEyes.projects().contains(project.id()));
        return "studio/four-eyes";
    }

    @PostMapping("/admin/projects/{key}/publishing")
    String set(
            @PathVariable String key,
            @RequestParam(defaultValue = "false") boolean wanted,
            Viewer viewer,
            Model model,
            RedirectAttributes told) {
        Project project = pages.open(key, SECTION, viewer, model);
        // Whoever publishes would else do away with the second pair of eyes, publish, and ask for it again.
        if (!wanted && !viewer.projects(Permission.EDIT_PROCEDURES).isEmpty()) {
            throw new Problem(HttpStatus.FORBIDDEN, "studio.four-eyes.own");
        }
        fourEyes.set(project.id(), wanted, viewer.id());
        told.addFlashAttribute("told", "studio.four-eyes.saved");
        return "redirect:/admin/projects/" + project.key() + "/publishing";
    }
}
