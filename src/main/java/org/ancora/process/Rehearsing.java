package org.ancora.process;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.ancora.time.Deadline;

/** What a step that says nothing of its own leaves behind in a rehearsal. */
final class Rehearsing {

    private Rehearsing() {}

    @SuppressWarnings("unchecked")
    static void guess(Step step, ProcessVariable<?> variable, Rehearsed here) {
        switch (variable.kind()) {
            case INSTANT -> here.set((ProcessVariable<Instant>) variable, date(step, variable.name(), here));
            case FLAG ->
                here.set(
                        (ProcessVariable<Boolean>) variable,
                        !here.fact(variable.name()).equals("no"));
            case CODE -> here.set((ProcessVariable<String>) variable, here.fact(variable.name()));
            case NUMBER -> here.set((ProcessVariable<Integer>) variable, 1);
            case ID, USER -> {
                // Nothing to route by, and there is nobody and nothing to point at.
            }
        }
    }

    /** What opens, opens with the window; everything else is due with it. */
    private static Instant date(Step step, String name, Rehearsed here) {
        List<ProcessVariable<Integer>> days = step.businessDays();
        Deadline deadline =
                switch (days.size()) {
                    case 0 -> here.calendar().within(here.now(), 1);
                    case 1 -> here.calendar().within(here.now(), here.get(days.get(0)));
                    default -> here.calendar().window(here.now(), here.get(days.get(0)), here.get(days.get(1)));
                };
        return name.toLowerCase(Locale.ROOT).contains("opens") ? deadline.opens() : deadline.due();
    }
}
