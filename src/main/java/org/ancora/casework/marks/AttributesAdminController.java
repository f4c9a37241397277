package org.ancora.casework.marks;

import static org.ancora.casework.Typed.text;
import static org.ancora.casework.Typed.version;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseWords;
import org.ancora.casework.SearchText;
import org.ancora.network.Project;
import org.ancora.network.Wording;
import org.ancora.network.admin.AdminPages;
import org.ancora.network.admin.AdminSection;
import org.ancora.network.admin.Differences;
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

/** Where administrators say what their project keeps about its cases. */
@Controller
class AttributesAdminController {

    private static final String SECTION = "attributes";
    private static final int LONGEST_HINT = 200;
    private static final int LONGEST_SYSTEM = 60;
    private static final int MOST_CHOICES = 100;

    /** Rows of the form that wait for new answers. */
    private static final int BLANK_CHOICES = 4;

    private final AdminPages pages;
    private final Attributes attributes;
    private final MarkForms forms;
    private final CaseWords words;

    AttributesAdminController(AdminPages pages, Attributes attributes, MarkForms forms, CaseWords words) {
        this.pages = pages;
        this.attributes = attributes;
        this.forms = forms;
        this.words = words;
    }

    /** The entry in the menu of a project's administration. */
    @Configuration(proxyBeanMethods = false)
    static class Section {

        @Bean
        AdminSection attributesSection() {
            return new AdminSection(150, "marks.admin.attributes", SECTION, "tags", Permission.MANAGE_PROJECT);
        }
    }

    record AttributeForm(
            @Nullable String key,
            @Nullable String kind,
            @Nullable String nameEn,
            @Nullable String nameEs,
            @Nullable String nameIt,
            @Nullable String hint,
            @Nullable String system,
            @Nullable Boolean required,
            @Nullable String position,
            @Nullable List<String> choiceKey,
            @Nullable List<String> choiceEn,
            @Nullable List<String> choiceEs,
            @Nullable List<String> choiceIt,
            @Nullable String version) {

        /** The answers as typed, with blank rows for more; public so that the template may ask. */
        public List<ChoiceRow> rows() {
            List<ChoiceRow> rows = new ArrayList<>();
            int typed = choiceEn == null ? 0 : choiceEn.size();
            for (int i = 0; i < typed; i++) {
                rows.add(new ChoiceRow(at(choiceKey, i), at(choiceEn, i), at(choiceEs, i), at(choiceIt, i)));
            }
            rows.removeIf(ChoiceRow::isBlank);
            for (int i = 0; i < BLANK_CHOICES; i++) {
                rows.add(new ChoiceRow("", "", "", ""));
            }
            return rows;
        }

        private static String at(@Nullable List<String> list, int index) {
            return list == null || index >= list.size() ? "" : text(list.get(index));
        }
    }

    record ChoiceRow(String key, String en, String es, String it) {

        Wording name() {
            return new Wording(en, es, it);
        }

        boolean isBlank() {
            return en.isEmpty() && es.isEmpty() && it.isEmpty();
        }
    }

    @GetMapping("/admin/projects/{key}/attributes")
    String attributes(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, SECTION, viewer, model);
        model.addAttribute("attributes", attributes.of(project.id()));
        return "casework/marks/attributes";
    }

    @GetMapping("/admin/projects/{key}/attributes/new")
    String newAttribute(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, SECTION, viewer, model);
        int last = attributes.of(project.id()).stream()
                .mapToInt(Attribute::position)
                .max()
                .orElse(0);
        List<String> none = List.of();
        model.addAttribute(
                "form",
                new AttributeForm("", "text", "", "", "", "", "", false, "" + (last + 10), none, none, none, none, ""));
        return page(null, viewer, model);
    }

    @PostMapping("/admin/projects/{key}/attributes/new")
    String newAttribute(
            @PathVariable("key") String projectKey,
            @ModelAttribute("form") AttributeForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(projectKey, SECTION, viewer, model);
        AttributeKind kind = AttributeKind.of(text(form.kind())).orElse(null);
        if (kind == null) {
            forms.reject(errors, "kind", "marks.kind.choose", viewer.locale());
        }
        String key = forms.key(errors, form.key(), viewer.locale());
        Attributes.Draft draft = draft(form, kind, errors, viewer.locale());
        if (kind != null && !errors.hasErrors()) {
            try {
                attributes.create(project.id(), key, kind, draft, viewer.id());
                return done(project, "marks.saved", flash);
            } catch (DuplicateKeyException taken) {
                rejectTaken(errors, taken, viewer.locale());
            }
        }
        response.setStatus(HttpStatus.BAD_REQUEST.value());
        return page(null, viewer, model);
    }

    @GetMapping("/admin/projects/{key}/attributes/{id:[0-9]{1,18}}")
    String attribute(@PathVariable String key, @PathVariable long id, Viewer viewer, Model model) {
        Project project = pages.open(key, SECTION, viewer, model);
        Attribute attribute = find(project, id);
        List<Attribute.Choice> choices =
                attribute.choices().stream().filter(choice -> !choice.retired()).toList();
        model.addAttribute(
                "form",
                new AttributeForm(
                        attribute.key(),
                        attribute.kind().code(),
                        attribute.label().en(),
                        attribute.label().es(),
                        attribute.label().it(),
                        attribute.hint(),
                        attribute.system(),
                        attribute.required(),
                        "" + attribute.position(),
                        choices.stream().map(Attribute.Choice::key).toList(),
                        choices.stream().map(choice -> choice.label().en()).toList(),
                        choices.stream().map(choice -> choice.label().es()).toList(),
                        choices.stream().map(choice -> choice.label().it()).toList(),
                        "" + attribute.version()));
        return page(attribute, viewer, model);
    }

    @PostMapping("/admin/projects/{key}/attributes/{id:[0-9]{1,18}}")
    String attribute(
            @PathVariable("key") String projectKey,
            @PathVariable long id,
            @ModelAttribute("form") AttributeForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(projectKey, SECTION, viewer, model);
        Attribute attribute = find(project, id);
        Attributes.Draft draft = draft(form, attribute.kind(), errors, viewer.locale());
        if (!errors.hasErrors()) {
            try {
                attributes.change(project.id(), attribute, version(form.version()), draft, viewer.id());
                return done(project, "marks.saved", flash);
            } catch (DuplicateKeyException taken) {
                rejectTaken(errors, taken, viewer.locale());
            } catch (OptimisticLockingFailureException faster) {
                Attribute now = find(project, id);
                differences(form, now, viewer.locale()).show(now.version(), model, response);
                return page(now, viewer, model);
            }
        }
        response.setStatus(HttpStatus.BAD_REQUEST.value());
        return page(attribute, viewer, model);
    }

    private Differences differences(AttributeForm form, Attribute now, Locale locale) {
        List<Wording> typed = form.rows().stream()
                .filter(row -> !row.isBlank())
                .map(ChoiceRow::name)
                .toList();
        List<Wording> choices = now.choices().stream()
                .filter(choice -> !choice.retired())
                .map(Attribute.Choice::label)
                .toList();
        String shown = choices.stream().map(choice -> choice.in(locale)).collect(Collectors.joining(", "));
        return forms.names(form.nameEn(), form.nameEs(), form.nameIt(), now.label())
                .field("marks.hint", form.hint(), now.hint())
                .field("marks.system", form.system(), now.system())
                .field("marks.choices", typed, choices, shown)
                .field(
                        "marks.required.check",
                        Boolean.TRUE.equals(form.required()),
                        now.required(),
                        forms.yesOrNo(now.required(), locale))
                .field("marks.position", form.position(), "" + now.position());
    }

    @PostMapping("/admin/projects/{key}/attributes/{id:[0-9]{1,18}}/retire")
    String retire(
            @PathVariable String key,
            @PathVariable long id,
            @RequestParam boolean retired,
            Viewer viewer,
            Model model,
            RedirectAttributes flash) {
        Project project = pages.open(key, SECTION, viewer, model);
        attributes.retire(project.id(), find(project, id), retired, viewer.id());
        return done(project, retired ? "marks.retired-done" : "marks.back-done", flash);
    }

    private Attributes.Draft draft(
            AttributeForm form, @Nullable AttributeKind kind, BindingResult errors, Locale locale) {
        Wording label = forms.label(errors, form.nameEn(), form.nameEs(), form.nameIt(), locale);
        forms.limit(errors, "hint", form.hint(), LONGEST_HINT);
        forms.limit(errors, "system", form.system(), LONGEST_SYSTEM);
        String system = kind == AttributeKind.EXTERNAL_ID ? text(form.system()) : "";
        if (kind == AttributeKind.EXTERNAL_ID && system.isEmpty()) {
            forms.reject(errors, "system", "marks.system.missing", locale);
        }
        List<Attribute.Choice> choices = kind == AttributeKind.CHOICE ? choices(form, errors, locale) : List.of();
        int position = forms.position(errors, form.position(), locale);
        return new Attributes.Draft(
                label, text(form.hint()), system, Boolean.TRUE.equals(form.required()), position, choices);
    }

    private List<Attribute.Choice> choices(AttributeForm form, BindingResult errors, Locale locale) {
        List<Attribute.Choice> choices = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (ChoiceRow row : form.rows()) {
            if (row.isBlank()) {
                continue;
            }
            boolean tooLong = List.of(row.en(), row.es(), row.it()).stream()
                    .anyMatch(name -> name.length() > MarkForms.LONGEST_NAME);
            String key = row.key().isEmpty() ? keyOf(row.en()) : row.key();
            if (row.en().isEmpty() || row.es().isEmpty() || row.it().isEmpty() || tooLong || !keys.add(key)) {
                forms.reject(errors, "choiceEn", "marks.choices.wrong", locale);
                return choices;
            }
            choices.add(new Attribute.Choice(key, row.name(), false));
        }
        if (choices.isEmpty() || choices.size() > MOST_CHOICES) {
            forms.reject(errors, "choiceEn", "marks.choices.missing", locale);
        }
        return choices;
    }

    /** A key from a name, "Shared flat" to {@code shared-flat}; names without a letter or digit of ours all get the same. */
    private static String keyOf(String name) {
        String key = SearchText.of(name).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        return key.isEmpty() ? "answer" : key.substring(0, Math.min(40, key.length()));
    }

    private void rejectTaken(BindingResult errors, DuplicateKeyException taken, Locale locale) {
        if (String.valueOf(taken.getMessage()).contains("attribute_one_per_system")) {
            forms.reject(errors, "system", "marks.system.taken", locale);
        } else {
            forms.reject(errors, "key", "marks.key.taken", locale);
        }
    }

    private String page(@Nullable Attribute attribute, Viewer viewer, Model model) {
        model.addAttribute("attribute", attribute);
        model.addAttribute(
                "kinds",
                words.options(
                        "attribute-kind.",
                        Arrays.stream(AttributeKind.values()).map(AttributeKind::code),
                        viewer.locale()));
        return "casework/marks/attribute";
    }

    private Attribute find(Project project, long id) {
        return attributes.find(project.id(), id).orElseThrow(() -> new Hidden("attribute", id));
    }

    private static String done(Project project, String told, RedirectAttributes flash) {
        flash.addFlashAttribute("told", told);
        return "redirect:" + AdminPages.path(project, SECTION);
    }
}
