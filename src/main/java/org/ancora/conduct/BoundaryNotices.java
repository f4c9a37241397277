package org.ancora.conduct;

import static org.ancora.conduct.ConductProcess.AUTHOR;
import static org.ancora.conduct.ConductProcess.COLLEAGUE;
import static org.ancora.conduct.ConductProcess.REQUEST;

import java.util.Optional;
import java.util.Set;
import org.ancora.access.Role;
import org.ancora.correspondence.NewNotice;
import org.ancora.correspondence.NoticePlaces;
import org.ancora.correspondence.Notices;
import org.ancora.process.StepContext;
import org.ancora.process.task.TaskContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whom the procedure tells, and when; what was decided or answered is read where the request stands, not on the case. */
@Component
class BoundaryNotices implements NoticePlaces {

    private static final Set<String> ANSWERED = Set.of("boundary-decided", "boundary-answered");

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

    @Override
    public Optional<String> of(String kind, @Nullable String about) {
        if (kind.equals(Incidents.REPORTED)) {
            return Optional.of("/incidents");
        }
        return ANSWERED.contains(kind) && about != null
                ? Optional.of("/cases/" + about + "/boundaries")
                : Optional.empty();
    }

    private static NewNotice of(String kind, StepContext step) {
        return NewNotice.of(kind, step.project(), step.caseCode(), kind + "/" + step.get(REQUEST));
    }
}
