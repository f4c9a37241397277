package org.ancora.correspondence;

import java.time.Clock;
import java.util.function.Supplier;
import org.ancora.casework.Channel;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Delivers messages once, as far as their medium allows. Each change of state is committed on its own, so that nothing
 * that happens to the procedure can take back "sending" or "sent".
 */
@Component
class Deliveries {

    /** What is noted when an attempt never said how it ended. */
    static final String INTERRUPTED = "interrupted";

    private final Outbox outbox;
    private final Carriers carriers;
    private final FreshLinks links;
    private final Clock clock;
    private final TransactionTemplate alone;

    Deliveries(
            Outbox outbox, Carriers carriers, FreshLinks links, Clock clock, PlatformTransactionManager transactions) {
        this.outbox = outbox;
        this.carriers = carriers;
        this.links = links;
        this.clock = clock;
        this.alone = new TransactionTemplate(transactions);
        this.alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Takes a message as far as it will go now. Called again after a crash it hands over nothing of which it cannot know
     * that it did not go out.
     *
     * @return where it stands: {@code SENT}, {@code WRITTEN}, {@code UNKNOWN} or {@code FAILED}
     * @throws DeliveryRefused when it certainly did not go out and is to be tried again
     */
    MessageState deliver(MessageId id) {
        Delivery found = committed(() -> outbox.delivery(id));
        if (found instanceof Delivery.Queued queued) {
            Delivery.Sending sending = queued.sending(clock.instant());
            return committed(() -> outbox.move(id, queued, sending)) ? handOver(id, sending) : deliver(id);
        }
        if (found instanceof Delivery.Sending interrupted) {
            // Whoever began this attempt never came back to say how it ended.
            return settle(id, interrupted, interrupted.lost(clock.instant(), INTERRUPTED));
        }
        return found.state();
    }

    private MessageState handOver(MessageId id, Delivery.Sending sending) {
        StoredMessage message = committed(() -> links.in(outbox.message(id)));
        Handover outcome = carriers.of(message.channel()).handOver(message);
        if (outcome instanceof Handover.Accepted accepted) {
            return settle(id, sending, sending.sent(clock.instant(), accepted.reply()));
        }
        if (outcome instanceof Handover.Written written) {
            return settle(id, sending, sending.written(clock.instant(), written.file()));
        }
        if (outcome instanceof Handover.Unknown unknown) {
            return settle(id, sending, sending.lost(clock.instant(), unknown.why()));
        }
        if (outcome instanceof Handover.Undeliverable undeliverable) {
            return settle(id, sending, sending.undeliverable(clock.instant(), undeliverable.reply()));
        }
        settle(id, sending, sending.refused(clock.instant(), ((Handover.Refused) outcome).reply()));
        throw new DeliveryRefused(id, message.channel());
    }

    private MessageState settle(MessageId id, Delivery.Sending sending, Delivery outcome) {
        return committed(() -> {
            if (outbox.move(id, sending, outcome)) {
                return outcome.state();
            }
            Delivery now = outbox.delivery(id);
            boolean givenUpAsLost = now instanceof Delivery.Unknown && now.attempts() == sending.attempts();
            if (givenUpAsLost && !(outcome instanceof Delivery.Unknown)) {
                // Another node took this attempt for dead while it was only slow. What we know is better than that.
                outbox.move(id, now, outcome);
                return outcome.state();
            }
            return now.state();
        });
    }

    private <T> T committed(Supplier<T> work) {
        T result = alone.execute(status -> work.get());
        if (result == null) {
            throw new IllegalStateException("a committed piece of work always has a result");
        }
        return result;
    }

    /** The message certainly did not go out; the engine tries again by its cycle. Carries no address and no words. */
    static final class DeliveryRefused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        DeliveryRefused(MessageId id, Channel channel) {
            super("Message " + id + " by " + channel.code() + " was refused before it was taken; it is tried again");
        }
    }
}
