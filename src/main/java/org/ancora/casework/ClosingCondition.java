package org.ancora.casework;

import java.util.List;
import java.util.Set;
import org.ancora.access.ProjectId;

/**
 * What has to be done before a case may be closed by hand (C54), published as a bean by the module that knows. A flow that
 * closes a case at its end does not ask.
 */
public interface ClosingCondition {

    /**
     * Returns the code by which a project says that it wants this condition met ({@code project.closing_conditions}); the
     * message {@code closing-condition.<code>} names it. An empty code leaves no choice: it has to be met everywhere.
     */
    default String code() {
        return "";
    }

    /** Returns what still stands in the way of closing this case; empty when nothing does. */
    List<Unmet> unmet(CaseSummary caseFile);

    /**
     * Returns the codes of the open cases of a project in which this condition is not met, so that whoever wants to close
     * many sees before which ones will stay open. Empty where a module cannot say so at once: then each case is asked when
     * its turn comes.
     */
    default Set<String> unmetIn(ProjectId project) {
        return Set.of();
    }

    /**
     * One thing in the way (C-R5).
     *
     * @param key message key of a sentence that says what is missing
     * @param arguments of that message
     * @param path the page on which it can be done
     */
    record Unmet(String key, List<Object> arguments, String path) {}
}
