package org.ancora.referral;

import static org.ancora.referral.ReferralDesk.text;

import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.referral.directory.Directory;
import org.ancora.referral.directory.ResourceSnapshot;
import org.ancora.web.Option;
import org.ancora.web.PageDrafts;
import org.ancora.web.RequestKey;
import org.jspecify.annotations.Nullable;
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

/** Referring a client to a service (C102, C129): what for, where to, and when to ask what became of it. */
@Controller
class NewReferralController {

    static final int LONGEST_NAME = 200;
    static final int LONGEST_NEED = 300;
    static final int LONGEST_NOTE = 2000;

    private final ReferralDesk desk;
    private final Referrals referrals;
    private final ReferralOptions options;
    private final Directory directory;
    private final ReferralWords referralWords;
    private final CaseWords words;
    private final PageDrafts drafts;

    NewReferralController(
            ReferralDesk desk,
            Referrals referrals,
            ReferralOptions options,
            Directory directory,
            ReferralWords referralWords,
            CaseWords words,
            PageDrafts drafts) {
        this.desk = desk;
        this.referrals = referrals;
        this.options = options;
        this.directory = directory;
        this.referralWords = referralWords;
        this.words = words;
        this.drafts = drafts;
    }

    /** What the page posts; texts only, so that whatever arrives can be shown again. */
    record NewForm(
            @Nullable String need,
            @Nullable String term,
            @Nullable String resource,
            @Nullable String organization,
            @Nullable String service,
            @Nullable String phone,
            @Nullable String email,
            @Nullable String address,
            @Nullable String when,
            @Nullable String day,
            @Nullable String note,
            @Nullable String requestKey) {

        /** @param resource the directory's number of what was chosen there, or empty */
        static NewForm blank(String resource) {
            return new NewForm("", "", resource, "", "", "", "", "", Soon.TWO_WEEKS.code(), "", "", RequestKey.fresh());
        }

        /** The same need once more, for another resource: where the first could not help. */
        static NewForm like(Referral before, String resource) {
            return new NewForm(
                    before.need().words(),
                    "",
                    resource,
                    "",
                    "",
                    "",
                    "",
                    "",
                    Soon.TWO_WEEKS.code(),
                    "",
                    before.need().note(),
                    RequestKey.fresh());
        }

        /** @param resource chosen meanwhile, or empty for what the draft had */
        static NewForm of(PageDrafts.Draft draft, String resource) {
            return new NewForm(
                    draft.field("need"),
                    draft.field("term"),
                    resource.isEmpty() ? draft.field("resource") : resource,
                    draft.field("organization"),
                    draft.field("service"),
                    draft.field("phone"),
                    draft.field("email"),
                    draft.field("address"),
                    draft.field("when"),
                    draft.field("day"),
                    draft.field("note"),
                    RequestKey.fresh());
        }

        /** The same for the same words in the same form, so that sending them twice refers once. */
        UUID sent() {
            Map<String, String> typed = new HashMap<>();
            typed.put(RequestKey.FIELD, text(requestKey));
            typed.put("need", text(need));
            typed.put("term", text(term));
            typed.put("resource", text(resource));
            typed.put("organization", text(organization));
            typed.put("service", text(service));
            typed.put("phone", text(phone));
            typed.put("email", text(email));
            typed.put("address", text(address));
            typed.put("when", text(when));
            typed.put("day", text(day));
            typed.put("note", text(note));
            return RequestKey.of(typed);
        }
    }

    private static String place(CaseSummary caseFile) {
        return caseFile.path() + "/referrals/new";
    }

    @GetMapping("/cases/{code}/referrals/new")
    String ask(
            @PathVariable String code,
            @RequestParam(defaultValue = "") String resource,
            @RequestParam(defaultValue = "") String like,
            Viewer viewer,
            Model model) {
        CaseSummary caseFile = desk.toWrite(code, viewer, model);
        PageDrafts.Draft draft = drafts.find(viewer.id(), place(caseFile)).orElse(null);
        model.addAttribute("draft", draft);
        model.addAttribute(
                "draftWhen",
                draft == null
                        ? ""
                        : words.moment(draft.savedAt(), desk.calendar(caseFile).zone(), viewer.locale()));
        NewForm form = draft == null ? begun(caseFile, resource, like) : NewForm.of(draft, resource);
        model.addAttribute("form", form);
        return page(caseFile, text(form.resource()), draft == null ? Map.of() : draft.fields(), viewer, model);
    }

    /** @param like the number of a referral of this case whose need is to be met elsewhere, or empty */
    private NewForm begun(CaseSummary caseFile, String resource, String like) {
        return like.matches("[0-9]{1,18}")
                ? NewForm.like(referrals.get(caseFile, Long.parseLong(like)), resource)
                : NewForm.blank(resource);
    }

    @PostMapping("/cases/{code}/referrals/new")
    String make(
            @PathVariable String code,
            @ModelAttribute("form") NewForm form,
            BindingResult errors,
            @RequestParam Map<String, String> sent,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.toWrite(code, viewer, model);
        Locale locale = viewer.locale();
        Optional<Resource> resource = resource(form, errors, caseFile, viewer);
        check(form, errors, locale);
        LocalDate day = desk.day(errors, form.when(), form.day(), caseFile, locale);
        if (errors.hasErrors() || day == null || resource.isEmpty()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return page(caseFile, text(form.resource()), sent, viewer, model);
        }
        long id = referrals.make(
                caseFile,
                resource.get(),
                new Referral.Need(
                        text(form.need()),
                        text(form.term()).isBlank() ? kindOfHelp(resource.get()) : text(form.term()),
                        text(form.note())),
                day,
                form.sent(),
                viewer.id());
        drafts.forget(viewer.id(), place(caseFile));
        boolean sends = options.of(caseFile.project()).sends();
        flash.addFlashAttribute("told", sends ? "referral.told.made" : "referral.told.made-only");
        return "redirect:" + caseFile.path() + "/referrals/" + id + (sends ? "/send" : "");
    }

    /** What was chosen in the directory, as it stands there now, or what was typed; empty with an error of its field. */
    private Optional<Resource> resource(NewForm form, BindingResult errors, CaseSummary caseFile, Viewer viewer) {
        String chosen = text(form.resource());
        if (chosen.isBlank() && !text(form.organization()).isBlank()) {
            return Optional.of(Resource.typed(
                    text(form.organization()),
                    text(form.service()),
                    text(form.phone()),
                    text(form.email()),
                    text(form.address())));
        }
        Optional<Resource> found = inDirectory(chosen, caseFile, viewer).map(Resource::of);
        if (found.isEmpty()) {
            errors.rejectValue(
                    "resource", "referral.missing", words.text("referral.missing.organization", viewer.locale()));
        }
        return found;
    }

    /** What this person may see, and the network of the case knows: whoever works in two networks keeps them apart. */
    private Optional<ResourceSnapshot> inDirectory(String chosen, CaseSummary caseFile, Viewer viewer) {
        if (!chosen.matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        long id = Long.parseLong(chosen);
        return directory.projectsOf(id).contains(caseFile.project())
                ? directory.snapshot(id, viewer)
                : Optional.empty();
    }

    private static String kindOfHelp(Resource resource) {
        String terms = String.join(", ", resource.terms());
        return terms.length() <= LONGEST_NAME ? terms : resource.terms().get(0);
    }

    private void check(NewForm form, BindingResult errors, Locale locale) {
        if (text(form.need()).isBlank()) {
            errors.rejectValue("need", "referral.missing", words.text("referral.missing.need", locale));
        }
        words.limit(errors, "organization", form.organization(), LONGEST_NAME);
        words.limit(errors, "service", form.service(), LONGEST_NAME);
        words.limit(errors, "phone", form.phone(), LONGEST_NAME);
        words.limit(errors, "address", form.address(), LONGEST_NAME);
        words.limit(errors, "term", form.term(), LONGEST_NAME);
        words.limit(errors, "need", form.need(), LONGEST_NEED);
        words.limit(errors, "note", form.note(), LONGEST_NOTE);
        if (!text(form.email()).isBlank() && !EmailAddress.isOne(text(form.email()))) {
            errors.rejectValue("email", "referral.no-email", words.text("referral.no-email", locale));
        }
    }

    /** @param typed the search in the directory, as it stood beside the form */
    private String page(CaseSummary caseFile, String chosen, Map<String, String> typed, Viewer viewer, Model model) {
        Option choice = inDirectory(chosen, caseFile, viewer)
                .map(found -> new Option(chosen, Resource.of(found).title()))
                .orElse(null);
        model.addAttribute("chosen", choice);
        model.addAttribute(
                "outside",
                choice == null
                        ? null
                        : directory
                                .outside(Long.parseLong(chosen), caseFile.code(), viewer)
                                .orElse(null));
        model.addAttribute("finding", directory.finding(typed, viewer));
        model.addAttribute("days", referralWords.days(desk.calendar(caseFile), viewer.locale()));
        model.addAttribute("place", place(caseFile));
        return "referral/new";
    }
}
