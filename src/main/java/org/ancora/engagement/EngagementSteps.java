package org.ancora.engagement;

import static org.ancora.engagement.EngagementProcess.CALL_BACK_AT;
import static org.ancora.engagement.EngagementProcess.CAPACITY_REMINDER_AT;
import static org.ancora.engagement.EngagementProcess.CAP_DUE;
import static org.ancora.engagement.EngagementProcess.CAP_FIRST;
import static org.ancora.engagement.EngagementProcess.CAP_OPENS;
import static org.ancora.engagement.EngagementProcess.DECISION_DAYS;
import static org.ancora.engagement.EngagementProcess.DOCUMENTATION_DAYS;
import static org.ancora.engagement.EngagementProcess.DUE;
import static org.ancora.engagement.EngagementProcess.EXTRA_DAYS;
import static org.ancora.engagement.EngagementProcess.FIRST_CONTACT_DAYS;
import static org.ancora.engagement.EngagementProcess.GROUP_SERVICE_DUE;
import static org.ancora.engagement.EngagementProcess.GROUP_SERVICE_OPENS;
import static org.ancora.engagement.EngagementProcess.HAS_CAPACITY;
import static org.ancora.engagement.EngagementProcess.HAS_FAMILY;
import static org.ancora.engagement.EngagementProcess.HAS_SOURCE;
import static org.ancora.engagement.EngagementProcess.HAS_WORKER;
import static org.ancora.engagement.EngagementProcess.NOTICE_ENDS;
import static org.ancora.engagement.EngagementProcess.OPENS;
import static org.ancora.engagement.EngagementProcess.RISK_FLAG;
import static org.ancora.engagement.EngagementProcess.ROUND;
import static org.ancora.engagement.EngagementProcess.SOURCE_EARLIEST;
import static org.ancora.engagement.EngagementProcess.SOURCE_LATEST;
import static org.ancora.engagement.EngagementProcess.WAITING_SINCE;
import static org.ancora.engagement.EngagementProcess.WINDOW_EARLIEST;
import static org.ancora.engagement.EngagementProcess.WINDOW_LATEST;

import org.ancora.process.DeclaredMessages;
import org.ancora.process.DeclaredVariables;
import org.ancora.process.Processes;
import org.ancora.process.Step;
import org.ancora.process.TaskStep;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps that the engagement diagrams take. What each does in words is in the messages {@code step.<name>.*}. */
@Configuration(proxyBeanMethods = false)
class EngagementSteps {

    @Bean
    static DeclaredVariables engagementVariables() {
        return DeclaredVariables.of(EngagementProcess.FOLDER, EngagementProcess.variables());
    }

    @Bean
    static DeclaredMessages engagementMessages() {
        return EngagementProcess.messages();
    }

    @Bean
    Step applyPolicy(Policy policy) {
        return Step.named("applyPolicy")
                .input("decision")
                .input("track")
                .writes(EngagementProcess.limits())
                .rehearses(EngagementRehearsal::applyPolicy)
                .calls(step -> policy.apply(step, step.input("decision"), step.input("track")));
    }

    @Bean
    Step planIntakeDecision(Schedule schedule) {
        return Step.named("planIntakeDecision")
                .writes(OPENS, DUE)
                .businessDays(DECISION_DAYS)
                .calls(step -> schedule.within(step, "intake", DECISION_DAYS));
    }

    @Bean
    Step refuseIntake(Endings endings, EngagementLetters letters) {
        return Step.named("refuseIntake")
                .rehearses(EngagementRehearsal::refuseIntake)
                .calls(step -> {
                    letters.tellSourceOfRefusal(step);
                    endings.close(step, "refused");
                });
    }

    @Bean
    Step checkAssignment(Preparation preparation, Schedule schedule) {
        return Step.named("checkAssignment")
                .writes(HAS_WORKER, OPENS, DUE)
                .businessDays(DECISION_DAYS)
                .rehearses(EngagementRehearsal::checkAssignment)
                .calls(step -> {
                    preparation.checkAssignment(step);
                    schedule.within(step, "assignment", DECISION_DAYS);
                });
    }

    @Bean
    Step checkCapacity(Preparation preparation) {
        return Step.named("checkCapacity")
                .writes(HAS_CAPACITY, WAITING_SINCE, CAPACITY_REMINDER_AT)
                .rehearses(EngagementRehearsal::checkCapacity)
                .calls(preparation::checkCapacity);
    }

    @Bean
    Step remindCapacity(Tellings tellings) {
        return Step.named("remindCapacity").calls(tellings::remindOfWaiting);
    }

    @Bean
    Step startFirstContact(Preparation preparation) {
        return Step.named("startFirstContact")
                .writes(ROUND, OPENS, DUE)
                .businessDays(FIRST_CONTACT_DAYS)
                .rehearses(EngagementRehearsal::startFirstContact)
                .calls(preparation::startFirstContact);
    }

    @Bean
    Step planNextRound(Schedule schedule) {
        return Step.named("planNextRound")
                .writes(ROUND, OPENS, DUE)
                .businessDays(WINDOW_EARLIEST, WINDOW_LATEST)
                .rehearses(EngagementRehearsal::planNextRound)
                .calls(step -> {
                    step.set(ROUND, step.get(ROUND) + 1);
                    schedule.windowAfterAttempt(step, "next-round", "client", WINDOW_EARLIEST, WINDOW_LATEST);
                });
    }

    @Bean
    Step planCap(Schedule schedule) {
        return Step.named("planCap")
                .writes(CAP_OPENS, CAP_DUE)
                .rehearses(EngagementRehearsal::planCap)
                .calls(schedule::lastDay);
    }

    @Bean
    Step planIntervalRound(Schedule schedule) {
        return Step.named("planIntervalRound")
                .writes(ROUND, OPENS, DUE, CAP_FIRST)
                .rehearses(EngagementRehearsal::planIntervalRound)
                .calls(schedule::nextRoundByInterval);
    }

    @Bean
    Step planExtraRound(Schedule schedule) {
        return Step.named("planExtraRound")
                .writes(OPENS, DUE)
                .businessDays(EXTRA_DAYS)
                .calls(step -> schedule.within(step, "extra-round", EXTRA_DAYS));
    }

    @Bean
    Step planCallBack(Schedule schedule) {
        return Step.named("planCallBack")
                .writes(OPENS, DUE)
                .rehearses(EngagementRehearsal::planCallBack)
                .calls(step -> schedule.plan(step, "call-back", calendar -> calendar.at(step.get(CALL_BACK_AT))));
    }

    @Bean
    Step planFamilyContact(Schedule schedule) {
        return Step.named("planFamilyContact")
                .writes(OPENS, DUE)
                .businessDays(WINDOW_EARLIEST, WINDOW_LATEST)
                .rehearses(EngagementRehearsal::planFamilyContact)
                .calls(step ->
                        schedule.windowAfterAttempt(step, "family-contact", "client", WINDOW_EARLIEST, WINDOW_LATEST));
    }

    @Bean
    Step checkFamilyContact(Preparation preparation) {
        return Step.named("checkFamilyContact")
                .writes(HAS_FAMILY, OPENS, DUE)
                .rehearses(EngagementRehearsal::checkFamilyContact)
                .calls(preparation::checkFamilyContact);
    }

    @Bean
    Step checkSource(Preparation preparation, Schedule schedule) {
        return Step.named("checkSource")
                .writes(HAS_SOURCE, OPENS, DUE)
                .businessDays(DECISION_DAYS)
                .rehearses(EngagementRehearsal::checkSource)
                .calls(step -> {
                    preparation.checkSource(step);
                    schedule.within(step, "tell-source", DECISION_DAYS);
                });
    }

    @Bean
    Step planSourceWait(Schedule schedule) {
        return Step.named("planSourceWait")
                .writes(OPENS, DUE)
                .businessDays(SOURCE_EARLIEST, SOURCE_LATEST)
                .rehearses(EngagementRehearsal::planSourceWait)
                .calls(step ->
                        schedule.windowAfterAttempt(step, "source-answer", "source", SOURCE_EARLIEST, SOURCE_LATEST));
    }

    @Bean
    Step planSourceAnswer(Schedule schedule) {
        return Step.named("planSourceAnswer")
                .writes(OPENS, DUE)
                .businessDays(EXTRA_DAYS)
                .calls(step -> schedule.within(step, "act-on-answer", EXTRA_DAYS));
    }

    @Bean
    Step planSupervisorDecision(Schedule schedule, Tellings tellings) {
        return Step.named("planSupervisorDecision")
                .writes(OPENS, DUE)
                .businessDays(DECISION_DAYS)
                .calls(step -> {
                    tellings.askToDecideAgain(step);
                    schedule.within(step, "supervisor", DECISION_DAYS);
                });
    }

    @Bean
    Step checkSafety(Preparation preparation) {
        return Step.named("checkSafety")
                .writes(RISK_FLAG)
                .rehearses(EngagementRehearsal::checkSafety)
                .calls(preparation::checkSafety);
    }

    @Bean
    Step planLetter(Schedule schedule) {
        return Step.named("planLetter")
                .writes(OPENS, DUE)
                .businessDays(DECISION_DAYS)
                .calls(step -> schedule.within(step, "letter", DECISION_DAYS));
    }

    @Bean
    Step sendNoContactLetter(EngagementLetters letters, Schedule schedule) {
        return Step.named("sendNoContactLetter")
                .writes(OPENS, DUE)
                .businessDays(DECISION_DAYS)
                .rehearses(EngagementRehearsal::sendNoContactLetter)
                .calls(step -> {
                    letters.sendNoContactLetter(step);
                    schedule.within(step, "print-and-post", DECISION_DAYS);
                });
    }

    @Bean
    Step notifyReferralSource(EngagementLetters letters) {
        return Step.named("notifyReferralSource")
                .rehearses(EngagementRehearsal::notifyReferralSource)
                .calls(letters::tellSourceOfClosing);
    }

    @Bean
    Step planNotice(Preparation preparation) {
        return Step.named("planNotice")
                .writes(NOTICE_ENDS, OPENS, DUE)
                .rehearses(EngagementRehearsal::planNotice)
                .calls(preparation::planNotice);
    }

    @Bean
    Step closeFile(Endings endings) {
        return Step.named("closeFile").input("reason").calls(step -> endings.close(step, step.input("reason")));
    }

    @Bean
    Step planAdmission(Schedule schedule) {
        return Step.named("planAdmission")
                .writes(OPENS, DUE)
                .businessDays(DECISION_DAYS)
                .calls(step -> schedule.within(step, "admission", DECISION_DAYS));
    }

    @Bean
    Step admitClient(Endings endings) {
        return Step.named("admitClient").calls(endings::admit);
    }

    @Bean
    Step planDocumentation(Schedule schedule) {
        return Step.named("planDocumentation")
                .writes(OPENS, DUE)
                .businessDays(DOCUMENTATION_DAYS)
                .calls(step -> schedule.within(step, "documentation", DOCUMENTATION_DAYS));
    }

    @Bean
    Step planRefusal(Schedule schedule) {
        return Step.named("planRefusal")
                .writes(OPENS, DUE)
                .businessDays(DECISION_DAYS)
                .calls(step -> schedule.within(step, "refusal", DECISION_DAYS));
    }

    /** Written apart from {@code opens} and {@code due}: the search goes on beside it. */
    @Bean
    Step planGroupService(Preparation preparation) {
        return Step.named("planGroupService")
                .writes(GROUP_SERVICE_OPENS, GROUP_SERVICE_DUE)
                .businessDays(DECISION_DAYS)
                .calls(preparation::planGroupService);
    }

    @Bean
    TaskStep tellOverdue(Tellings tellings) {
        return TaskStep.named("tellOverdue")
                .does(task -> tellings.tellOverdue(
                        task.getId(),
                        task.getExecution().getProcessBusinessKey(),
                        Processes.PROJECT_ID.in(task),
                        task.getAssignee(),
                        "task." + TaskStep.process(task) + "." + task.getTaskDefinitionKey()));
    }
}
