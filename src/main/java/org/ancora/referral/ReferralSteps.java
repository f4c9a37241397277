package org.ancora.referral;

import static org.ancora.referral.ReferralProcess.ANSWER_DAYS;
import static org.ancora.referral.ReferralProcess.DUE;
import static org.ancora.referral.ReferralProcess.LINK_DAYS;
import static org.ancora.referral.ReferralProcess.OPENS;
import static org.ancora.referral.ReferralProcess.OVERDUE_AT;
import static org.ancora.referral.ReferralProcess.OVERDUE_DAYS;
import static org.ancora.referral.ReferralProcess.REFERRAL;

import java.util.Map;
import org.ancora.network.Projects;
import org.ancora.process.Decisions;
import org.ancora.process.DeclaredMessages;
import org.ancora.process.DeclaredVariables;
import org.ancora.process.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps that the diagram of referrals takes. */
@Configuration(proxyBeanMethods = false)
class ReferralSteps {

    @Bean
    static DeclaredVariables referralVariables() {
        return ReferralProcess.variables();
    }

    @Bean
    static DeclaredMessages referralMessages() {
        return ReferralProcess.messages();
    }

    @Bean
    Step applyReferralPolicy(Decisions decisions, Projects projects) {
        return Step.named("applyReferralPolicy")
                .input("decision")
                .writes(OVERDUE_DAYS, ANSWER_DAYS, LINK_DAYS)
                .rehearses(ReferralRehearsal::applyPolicy)
                .calls(step -> step.set(ReferralProcess.limits(step.decide(
                        decisions,
                        step.input("decision"),
                        Map.of("project", projects.get(step.project()).key())))));
    }

    @Bean
    Step planFollowUp(FollowUps followUps) {
        return Step.named("planFollowUp")
                .writes(OPENS, DUE, OVERDUE_AT)
                .rehearses(ReferralRehearsal::planFollowUp)
                .calls(followUps::plan);
    }

    @Bean
    Step planAnswer(FollowUps followUps) {
        return Step.named("planAnswer")
                .writes(OPENS, DUE, OVERDUE_AT)
                .rehearses(ReferralRehearsal::planAnswer)
                .calls(followUps::planAfterAnswer);
    }

    @Bean
    Step sendReferral(Sendings sendings) {
        return Step.named("sendReferral")
                .outward()
                .rehearses(ReferralRehearsal::send)
                .calls(step -> sendings.send(step.get(REFERRAL), step.get(LINK_DAYS)));
    }
}
