package org.ancora.casework.marks;

import static org.ancora.casework.Typed.text;
import static org.ancora.casework.Typed.version;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseWords;
import org.ancora.network.Project;
import org.ancora.network.Wording;
import org.ancora.network.admin.AdminPages;
import org.ancora.network.admin.AdminSection;
import org.ancora.network.admin.Differences;
import org.ancora.web.Option;
import org.ancora.web.Tone;
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

/** Where administrators keep a project's kinds of flags. */
@Controller
class FlagKindsController {

    private static final String SECTION = "flags";
    private static final int LONGEST_PROTOCOL = 2000;

    private final AdminPages pages;
    private final FlagKinds kinds;
    private final MarkForms forms;
    private final CaseWords words;

    FlagKindsController(AdminPages pages, FlagKinds kinds, MarkForms forms, CaseWords words) {
        this.pages = pages;
        this.kinds = kinds;
        this.forms = forms;
        this.words = words;
    }

    /** The entry in the menu of a project's administration. */
    @Configuration(proxyBeanMethods = false)
    static class Section {

        @Bean
        AdminSection flagKindsSection() {
            return new AdminSection(140, "marks.admin.flags", SECTION, "flag", Permission.MANAGE_PROJECT);
        }
    }

    record KindForm(
            @Nullable String key,
            @Nullable String nameEn,
            @Nullable String nameEs,
            @Nullable String nameIt,
            @Nullable String colour,
            @Nullable String protocol,
            @Nullable Boolean stopsClosing,
            @Nullable String position,
            @Nullable String version) {}

    @GetMapping("/admin/projects/{key}/flags")
    String kinds(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, SECTION, viewer, model);
        model.addAttribute("kinds", kinds.of(project.id()));
        return "casework/marks/flag-kinds";
    }

    @GetMapping("/admin/projects/{key}/flags/new")
    String newKind(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, SECTION, viewer, model);
        int last = kinds.of(project.id()).stream()
                .mapToInt(FlagKinds.Kind::position)
                .max()
                .orElse(0);
        model.addAttribute("form", new KindForm("", "", "", "", Tone.SOON.code(), "", false, "" + (last + 10), ""));
        return page(null, viewer, model);
    }

    @PostMapping("/admin/projects/{key}/flags/new")
    String newKind(
            @PathVariable("key") String projectKey,
            @ModelAttribute("form") KindForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(projectKey, SECTION, viewer, model);
        FlagKinds.Draft draft = draft(form, errors, viewer.locale());
        String key = forms.key(errors, form.key(), viewer.locale());
        if (!errors.hasErrors()) {
            try {
                kinds.create(project.id(), key, draft, viewer.id());
                return done(project, "marks.saved", flash);
            } catch (DuplicateKeyException taken) {
                forms.reject(errors, "key", "marks.key.taken", viewer.locale());
            }
        }
        response.setStatus(HttpStatus.BAD_REQUEST.value());
        return page(null, viewer, model);
    }

    @GetMapping("/admin/projects/{key}/flags/{id:[0-9]{1,18}}")
    String kind(@PathVariable String key, @PathVariable long id, Viewer viewer, Model model) {
        Project project = pages.open(key, SECTION, viewer, model);
        FlagKinds.Kind kind = find(project, id);
        model.addAttribute(
                "form",
                new KindForm(
                        kind.key(),
                        kind.label().en(),
                        kind.label().es(),
                        kind.label().it(),
                        kind.colour(),
                        kind.protocol(),
                        kind.stopsClosing(),
                        "" + kind.position(),
                        "" + kind.version()));
        return page(kind, viewer, model);
    }

    @PostMapping("/admin/projects/{key}/flags/{id:[0-9]{1,18}}")
    String kind(
            @PathVariable("key") String projectKey,
            @PathVariable long id,
            @ModelAttribute("form") KindForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(projectKey, SECTION, viewer, model);
        FlagKinds.Kind kind = find(project, id);
        FlagKinds.Draft draft = draft(form, errors, viewer.locale());
        if (errors.hasErrors()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return page(kind, viewer, model);
        }
        try {
            kinds.change(project.id(), kind, version(form.version()), draft, viewer.id());
        } catch (OptimisticLockingFailureException faster) {
            FlagKinds.Kind now = find(project, id);
            differences(form, now, viewer.locale()).show(now.version(), model, response);
            return page(now, viewer, model);
        }
        return done(project, "marks.saved", flash);
    }

    private Differences differences(KindForm form, FlagKinds.Kind now, Locale locale) {
        return forms.names(form.nameEn(), form.nameEs(), form.nameIt(), now.label())
                .field(
                        "marks.colour",
                        text(form.colour()),
                        now.colour(),
                        words.text("marks.colour." + now.colour(), locale))
                .field("marks.flag.protocol", form.protocol(), now.protocol())
                .field(
                        "marks.flag.stops",
                        Boolean.TRUE.equals(form.stopsClosing()),
                        now.stopsClosing(),
                        forms.yesOrNo(now.stopsClosing(), locale))
                .field("marks.position", form.position(), "" + now.position());
    }

    @PostMapping("/admin/projects/{key}/flags/{id:[0-9]{1,18}}/retire")
    String retire(
            @PathVariable String key,
            @PathVariable long id,
            @RequestParam boolean retired,
            Viewer viewer,
            Model model,
            RedirectAttributes flash) {
        Project project = pages.open(key, SECTION, viewer, model);
        kinds.retire(project.id(), find(project, id), retired, viewer.id());
        return done(project, retired ? "marks.retired-done" : "marks.back-done", flash);
    }

    private FlagKinds.Draft draft(KindForm form, BindingResult errors, Locale locale) {
        Wording label = forms.label(errors, form.nameEn(), form.nameEs(), form.nameIt(), locale);
        if (Arrays.stream(Tone.values()).noneMatch(tone -> tone.code().equals(form.colour()))) {
            forms.reject(errors, "colour", "marks.colour.choose", locale);
        }
        forms.limit(errors, "protocol", form.protocol(), LONGEST_PROTOCOL);
        int position = forms.position(errors, form.position(), locale);
        return new FlagKinds.Draft(
                label, text(form.colour()), text(form.protocol()), Boolean.TRUE.equals(form.stopsClosing()), position);
    }

    private String page(FlagKinds.@Nullable Kind kind, Viewer viewer, Model model) {
        List<Option> colours =
                words.options("marks.colour.", Arrays.stream(Tone.values()).map(Tone::code), viewer.locale());
        model.addAttribute("kind", kind);
        model.addAttribute("colours", colours);
        return "casework/marks/flag-kind";
    }

    private FlagKinds.Kind find(Project project, long id) {
        return kinds.find(project.id(), id).orElseThrow(() -> new Hidden("flag kind", id));
    }

    private static String done(Project project, String told, RedirectAttributes flash) {
        flash.addFlashAttribute("told", told);
        return "redirect:" + AdminPages.path(project, SECTION);
    }
}
