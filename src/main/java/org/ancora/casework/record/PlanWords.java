package org.ancora.casework.record;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.record.CarePlan.Content;
import org.ancora.casework.record.CarePlan.SignedAction;
import org.jspecify.annotations.Nullable;

/** What is or would be signed, in words. */
final class PlanWords {

    private PlanWords() {}

    /** A goal with its actions, one line each. */
    record GoalLine(String text, String status, List<ActionLine> actions) {}

    /** @param due empty when no day was set */
    record ActionLine(String text, String owner, String due, String status) {}

    static List<GoalLine> lines(Content content, CaseSummary caseFile, CaseWords words, Locale locale) {
        return content.goals().stream()
                .map(goal -> new GoalLine(
                        goal.text(),
                        words.text("plan.goal.status." + goal.status(), locale),
                        goal.actions().stream()
                                .map(action -> new ActionLine(
                                        action.text(),
                                        owner(action, caseFile, words, locale),
                                        day(action.due(), words, locale),
                                        words.text("plan.action.status." + action.status(), locale)))
                                .toList()))
                .toList();
    }

    static String day(@Nullable LocalDate day, CaseWords words, Locale locale) {
        return day == null ? "" : words.dayAndYear(day, locale);
    }

    private static String owner(SignedAction action, CaseSummary caseFile, CaseWords words, Locale locale) {
        String worker = caseFile.assigneeName();
        return switch (action.owner()) {
            case "other" -> action.ownerName();
            case "worker" ->
                worker == null
                        ? words.text("plan.owner.worker", locale)
                        : words.text("plan.owner.worker-now", locale, worker);
            default -> words.text("plan.owner." + action.owner(), locale);
        };
    }
}
