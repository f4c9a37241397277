package org.ancora.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.ancora.database.StartUpRefused;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

@AncoraTest
@ExtendWith(OutputCaptureExtension.class)
class FirstAdministratorTest {

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Users users;

    @Autowired
    SetUpLinks links;

    @Test
    void getsOneLinkHoweverOftenAncoraStarts(CapturedOutput log) {
        start("Ada@Example.org");
        start("Ada@Example.org");

        assertThat(log.getOut().split("https://ancora.example/set-up/", -1)).hasSize(2);
        String secret = log.getOut().replaceAll("(?s).*/set-up/([\\w-]{43}).*", "$1");
        User ada = links.owner(secret).orElseThrow();
        assertThat(ada.signInName()).isEqualTo("ada@example.org");
        assertThat(users.memberships(ada.id())).containsExactly(new Membership(null, Role.ADMIN));
    }

    @Test
    void getsAnotherLinkOnlyWhenTheFirstRanOut(CapturedOutput log) {
        start("ada@example.org");
        jdbc.sql("update set_up_link set expires_at = expires_at - interval '2 days'")
                .update();
        start("ada@example.org");
        String secret = log.getOut().replaceAll("(?s).*/set-up/([\\w-]{43}).*", "$1");
        links.use(secret, "four small grey stones");
        jdbc.sql("update set_up_link set expires_at = expires_at - interval '2 days'")
                .update();
        start("ada@example.org");

        assertThat(log.getOut().split("/set-up/", -1)).hasSize(3);
    }

    @Test
    void mustBeNamed() {
        assertThatThrownBy(() -> start(" "))
                .isInstanceOf(StartUpRefused.class)
                .hasMessageContaining("ANCORA_ADMIN_EMAIL");
    }

    private void start(String email) {
        new FirstAdministrator(jdbc, users, links, email, "https://ancora.example/")
                .run(new DefaultApplicationArguments());
    }
}
