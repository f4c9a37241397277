package org.ancora.casework;

import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.audit.ReadLog;
import org.ancora.network.CurrentProject;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.web.Option;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Adding and changing numbers, addresses, consents and support contacts, from the case of the client. */
@Controller
class ContactsController {

    private static final String WORDING = "2026-1";

    /** Before this nobody answered a question of ours; a mistyped year is caught. */
    private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);

    private static final int LONGEST_NAME = 120;

    private final Cases cases;
    private final Profiles profiles;
    private final Projects projects;
    private final CaseWords words;
    private final ReadLog reads;

    ContactsController(Cases cases, Profiles profiles, Projects projects, CaseWords words, ReadLog reads) {
        this.cases = cases;
        this.profiles = profiles;
        this.projects = projects;
        this.words = words;
        this.reads = reads;
    }

    record ContactForm(
            @Nullable String kind,
            @Nullable String value,
            @Nullable String label,
            @Nullable Boolean main,
            @Nullable Boolean safe) {}

    record ConsentForm(
            @Nullable String channel,
            @Nullable String answer,
            @Nullable String givenBy,

            @Nullable String givenOn,

            @Nullable String wording) {}

    record SupportForm(
            @Nullable String name,
            @Nullable String relation,
            @Nullable String phone,
            @Nullable Boolean may) {}

    @GetMapping("/cases/{code}/contact-points/new")
    String newContact(@PathVariable String code, Viewer viewer, Model model) {
        open(code, viewer, model);
        model.addAttribute("form", new ContactForm("phone", "", "", false, true));
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
        CaseSummary caseFile = open(code, viewer, model);
        readable(errors);
        words.limit(errors, "label", form.label(), LONGEST_NAME, viewer.locale());
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
        CaseSummary caseFile = open(code, viewer, model);
        ContactPoint point = point(caseFile, id);
        model.addAttribute(
                "form",
                new ContactForm(point.kind().code(), point.display(), point.label(), point.main(), point.safe()));
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
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = open(code, viewer, model);
        ContactPoint point = point(caseFile, id);
        readable(errors);
        words.limit(errors, "label", form.label(), LONGEST_NAME, viewer.locale());
        if (errors.hasErrors()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return contactPage(viewer, model, point);
        }
        try {
            NewContactPoint changed = new NewContactPoint(
                    point.kind(), text(form.value()), text(form.label()), ticked(form.main()), ticked(form.safe()));
            profiles.changeContactPoint(caseFile, point.id(), changed, viewer.id());
            return done(caseFile, "contact.changed", flash);
        } catch (InvalidContact refused) {
            errors.rejectValue("value", refused.key(), words.text(refused.key(), viewer.locale()));
        }
        response.setStatus(HttpStatus.BAD_REQUEST.value());
        return contactPage(viewer, model, point);
    }

    @PostMapping("/cases/{code}/contact-points/{id}/remove")
    String remove(
            @PathVariable String code, @PathVariable long id, Viewer viewer, Model model, RedirectAttributes flash) {
        CaseSummary caseFile = open(code, viewer, model);
        profiles.removeContactPoint(caseFile, new ContactPointId(id), viewer.id());
        return done(caseFile, "contact.removed", flash);
    }

    @GetMapping("/cases/{code}/consents")
    String consents(@PathVariable String code, Viewer viewer, Model model) {
        CaseSummary caseFile = open(code, viewer, model);
        model.addAttribute(
                "form",
                new ConsentForm(
                        "",
                        "given",
                        words.client(caseFile, viewer.locale()),
                        words.today(zone(caseFile)).toString(),
                        WORDING));
        return consentPage(caseFile, viewer, model);
    }

    @PostMapping("/cases/{code}/consents")
    String consents(
            @PathVariable String code,
            @ModelAttribute("form") ConsentForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = open(code, viewer, model);
        if (!Set.of("given", "refused").contains(text(form.answer()))) {
            throw new Problem(HttpStatus.BAD_REQUEST, "case.unreadable");
        }
        LocalDate on = day(form.givenOn());
        if (!isOneOf(form.channel(), Channel.values())) {
            errors.rejectValue(
                    "channel", "consent.choose-channel", words.text("consent.choose-channel", viewer.locale()));
        }
        if (text(form.givenBy()).isBlank()) {
            errors.rejectValue("givenBy", "consent.who", words.text("consent.who", viewer.locale()));
        }
        words.limit(errors, "givenBy", form.givenBy(), LONGEST_NAME, viewer.locale());
        words.limit(errors, "wording", form.wording(), LONGEST_NAME, viewer.locale());
        if (on == null || on.isBefore(EARLIEST) || on.isAfter(words.today(zone(caseFile)))) {
            errors.rejectValue("givenOn", "consent.when", words.text("consent.when", viewer.locale()));
        }
        if (on == null || errors.hasErrors()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return consentPage(caseFile, viewer, model);
        }
        NewConsent consent = new NewConsent(
                Channel.of(text(form.channel())),
                "given".equals(form.answer()),
                text(form.givenBy()).strip(),
                on,
                text(form.wording()).strip());
        profiles.recordConsent(caseFile, consent, viewer.id());
        flash.addFlashAttribute("told", "consent.recorded");
        return "redirect:" + caseFile.path() + "/consents";
    }

    @PostMapping("/cases/{code}/consents/{channel}/withdraw")
    String withdraw(
            @PathVariable String code,
            @PathVariable String channel,
            Viewer viewer,
            Model model,
            RedirectAttributes flash) {
        CaseSummary caseFile = open(code, viewer, model);
        if (!isOneOf(channel, Channel.values())) {
            throw new Hidden("channel", channel);
        }
        profiles.withdrawConsent(caseFile, Channel.of(channel), viewer.id());
        flash.addFlashAttribute("told", "consent.withdrawn");
        return "redirect:" + caseFile.path() + "/consents";
    }

    @GetMapping("/cases/{code}/support-contacts/new")
    String newSupport(@PathVariable String code, Viewer viewer, Model model) {
        open(code, viewer, model);
        model.addAttribute("form", new SupportForm("", "", "", false));
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
        CaseSummary caseFile = open(code, viewer, model);
        if (refuses(form, errors, viewer, response)) {
            return "casework/support-contact";
        }
        profiles.addSupportContact(caseFile, support(form), viewer.id());
        return done(caseFile, "support.saved", flash);
    }

    @GetMapping("/cases/{code}/support-contacts/{id}")
    String support(@PathVariable String code, @PathVariable long id, Viewer viewer, Model model) {
        CaseSummary caseFile = open(code, viewer, model);
        model.addAttribute("support", id);
        SupportContact contact = profiles.get(caseFile.profile()).supportContacts().stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .orElseThrow(() -> new Hidden("support contact", id));
        model.addAttribute(
                "form", new SupportForm(contact.name(), contact.relation(), contact.phone(), contact.mayBeSpokenTo()));
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
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = open(code, viewer, model);
        model.addAttribute("support", id);
        if (refuses(form, errors, viewer, response)) {
            return "casework/support-contact";
        }
        profiles.changeSupportContact(caseFile, id, support(form), viewer.id());
        return done(caseFile, "support.saved", flash);
    }

    /** An answer about a channel, in words. */
    record ConsentLine(String channel, String code, String answer, String state, String given, boolean inForce) {}

    private CaseSummary open(String code, Viewer viewer, Model model) {
        CaseSummary caseFile = cases.byCode(code, viewer);
        viewer.require(Permission.EDIT_PROFILE, caseFile.project(), caseFile.isAssignedTo(viewer.id()));
        Project project = projects.get(caseFile.project());
        CurrentProject.is(project);
        reads.record(viewer, project.id(), code, "profile", caseFile.profile().toString(), "page");
        model.addAttribute("caseFile", caseFile);
        model.addAttribute("client", words.client(caseFile, viewer.locale()));
        return caseFile;
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

    private String consentPage(CaseSummary caseFile, Viewer viewer, Model model) {
        model.addAttribute(
                "channels",
                words.options("channel.", Arrays.stream(Channel.values()).map(Channel::code), viewer.locale()));
        model.addAttribute(
                "answers", words.options("consent.answer.", List.of("given", "refused").stream(), viewer.locale()));
        model.addAttribute(
                "consents",
                profiles.get(caseFile.profile()).consents().stream()
                        .map(consent -> line(consent, zone(caseFile), viewer))
                        .toList());
        return "casework/consents";
    }

    private ConsentLine line(Consent consent, ZoneId zone, Viewer viewer) {
        LocalDate withdrawn = consent.withdrawnOn();
        String answer = withdrawn != null
                ? words.text("consent.ended", viewer.locale(), words.day(withdrawn, zone, viewer.locale()))
                : words.text("consent.answer." + (consent.given() ? "given" : "refused"), viewer.locale());
        return new ConsentLine(
                words.text("channel." + consent.channel().code(), viewer.locale()),
                consent.channel().code(),
                answer,
                withdrawn != null ? "unasked" : consent.given() ? "agreed" : "refused",
                words.text(
                        "consent.given",
                        viewer.locale(),
                        consent.givenBy(),
                        words.day(consent.givenOn(), zone, viewer.locale()),
                        consent.wordingVersion()),
                consent.isInForce());
    }

    private ZoneId zone(CaseSummary caseFile) {
        return projects.get(caseFile.project()).calendar().zone();
    }

    private boolean refuses(SupportForm form, BindingResult errors, Viewer viewer, HttpServletResponse response) {
        readable(errors);
        if (text(form.name()).isBlank()) {
            errors.rejectValue("name", "support.name-missing", words.text("support.name-missing", viewer.locale()));
        }
        words.limit(errors, "name", form.name(), LONGEST_NAME, viewer.locale());
        words.limit(errors, "relation", form.relation(), LONGEST_NAME, viewer.locale());
        words.limit(errors, "phone", form.phone(), LONGEST_NAME, viewer.locale());
        if (errors.hasErrors()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
        }
        return errors.hasErrors();
    }

    /** What the framework says of a box that is neither ticked nor empty is in no language of ours. */
    private static void readable(BindingResult errors) {
        if (errors.hasErrors()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "case.unreadable");
        }
    }

    private static NewContactPoint contact(ContactForm form) {
        return new NewContactPoint(
                ContactKind.of(text(form.kind())),
                text(form.value()),
                text(form.label()),
                ticked(form.main()),
                ticked(form.safe()));
    }

    private static NewSupportContact support(SupportForm form) {
        return new NewSupportContact(text(form.name()), text(form.relation()), text(form.phone()), ticked(form.may()));
    }

    private static boolean isOneOf(@Nullable String code, Enum<?>[] values) {
        return code != null
                && Arrays.stream(values).anyMatch(value -> value.name()
                        .equals(code.toUpperCase(Locale.ROOT).replace('-', '_')));
    }

    private static String done(CaseSummary caseFile, String told, RedirectAttributes flash) {
        flash.addFlashAttribute("told", told);
        return "redirect:" + caseFile.path();
    }

    private static @Nullable LocalDate day(@Nullable String typed) {
        try {
            return LocalDate.parse(text(typed));
        } catch (DateTimeParseException unreadable) {
            return null;
        }
    }

    private static boolean ticked(@Nullable Boolean box) {
        return Boolean.TRUE.equals(box);
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : typed;
    }
}
