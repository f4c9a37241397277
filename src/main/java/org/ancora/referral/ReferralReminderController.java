package org.ancora.referral;

import static org.ancora.referral.ReferralDesk.text;

import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
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
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A reminder for later about a referral (C109, C111): one of the case's, which its referral shows too. */
@Controller
class ReferralReminderController {

    private static final int LONGEST_TEXT = 300;

    private final ReferralDesk desk;
    private final Referrals referrals;
    private final ReferralOptions options;
    private final ReferralWords referralWords;
    private final CaseWords words;

    ReferralReminderController(
            ReferralDesk desk,
            Referrals referrals,
            ReferralOptions options,
            ReferralWords referralWords,
            CaseWords words) {
        this.desk = desk;
        this.referrals = referrals;
        this.options = options;
        this.referralWords = referralWords;
        this.words = words;
    }

    /** What the page posts; texts only, so that whatever arrives can be shown again. */
    record ReminderForm(
            @Nullable String text,
            @Nullable String when,
            @Nullable String day,
            @Nullable String requestKey) {

        UUID sent() {
            Map<String, String> typed = new HashMap<>();
            typed.put(RequestKey.FIELD, ReferralDesk.text(requestKey));
            typed.put("text", ReferralDesk.text(text));
            typed.put("when", ReferralDesk.text(when));
            typed.put("day", ReferralDesk.text(day));
            return RequestKey.of(typed);
        }
    }

    @GetMapping("/cases/{code}/referrals/{id:[0-9]{1,18}}/reminders/new")
    String ask(@PathVariable String code, @PathVariable long id, Viewer viewer, Model model) {
        CaseSummary caseFile = toRemind(code, viewer, model);
        model.addAttribute("form", new ReminderForm("", Soon.TWO_WEEKS.code(), "", RequestKey.fresh()));
        return page(caseFile, referrals.get(caseFile, id), viewer, model);
    }

    @PostMapping("/cases/{code}/referrals/{id:[0-9]{1,18}}/reminders/new")
    String remind(
            @PathVariable String code,
            @PathVariable long id,
            @ModelAttribute("form") ReminderForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = toRemind(code, viewer, model);
        Referral referral = referrals.get(caseFile, id);
        if (text(form.text()).isBlank()) {
            errors.rejectValue("text", "referral.missing.text", words.text("referral.missing.text", viewer.locale()));
        }
        words.limit(errors, "text", form.text(), LONGEST_TEXT);
        LocalDate day = desk.day(errors, form.when(), form.day(), caseFile, viewer.locale());
        if (errors.hasErrors() || day == null) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return page(caseFile, referral, viewer, model);
        }
        referrals.remind(referral, text(form.text()), day, form.sent(), viewer.id());
        flash.addFlashAttribute("told", "referral.told.reminded");
        return "redirect:" + referral.path();
    }

    /** Whoever writes about referrals, and keeps the reminders of the case too. */
    private CaseSummary toRemind(String code, Viewer viewer, Model model) {
        CaseSummary caseFile = desk.toWrite(code, viewer, model);
        viewer.require(Permission.SET_REMINDERS, caseFile.project(), caseFile.isOwnOf(viewer.id()));
        return caseFile;
    }

    private String page(CaseSummary caseFile, Referral referral, Viewer viewer, Model model) {
        ProjectOptions of = options.of(caseFile.project());
        model.addAttribute("referral", referralWords.brief(referral, of, desk.calendar(caseFile), viewer.locale()));
        model.addAttribute("days", referralWords.days(desk.calendar(caseFile), viewer.locale()));
        return "referral/reminder";
    }
}
