package org.ancora.correspondence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ancora.access.ProjectId;
import org.ancora.network.Projects;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** E-mails and text messages: queued in the caller's transaction, delivered once by a procedure of their own. */
@Service
public class Messages {

    /** The business key of messages that belong to no case. */
    private static final String NO_CASE = "messages";

    private final Outbox outbox;
    private final Processes processes;
    private final Projects projects;

    Messages(Outbox outbox, Processes processes, Projects projects) {
        this.outbox = outbox;
        this.processes = processes;
        this.projects = projects;
    }

    /**
     * Puts a message into the outbox and starts its delivery, both in the caller's transaction: if that is undone, there
     * was never a message. A message whose key is there already is not queued again.
     *
     * @return the message, new or the one that carried this key before
     */
    @Transactional
    public MessageId queue(NewMessage message) {
        return queue(message, null);
    }

    /** As {@link #queue(NewMessage)}, for the e-mail that carries a letter. */
    MessageId queue(NewMessage message, @Nullable LetterId letter) {
        String organisation =
                projects.get(message.projectId()).settings().letterhead().email();
        Optional<MessageId> inserted = outbox.insert(new Outbox.Entry(
                message.kind(),
                message.caseCode(),
                message.projectId(),
                message.channel(),
                message.recipient(),
                message.recipientName(),
                message.to(),
                message.subject(),
                message.text(),
                message.html(),
                message.language(),
                letter,
                message.onceKey(),
                organisation.substring(organisation.lastIndexOf('@') + 1),
                message.by()));
        inserted.ifPresent(id -> deliver(id, message.caseCode(), message.projectId()));
        return inserted.orElseGet(() -> outbox.withKey(message.onceKey()));
    }

    /** Every letter and message to the client and the source of a case, the newest first, with the time of its next try. */
    @Transactional(readOnly = true)
    public List<MessageSummary> ofCase(String caseCode) {
        return withNextTry(outbox.ofCase(caseCode));
    }

    /** One message, or empty if there is none. */
    @Transactional(readOnly = true)
    public Optional<MessageSummary> find(MessageId id) {
        return outbox.find(id).map(row -> withNextTry(List.of(row)).get(0));
    }

    private void deliver(MessageId id, @Nullable String caseCode, ProjectId project) {
        String process = processes.start(
                CorrespondenceProcess.DELIVER,
                caseCode == null ? NO_CASE : caseCode,
                project,
                Variables.of(CorrespondenceProcess.MESSAGE, id.value()));
        outbox.deliveredBy(id, process);
    }

    private List<MessageSummary> withNextTry(List<Outbox.MessageRow> rows) {
        List<String> waiting = rows.stream()
                .filter(row -> row.summary().state() == MessageState.QUEUED)
                .map(Outbox.MessageRow::process)
                .filter(Objects::nonNull)
                .toList();
        Map<String, Instant> next = waiting.isEmpty() ? Map.of() : processes.nextTries(waiting);
        return rows.stream()
                .map(row ->
                        row.process() == null ? row.summary() : row.summary().nextTry(next.get(row.process())))
                .toList();
    }
}
