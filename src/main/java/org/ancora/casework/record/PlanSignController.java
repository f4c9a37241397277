package org.ancora.casework.record;

import static org.ancora.casework.record.RecordDesk.text;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.Locale;
import java.util.stream.Stream;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.Typed;
import org.ancora.casework.record.CarePlan.Manner;
import org.ancora.casework.record.CarePlan.Signature;
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

/** Agreeing on a care plan: the day of its review, and its signature (C-R9). */
@Controller
class PlanSignController {

    private static final int LONGEST_NAME = 120;

    private final RecordDesk desk;
    private final CarePlans plans;
    private final PlanDesk planDesk;
    private final CaseWords words;

    PlanSignController(RecordDesk desk, CarePlans plans, PlanDesk planDesk, CaseWords words) {
        this.desk = desk;
        this.plans = plans;
        this.planDesk = planDesk;
        this.words = words;
    }

    /** What the pages post; texts only, so that whatever arrives can be shown again. */
    record ReviewForm(@Nullable String day, @Nullable String seen) {}

    record SignForm(
            @Nullable String name,
            @Nullable String day,
            @Nullable String manner,
            @Nullable String witness,
            @Nullable String version) {}

    @GetMapping("/cases/{code}/plan/review")
    String review(@PathVariable String code, Viewer viewer, Model model) {
        CaseSummary caseFile = desk.toWrite(code, viewer, Permission.EDIT_CARE_PLAN, model);
        String day = PlanDesk.day(plans.of(caseFile).reviewOn());
        model.addAttribute("form", new ReviewForm(day, day));
        return "casework/record/plan-review";
    }

    @PostMapping("/cases/{code}/plan/review")
    String review(
            @PathVariable String code,
            @ModelAttribute("form") ReviewForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.toWrite(code, viewer, Permission.EDIT_CARE_PLAN, model);
        LocalDate on = desk.day(errors, "day", form.day(), viewer.locale());
        LocalDate was = desk.day(errors, "seen", form.seen(), viewer.locale());
        if (errors.hasErrors()) {
            return PlanDesk.refused(response, "casework/record/plan-review");
        }
        try {
            plans.review(caseFile, was, on, viewer.id());
        } catch (OptimisticLockingFailureException overtaken) {
            CarePlan now = plans.of(caseFile);
            return planDesk.conflict(caseFile, now.version(), viewer.locale(), request)
                    .line("day", words.text("plan.review", viewer.locale()), PlanDesk.day(now.reviewOn()))
                    .carry("seen", PlanDesk.day(now.reviewOn()))
                    .answer(model, response);
        }
        return PlanDesk.done(caseFile, "plan.review.set", flash);
    }

    @GetMapping("/cases/{code}/plan/sign")
    String sign(@PathVariable String code, Viewer viewer, Model model) {
        CaseSummary caseFile = desk.toWrite(code, viewer, Permission.EDIT_CARE_PLAN, model);
        CarePlan plan = signable(caseFile);
        String today = words.today(desk.zone(caseFile)).toString();
        model.addAttribute("form", new SignForm("", today, "", "", String.valueOf(plan.version())));
        return signPage(caseFile, plan, viewer, model);
    }

    @PostMapping("/cases/{code}/plan/sign")
    String sign(
            @PathVariable String code,
            @ModelAttribute("form") SignForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.toWrite(code, viewer, Permission.EDIT_CARE_PLAN, model);
        CarePlan plan = signable(caseFile);
        Signature signature = signature(form, errors, caseFile, viewer.locale());
        int seen = Typed.version(form.version());
        if (signature != null && seen != plan.version()) {
            // Nobody signs what they did not see: the page shows the plan as it stands now, with what was typed.
            errors.reject("plan.sign.changed", words.text("plan.sign.changed", viewer.locale()));
            response.setStatus(HttpStatus.CONFLICT.value());
            return signPage(caseFile, plan, viewer, model);
        }
        if (signature == null) {
            return PlanDesk.refused(response, signPage(caseFile, plan, viewer, model));
        }
        plans.sign(caseFile, seen, signature, viewer.id());
        return PlanDesk.done(caseFile, "plan.sign.done", flash);
    }

    private CarePlan signable(CaseSummary caseFile) {
        CarePlan plan = plans.of(caseFile);
        if (plan.content().goals().isEmpty()) {
            throw new Problem(HttpStatus.CONFLICT, "plan.sign.nothing");
        }
        return plan;
    }

    private @Nullable Signature signature(SignForm form, BindingResult errors, CaseSummary caseFile, Locale locale) {
        words.limit(errors, "name", form.name(), LONGEST_NAME);
        words.limit(errors, "witness", form.witness(), LONGEST_NAME);
        if (text(form.name()).isBlank()) {
            errors.rejectValue("name", "plan.sign.no-name", words.text("plan.sign.no-name", locale));
        }
        LocalDate day = desk.day(errors, "day", form.day(), locale);
        if (day == null && !errors.hasFieldErrors("day")) {
            errors.rejectValue("day", "record.no-day", words.text("record.no-day", locale));
        }
        if (day != null && day.isAfter(words.today(desk.zone(caseFile)))) {
            errors.rejectValue("day", "plan.sign.in-the-future", words.text("plan.sign.in-the-future", locale));
        }
        if (Stream.of(Manner.values()).noneMatch(each -> each.code().equals(form.manner()))) {
            errors.rejectValue("manner", "plan.sign.no-manner", words.text("plan.sign.no-manner", locale));
        }
        return errors.hasErrors() || day == null
                ? null
                : new Signature(
                        text(form.name()), day, PlanDesk.choice(Manner.values(), form.manner()), text(form.witness()));
    }

    private String signPage(CaseSummary caseFile, CarePlan plan, Viewer viewer, Model model) {
        Locale locale = viewer.locale();
        model.addAttribute("planVersion", plan.version());
        model.addAttribute("lines", PlanWords.lines(plan.content(), caseFile, words, locale));
        model.addAttribute(
                "manners",
                words.options("plan.manner.", Stream.of(Manner.values()).map(Manner::code), locale));
        return "casework/record/plan-sign";
    }
}
