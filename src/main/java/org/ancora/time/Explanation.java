package org.ancora.time;

import java.util.List;

/**
 * The answer to "why this date?" in words, ready to be laid out.
 *
 * @param start where the count starts: "counted from Mon 23 Nov"
 * @param opens when it opens and by which rule: "opens Thu 26 Nov (3rd business day)"; empty for a promised hour
 * @param due when it is due and by which rule: "due end of Mon 30 Nov (5th business day)"
 * @param skipped the days that did not count and why, grouped ("Sat 28 and Sun 29 do not count", "Mon 28 Dec: Boxing Day
 *     observed"), then those that count because the project works on them
 * @param calendar the calendar and its version: "Ontario calendar 2026, version 4"
 */
public record Explanation(String start, String opens, String due, List<String> skipped, String calendar) {

    public Explanation {
        skipped = List.copyOf(skipped);
    }
}
