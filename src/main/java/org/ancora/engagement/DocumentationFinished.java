package org.ancora.engagement;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ancora.access.ProjectId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.ClosingCondition;
import org.ancora.process.task.Tasks;
import org.springframework.stereotype.Component;

/** In projects that want it so, a case is not closed while its documentation waits to be completed (A-R12, C54). */
@Component
class DocumentationFinished implements ClosingCondition {

    private final Tasks tasks;

    DocumentationFinished(Tasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public String code() {
        return "documentation";
    }

    @Override
    public List<Unmet> unmet(CaseSummary caseFile) {
        return tasks.of(caseFile.code()).stream()
                .filter(task -> Stage.of(task.element()).equals(Optional.of(Stage.DOCUMENTATION)))
                .map(task -> new Unmet("engagement.closing.documentation", List.of(), "/tasks/" + task.id()))
                .toList();
    }

    @Override
    public Set<String> unmetIn(ProjectId project) {
        return tasks.casesAt(project, Stage.DOCUMENTATION.elements());
    }
}
