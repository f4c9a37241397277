package org.ancora.casework.settings;

import java.util.Map;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.ancora.network.ProjectSettings;
import org.ancora.network.Projects;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Changes what a project decides, unless somebody did meanwhile, and tells the activity log. */
@Service
class ProjectChanges {

    private final Projects projects;
    private final ApplicationEventPublisher events;

    ProjectChanges(Projects projects, ApplicationEventPublisher events) {
        this.projects = projects;
        this.events = events;
    }

    /**
     * Changes a project's settings.
     *
     * @throws org.springframework.dao.OptimisticLockingFailureException when somebody changed the project meanwhile
     */
    @Transactional
    public void settings(ProjectId project, ProjectSettings settings, int version, String action, UserId by) {
        projects.claim(project, version);
        projects.changeSettings(project, settings);
        events.publishEvent(new Audited(action, project, null, "project", project.toString(), by, Map.of()));
    }
}
