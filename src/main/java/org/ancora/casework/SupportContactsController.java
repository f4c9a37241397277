package org.ancora.casework;

import static org.ancora.casework.ContactDesk.LONGEST_NAME;
import static org.ancora.casework.ContactDesk.done;
import static org.ancora.casework.ContactDesk.readable;
import static org.ancora.casework.ContactDesk.text;
import static org.ancora.casework.ContactDesk.ticked;
import static org.ancora.casework.ContactDesk.version;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.ancora.access.Hidden;
import org.ancora.access.Viewer;
import org.ancora.web.EditConflict;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Adding and changing the people close to a client, from their case. */
@Controller
class SupportContactsController {

    private final ContactDesk desk;
    private final Profiles profiles;
    private final CaseWords words;

    SupportContactsController(ContactDesk desk, Profiles profiles, CaseWords words) {
        this.desk = desk;
        this.profiles = profiles;
        this.words = words;
    }

    record SupportForm(
            @Nullable String name,
            @Nullable String relation,
            @Nullable String phone,
            @Nullable Boolean may,
            @Nullable String version) {}

    @GetMapping("/cases/{code}/support-contacts/new")
    String newSupport(@PathVariable String code, Viewer viewer, Model model) {
        desk.open(code, viewer, model);
        model.addAttribute("form", new SupportForm("", "", "", false, "0"));
        return "casework/support-contact";
    }

    @PostMapping("/cases/{code}/support-contacts/new")
    String newSupport(
            @PathVariable String code,
            @ModelAttribute("form") SupportForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.open(code, viewer, model);
        return save(form, errors, viewer, response, () -> {
            profiles.addSupportContact(caseFile, support(form), viewer.id());
            return done(caseFile, "support.saved", flash);
        });
    }

    @GetMapping("/cases/{code}/support-contacts/{id}")
    String support(@PathVariable String code, @PathVariable long id, Viewer viewer, Model model) {
        CaseSummary caseFile = desk.open(code, viewer, model);
        model.addAttribute("support", id);
        SupportContact contact = contact(caseFile, id);
        model.addAttribute(
                "form",
                new SupportForm(
                        contact.name(),
                        contact.relation(),
                        contact.phone(),
                        contact.mayBeSpokenTo(),
                        String.valueOf(contact.version())));
        model.addAttribute("was", was(contact));
        return "casework/support-contact";
    }

    @PostMapping("/cases/{code}/support-contacts/{id}")
    String support(
            @PathVariable String code,
            @PathVariable long id,
            @ModelAttribute("form") SupportForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.open(code, viewer, model);
        model.addAttribute("support", id);
        model.addAttribute("was", EditConflict.was(request, was(contact(caseFile, id))));
        return save(form, errors, viewer, response, () -> {
            try {
                profiles.changeSupportContact(caseFile, id, version(form.version()), support(form), viewer.id());
            } catch (OptimisticLockingFailureException overtaken) {
                return conflict(caseFile, contact(caseFile, id), viewer.locale(), request)
                        .answer(model, response);
            }
            return done(caseFile, "support.saved", flash);
        });
    }

    private EditConflict conflict(CaseSummary caseFile, SupportContact now, Locale locale, HttpServletRequest request) {
        return EditConflict.of(request, now.version(), caseFile.path())
                .line("name", words.text("support.name", locale), now.name())
                .line("relation", words.text("support.relation", locale), now.relation())
                .line("phone", words.text("support.phone", locale), now.phone())
                .check(
                        "may",
                        words.text("support.may.check", locale),
                        now.mayBeSpokenTo(),
                        ticked -> words.text("contact.box." + ticked, locale));
    }

    private static Map<String, String> was(SupportContact contact) {
        return Map.of(
                "name", contact.name(),
                "relation", contact.relation(),
                "phone", contact.phone(),
                "may", String.valueOf(contact.mayBeSpokenTo()));
    }

    private SupportContact contact(CaseSummary caseFile, long id) {
        return profiles.get(caseFile.profile()).supportContacts().stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .orElseThrow(() -> new Hidden("support contact", id));
    }

    private String save(
            SupportForm form,
            BindingResult errors,
            Viewer viewer,
            HttpServletResponse response,
            Supplier<String> saving) {
        check(form, errors, viewer);
        if (!errors.hasErrors()) {
            try {
                return saving.get();
            } catch (InvalidContact refused) {
                errors.rejectValue("phone", refused.key(), words.text(refused.key(), viewer.locale()));
            }
        }
        response.setStatus(HttpStatus.BAD_REQUEST.value());
        return "casework/support-contact";
    }

    private void check(SupportForm form, BindingResult errors, Viewer viewer) {
        readable(errors);
        if (text(form.name()).isBlank()) {
            errors.rejectValue("name", "support.name-missing", words.text("support.name-missing", viewer.locale()));
        }
        words.limit(errors, "name", form.name(), LONGEST_NAME);
        words.limit(errors, "relation", form.relation(), LONGEST_NAME);
        words.limit(errors, "phone", form.phone(), LONGEST_NAME);
    }

    private static NewSupportContact support(SupportForm form) {
        return new NewSupportContact(text(form.name()), text(form.relation()), text(form.phone()), ticked(form.may()));
    }
}
