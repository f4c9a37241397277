package org.ancora.referral;

import static org.ancora.referral.ReferralDesk.text;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.Channel;
import org.ancora.network.Projects;
import org.ancora.web.EditConflict;
import org.ancora.web.Option;
import org.ancora.web.Problem;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One referral: what is known of it, and writing down what somebody found out (C105, C109–C113). */
@Controller
class ReferralController {

    private final ReferralDesk desk;
    private final Referrals referrals;
    private final ReferralWords referralWords;
    private final ReferralOptions options;
    private final OptionWords optionWords;
    private final Revoking revoking;
    private final Projects projects;
    private final CaseWords words;

    ReferralController(
            ReferralDesk desk,
            Referrals referrals,
            ReferralWords referralWords,
            ReferralOptions options,
            OptionWords optionWords,
            Revoking revoking,
            Projects projects,
            CaseWords words) {
        this.desk = desk;
        this.referrals = referrals;
        this.referralWords = referralWords;
        this.options = options;
        this.optionWords = optionWords;
        this.revoking = revoking;
        this.projects = projects;
        this.words = words;
    }

    /** What the page posts; texts only, so that whatever arrives can be shown again. */
    record ResultForm(
            @Nullable String status,
            @Nullable String outcome,
            @Nullable String kind,
            @Nullable String when,
            @Nullable String day,
            @Nullable String note,
            @Nullable String version) {

        /** A follow-up of this kind begins with the words that the project has for it. */
        static ResultForm of(Referral referral, Optional<ProjectOption> kind) {
            return new ResultForm(
                    referral.status().code(),
                    referral.outcome().code(),
                    kind.map(each -> String.valueOf(each.id())).orElse(""),
                    Soon.TWO_WEEKS.code(),
                    "",
                    kind.map(ProjectOption::template).orElse(""),
                    String.valueOf(referral.version()));
        }
    }

    @GetMapping("/cases/{code}/referrals/{id:[0-9]{1,18}}")
    String show(
            @PathVariable String code,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String kind,
            Viewer viewer,
            Model model) {
        CaseSummary caseFile = desk.toRead(code, viewer, model);
        Referral referral = referrals.get(caseFile, id);
        desk.read(caseFile, viewer, referral);
        ProjectOptions of = options.of(caseFile.project());
        model.addAttribute("form", ResultForm.of(referral, kind(kind, of)));
        model.addAttribute("prefilled", !kind.isEmpty());
        return page(caseFile, referral, of, viewer, model);
    }

    @PostMapping("/cases/{code}/referrals/{id:[0-9]{1,18}}")
    String record(
            @PathVariable String code,
            @PathVariable long id,
            @ModelAttribute("form") ResultForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.toWrite(code, viewer, model);
        Referral referral = referrals.get(caseFile, id);
        if (referral.isFinished()) {
            throw new Problem(HttpStatus.CONFLICT, "referral.finished-already");
        }
        ProjectOptions of = options.of(caseFile.project());
        Optional<Referral.Result> result = result(form, errors, referral, of, caseFile, viewer.locale());
        if (result.isEmpty()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return page(caseFile, referral, of, viewer, model);
        }
        try {
            referrals.record(caseFile, id, ReferralDesk.version(form.version()), result.get(), viewer.id());
        } catch (OptimisticLockingFailureException overtaken) {
            return overtaken(referrals.get(caseFile, id), of, viewer.locale(), request, model, response);
        }
        flash.addFlashAttribute("told", "referral.told.recorded");
        return "redirect:" + referral.path();
    }

    @PostMapping("/cases/{code}/referrals/{id:[0-9]{1,18}}/revoke")
    String revoke(
            @PathVariable String code, @PathVariable long id, Viewer viewer, Model model, RedirectAttributes flash) {
        CaseSummary caseFile = desk.toWrite(code, viewer, model);
        Referral referral = referrals.get(caseFile, id);
        revoking.revoke(referral, viewer.id());
        flash.addFlashAttribute("told", "referral.told.revoked");
        return "redirect:" + referral.path();
    }

    private Optional<Referral.Result> result(
            ResultForm form,
            BindingResult errors,
            Referral referral,
            ProjectOptions of,
            CaseSummary caseFile,
            Locale locale) {
        Optional<ReferralStatus> status =
                ReferralStatus.of(text(form.status())).filter(Referrals.possible(referral, of)::contains);
        Optional<ClientOutcome> outcome =
                ClientOutcome.of(text(form.outcome())).filter(each -> of.offers(each) || each == referral.outcome());
        Optional<ProjectOption> kind = kind(text(form.kind()), of);
        if (status.isEmpty()) {
            errors.rejectValue("status", "referral.missing.status", words.text("referral.missing.status", locale));
        }
        if (outcome.isEmpty()) {
            errors.rejectValue("outcome", "referral.missing.outcome", words.text("referral.missing.outcome", locale));
        }
        if (kind.isEmpty() && !text(form.kind()).isEmpty()) {
            errors.rejectValue("kind", "referral.missing.kind", words.text("referral.missing.kind", locale));
        }
        words.limit(errors, "note", form.note(), NewReferralController.LONGEST_NOTE);
        LocalDate day = status.isPresent() && status.get().isFinal()
                ? null
                : desk.day(errors, form.when(), form.day(), caseFile, locale);
        return errors.hasErrors() || status.isEmpty() || outcome.isEmpty()
                ? Optional.empty()
                : Optional.of(new Referral.Result(
                        status.get(), outcome.get(), kind.map(ProjectOption::id).orElse(null), text(form.note()), day));
    }

    /** One of the project's kinds of follow-up that is on offer. */
    private static Optional<ProjectOption> kind(String id, ProjectOptions of) {
        return of.kinds().stream()
                .filter(each -> String.valueOf(each.id()).equals(id))
                .findFirst();
    }

    private String overtaken(
            Referral now,
            ProjectOptions of,
            Locale locale,
            HttpServletRequest request,
            Model model,
            HttpServletResponse response) {
        if (now.isFinished()) {
            throw new Problem(HttpStatus.CONFLICT, "referral.finished-already");
        }
        return EditConflict.of(request, now.version(), now.path())
                .choice(
                        "status",
                        words.text("referral.status", locale),
                        now.status().code(),
                        code -> ReferralStatus.of(code)
                                .map(status -> optionWords.status(status, of, locale))
                                .orElse("?"))
                .choice(
                        "outcome",
                        words.text("referral.outcome", locale),
                        now.outcome().code(),
                        code -> ClientOutcome.of(code)
                                .map(outcome -> optionWords.outcome(outcome, of, locale))
                                .orElse("?"))
                .answer(model, response);
    }

    private String page(CaseSummary caseFile, Referral referral, ProjectOptions of, Viewer viewer, Model model) {
        Locale locale = viewer.locale();
        boolean writable = ReferralDesk.mayWrite(caseFile, viewer) && !referral.isFinished();
        boolean reminders = ReferralDesk.mayBeReminded(caseFile, viewer);
        model.addAttribute("referral", referralWords.line(referral, of, reminders, locale));
        model.addAttribute("writable", writable);
        model.addAttribute("remindable", reminders && ReferralDesk.mayWrite(caseFile, viewer));
        boolean elsewhere = ReferralDesk.mayWrite(caseFile, viewer)
                && referral.isFinished()
                && referral.status().endedInVain();
        model.addAttribute("elsewhere", elsewhere ? caseFile.path() + "/referrals/new?like=" + referral.id() : null);
        if (writable) {
            model.addAttribute("statuses", optionWords.statuses(referral, of, locale));
            model.addAttribute("outcomes", optionWords.outcomes(referral, of, locale));
            model.addAttribute("kinds", optionWords.kinds(of, locale));
            model.addAttribute(
                    "templates",
                    of.kinds().stream()
                            .filter(kind -> !kind.template().isBlank())
                            .map(kind -> new Option(
                                    referral.path() + "?kind=" + kind.id() + "#record",
                                    kind.name().in(locale)))
                            .toList());
            model.addAttribute("sends", of.sends());
            model.addAttribute("writesToAgencies", of.sends(Channel.EMAIL));
            model.addAttribute("missing", optionWords.missing(projects.get(caseFile.project()), of, viewer));
        }
        model.addAttribute("days", referralWords.days(desk.calendar(caseFile), locale));
        if (writable) {
            revoking.reach(referral)
                    .ifPresent(reach -> model.addAttribute(
                            reach.open() ? "linkUntil" : "linkOver",
                            words.day(reach.until(), desk.calendar(caseFile).zone(), locale)));
        }
        return "referral/show";
    }
}
