package org.ancora.referral;

import static org.ancora.referral.ReferralDesk.text;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.web.EditConflict;
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
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One referral: what is known of it, and writing down what somebody found out (C105, C109–C113). */
@Controller
class ReferralController {

    private final ReferralDesk desk;
    private final Referrals referrals;
    private final ReferralWords referralWords;
    private final Revoking revoking;
    private final CaseWords words;

    ReferralController(
            ReferralDesk desk, Referrals referrals, ReferralWords referralWords, Revoking revoking, CaseWords words) {
        this.desk = desk;
        this.referrals = referrals;
        this.referralWords = referralWords;
        this.revoking = revoking;
        this.words = words;
    }

    /** What the page posts; texts only, so that whatever arrives can be shown again. */
    record ResultForm(
            @Nullable String status,
            @Nullable String outcome,
            @Nullable String when,
            @Nullable String day,
            @Nullable String note,
            @Nullable String version) {

        static ResultForm of(Referral referral) {
            return new ResultForm(
                    referral.status().code(),
                    referral.outcome().code(),
                    Soon.TWO_WEEKS.code(),
                    "",
                    "",
                    String.valueOf(referral.version()));
        }
    }

    @GetMapping("/cases/{code}/referrals/{id:[0-9]{1,18}}")
    String show(@PathVariable String code, @PathVariable long id, Viewer viewer, Model model) {
        CaseSummary caseFile = desk.toRead(code, viewer, model);
        Referral referral = referrals.get(caseFile, id);
        desk.read(caseFile, viewer, referral);
        model.addAttribute("form", ResultForm.of(referral));
        return page(caseFile, referral, viewer, model);
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
        Optional<Referral.Result> result = result(form, errors, referral, caseFile, viewer.locale());
        if (result.isEmpty()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return page(caseFile, referral, viewer, model);
        }
        try {
            referrals.record(caseFile, id, ReferralDesk.version(form.version()), result.get(), viewer.id());
        } catch (OptimisticLockingFailureException overtaken) {
            return overtaken(referrals.get(caseFile, id), viewer.locale(), request, model, response);
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
            ResultForm form, BindingResult errors, Referral referral, CaseSummary caseFile, Locale locale) {
        Optional<ReferralStatus> status =
                ReferralStatus.of(text(form.status())).filter(Referrals.possible(referral)::contains);
        Optional<ClientOutcome> outcome = ClientOutcome.of(text(form.outcome()));
        if (status.isEmpty()) {
            errors.rejectValue("status", "referral.missing.status", words.text("referral.missing.status", locale));
        }
        if (outcome.isEmpty()) {
            errors.rejectValue("outcome", "referral.missing.outcome", words.text("referral.missing.outcome", locale));
        }
        words.limit(errors, "note", form.note(), NewReferralController.LONGEST_NOTE);
        LocalDate day = status.isPresent() && status.get().isFinal()
                ? null
                : desk.day(errors, form.when(), form.day(), caseFile, locale);
        return errors.hasErrors() || status.isEmpty() || outcome.isEmpty()
                ? Optional.empty()
                : Optional.of(new Referral.Result(status.get(), outcome.get(), text(form.note()), day));
    }

    private String overtaken(
            Referral now, Locale locale, HttpServletRequest request, Model model, HttpServletResponse response) {
        if (now.isFinished()) {
            throw new Problem(HttpStatus.CONFLICT, "referral.finished-already");
        }
        return EditConflict.of(request, now.version(), now.path())
                .choice(
                        "status",
                        words.text("referral.status", locale),
                        now.status().code(),
                        code -> ReferralStatus.of(code)
                                .map(status -> referralWords.status(status, locale))
                                .orElse("?"))
                .choice(
                        "outcome",
                        words.text("referral.outcome", locale),
                        now.outcome().code(),
                        code -> ClientOutcome.of(code)
                                .map(outcome -> referralWords.outcome(outcome, locale))
                                .orElse("?"))
                .answer(model, response);
    }

    private String page(CaseSummary caseFile, Referral referral, Viewer viewer, Model model) {
        Locale locale = viewer.locale();
        boolean writable = ReferralDesk.mayWrite(caseFile, viewer) && !referral.isFinished();
        model.addAttribute("referral", referralWords.line(referral, locale));
        model.addAttribute("writable", writable);
        model.addAttribute("statuses", writable ? referralWords.statuses(referral, locale) : List.of());
        model.addAttribute("outcomes", referralWords.outcomes(locale));
        model.addAttribute("days", referralWords.days(desk.calendar(caseFile), locale));
        Optional<Instant> until = writable ? revoking.openUntil(referral) : Optional.empty();
        model.addAttribute(
                "linkUntil",
                until.map(each -> words.day(each, desk.calendar(caseFile).zone(), locale))
                        .orElse(null));
        return "referral/show";
    }
}
