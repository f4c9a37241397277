package org.ancora.audit;

import java.util.List;

/**
 * Changes of the same transaction that the activity log keeps as one entry each, written in one statement however many they
 * are.
 *
 * @param changes in the order in which they are kept
 */
public record AuditedTogether(List<Audited> changes) {

    public AuditedTogether {
        changes = List.copyOf(changes);
    }
}
