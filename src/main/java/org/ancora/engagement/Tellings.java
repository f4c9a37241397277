package org.ancora.engagement;

import static org.ancora.engagement.EngagementProcess.WAITING_SINCE;

import org.ancora.access.ProjectId;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.correspondence.NewNotice;
import org.ancora.correspondence.Notices;
import org.ancora.process.StepContext;
import org.ancora.process.task.TaskContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whom the procedure tells among the staff, and when. */
@Component
class Tellings {

    private final Notices notices;
    private final EpisodeDecisions decisions;
    private final Users users;

    Tellings(Notices notices, EpisodeDecisions decisions, Users users) {
        this.notices = notices;
        this.decisions = decisions;
        this.users = users;
    }

    /** A task was not done in time: its worker and the supervisors are told, once; the task stays. */
    void tellOverdue(String task, String caseCode, long project, @Nullable String assignee, String nameKey) {
        NewNotice notice =
                NewNotice.of("task-overdue", new ProjectId(project), caseCode, "overdue/" + task, "key:" + nameKey);
        if (assignee != null) {
            notices.tell(new UserId(Long.parseLong(assignee)), notice);
        }
        notices.tell(Role.SUPERVISOR, notice.urgently());
    }

    /** A case has waited another week for room: the coordinators are reminded (A-R1). */
    void remindOfWaiting(StepContext step) {
        notices.tell(
                Role.COORDINATOR,
                NewNotice.of(
                        "waiting-for-capacity",
                        step.project(),
                        step.caseCode(),
                        "waiting/" + step.visit(),
                        step.get(WAITING_SINCE).toString()));
    }

    /** A letter could not be posted: whoever runs the project has to look, before the client counts as written to. */
    void letterNotPosted(TaskContext task) {
        NewNotice notice = NewNotice.of(
                        "letter-not-posted", task.projectId(), task.caseCode(), "not-posted/" + task.id())
                .urgently();
        notices.tell(Role.COORDINATOR, notice);
        notices.tell(Role.SUPERVISOR, notice);
    }

    /**
     * The date that a supervisor set has come, or the round that they wanted is over: it is theirs to decide again, or any
     * supervisor's where they are none any more (A30).
     */
    void askToDecideAgain(StepContext step) {
        step.find(EngagementProcess.EPISODE_ID).stream()
                .flatMap(episode -> decisions.of(step.caseCode(), episode).stream())
                .filter(decision -> decision.kind().equals("supervisor"))
                .reduce((earlier, later) -> later)
                .filter(decision -> decision.until() != null)
                .ifPresent(decision -> askToDecideAgain(decision.decidedBy(), step));
    }

    private void askToDecideAgain(UserId decider, StepContext step) {
        NewNotice notice =
                NewNotice.of("decide-again", step.project(), step.caseCode(), "decide-again/" + step.visit());
        if (users.withRole(step.project(), Role.SUPERVISOR).stream()
                .anyMatch(supervisor -> supervisor.id().equals(decider))) {
            notices.tell(decider, notice);
        } else {
            notices.tell(Role.SUPERVISOR, notice);
        }
    }

    /** The source has no e-mail address, so somebody has to call it. */
    void askToCallSource(StepContext step) {
        NewNotice notice = NewNotice.of("call-source", step.project(), step.caseCode(), "call-source/" + step.visit());
        step.find(EngagementProcess.WORKER)
                .ifPresentOrElse(worker -> notices.tell(worker, notice), () -> notices.tell(Role.COORDINATOR, notice));
    }
}
