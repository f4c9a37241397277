package org.ancora.correspondence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.Channel;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The outbox against a real database: nothing lost, nothing sent twice, nothing guessed. */
@AncoraTest
class DeliveriesTest {

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Outbox outbox;

    @Autowired
    private Clock clock;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private JdbcClient jdbc;

    private final List<MessageId> handedOver = new ArrayList<>();
    private CaseSummary dana;
    private Project york;

    @BeforeEach
    void openACase() {
        york = fixtures.aProjectInOntario();
        dana = fixtures.aClient(york).openCase();
    }

    @Test
    void sendsOnceHoweverOftenTheStepRuns() {
        MessageId id = queued("once");
        Deliveries deliveries = through(new Handover.Accepted("250 ok"));

        assertThat(deliveries.deliver(id)).isEqualTo(MessageState.SENT);
        assertThat(deliveries.deliver(id)).isEqualTo(MessageState.SENT);

        assertThat(handedOver).containsExactly(id);
        assertThat(outbox.delivery(id)).isInstanceOf(Delivery.Sent.class);
    }

    @Test
    void triesARefusedMessageAgain() {
        MessageId id = queued("refused");

        assertThatThrownBy(() -> through(new Handover.Refused("451 not now")).deliver(id))
                .isInstanceOf(Deliveries.DeliveryRefused.class)
                .hasMessageNotContaining("example");
        assertThat(outbox.delivery(id)).isEqualTo(new Delivery.Queued(1, clock.instant(), "451 not now"));

        assertThat(through(new Handover.Accepted("250 ok")).deliver(id)).isEqualTo(MessageState.SENT);
        assertThat(outbox.delivery(id).attempts()).isEqualTo(2);
    }

    @Test
    void neverResendsWhatWasInterrupted() {
        MessageId id = queued("interrupted");
        Delivery.Queued fresh = (Delivery.Queued) outbox.delivery(id);
        outbox.move(id, fresh, fresh.sending(clock.instant()));

        assertThat(through(new Handover.Accepted("250 ok")).deliver(id)).isEqualTo(MessageState.UNKNOWN);
        assertThat(through(new Handover.Accepted("250 ok")).deliver(id)).isEqualTo(MessageState.UNKNOWN);

        assertThat(handedOver).isEmpty();
    }

    @Test
    void keepsSendingAndSentWhateverBecomesOfTheCaller() {
        MessageId id = queued("rolled-back");
        List<MessageState> seenByTheServer = new ArrayList<>();
        Carrier watching = message -> {
            seenByTheServer.add(outbox.delivery(message.id()).state());
            handedOver.add(message.id());
            return new Handover.Accepted("250 ok");
        };

        new TransactionTemplate(transactions).executeWithoutResult(job -> {
            deliveries(watching).deliver(id);
            job.setRollbackOnly();
        });

        assertThat(seenByTheServer).containsExactly(MessageState.SENDING);
        assertThat(outbox.delivery(id).state()).isEqualTo(MessageState.SENT);
    }

    @Test
    void leavesAnExplodingCarrierToAPerson() {
        MessageId id = queued("exploding");
        Carrier exploding = message -> {
            throw new IllegalStateException("a fault of ours");
        };

        assertThatThrownBy(() -> deliveries(exploding).deliver(id)).isInstanceOf(IllegalStateException.class);
        assertThat(through(new Handover.Accepted("250 ok")).deliver(id)).isEqualTo(MessageState.UNKNOWN);
        assertThat(handedOver).isEmpty();
    }

    @Test
    void believesASlowAttemptThatReportsBackAfterAll() {
        MessageId id = queued("slow");
        Carrier slow = message -> {
            // Meanwhile the engine's lock runs out, and another node takes the job.
            assertThat(through(new Handover.Accepted("second copy")).deliver(id))
                    .isEqualTo(MessageState.UNKNOWN);
            return new Handover.Accepted("250 first and only copy");
        };

        assertThat(deliveries(slow).deliver(id)).isEqualTo(MessageState.SENT);

        assertThat(handedOver).isEmpty();
        assertThat(outbox.delivery(id).detail()).isEqualTo("250 first and only copy");
    }

    @Test
    void isHandedOverByOneOfManyAtTheSameTime() throws Exception {
        MessageId id = queued("race");
        CountDownLatch together = new CountDownLatch(1);
        ExecutorService nodes = Executors.newFixedThreadPool(6);
        try {
            Deliveries deliveries = through(new Handover.Accepted("250 ok"));
            List<Future<MessageState>> outcomes = new ArrayList<>();
            for (int node = 0; node < 6; node++) {
                outcomes.add(nodes.submit(() -> {
                    together.await();
                    return deliveries.deliver(id);
                }));
            }
            together.countDown();
            for (Future<MessageState> outcome : outcomes) {
                assertThat(outcome.get()).isIn(MessageState.SENT, MessageState.UNKNOWN);
            }
        } finally {
            nodes.shutdownNow();
        }

        assertThat(handedOver).containsExactly(id);
        assertThat(outbox.delivery(id).state()).isEqualTo(MessageState.SENT);
    }

    @Test
    void insertsOneMessagePerKey() {
        MessageId first = queued("key");

        assertThat(outbox.insert(entry("key"))).isEmpty();
        assertThat(outbox.withKey("key")).isEqualTo(first);
    }

    @Test
    void refusesToMoveAMessageThatSomebodyElseMoved() {
        MessageId id = queued("moved");
        Delivery.Queued fresh = (Delivery.Queued) outbox.delivery(id);

        assertThat(outbox.move(id, fresh, fresh.sending(clock.instant()))).isTrue();
        assertThat(outbox.move(id, fresh, fresh.sending(clock.instant()))).isFalse();
    }

    @Test
    void tellsTheActivityLogWhatHappened() {
        MessageId id = queued("logged");
        through(new Handover.Accepted("250 ok")).deliver(id);

        assertThat(jdbc.sql("select action from activity where subject = 'message' order by id")
                        .query(String.class)
                        .list())
                .containsExactly("message.queued", "message.sent");
    }

    private MessageId queued(String key) {
        return new TransactionTemplate(transactions)
                .execute(status -> outbox.insert(entry(key)).orElseThrow());
    }

    private Outbox.Entry entry(String key) {
        return new Outbox.Entry(
                "please-call-us",
                dana.code(),
                york.id(),
                Channel.EMAIL,
                RecipientKind.CLIENT,
                "Dana Whitfield",
                "dana.w@example.org",
                "Please call us",
                "Please call us.",
                null,
                Locale.ENGLISH,
                null,
                key,
                "york.example",
                UserId.SYSTEM);
    }

    private Deliveries through(Handover outcome) {
        return deliveries(message -> {
            synchronized (handedOver) {
                handedOver.add(message.id());
            }
            return outcome;
        });
    }

    private Deliveries deliveries(Carrier mail) {
        return new Deliveries(outbox, new Carriers(mail, mail), new FreshLinks(List.of()), clock, transactions);
    }
}
