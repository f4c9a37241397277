package org.ancora.correspondence;

import static org.ancora.correspondence.CorrespondenceProcess.DELIVERY;
import static org.ancora.correspondence.CorrespondenceProcess.DIGEST_AT;
import static org.ancora.correspondence.CorrespondenceProcess.DUE;
import static org.ancora.correspondence.CorrespondenceProcess.MESSAGE;
import static org.ancora.correspondence.CorrespondenceProcess.OPENS;
import static org.ancora.correspondence.CorrespondenceProcess.PAPER_AT;
import static org.ancora.correspondence.CorrespondenceProcess.READER;

import org.ancora.access.UserId;
import org.ancora.process.Rehearsable;
import org.ancora.process.Rehearsed;
import org.ancora.process.Variables;
import org.ancora.process.task.Answers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The procedures of messages without one: what their steps and the form leave behind in a rehearsal. */
@Configuration(proxyBeanMethods = false)
class CorrespondenceRehearsal {

    private static final String STATE = "deliveryState";

    @Bean
    static Rehearsable correspondenceRehearsable() {
        return Rehearsable.folder(CorrespondenceProcess.FOLDER)
                .with(STATE, MessageState.SENT.code(), MessageState.UNKNOWN.code(), MessageState.FAILED.code())
                .startsWith(MESSAGE, 1L)
                .startsWith(READER, new UserId(1))
                .startsWith(DIGEST_AT, 1)
                .startsWith(PAPER_AT, 1);
    }

    static void deliver(Rehearsed here) {
        String state = here.fact(STATE);
        here.set(DELIVERY, state);
        if (!state.equals(MessageState.SENT.code())) {
            here.plan(here.calendar().within(here.now(), 1), OPENS, DUE);
        }
    }

    static Variables checked(Rehearsed task, Answers answers) {
        if (answers.is("delivery", "send-again")) {
            task.change(STATE, MessageState.SENT.code());
            return Variables.of(DELIVERY, MessageState.QUEUED.code());
        }
        return Variables.of(DELIVERY, MessageState.SENT.code());
    }
}
