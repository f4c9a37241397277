package org.ancora.casework.record;

import static org.ancora.casework.record.RecordDesk.text;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.stream.Stream;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.Typed;
import org.ancora.casework.record.CarePlan.Goal;
import org.ancora.casework.record.CarePlan.GoalStatus;
import org.ancora.web.EditConflict;
import org.ancora.web.PageDrafts;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Writing the goals of a care plan (C-R9). */
@Controller
class GoalController {

    private final RecordDesk desk;
    private final CarePlans plans;
    private final PlanDesk planDesk;
    private final CaseWords words;

    GoalController(RecordDesk desk, CarePlans plans, PlanDesk planDesk, CaseWords words) {
        this.desk = desk;
        this.plans = plans;
        this.planDesk = planDesk;
        this.words = words;
    }

    /** What the page posts; texts only, so that whatever arrives can be shown again. */
    record GoalForm(
            @Nullable String text,
            @Nullable String status,
            @Nullable String version) {}

    @GetMapping("/cases/{code}/plan/goals/new")
    String addGoal(@PathVariable String code, Viewer viewer, Model model) {
        CaseSummary caseFile = desk.toWrite(code, viewer, Permission.EDIT_CARE_PLAN, model);
        PageDrafts.Draft draft = desk.draft(caseFile.path() + "/plan/goals/new", caseFile, viewer, model);
        model.addAttribute("form", new GoalForm(draft == null ? "" : draft.field("text"), "open", "0"));
        return goalPage(caseFile, null, viewer, model);
    }

    @PostMapping("/cases/{code}/plan/goals/new")
    String addGoal(
            @PathVariable String code,
            @ModelAttribute("form") GoalForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.toWrite(code, viewer, Permission.EDIT_CARE_PLAN, model);
        planDesk.checkText(errors, form.text(), viewer.locale());
        if (errors.hasErrors()) {
            return PlanDesk.refused(response, goalPage(caseFile, null, viewer, model));
        }
        plans.addGoal(caseFile, text(form.text()), viewer.id());
        desk.forget(caseFile.path() + "/plan/goals/new", viewer);
        return PlanDesk.done(caseFile, "plan.goal.added", flash);
    }

    @GetMapping("/cases/{code}/plan/goals/{id:[0-9]{1,18}}")
    String changeGoal(@PathVariable String code, @PathVariable long id, Viewer viewer, Model model) {
        CaseSummary caseFile = desk.toWrite(code, viewer, Permission.EDIT_CARE_PLAN, model);
        Goal goal = plans.goal(caseFile, id);
        model.addAttribute("form", new GoalForm(goal.text(), goal.status().code(), String.valueOf(goal.version())));
        model.addAttribute("was", was(goal));
        return goalPage(caseFile, goal, viewer, model);
    }

    @PostMapping("/cases/{code}/plan/goals/{id:[0-9]{1,18}}")
    String changeGoal(
            @PathVariable String code,
            @PathVariable long id,
            @ModelAttribute("form") GoalForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.toWrite(code, viewer, Permission.EDIT_CARE_PLAN, model);
        Goal goal = plans.goal(caseFile, id);
        planDesk.checkText(errors, form.text(), viewer.locale());
        if (errors.hasErrors()) {
            model.addAttribute("was", EditConflict.was(request, was(goal)));
            return PlanDesk.refused(response, goalPage(caseFile, goal, viewer, model));
        }
        GoalStatus status = PlanDesk.choice(GoalStatus.values(), form.status());
        try {
            plans.changeGoal(caseFile, id, Typed.version(form.version()), text(form.text()), status, viewer.id());
        } catch (OptimisticLockingFailureException overtaken) {
            Goal now = plans.goal(caseFile, id);
            return planDesk.conflict(caseFile, now.version(), viewer.locale(), request)
                    .text("text", words.text("plan.goal", viewer.locale()), now.text())
                    .choice(
                            "status",
                            words.text("plan.status", viewer.locale()),
                            now.status().code(),
                            each -> words.text("plan.goal.status." + each, viewer.locale()))
                    .answer(model, response);
        }
        return PlanDesk.done(caseFile, "plan.goal.changed", flash);
    }

    private String goalPage(CaseSummary caseFile, @Nullable Goal goal, Viewer viewer, Model model) {
        model.addAttribute("goal", goal);
        model.addAttribute(
                "place", caseFile.path() + "/plan/goals/" + (goal == null ? "new" : String.valueOf(goal.id())));
        model.addAttribute(
                "statuses",
                words.options(
                        "plan.goal.status.", Stream.of(GoalStatus.values()).map(GoalStatus::code), viewer.locale()));
        return "casework/record/plan-goal";
    }

    private static Map<String, String> was(Goal goal) {
        return Map.of("text", goal.text(), "status", goal.status().code());
    }
}
