package org.ancora.network;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.ancora.access.ProjectId;
import org.ancora.process.task.ProjectFacts;
import org.springframework.stereotype.Component;

/** Tells the task pages the names and calendars of projects, in one statement. */
@Component
class ProjectsForTasks implements ProjectFacts {

    private final Projects projects;

    ProjectsForTasks(Projects projects) {
        this.projects = projects;
    }

    @Override
    public Map<ProjectId, Facts> describe(Collection<ProjectId> ids) {
        Map<ProjectId, Facts> facts = new HashMap<>();
        projects.withIds(ids)
                .forEach((id, project) ->
                        facts.put(id, new Facts(project.name(), projects.calendar(project), project.key())));
        return facts;
    }
}
