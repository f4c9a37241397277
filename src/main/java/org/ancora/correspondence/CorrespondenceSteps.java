package org.ancora.correspondence;

import static org.ancora.correspondence.CorrespondenceProcess.DELIVERY;
import static org.ancora.correspondence.CorrespondenceProcess.DIGEST_AT;
import static org.ancora.correspondence.CorrespondenceProcess.DUE;
import static org.ancora.correspondence.CorrespondenceProcess.FOLDER;
import static org.ancora.correspondence.CorrespondenceProcess.MESSAGE;
import static org.ancora.correspondence.CorrespondenceProcess.OPENS;
import static org.ancora.correspondence.CorrespondenceProcess.PAPER_AT;
import static org.ancora.correspondence.CorrespondenceProcess.READER;

import org.ancora.access.ProjectId;
import org.ancora.process.DeclaredVariables;
import org.ancora.process.Processes;
import org.ancora.process.Step;
import org.ancora.time.Deadline;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps that this module's diagrams take. */
@Configuration(proxyBeanMethods = false)
class CorrespondenceSteps {

    @Bean
    static DeclaredVariables correspondenceVariables() {
        return DeclaredVariables.of(
                FOLDER, MESSAGE, DELIVERY, OPENS, DUE, READER, DIGEST_AT, PAPER_AT, Processes.PROJECT_ID);
    }

    @Bean
    Step deliverMessage(Deliveries deliveries, DeliveryChecks checks) {
        return Step.named("deliverMessage")
                .writes(DELIVERY, OPENS, DUE)
                .outward()
                .rehearses(CorrespondenceRehearsal::deliver)
                .does(execution -> {
                    MessageId message = new MessageId(MESSAGE.in(execution));
                    MessageState state = deliveries.deliver(message);
                    DELIVERY.set(execution, state.code());
                    if (state == MessageState.UNKNOWN || state == MessageState.FAILED) {
                        Deadline check = checks.plan(message);
                        OPENS.set(execution, check.opens());
                        DUE.set(execution, check.due());
                    }
                });
    }

    @Bean
    Step sendNoticeDigest(NoticeMail mail) {
        return Step.named("sendNoticeDigest").does(execution -> mail.sendDigest(READER.in(execution)));
    }

    @Bean
    Step remindOfPaper(WaitingPaper paper) {
        return Step.named("remindOfPaper")
                .does(execution ->
                        paper.remind(new ProjectId(Processes.PROJECT_ID.in(execution)), PAPER_AT.in(execution)));
    }
}
