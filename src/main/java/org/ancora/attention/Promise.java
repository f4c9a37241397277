package org.ancora.attention;

import java.time.LocalDate;
import org.ancora.time.Deadline;

/**
 * By when an answer is promised, and what the date was computed from (J-R1, J-R2).
 *
 * @param due the day by whose end it is promised
 * @param days how many days the table gives
 * @param unit in which of them it counts
 * @param counting the first day that can count: the one after registration
 * @param overCap whether the table's own count would have passed the legal cap, so that the cap was promised
 * @param deadline the same with its reasons, for "why this date?"
 * @param limits the table's row
 */
public record Promise(
        LocalDate due,
        int days,
        DayUnit unit,
        LocalDate counting,
        boolean overCap,
        Deadline deadline,
        AnswerLimits limits) {}
