package org.ancora.casework;

import static org.ancora.casework.ContactDesk.LONGEST_NAME;
import static org.ancora.casework.ContactDesk.done;
import static org.ancora.casework.ContactDesk.isOneOf;
import static org.ancora.casework.ContactDesk.readable;
import static org.ancora.casework.ContactDesk.text;
import static org.ancora.casework.ContactDesk.ticked;
import static org.ancora.casework.ContactDesk.version;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.ancora.access.Hidden;
import org.ancora.access.Viewer;
import org.ancora.web.EditConflict;
import org.ancora.web.Option;
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

/** Adding and changing the numbers and addresses of a client, from their case. */
@Controller
class ContactPointsController {

    private final ContactDesk desk;
    private final Profiles profiles;
    private final CaseWords words;

    ContactPointsController(ContactDesk desk, Profiles profiles, CaseWords words) {
        this.desk = desk;
        this.profiles = profiles;
        this.words = words;
    }

    record ContactForm(
            @Nullable String kind,
            @Nullable String value,
            @Nullable String label,
            @Nullable Boolean main,
            @Nullable Boolean safe,
            @Nullable String version) {}

    @GetMapping("/cases/{code}/contact-points/new")
    String newContact(@PathVariable String code, Viewer viewer, Model model) {
        desk.open(code, viewer, model);
        model.addAttribute("form", new ContactForm("phone", "", "", false, true, "0"));
        return contactPage(viewer, model, null);
    }

    @PostMapping("/cases/{code}/contact-points/new")
    String newContact(
            @PathVariable String code,
            @ModelAttribute("form") ContactForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.open(code, viewer, model);
        readable(errors);
        words.limit(errors, "label", form.label(), LONGEST_NAME);
        if (errors.hasErrors()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return contactPage(viewer, model, null);
        }
        if (!isOneOf(form.kind(), ContactKind.values())) {
            errors.rejectValue("kind", "contact.choose-kind", words.text("contact.choose-kind", viewer.locale()));
        } else {
            try {
                profiles.addContactPoint(caseFile, contact(form), viewer.id());
                return done(caseFile, "contact.added", flash);
            } catch (InvalidContact refused) {
                errors.rejectValue("value", refused.key(), words.text(refused.key(), viewer.locale()));
            }
        }
        response.setStatus(HttpStatus.BAD_REQUEST.value());
        return contactPage(viewer, model, null);
    }

    @GetMapping("/cases/{code}/contact-points/{id}")
    String contact(@PathVariable String code, @PathVariable long id, Viewer viewer, Model model) {
        CaseSummary caseFile = desk.open(code, viewer, model);
        ContactPoint point = point(caseFile, id);
        model.addAttribute(
                "form",
                new ContactForm(
                        point.kind().code(),
                        point.display(),
                        point.label(),
                        point.main(),
                        point.safe(),
                        String.valueOf(point.version())));
        model.addAttribute("was", was(point));
        return contactPage(viewer, model, point);
    }

    @PostMapping("/cases/{code}/contact-points/{id}")
    String contact(
            @PathVariable String code,
            @PathVariable long id,
            @ModelAttribute("form") ContactForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.open(code, viewer, model);
        ContactPoint point = point(caseFile, id);
        model.addAttribute("was", EditConflict.was(request, was(point)));
        readable(errors);
        words.limit(errors, "label", form.label(), LONGEST_NAME);
        if (errors.hasErrors()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return contactPage(viewer, model, point);
        }
        try {
            NewContactPoint changed = new NewContactPoint(
                    point.kind(), text(form.value()), text(form.label()), ticked(form.main()), ticked(form.safe()));
            profiles.changeContactPoint(caseFile, point.id(), version(form.version()), changed, viewer.id());
            return done(caseFile, "contact.changed", flash);
        } catch (InvalidContact refused) {
            errors.rejectValue("value", refused.key(), words.text(refused.key(), viewer.locale()));
        } catch (OptimisticLockingFailureException overtaken) {
            return conflict(caseFile, point(caseFile, id), viewer.locale(), request)
                    .answer(model, response);
        }
        response.setStatus(HttpStatus.BAD_REQUEST.value());
        return contactPage(viewer, model, point);
    }

    @PostMapping("/cases/{code}/contact-points/{id}/remove")
    String remove(
            @PathVariable String code, @PathVariable long id, Viewer viewer, Model model, RedirectAttributes flash) {
        CaseSummary caseFile = desk.open(code, viewer, model);
        profiles.removeContactPoint(caseFile, new ContactPointId(id), viewer.id());
        return done(caseFile, "contact.removed", flash);
    }

    private EditConflict conflict(CaseSummary caseFile, ContactPoint now, Locale locale, HttpServletRequest request) {
        UnaryOperator<String> box = ticked -> words.text("contact.box." + ticked, locale);
        return EditConflict.of(request, now.version(), caseFile.path())
                .line("value", words.text("contact.value", locale), now.display())
                .line("label", words.text("contact.label", locale), now.label())
                .check("main", words.text("contact.main.check", locale), now.main(), box)
                .check("safe", words.text("contact.safe.check", locale), now.safe(), box);
    }

    private static Map<String, String> was(ContactPoint point) {
        return Map.of(
                "value", point.display(),
                "label", point.label(),
                "main", String.valueOf(point.main()),
                "safe", String.valueOf(point.safe()));
    }

    private ContactPoint point(CaseSummary caseFile, long id) {
        return profiles.get(caseFile.profile()).contactPoints().stream()
                .filter(each -> each.id().value() == id)
                .findFirst()
                .orElseThrow(() -> new Hidden("contact point", id));
    }

    private String contactPage(Viewer viewer, Model model, @Nullable ContactPoint point) {
        List<Option> kinds = words.options(
                "contact-kind.", Arrays.stream(ContactKind.values()).map(ContactKind::code), viewer.locale());
        model.addAttribute("kinds", kinds);
        model.addAttribute("point", point);
        return "casework/contact-point";
    }

    private static NewContactPoint contact(ContactForm form) {
        return new NewContactPoint(
                ContactKind.of(text(form.kind())),
                text(form.value()),
                text(form.label()),
                ticked(form.main()),
                ticked(form.safe()));
    }
}
