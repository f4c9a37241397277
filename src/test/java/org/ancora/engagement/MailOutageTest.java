package org.ancora.engagement;

import static org.assertj.core.api.Assertions.assertThat;

import org.ancora.correspondence.TestInbox;
import org.ancora.testing.AncoraTest;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The mail server is down while a file closes, and comes back: nothing is lost, nothing sent twice. */
@AncoraTest
class MailOutageTest {

    @Autowired
    EngagementWalk walks;

    @Autowired
    TestInbox inbox;

    @Autowired
    ManagementService jobs;

    @Autowired
    RuntimeService runtime;

    @BeforeEach
    void open() {
        inbox.open();
    }

    @AfterEach
    void close() {
        inbox.close();
    }

    @Test
    void sendsEveryLetterOnceWhenTheServerIsBack() {
        Walk dana = Place.LETTER.reach(walks.inOntario());
        inbox.goDown();

        dana.finish("review-letter", Said.LETTER_BY_EMAIL);

        // The file closes; the letters stay on their way.
        assertThat(dana.ended()).containsExactly("closed-no-contact");
        assertThat(dana.messages())
                .containsExactly("no-contact email client queued", "source-closed email source queued");
        dana.moveTo("2026-12-04T09:20");
        assertThat(dana.messages())
                .containsExactly("no-contact email client queued", "source-closed email source queued");

        inbox.comeBack();
        dana.moveTo("2026-12-07T09:00");

        assertThat(dana.messages()).containsExactly("no-contact email client sent", "source-closed email source sent");
        assertThat(inbox.subjects()).hasSize(2).doesNotHaveDuplicates();
        dana.moveTo("2026-12-14T09:00");
        assertThat(inbox.subjects()).hasSize(2);
    }

    /** Existing client, the mail server down and back: the letter goes by itself, once. */
    @Test
    void sendsTheLetterToAnExistingClientOnceWhenTheServerIsBack() {
        Walk dana = ExistingPlace.LETTER.reach(walks.inOntario());
        inbox.goDown();

        dana.finish("review-letter", Said.LETTER_BY_EMAIL);
        assertThat(dana.ended()).containsExactly("closed-no-contact");
        dana.moveTo("2027-02-23T17:10");
        assertThat(dana.messages()).containsExactly("no-contact email client queued");

        inbox.comeBack();
        dana.moveTo("2027-02-24T09:00");

        assertThat(dana.messages()).containsExactly("no-contact email client sent");
        dana.moveTo("2027-03-05T09:00");
        assertThat(inbox.subjects()).hasSize(1);
    }

    /** Longer than it is tried by itself: somebody is told, and once they have it tried again it goes out, once. */
    @Test
    void sendsTheLetterToAnExistingClientOnceItIsTriedAgain() {
        Walk dana = ExistingPlace.LETTER.reach(walks.inOntario());
        inbox.goDown();

        dana.finish("review-letter", Said.LETTER_BY_EMAIL);
        assertThat(dana.ended()).containsExactly("closed-no-contact");
        dana.moveTo("2027-02-25T17:00");

        assertThat(dana.messages()).containsExactly("no-contact email client queued");
        assertThat(jobs.createJobQuery().noRetriesLeft().count()).isOne();
        assertThat(runtime.createIncidentQuery().count()).isOne();

        inbox.comeBack();
        dana.moveTo("2027-02-26T09:00");
        assertThat(inbox.subjects()).isEmpty();
        jobs.createJobQuery().noRetriesLeft().list().forEach(job -> jobs.setJobRetries(job.getId(), 1));
        dana.moveTo("2027-02-26T09:01");

        assertThat(dana.messages()).containsExactly("no-contact email client sent");
        assertThat(runtime.createIncidentQuery().count()).isZero();
        dana.moveTo("2027-03-05T09:00");
        assertThat(inbox.subjects()).hasSize(1);
    }
}
