package org.ancora.network;

/**
 * What a project decides for itself.
 *
 * @param caseloadLimit active cases that a worker carries unless they have a limit of their own (A-R1), 0 or more
 * @param documentationBlocksClosing whether a case cannot be closed while its documentation is incomplete (A-R12)
 * @param letterhead how the organisation presents itself
 */
public record ProjectSettings(int caseloadLimit, boolean documentationBlocksClosing, Letterhead letterhead) {

    public ProjectSettings {
        if (caseloadLimit < 0) {
            throw new IllegalArgumentException("A caseload limit cannot be negative: " + caseloadLimit);
        }
    }
}
