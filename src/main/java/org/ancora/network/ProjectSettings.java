package org.ancora.network;

import java.util.Set;

/**
 * What a project decides for itself.
 *
 * @param caseloadLimit active cases that a worker carries unless they have a limit of their own (A-R1), 0 or more
 * @param closingConditions codes of what has to be done before a case may be closed by hand (C54), {@code documentation}
 *     for one (A-R12)
 * @param letterhead how the organisation presents itself
 */
public record ProjectSettings(int caseloadLimit, Set<String> closingConditions, Letterhead letterhead) {

    public ProjectSettings {
        closingConditions = Set.copyOf(closingConditions);
        if (caseloadLimit < 0) {
            throw new IllegalArgumentException("A caseload limit cannot be negative: " + caseloadLimit);
        }
    }
}
