package org.ancora.casework.profile;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.audit.Audited;
import org.ancora.casework.Typed;
import org.ancora.network.Project;
import org.ancora.network.admin.AdminPages;
import org.ancora.network.admin.AdminSection;
import org.ancora.web.EditConflict;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What administrators decide about a project's clients: how long a case stays open in an emergency, and who is one. */
@Controller
class ClientSettingsController {

    private static final String SECTION = "clients";
    private static final int SHORTEST = 5;
    private static final int LONGEST = 480;

    private final AdminPages pages;
    private final JdbcClient jdbc;
    private final TransactionTemplate together;
    private final ApplicationEventPublisher events;
    private final MessageSource messages;

    ClientSettingsController(
            AdminPages pages,
            JdbcClient jdbc,
            TransactionTemplate together,
            ApplicationEventPublisher events,
            MessageSource messages) {
        this.pages = pages;
        this.jdbc = jdbc;
        this.together = together;
        this.events = events;
        this.messages = messages;
    }

    /** The entry in the menu of a project's administration. */
    @Configuration(proxyBeanMethods = false)
    static class Section {

        @Bean
        AdminSection clientsSection() {
            return new AdminSection(180, "profile.admin", SECTION, "users", Permission.MANAGE_PROJECT);
        }
    }

    record SettingsForm(@Nullable String minutes) {}

    @GetMapping("/admin/projects/{key}/clients")
    String page(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, SECTION, viewer, model);
        model.addAttribute("form", new SettingsForm(minutes(project)));
        model.addAttribute("was", Map.of("minutes", minutes(project)));
        model.addAttribute("mayMerge", viewer.may(Permission.MERGE_PROFILES, project.id()));
        return "casework/profile/settings";
    }

    private String minutes(Project project) {
        return jdbc.sql("select emergency_minutes from project where id = :id")
                .param("id", project.id().value())
                .query(String.class)
                .single();
    }

    /** What stood there when the form was opened is the version of so small a form. */
    @PostMapping("/admin/projects/{key}/clients")
    String save(
            @PathVariable String key,
            @ModelAttribute("form") SettingsForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(key, SECTION, viewer, model);
        String typed = form.minutes() == null ? "" : form.minutes().strip();
        if (!typed.matches("\\d{1,3}") || Integer.parseInt(typed) < SHORTEST || Integer.parseInt(typed) > LONGEST) {
            errors.rejectValue("minutes", "profile.admin.minutes.range", new Object[] {SHORTEST, LONGEST}, null);
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("mayMerge", viewer.may(Permission.MERGE_PROFILES, project.id()));
            model.addAttribute("was", EditConflict.was(request, Map.of("minutes", minutes(project))));
            return "casework/profile/settings";
        }
        String was = Typed.text(request.getParameter("was.minutes"));
        Boolean saved = together.execute(running -> {
            int changed = jdbc.sql("""
                            update project set emergency_minutes = :minutes
                             where id = :id and emergency_minutes::text = :was
                            """)
                    .param("minutes", Integer.valueOf(typed))
                    .param("id", project.id().value())
                    .param("was", was)
                    .update();
            if (changed == 0) {
                return false;
            }
            events.publishEvent(new Audited(
                    "project.emergency-minutes",
                    project.id(),
                    null,
                    "project",
                    project.id().toString(),
                    viewer.id(),
                    Map.of("minutes", typed)));
            return true;
        });
        if (!Boolean.TRUE.equals(saved)) {
            return EditConflict.of(request, 0, AdminPages.path(project, SECTION))
                    .line(
                            "minutes",
                            messages.getMessage("profile.admin.minutes", null, viewer.locale()),
                            minutes(project))
                    .answer(model, response);
        }
        flash.addFlashAttribute("told", "profile.admin.saved");
        return "redirect:" + AdminPages.path(project, SECTION);
    }
}
