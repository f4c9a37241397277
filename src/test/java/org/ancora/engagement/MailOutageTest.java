package org.ancora.engagement;

import static org.assertj.core.api.Assertions.assertThat;

import org.ancora.correspondence.TestInbox;
import org.ancora.testing.AncoraTest;
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
}
