package org.ancora.web;

import org.jspecify.annotations.Nullable;

/**
 * A window on its rail, ready to be drawn: {@link WindowBars} makes them.
 *
 * @param tone one of the codes late, today, later, done, halted
 * @param x where the span starts on the rail, as an SVG length such as {@code 34.0%}
 * @param width how wide it is, as an SVG length
 * @param needle where now stands, or null when it is of no interest any more
 * @param opens what stands at the left end, in words: the opening date, both dates where it is over, today where it waits; empty
 *     for a promised hour
 * @param due what stands at the right end, in words: the last day, today where it is over, both dates where it waits
 * @param text the whole as a sentence, for screen readers
 * @param chip where it stands, for beside the bar
 */
public record WindowBar(
        String tone,
        String x,
        String width,
        @Nullable String needle,
        String opens,
        String due,
        String text,
        Chip chip) {}
