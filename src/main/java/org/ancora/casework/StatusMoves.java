package org.ancora.casework;

import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.network.ProjectStatus;
import org.ancora.network.Statuses;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Saves cases whose standing has changed. Procedures speak in categories: whoever moves a case into another one without
 * saying to which status gives it the project's first status of that category.
 */
@Component
class StatusMoves {

    private final CaseFiles files;
    private final Statuses statuses;
    private final ApplicationEventPublisher events;

    StatusMoves(CaseFiles files, Statuses statuses, ApplicationEventPublisher events) {
        this.files = files;
        this.statuses = statuses;
        this.events = events;
    }

    CaseFile save(CaseFile before, CaseFile after, UserId by) {
        ProjectId project = new ProjectId(after.projectId());
        CaseFile moved = after;
        if (before.status() != after.status() && before.statusId() == after.statusId()) {
            ProjectStatus first = statuses.flow(project).first(after.status());
            moved = after.of(first);
        }
        CaseFile saved = files.save(moved);
        if (before.statusId() != saved.statusId()) {
            events.publishEvent(new CaseStatusChanged(saved.code(), project, before.ofStatus(), saved.ofStatus(), by));
        }
        return saved;
    }
}
