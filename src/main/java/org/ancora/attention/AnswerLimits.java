package org.ancora.attention;

import java.util.Map;

/**
 * A row of {@code complaint-deadline.dmn}.
 *
 * @param answerDays within how many days a petition is answered
 * @param unit in which of them it counts
 * @param capDays the legal cap in business days, 0 for none
 * @param warnDays business days before the end at which the head of the unit is told
 * @param lateDays business days after a breach by which the new date is set
 * @param stepDays business days for each step on the way
 */
public record AnswerLimits(int answerDays, DayUnit unit, int capDays, int warnDays, int lateDays, int stepDays) {

    /** Beyond its days a petition without legal cap may be extended by as many again. */
    private static final int WITHOUT_CAP = 2;

    static AnswerLimits of(Map<String, Object> row) {
        return new AnswerLimits(
                number(row, "answerDays"),
                DayUnit.of(String.valueOf(row.get("answerUnit"))),
                number(row, "capDays"),
                number(row, "warnDays"),
                number(row, "lateDays"),
                number(row, "stepDays"));
    }

    /** The most business days to which an answer can be extended. */
    public int mostDays() {
        return capDays > 0 ? capDays : WITHOUT_CAP * answerDays;
    }

    private static int number(Map<String, Object> row, String name) {
        if (row.get(name) instanceof Number number) {
            return number.intValue();
        }
        throw new IllegalStateException("The table of deadlines gives no number for " + name);
    }
}
