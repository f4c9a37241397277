package org.ancora.process.steering;

import java.util.Locale;
import org.ancora.process.guide.Plan;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What could not be done, why, and what to do about it, in plain words: each step has its own, for whom it is included. */
@Component
class IncidentWords {

    private static final Object[] NOTHING = {};

    private final MessageSource messages;
    private final Outlines outlines;

    IncidentWords(MessageSource messages, Outlines outlines) {
        this.messages = messages;
        this.outlines = outlines;
    }

    /** "A letter or message to its recipient was not sent", or that the step of this name could not be done. */
    String what(String definition, String element, Locale language) {
        String step = step(definition, element);
        return step != null
                ? messages.getMessage("incident.step." + step, NOTHING, language)
                : messages.getMessage(
                        "incident.what", new Object[] {outlines.title(definition, element, language)}, language);
    }

    /** The code of what a step does, where there are words for its not being done. */
    @Nullable
    String step(String definition, String element) {
        Plan.Node node = outlines.plan(definition).byId().get(element);
        String step = node == null ? null : node.step();
        return step != null && messages.getMessage("incident.step." + step, NOTHING, null, Locale.ENGLISH) != null
                ? step
                : null;
    }

    String why(String kind, Locale language) {
        return messages.getMessage("incident.why." + kind, NOTHING, language);
    }

    String todo(String kind, Locale language) {
        return messages.getMessage("incident.todo." + kind, NOTHING, language);
    }
}
