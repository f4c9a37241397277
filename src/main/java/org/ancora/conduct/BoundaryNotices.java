package org.ancora.conduct;

import static org.ancora.conduct.ConductProcess.AUTHOR;
import static org.ancora.conduct.ConductProcess.COLLEAGUE;
import static org.ancora.conduct.ConductProcess.REQUEST;

import org.ancora.access.Role;
import org.ancora.correspondence.NewNotice;
import org.ancora.correspondence.Notices;
import org.ancora.process.StepContext;
import org.ancora.process.task.TaskContext;
import org.springframework.stereotype.Component;

/** Whom the procedure tells, and when. */
@Component
class BoundaryNotices {

    private final Notices notices;

    BoundaryNotices(Notices notices) {
        this.notices = notices;
    }

    /** At once and by e-mail, since it is for today (B8). */
    void alertSupervisors(StepContext step) {
        notices.tell(Role.SUPERVISOR, of("boundary-safety", step).urgently());
    }

    /** Tells the colleague who was chosen, or else the supervisors (B10). */
    void askForAnswer(StepContext step) {
        NewNotice notice = of("boundary-question", step);
        step.find(COLLEAGUE)
                .ifPresentOrElse(
                        colleague -> notices.tell(colleague, notice), () -> notices.tell(Role.SUPERVISOR, notice));
    }

    /** Tells whoever was asked that a supervisor decided, or that their question has an answer. */
    void tellAuthor(String kind, TaskContext task) {
        notices.tell(
                task.get(AUTHOR),
                NewNotice.of(kind, task.projectId(), task.caseCode(), kind + "/" + task.get(REQUEST)));
    }

    private static NewNotice of(String kind, StepContext step) {
        return NewNotice.of(kind, step.project(), step.caseCode(), kind + "/" + step.get(REQUEST));
    }
}
