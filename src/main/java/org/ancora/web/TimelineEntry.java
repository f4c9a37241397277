package org.ancora.web;

import org.jspecify.annotations.Nullable;

/**
 * One line of "so far and next".
 *
 * @param state {@code done}, {@code failed}, {@code present}, {@code next}, or {@code condition} for a line such as "If
 *     nobody answers:"
 * @param when the date or span in words, or null
 * @param what what happened or will happen, in the person's language
 * @param chip a warning beside it, or null
 */
public record TimelineEntry(
        String state,
        @Nullable String when,
        String what,
        /** Something that was done. */
        @Nullable Chip chip) {

    public static TimelineEntry done(String when, String what) {
        return new TimelineEntry("done", when, what, null);
    }

    /** Something that was tried and could not be done. */
    public static TimelineEntry failed(String when, String what) {
        return new TimelineEntry("failed", when, what, null);
    }

    /** Where things stand now. */
    public static TimelineEntry present(String when, String what) {
        return new TimelineEntry("present", when, what, null);
    }

    /** Something that follows; {@code when} is null where no date is known yet. */
    public static TimelineEntry next(@Nullable String when, String what) {
        return new TimelineEntry("next", when, what, null);
    }

    /** A line that says under which condition the following ones happen. */
    public static TimelineEntry condition(String what) {
        return new TimelineEntry("condition", null, what, null);
    }

    /** The same with a warning beside it. */
    public TimelineEntry with(Chip warning) {
        return new TimelineEntry(state, when, what, warning);
    }
}
