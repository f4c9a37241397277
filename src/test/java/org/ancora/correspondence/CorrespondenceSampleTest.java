package org.ancora.correspondence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Map;
import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.Channel;
import org.ancora.network.Project;
import org.ancora.process.RehearsalSample.Sample;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A case's latest message as the sample of a rehearsal: what became of it, not what it says. */
@AncoraTest
class CorrespondenceSampleTest {

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Messages messages;

    @Autowired
    private CorrespondenceSample samples;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void takesAlongWhetherItCameToItsEnd() {
        Project york = fixtures.aProjectInOntario();
        UserId sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        CaseSummary dana = fixtures.aClient(york)
                .speaking("it", "en")
                .consentingTo(Channel.EMAIL)
                .openCaseFor(sam);
        Viewer reader = fixtures.viewer(sam);
        assertThatThrownBy(() -> samples.of(dana.code(), reader)).isInstanceOf(Hidden.class);
        MessageId id = messages.queue(new NewMessage(
                "please-call-us",
                dana.code(),
                york.id(),
                Channel.EMAIL,
                RecipientKind.CLIENT,
                "Dana",
                "dana@example.org",
                "Please call us",
                "We could not reach you",
                null,
                Locale.ITALIAN,
                "sample",
                null));

        Sample queued = samples.of(dana.code(), reader);
        jdbc.sql("update message set state = 'failed' where id = :id")
                .param("id", id.value())
                .update();

        assertThat(queued.process()).isEqualTo("deliver-message");
        assertThat(queued.facts()).isEqualTo(Map.of("deliveryState", "sent", "language", "it"));
        assertThat(samples.of(dana.code(), reader).facts()).containsEntry("deliveryState", "failed");
        Viewer max = fixtures.viewer(fixtures.aPerson("Max Both", york, Role.OWNER, Role.MANAGER));
        assertThatThrownBy(() -> samples.of(dana.code(), max)).isInstanceOfAny(Forbidden.class, Hidden.class);
    }
}
