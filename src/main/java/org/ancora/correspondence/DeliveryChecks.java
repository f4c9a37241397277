package org.ancora.correspondence;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ancora.access.UserId;
import org.ancora.network.Projects;
import org.ancora.process.Deadlines;
import org.ancora.process.Rehearsed;
import org.ancora.process.Variables;
import org.ancora.process.task.Answers;
import org.ancora.process.task.TaskContext;
import org.ancora.process.task.TaskHandler;
import org.ancora.time.Deadline;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A message of which nobody knows whether it went out, or for which there is nobody at its address: a person looks and says. Only their word lets it go out again.
 */
@Component
class DeliveryChecks implements TaskHandler {

    /** A recipient may be waiting, so somebody looks by the end of the next business day. */
    private static final int DAYS = 1;

    private final Outbox outbox;
    private final MessageWords words;
    private final Projects projects;
    private final Deadlines deadlines;
    private final Clock clock;

    DeliveryChecks(Outbox outbox, MessageWords words, Projects projects, Deadlines deadlines, Clock clock) {
        this.outbox = outbox;
        this.words = words;
        this.projects = projects;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /** Says by when somebody is to look. */
    @Transactional
    Deadline plan(MessageId id) {
        StoredMessage message = outbox.message(id);
        Deadline deadline = projects.calendar(message.projectId()).within(clock.instant(), DAYS);
        String caseCode = message.caseCode();
        if (caseCode != null) {
            deadlines.record(caseCode, "check-delivery", deadline);
        }
        return deadline;
    }

    @Override
    public String form() {
        return "check-delivery";
    }

    @Override
    public Set<String> fields() {
        return Set.of("delivery", "found");
    }

    @Override
    public Map<String, ?> prepare(TaskContext task) {
        MessageSummary message =
                outbox.find(message(task)).map(Outbox.MessageRow::summary).orElseThrow();
        return Map.of("messageSummary", words.markdown(message, task.viewer().locale()));
    }

    @Override
    public Variables complete(TaskContext task, Answers answers) {
        Delivery settled = settle(
                message(task),
                answers.text("delivery"),
                answers.text("found"),
                task.viewer().id());
        return Variables.of(CorrespondenceProcess.DELIVERY, settled.state().code());
    }

    @Override
    public Optional<Variables> rehearse(Rehearsed task, Answers answers) {
        return Optional.of(CorrespondenceRehearsal.checked(task, answers));
    }

    private Delivery settle(MessageId id, String found, String how, UserId by) {
        Delivery asked = outbox.delivery(id);
        Delivery settled = answered(asked, found, Replies.shortened(how), by);
        // Without an answer to give it reported back while the person was looking. What is known stands.
        return settled != asked && outbox.move(id, asked, settled) ? settled : outbox.delivery(id);
    }

    private Delivery answered(Delivery asked, String found, String how, UserId by) {
        if (asked instanceof Delivery.Unknown unknown) {
            return switch (found) {
                case "arrived" -> unknown.sent(clock.instant(), by, how);
                case "not-arrived" -> unknown.givenUp(clock.instant(), by, how);
                case "send-again" -> unknown.again(clock.instant());
                default -> throw new IllegalArgumentException("The form offers no answer " + found);
            };
        }
        if (asked instanceof Delivery.Failed failed && failed.asksForAPerson()) {
            return switch (found) {
                case "arrived" -> failed.sent(clock.instant(), by, how);
                case "not-arrived" -> failed.confirmed(clock.instant(), by, how);
                case "send-again" -> failed.again(clock.instant());
                default -> throw new IllegalArgumentException("The form offers no answer " + found);
            };
        }
        return asked;
    }

    private static MessageId message(TaskContext task) {
        return new MessageId(task.get(CorrespondenceProcess.MESSAGE));
    }
}
