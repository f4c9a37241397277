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
import org.ancora.casework.record.CarePlan.GoalStatus;
import org.ancora.casework.record.CarePlan.Manner;
import org.ancora.casework.record.CarePlan.Owner;
import org.ancora.casework.record.CarePlan.Signature;
import org.ancora.casework.record.CarePlan.What;
import org.ancora.network.Projects;
import org.ancora.time.BusinessCalendar;
import org.ancora.web.EditConflict;
import org.ancora.web.Option;
import org.ancora.web.PageDrafts;
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

/** Writing the care plan of a case: its goals, their actions, the day of the review (C-R9). */
@Controller
class CarePlanController {

    private static final int LONGEST_TEXT = 1000;
    private static final int LONGEST_NAME = 120;

    /** Office days that the form offers; a day of one's own is {@code day}, no day at all is empty. */
    private static final List<Integer> DAYS = List.of(5, 10, 20);

    private static final String ON_A_DAY = "day";

    private final RecordDesk desk;
    private final CarePlans plans;
    private final Projects projects;
    private final CaseWords words;

    CarePlanController(RecordDesk desk, CarePlans plans, Projects projects, CaseWords words) {
        this.desk = desk;
        this.plans = plans;
        this.projects = projects;
        this.words = words;
    }

    /** What the pages post; texts only, so that whatever arrives can be shown again. */
    record GoalForm(
            @Nullable String text,
            @Nullable String status,
            @Nullable String version) {}

    record ActionForm(
            @Nullable String text,
            @Nullable String owner,
            @Nullable String ownerName,
            @Nullable String due,
            @Nullable String day,
            @Nullable String status,
            @Nullable String version) {}

    record ReviewForm(@Nullable String day, @Nullable String seen) {}

    record SignForm(
            @Nullable String name,
            @Nullable String day,
            @Nullable String manner,
            @Nullable String witness,
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
        checkText(errors, form.text(), viewer.locale());
        if (errors.hasErrors()) {
            return refused(response, goalPage(caseFile, null, viewer, model));
        }
        plans.addGoal(caseFile, text(form.text()), viewer.id());
        desk.forget(caseFile.path() + "/plan/goals/new", viewer);
        return done(caseFile, "plan.goal.added", flash);
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
        checkText(errors, form.text(), viewer.locale());
        if (errors.hasErrors()) {
            model.addAttribute("was", EditConflict.was(request, was(goal)));
            return refused(response, goalPage(caseFile, goal, viewer, model));
        }
        GoalStatus status = choice(GoalStatus.values(), form.status());
        try {
            plans.changeGoal(caseFile, id, Typed.version(form.version()), text(form.text()), status, viewer.id());
        } catch (OptimisticLockingFailureException overtaken) {
            Goal now = plans.goal(caseFile, id);
            return conflict(caseFile, now.version(), viewer.locale(), request)
                    .text("text", words.text("plan.goal", viewer.locale()), now.text())
                    .choice(
                            "status",
                            words.text("plan.status", viewer.locale()),
                            now.status().code(),
                            each -> words.text("plan.goal.status." + each, viewer.locale()))
                    .answer(model, response);
        }
        return done(caseFile, "plan.goal.changed", flash);
    }

    @GetMapping("/cases/{code}/plan/goals/{id:[0-9]{1,18}}/actions/new")
    String addAction(@PathVariable String code, @PathVariable long id, Viewer viewer, Model model) {
        CaseSummary caseFile = desk.toWrite(code, viewer, Permission.EDIT_CARE_PLAN, model);
        Goal goal = plans.goal(caseFile, id);
        model.addAttribute("form", new ActionForm("", "client", "", "10", "", "open", "0"));
        return actionPage(caseFile, goal, null, viewer, model);
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
            return refused(response, actionPage(caseFile, goal, null, viewer, model));
        }
        plans.addAction(caseFile, goal, what, viewer.id());
        return done(caseFile, "plan.action.added", flash);
    }

    @GetMapping("/cases/{code}/plan/actions/{id:[0-9]{1,18}}")
    String changeAction(@PathVariable String code, @PathVariable long id, Viewer viewer, Model model) {
        CaseSummary caseFile = desk.toWrite(code, viewer, Permission.EDIT_CARE_PLAN, model);
        Action action = plans.action(caseFile, id);
        What what = action.what();
        model.addAttribute(
                "form",
                new ActionForm(
                        what.text(),
                        what.owner().code(),
                        what.ownerName(),
                        ON_A_DAY,
                        day(what.due()),
                        action.status().code(),
                        String.valueOf(action.version())));
        model.addAttribute("was", was(action));
        return actionPage(caseFile, null, action, viewer, model);
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
            return refused(response, actionPage(caseFile, null, action, viewer, model));
        }
        ActionStatus status = choice(ActionStatus.values(), form.status());
        try {
            plans.changeAction(caseFile, id, Typed.version(form.version()), what, status, viewer.id());
        } catch (OptimisticLockingFailureException overtaken) {
            return overtaken(caseFile, plans.action(caseFile, id), viewer.locale(), request)
                    .answer(model, response);
        }
        return done(caseFile, "plan.action.changed", flash);
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

    @GetMapping("/cases/{code}/plan/review")
    String review(@PathVariable String code, Viewer viewer, Model model) {
        CaseSummary caseFile = desk.toWrite(code, viewer, Permission.EDIT_CARE_PLAN, model);
        String day = day(plans.of(caseFile).reviewOn());
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
            return refused(response, "casework/record/plan-review");
        }
        try {
            plans.review(caseFile, was, on, viewer.id());
        } catch (OptimisticLockingFailureException overtaken) {
            CarePlan now = plans.of(caseFile);
            return conflict(caseFile, now.version(), viewer.locale(), request)
                    .line("day", words.text("plan.review", viewer.locale()), day(now.reviewOn()))
                    .carry("seen", day(now.reviewOn()))
                    .answer(model, response);
        }
        return done(caseFile, "plan.review.set", flash);
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
            return refused(response, signPage(caseFile, plan, viewer, model));
        }
        plans.sign(caseFile, seen, signature, viewer.id());
        return done(caseFile, "plan.sign.done", flash);
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
                : new Signature(text(form.name()), day, choice(Manner.values(), form.manner()), text(form.witness()));
    }

    private void checkText(BindingResult errors, @Nullable String typed, Locale locale) {
        words.limit(errors, "text", typed, LONGEST_TEXT);
        if (text(typed).isBlank()) {
            errors.rejectValue("text", "plan.no-text", words.text("plan.no-text", locale));
        }
    }

    /** @param before the day that stands; kept with its explanation where the form names the same day again */
    private @Nullable What typed(
            ActionForm form, BindingResult errors, CaseSummary caseFile, @Nullable Due before, Locale locale) {
        checkText(errors, form.text(), locale);
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
                : new What(text(form.text()), choice(Owner.values(), form.owner()), text(form.ownerName()), due);
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

    private String actionPage(
            CaseSummary caseFile, @Nullable Goal goal, @Nullable Action action, Viewer viewer, Model model) {
        Locale locale = viewer.locale();
        model.addAttribute("goal", goal);
        model.addAttribute("action", action);
        model.addAttribute(
                "place",
                caseFile.path()
                        + (goal == null
                                ? "/plan/actions/" + (action == null ? 0 : action.id())
                                : "/plan/goals/" + goal.id() + "/actions/new"));
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

    private String signPage(CaseSummary caseFile, CarePlan plan, Viewer viewer, Model model) {
        Locale locale = viewer.locale();
        model.addAttribute("planVersion", plan.version());
        model.addAttribute("lines", PlanWords.lines(plan.content(), caseFile, words, locale));
        model.addAttribute(
                "manners",
                words.options("plan.manner.", Stream.of(Manner.values()).map(Manner::code), locale));
        return "casework/record/plan-sign";
    }

    private EditConflict conflict(CaseSummary caseFile, int version, Locale locale, HttpServletRequest request) {
        CarePlan plan = plans.of(caseFile);
        return EditConflict.of(request, version, caseFile.path() + "/plan")
                .by(plan.changedByName(), desk.moment(plan.changedAt(), caseFile, locale));
    }

    private EditConflict overtaken(CaseSummary caseFile, Action now, Locale locale, HttpServletRequest request) {
        What what = now.what();
        return conflict(caseFile, now.version(), locale, request)
                .text("text", words.text("plan.action", locale), what.text())
                .choice(
                        "owner",
                        words.text("plan.owner", locale),
                        what.owner().code(),
                        each -> each.isEmpty() ? "" : words.text("plan.owner." + each, locale))
                .line("ownerName", words.text("plan.owner.name", locale), what.ownerName())
                .line("day", words.text("plan.due", locale), day(what.due()))
                .choice(
                        "status",
                        words.text("plan.status", locale),
                        now.status().code(),
                        each -> words.text("plan.action.status." + each, locale));
    }

    private static Map<String, String> was(Goal goal) {
        return Map.of("text", goal.text(), "status", goal.status().code());
    }

    private static Map<String, String> was(Action action) {
        What what = action.what();
        return new LinkedHashMap<>(Map.of(
                "text", what.text(),
                "owner", what.owner().code(),
                "ownerName", what.ownerName(),
                "day", day(what.due()),
                "status", action.status().code()));
    }

    /** A code of a choice; anything else was not sent by the page. */
    private static <T extends Enum<T>> T choice(T[] values, @Nullable String code) {
        return Stream.of(values)
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(code))
                .findFirst()
                .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "case.unreadable"));
    }

    private static String day(@Nullable Due due) {
        return due == null ? "" : due.on().toString();
    }

    private static String day(@Nullable LocalDate day) {
        return day == null ? "" : day.toString();
    }

    private static String refused(HttpServletResponse response, String page) {
        response.setStatus(HttpStatus.BAD_REQUEST.value());
        return page;
    }

    private static String done(CaseSummary caseFile, String told, RedirectAttributes flash) {
        flash.addFlashAttribute("told", told);
        return "redirect:" + caseFile.path() + "/plan";
    }
}
