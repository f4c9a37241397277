package org.ancora.engagement;

import static org.ancora.engagement.EngagementProcess.CAPACITY_OVERRIDDEN;
import static org.ancora.engagement.EngagementProcess.DECISION;

import java.util.Map;
import java.util.stream.Stream;
import org.ancora.access.Permission;
import org.ancora.access.UserId;
import org.ancora.casework.Caseloads;
import org.ancora.process.Variables;
import org.ancora.process.task.Answers;
import org.ancora.process.task.TaskContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The coordinator's forms: accept the intake, assign a caseworker, find room (processes §1, steps 1 and 2). */
@Configuration(proxyBeanMethods = false)
class IntakeForms {

    private final FormParts parts;
    private final Assignments assignments;
    private final Caseloads caseloads;
    private final EpisodeDecisions decisions;

    IntakeForms(FormParts parts, Assignments assignments, Caseloads caseloads, EpisodeDecisions decisions) {
        this.parts = parts;
        this.assignments = assignments;
        this.caseloads = caseloads;
        this.decisions = decisions;
    }

    @Bean
    FormHandler acceptIntakeForm() {
        return FormHandler.of("accept-intake", this::accept, "decision", "refusalReason", "refusalText", "note");
    }

    @Bean
    FormHandler assignCaseworkerForm() {
        return FormHandler.of("assign-caseworker", this::assign, "worker", "note")
                .showing(task -> Map.of("workers", parts.workers(task)))
                .rehearsing(EngagementRehearsal::assign);
    }

    @Bean
    FormHandler awaitCapacityForm() {
        return FormHandler.of("await-capacity", this::findRoom, "capacityDecision", "overrideReason", "worker", "note")
                .showing(this::waysToFindRoom)
                .rehearsing(EngagementRehearsal::waysToFindRoom, EngagementRehearsal::findRoom);
    }

    private Variables accept(TaskContext task, Answers answers) {
        task.viewer().require(Permission.ACCEPT_INTAKE, task.projectId());
        String decision = answers.text("decision");
        String words = answers.findText("refusalText")
                .or(() -> answers.findText("note"))
                .orElse("");
        decisions.record(task, "intake", answers.findText("refusalReason").orElse(decision), words, null);
        return Variables.of(DECISION, decision);
    }

    private Variables assign(TaskContext task, Answers answers) {
        task.viewer().require(Permission.ASSIGN_CASE, task.projectId());
        UserId worker = parts.worker(task, answers);
        assignments.assignFromTask(
                task.caseCode(),
                worker,
                task.viewer().id(),
                answers.findText("note").orElse(""));
        return Variables.of(EngagementProcess.WORKER, worker);
    }

    /** Only a supervisor is offered to start the case in spite of the limit. */
    private Map<String, ?> waysToFindRoom(TaskContext task) {
        boolean mayOverride = task.viewer().may(Permission.OVERRIDE_CAPACITY, task.projectId());
        Stream<String> ways = mayOverride ? Stream.of("override", "reassign") : Stream.of("reassign");
        return Map.of(
                "capacityDecisions", parts.choices(task, "capacityDecision", ways), "workers", parts.workers(task));
    }

    private Variables findRoom(TaskContext task, Answers answers) {
        if (answers.is("capacityDecision", "override")) {
            task.viewer().require(Permission.OVERRIDE_CAPACITY, task.projectId());
            String reason = answers.text("overrideReason");
            decisions.record(task, "capacity", "override", reason, null);
            caseloads.override(task.caseCode(), task.viewer().id(), reason);
            return Variables.of(CAPACITY_OVERRIDDEN, true);
        }
        task.viewer().require(Permission.ASSIGN_CASE, task.projectId());
        UserId worker = parts.worker(task, answers);
        decisions.record(task, "capacity", "reassign", answers.findText("note").orElse(""), null);
        assignments.assignFromTask(
                task.caseCode(),
                worker,
                task.viewer().id(),
                answers.findText("note").orElse(""));
        return Variables.of(EngagementProcess.WORKER, worker);
    }
}
