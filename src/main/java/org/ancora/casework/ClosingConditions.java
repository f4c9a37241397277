package org.ancora.casework;

import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Everything that modules want done before a case is closed by hand (C54). */
@Component
public class ClosingConditions {

    private final ObjectProvider<ClosingCondition> conditions;

    /** Asked for only when a case is to be closed: a condition may well need the cases themselves. */
    ClosingConditions(ObjectProvider<ClosingCondition> conditions) {
        this.conditions = conditions;
    }

    /** Returns what still stands in the way of closing this case, each with where it can be done (C-R5). */
    public List<ClosingCondition.Unmet> unmet(CaseSummary caseFile) {
        return conditions.stream()
                .flatMap(condition -> condition.unmet(caseFile).stream())
                .toList();
    }
}
