package org.ancora.casework;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.access.ProjectId;
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
        return wanted(caseFile.project())
                .flatMap(condition -> condition.unmet(caseFile).stream())
                .toList();
    }

    /** Returns the codes of a project's cases in whose way something stands, as far as that is known without asking each. */
    public Set<String> unmetIn(ProjectId project) {
        return wanted(project)
                .flatMap(condition -> condition.unmetIn(project).stream())
                .collect(Collectors.toSet());
    }

    private Stream<ClosingCondition> wanted(ProjectId project) {
        Set<String> wanted = projects.get(project).settings().closingConditions();
        return conditions.stream().filter(condition -> condition.code().isEmpty() || wanted.contains(condition.code()));
    }
}
