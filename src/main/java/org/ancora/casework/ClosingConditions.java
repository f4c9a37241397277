package org.ancora.casework;

import java.util.List;
import java.util.Set;
import org.ancora.network.Projects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Everything that modules want done before a case is closed by hand (C54). */
@Component
public class ClosingConditions {

    private final Projects projects;
    private final ObjectProvider<ClosingCondition> conditions;

    /** Asked for only when a case is to be closed: a condition may well need the cases themselves. */
    ClosingConditions(Projects projects, ObjectProvider<ClosingCondition> conditions) {
        this.projects = projects;
        this.conditions = conditions;
    }

    /** Returns what still stands in the way of closing this case, each with where it can be done (C-R5). */
    public List<ClosingCondition.Unmet> unmet(CaseSummary caseFile) {
        Set<String> wanted = projects.get(caseFile.project()).settings().closingConditions();
        return conditions.stream()
                .filter(condition -> condition.code().isEmpty() || wanted.contains(condition.code()))
                .flatMap(condition -> condition.unmet(caseFile).stream())
                .toList();
    }
}
