package org.ancora.casework.record;

import static org.ancora.casework.record.RecordDesk.text;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.Typed;
import org.ancora.casework.record.CarePlan.Action;
import org.ancora.casework.record.CarePlan.ActionStatus;
import org.ancora.casework.record.CarePlan.Due;
import org.ancora.casework.record.CarePlan.Goal;
import org.ancora.casework.record.CarePlan.Owner;
import org.ancora.casework.record.CarePlan.What;
import org.ancora.network.Projects;
import org.ancora.time.BusinessCalendar;
import org.ancora.web.EditConflict;
import org.ancora.web.Option;
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

/** Writing the actions of a care plan: who does what by when (C-R9). */
@Controller
class ActionController {

    private static final int LONGEST_NAME = 120;

    /** Office days that the form offers; a day of one's own is {@code day}, no day at all is empty. */
    private static final List<Integer> DAYS = List.of(5, 10, 20);

    private static final String ON_A_DAY = "day";

    private final RecordDesk desk;
    private final CarePlans plans;
    private final PlanDesk planDesk;
    private final Projects projects;
    private final CaseWords words;

    ActionController(RecordDesk desk, CarePlans plans, PlanDesk planDesk, Projects projects, CaseWords words) {
        this.desk = desk;
        this.plans = plans;
        this.planDesk = planDesk;
        this.projects = projects;
        this.words = words;
    }

    /** What the page posts; texts only, so that whatever arrives can be shown again. */
    record ActionForm(
            @Nullable String text,
            @Nullable String owner,
            @Nullable String ownerName,
            @Nullable String due,
            @Nullable String day,
            @Nullable String status,
            @Nullable String version) {

        static ActionForm of(Action action) {
            What what = action.what();
            return new ActionForm(
                    what.text(),
                    what.owner().code(),
                    what.ownerName(),
                    ON_A_DAY,
                    PlanDesk.day(what.due()),
                    action.status().code(),
                    String.valueOf(action.version()));
        }

        static ActionForm of(PageDrafts.Draft draft) {
            return new ActionForm(
                    draft.field("text"),
                    draft.field("owner"),
                    draft.field("ownerName"),
                    draft.field("due"),
                    draft.field("day"),
                    draft.field("status"),
                    draft.field("version"));
        }
    }

    @GetMapping("/cases/{code}/plan/goals/{id:[0-9]{1,18}}/actions/new")
    String addAction(@PathVariable String code, @PathVariable long id, Viewer viewer, Model model) {
        CaseSummary caseFile = desk.toWrite(code, viewer, Permission.EDIT_CARE_PLAN, model);
        Goal goal = plans.goal(caseFile, id);
        PageDrafts.Draft draft = desk.draft(newPlace(caseFile, goal), caseFile, viewer, model);
        model.addAttribute(
                "form", draft == null ? new ActionForm("", "client", "", "10", "", "open", "0") : ActionForm.of(draft));
        return actionPage(newPlace(caseFile, goal), caseFile, goal, null, viewer, model);
    }

    @PostMapping("/cases/{code}/plan/goals/{id:[0-9]{1,18}}/actions/new")
    String addAction(
            @PathVariable String code,
            @PathVariable long id,
            @ModelAttribute("form") ActionForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.toWrite(code, viewer, Permission.EDIT_CARE_PLAN, model);
        Goal goal = plans.goal(caseFile, id);
        What what = typed(form, errors, caseFile, null, viewer.locale());
        if (what == null) {
            return PlanDesk.refused(
                    response, actionPage(newPlace(caseFile, goal), caseFile, goal, null, viewer, model));
        }
        plans.addAction(caseFile, goal, what, viewer.id());
        desk.forget(newPlace(caseFile, goal), viewer);
        return PlanDesk.done(caseFile, "plan.action.added", flash);
    }

    @GetMapping("/cases/{code}/plan/actions/{id:[0-9]{1,18}}")
    String changeAction(@PathVariable String code, @PathVariable long id, Viewer viewer, Model model) {
        CaseSummary caseFile = desk.toWrite(code, viewer, Permission.EDIT_CARE_PLAN, model);
        Action action = plans.action(caseFile, id);
        PageDrafts.Draft draft = desk.draft(place(caseFile, action), caseFile, viewer, model);
        model.addAttribute("form", draft == null ? ActionForm.of(action) : ActionForm.of(draft));
        model.addAttribute("was", draft == null ? was(action) : was(draft));
        return actionPage(place(caseFile, action), caseFile, null, action, viewer, model);
    }

    @PostMapping("/cases/{code}/plan/actions/{id:[0-9]{1,18}}")
    String changeAction(
            @PathVariable String code,
            @PathVariable long id,
            @ModelAttribute("form") ActionForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.toWrite(code, viewer, Permission.EDIT_CARE_PLAN, model);
        Action action = plans.action(caseFile, id);
        What what = typed(form, errors, caseFile, action.what().due(), viewer.locale());
        if (what == null) {
            model.addAttribute("was", EditConflict.was(request, was(action)));
            return PlanDesk.refused(
                    response, actionPage(place(caseFile, action), caseFile, null, action, viewer, model));
        }
        ActionStatus status = PlanDesk.choice(ActionStatus.values(), form.status());
        try {
            plans.changeAction(caseFile, id, Typed.version(form.version()), what, status, viewer.id());
        } catch (OptimisticLockingFailureException overtaken) {
            return overtaken(caseFile, plans.action(caseFile, id), viewer.locale(), request)
                    .answer(model, response);
        }
        desk.forget(place(caseFile, action), viewer);
        return PlanDesk.done(caseFile, "plan.action.changed", flash);
    }

    @PostMapping("/cases/{code}/plan/actions/{id:[0-9]{1,18}}/{status:done|open}")
    String mark(
            @PathVariable String code,
            @PathVariable long id,
            @PathVariable String status,
            Viewer viewer,
            Model model,
            HttpServletRequest request,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.toWrite(code, viewer, Permission.EDIT_CARE_PLAN, model);
        Action action = plans.action(caseFile, id);
        ActionStatus to = ActionStatus.of(status);
        if (action.status() != to) {
            plans.changeAction(caseFile, id, action.version(), action.what(), to, viewer.id());
        }
        if (to == ActionStatus.DONE) {
            flash.addFlashAttribute("undo", caseFile.path() + "/plan/actions/" + id + "/open");
        }
        flash.addFlashAttribute("told", "plan.action.marked." + status);
        return switch (text(request.getParameter("from"))) {
            case "today" -> "redirect:/";
            case "case" -> "redirect:" + caseFile.path();
            default -> "redirect:" + caseFile.path() + "/plan";
        };
    }

    /** @param before the day that stands; kept with its explanation where the form names the same day again */
    private @Nullable What typed(
            ActionForm form, BindingResult errors, CaseSummary caseFile, @Nullable Due before, Locale locale) {
        planDesk.checkText(errors, form.text(), locale);
        words.limit(errors, "ownerName", form.ownerName(), LONGEST_NAME);
        boolean known = Stream.of(Owner.values()).anyMatch(each -> each.code().equals(form.owner()));
        if (!known) {
            errors.rejectValue("owner", "plan.no-owner", words.text("plan.no-owner", locale));
        } else if (text(form.owner()).equals("other") && text(form.ownerName()).isBlank()) {
            errors.rejectValue("ownerName", "plan.no-owner-name", words.text("plan.no-owner-name", locale));
        }
        Due due = due(form, errors, caseFile, before, locale);
        return errors.hasErrors()
                ? null
                : new What(
                        text(form.text()), PlanDesk.choice(Owner.values(), form.owner()), text(form.ownerName()), due);
    }

    private @Nullable Due due(
            ActionForm form, BindingResult errors, CaseSummary caseFile, @Nullable Due before, Locale locale) {
        BusinessCalendar calendar = projects.calendar(caseFile.project());
        String chosen = text(form.due());
        for (int days : DAYS) {
            if (chosen.equals(String.valueOf(days))) {
                return plans.within(days, calendar);
            }
        }
        LocalDate day = chosen.equals(ON_A_DAY) ? desk.day(errors, "day", form.day(), locale) : null;
        if (day == null) {
            return null;
        }
        return before != null && before.on().equals(day) ? before : CarePlans.on(day, calendar);
    }

    private String actionPage(
            String place,
            CaseSummary caseFile,
            @Nullable Goal goal,
            @Nullable Action action,
            Viewer viewer,
            Model model) {
        Locale locale = viewer.locale();
        model.addAttribute("goal", goal);
        model.addAttribute("action", action);
        model.addAttribute("place", place);
        model.addAttribute(
                "owners", words.options("plan.owner.", Stream.of(Owner.values()).map(Owner::code), locale));
        model.addAttribute(
                "statuses",
                words.options(
                        "plan.action.status.", Stream.of(ActionStatus.values()).map(ActionStatus::code), locale));
        BusinessCalendar calendar = projects.calendar(caseFile.project());
        List<Option> days = new ArrayList<>();
        if (action == null) {
            for (int each : DAYS) {
                String day = words.day(plans.within(each, calendar).on(), calendar.zone(), locale);
                days.add(new Option(String.valueOf(each), words.text("plan.due.days", locale, each, day)));
            }
        }
        days.add(new Option(ON_A_DAY, words.text("plan.due.day", locale)));
        days.add(new Option("none", words.text("plan.due.none", locale)));
        model.addAttribute("days", days);
        return "casework/record/plan-action";
    }

    private EditConflict overtaken(CaseSummary caseFile, Action now, Locale locale, HttpServletRequest request) {
        What what = now.what();
        return planDesk.conflict(caseFile, now.version(), locale, request)
                .text("text", words.text("plan.action", locale), what.text())
                .choice(
                        "owner",
                        words.text("plan.owner", locale),
                        what.owner().code(),
                        each -> each.isEmpty() ? "" : words.text("plan.owner." + each, locale))
                .line("ownerName", words.text("plan.owner.name", locale), what.ownerName())
                .line("day", words.text("plan.due", locale), PlanDesk.day(what.due()))
                .choice(
                        "status",
                        words.text("plan.status", locale),
                        now.status().code(),
                        each -> words.text("plan.action.status." + each, locale));
    }

    private static String newPlace(CaseSummary caseFile, Goal goal) {
        return caseFile.path() + "/plan/goals/" + goal.id() + "/actions/new";
    }

    private static String place(CaseSummary caseFile, Action action) {
        return caseFile.path() + "/plan/actions/" + action.id();
    }

    /** The draft remembers on what it was typed, so that it cannot overwrite what was saved meanwhile. */
    private static Map<String, String> was(PageDrafts.Draft draft) {
        Map<String, String> was = new LinkedHashMap<>();
        for (String field : List.of("text", "owner", "ownerName", "day", "status")) {
            was.put(field, draft.field("was." + field));
        }
        return was;
    }

    private static Map<String, String> was(Action action) {
        What what = action.what();
        return new LinkedHashMap<>(Map.of(
                "text", what.text(),
                "owner", what.owner().code(),
                "ownerName", what.ownerName(),
                "day", PlanDesk.day(what.due()),
                "status", action.status().code()));
    }
}
