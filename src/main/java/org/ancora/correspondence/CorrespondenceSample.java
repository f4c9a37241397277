package org.ancora.correspondence;

import java.util.Map;
import java.util.Set;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.SampleCases;
import org.ancora.process.RehearsalSample;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A case's latest message: what became of it, not what it says and to whom. */
@Component
class CorrespondenceSample implements RehearsalSample {

    private static final Set<MessageState> RAN_INTO_TROUBLE = Set.of(MessageState.UNKNOWN, MessageState.FAILED);

    private final SampleCases cases;
    private final Messages messages;

    CorrespondenceSample(SampleCases cases, Messages messages) {
        this.cases = cases;
        this.messages = messages;
    }

    @Override
    public String folder() {
        return CorrespondenceProcess.FOLDER;
    }

    @Override
    @Transactional
    public Sample of(String code, Viewer viewer) {
        CaseSummary file = cases.open(code, Permission.READ_LETTERS, viewer);
        MessageSummary latest =
                messages.ofCase(code).stream().findFirst().orElseThrow(() -> new Hidden("message", code));
        cases.taken(file, "letter", latest.id().value(), viewer);
        MessageState state = RAN_INTO_TROUBLE.contains(latest.state()) ? latest.state() : MessageState.SENT;
        return new Sample(
                file.project(),
                CorrespondenceProcess.DELIVER,
                latest.createdAt(),
                Map.of(
                        "deliveryState",
                        state.code(),
                        "language",
                        file.preferredLanguage().getLanguage()));
    }
}
