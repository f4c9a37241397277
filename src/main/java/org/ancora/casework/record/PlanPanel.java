package org.ancora.casework.record;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CasePanel;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.record.CarePlan.Action;
import org.ancora.casework.record.CarePlan.ActionStatus;
import org.ancora.casework.record.CarePlan.Due;
import org.ancora.casework.record.CarePlan.Goal;
import org.ancora.casework.record.CarePlan.Owner;
import org.ancora.casework.record.CarePlan.Signed;
import org.ancora.casework.record.CarePlan.What;
import org.ancora.network.Projects;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.DeadlineWords;
import org.ancora.time.Explanation;
import org.ancora.time.Standing;
import org.ancora.web.Chip;
import org.ancora.web.Languages;
import org.ancora.web.Tone;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The care plan as a tab of its case. */
@Component
class PlanPanel implements CasePanel {

    private final CarePlans plans;
    private final Projects projects;
    private final CaseWords words;
    private final DeadlineWords deadlines;
    private final Clock clock;

    PlanPanel(CarePlans plans, Projects projects, CaseWords words, DeadlineWords deadlines, Clock clock) {
        this.plans = plans;
        this.projects = projects;
        this.words = words;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /** A goal as the page shows it. */
    record GoalCard(long id, String text, Chip status, List<ActionLine> actions) {}

    /** An action as the page shows it. */
    record ActionLine(
            long id,
            String text,
            String owner,
            @Nullable Chip due,
            @Nullable Explanation why,
            boolean open,
            Chip status) {}

    /** A signed version as the page lists it. */
    record SignedLine(int number, String text, boolean current) {}

    @Override
    public int order() {
        return 35;
    }

    @Override
    public String titleKey() {
        return "plan.title";
    }

    @Override
    public String path() {
        return "plan";
    }

    @Override
    public Place place() {
        return Place.TAB;
    }

    @Override
    public boolean shownTo(Viewer viewer, CaseSummary caseFile) {
        return RecordDesk.may(Permission.READ_CARE_PLAN, caseFile, viewer);
    }

    @Override
    public String fragment() {
        return "casework/record/plan :: plan";
    }

    @Override
    public Map<String, Object> model(Viewer viewer, CaseSummary caseFile) {
        Locale locale = viewer.locale();
        BusinessCalendar calendar = projects.calendar(caseFile.project());
        CarePlan plan = plans.of(caseFile);
        List<Signed> signed = plans.signed(caseFile);
        Map<String, Object> model = new HashMap<>();
        model.put(
                "goals",
                plan.goals().stream()
                        .map(goal -> card(goal, caseFile, calendar, locale))
                        .toList());
        model.put("review", plan.reviewOn() == null ? "" : words.day(plan.reviewOn(), calendar.zone(), locale));
        model.put("reviewLate", plan.reviewOn() != null && plan.reviewOn().isBefore(words.today(calendar.zone())));
        model.put(
                "signed",
                signed.stream()
                        .map(each -> new SignedLine(
                                each.number(),
                                words.text(
                                        "plan.signed-by."
                                                + each.signature().manner().code(),
                                        locale,
                                        each.number(),
                                        each.signature().by(),
                                        words.dayAndYear(each.signature().on(), locale)),
                                each.planVersion() == plan.version()))
                        .toList());
        model.put("changed", !signed.isEmpty() && signed.get(0).planVersion() != plan.version());
        model.put("signable", !plan.content().goals().isEmpty());
        model.put("editable", RecordDesk.mayWrite(Permission.EDIT_CARE_PLAN, caseFile, viewer));
        model.put("languages", Languages.ALL.stream().map(Locale::getLanguage).toList());
        model.put("language", language(caseFile, locale));
        return model;
    }

    /** The client's language where we print in it, else the reader's. */
    private static String language(CaseSummary caseFile, Locale reader) {
        return Stream.concat(caseFile.languages().stream(), Stream.of(reader))
                .map(Locale::getLanguage)
                .filter(each -> Languages.ALL.stream()
                        .anyMatch(known -> known.getLanguage().equals(each)))
                .findFirst()
                .orElse("en");
    }

    private GoalCard card(Goal goal, CaseSummary caseFile, BusinessCalendar calendar, Locale locale) {
        Tone tone =
                switch (goal.status()) {
                    case OPEN -> Tone.CALM;
                    case REACHED -> Tone.DONE;
                    case DROPPED -> Tone.PLAIN;
                };
        return new GoalCard(
                goal.id(),
                goal.text(),
                Chip.of(
                        tone,
                        null,
                        words.text("plan.goal.status." + goal.status().code(), locale)),
                goal.actions().stream()
                        .map(action -> line(action, caseFile, calendar, locale))
                        .toList());
    }

    private ActionLine line(Action action, CaseSummary caseFile, BusinessCalendar calendar, Locale locale) {
        What what = action.what();
        Due due = what.due();
        boolean open = action.status() == ActionStatus.OPEN;
        Tone tone = action.status() == ActionStatus.DONE ? Tone.DONE : Tone.PLAIN;
        return new ActionLine(
                action.id(),
                what.text(),
                owner(what, caseFile, locale),
                due == null || !open ? null : chip(due, calendar, locale),
                due == null || due.why() == null || !open ? null : deadlines.explain(due.why(), locale),
                open,
                Chip.of(
                        tone,
                        null,
                        words.text("plan.action.status." + action.status().code(), locale)));
    }

    private String owner(What what, CaseSummary caseFile, Locale locale) {
        String worker = caseFile.assigneeName();
        if (what.owner() == Owner.OTHER) {
            return what.ownerName();
        }
        return what.owner() == Owner.WORKER && worker != null
                ? words.text("plan.owner.worker-now", locale, worker)
                : words.text("plan.owner." + what.owner().code(), locale);
    }

    private Chip chip(Due due, BusinessCalendar calendar, Locale locale) {
        Instant now = clock.instant();
        String when = deadlines.due(due.at(), now, calendar, locale);
        Standing.State state = calendar.standing(due.at(), due.at(), now).state();
        return switch (state) {
            case LATE -> Chip.of(Tone.LATE, "alarm", words.text("reminder.late", locale, when));
            case TODAY -> Chip.of(Tone.SOON, "calendar-due", when);
            case OPEN, WAITING -> Chip.of(Tone.CALM, "calendar-due", when);
        };
    }
}
