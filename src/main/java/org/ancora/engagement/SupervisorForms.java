package org.ancora.engagement;

import static org.ancora.engagement.EngagementProcess.CAP_DUE;
import static org.ancora.engagement.EngagementProcess.DECISION;
import static org.ancora.engagement.EngagementProcess.GROUP_DECISION;
import static org.ancora.engagement.EngagementProcess.PLACE;
import static org.ancora.engagement.EngagementProcess.RESUME_AT;

import java.time.Instant;
import java.util.Map;
import org.ancora.access.Permission;
import org.ancora.casework.Cases;
import org.ancora.casework.ServiceMode;
import org.ancora.process.Variables;
import org.ancora.process.task.Answers;
import org.ancora.process.task.AnswersRejected;
import org.ancora.process.task.TaskContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What only a supervisor decides: how to go on at a safety stop or with news of the client, and group service (A-R14). */
@Configuration(proxyBeanMethods = false)
class SupervisorForms {

    private final FormParts parts;
    private final Assignments assignments;
    private final EpisodeDecisions decisions;
    private final Cases cases;

    SupervisorForms(FormParts parts, Assignments assignments, EpisodeDecisions decisions, Cases cases) {
        this.parts = parts;
        this.assignments = assignments;
        this.decisions = decisions;
        this.cases = cases;
    }

    @Bean
    FormHandler supervisorDecisionForm() {
        return FormHandler.of(
                        "supervisor-decision",
                        this::decide,
                        "riskLookedAt",
                        "decision",
                        "resumeOn",
                        "worker",
                        "serviceName",
                        "reason")
                .showing(task -> Map.of("place", task.get(PLACE), "workers", parts.workers(task)))
                .rehearsing(EngagementRehearsal::supervisor, EngagementRehearsal::decide);
    }

    @Bean
    FormHandler groupServiceForm() {
        return FormHandler.of("group-service", this::decideOnGroupService, "groupDecision", "reason");
    }

    private Variables decide(TaskContext task, Answers answers) {
        task.viewer().require(Permission.DECIDE_AS_SUPERVISOR, task.projectId());
        String decision = answers.text("decision");
        String reason = answers.text("reason");
        Variables follows = Variables.of(DECISION, decision);
        Instant until = null;
        switch (decision) {
            case "hold", "try-again" -> {
                until = parts.opening(task, answers, "resumeOn");
                requireBeforeTheLastDay(task, until);
                follows = follows.and(RESUME_AT, until);
            }
            case "hand-over" ->
                assignments.assignFromTask(
                        task.caseCode(),
                        parts.worker(task, answers),
                        task.viewer().id(),
                        reason);
            case "hand-over-service" -> reason = answers.text("serviceName") + ": " + reason;
            default -> {
                // "close" goes to the letter without anything to write down but the decision
            }
        }
        decisions.record(task, "supervisor", decision, reason, until);
        return follows;
    }

    /** A search that is over by then would end first: it has to be given more time before (A-R11). */
    private void requireBeforeTheLastDay(TaskContext task, Instant until) {
        task.find(CAP_DUE)
                .filter(last -> last.isAfter(parts.present()) && !until.isBefore(last))
                .ifPresent(last -> {
                    throw AnswersRejected.because("resumeOn", "engagement.handler.after-the-last-day");
                });
    }

    /** Going on as an individual client undoes the change of service. */
    private Variables decideOnGroupService(TaskContext task, Answers answers) {
        task.viewer().require(Permission.DECIDE_AS_SUPERVISOR, task.projectId());
        String decision = answers.text("groupDecision");
        decisions.record(task, "group-service", decision, answers.text("reason"), null);
        if (decision.equals("continue")) {
            cases.changeServiceMode(
                    task.caseCode(), ServiceMode.INDIVIDUAL, task.viewer().id());
        }
        return Variables.of(GROUP_DECISION, decision);
    }
}
