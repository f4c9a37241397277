package org.ancora.process.task;

import java.time.ZoneId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Names and calendars of projects, asked of the module that keeps them. */
@Component
class TaskProjects {

    private final ObjectProvider<ProjectFacts> facts;

    TaskProjects(ObjectProvider<ProjectFacts> facts) {
        this.facts = facts;
    }

    Map<ProjectId, ProjectFacts.Facts> describe(Collection<ProjectId> projects) {
        return projects.isEmpty() ? Map.of() : facts.getObject().describe(projects);
    }

    ProjectFacts.Facts describe(ProjectId project) {
        return Objects.requireNonNull(describe(Set.of(project)).get(project), "no project " + project.value());
    }

    /** One project, asked for together with all of the viewer's: the frame of the page shows those anyway. */
    ProjectFacts.Facts describe(ProjectId project, Viewer viewer) {
        Set<ProjectId> together = new HashSet<>(viewer.projects());
        together.add(project);
        return Objects.requireNonNull(describe(together).get(project), "no project " + project.value());
    }

    ZoneId zone(ProjectId project) {
        return describe(project).calendar().zone();
    }
}
