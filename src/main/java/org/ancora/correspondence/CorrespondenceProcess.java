package org.ancora.correspondence;

import java.time.Instant;
import java.util.stream.Stream;
import org.ancora.access.UserId;
import org.ancora.process.ProcessVariable;

/** The procedures of this module and what they know: delivering a message, a person's digest, reminding of letters on paper. */
final class CorrespondenceProcess {

    static final String FOLDER = "correspondence";

    static final String DELIVER = "deliver-message";
    static final ProcessVariable<Long> MESSAGE = ProcessVariable.id("messageId");
    /** Where the message stands after a step or a person's decision, the code of a {@link MessageState}. */
    static final ProcessVariable<String> DELIVERY = ProcessVariable.code(
            "deliveryState",
            Stream.of(MessageState.values()).map(MessageState::code).toArray(String[]::new));

    /** When a person may and must look at a delivery of which nobody knows. */
    static final ProcessVariable<Instant> OPENS = ProcessVariable.instant("opens");

    static final ProcessVariable<Instant> DUE = ProcessVariable.instant("due");

    static final String DIGEST = "notice-digest";
    static final ProcessVariable<UserId> READER = ProcessVariable.user("reader");
    static final ProcessVariable<Instant> DIGEST_AT = ProcessVariable.instant("digestAt");

    static final String PAPER = "paper-reminder";
    static final ProcessVariable<Instant> PAPER_AT = ProcessVariable.instant("paperAt");

    private CorrespondenceProcess() {}
}
