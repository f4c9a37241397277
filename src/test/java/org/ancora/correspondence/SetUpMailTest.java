package org.ancora.correspondence;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** The link by which somebody sets their password goes to them alone, where there is a mail server. */
@AncoraTest
class SetUpMailTest {

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Users users;

    @Autowired
    private TestInbox inbox;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvc web;

    private UserId ada;

    @BeforeEach
    void anAdministrator() {
        Project york = fixtures.aProjectInOntario();
        ada = fixtures.aPerson("Ada Novak", york, Role.ADMIN);
        inbox.open();
    }

    @AfterEach
    void closeInbox() {
        inbox.close();
    }

    @Test
    void goesToWhoeverIsInvitedAndIsForgottenOnceItIsGone() throws Exception {
        MockHttpServletResponse invited = invite();

        assertThat(invited.getStatus()).isEqualTo(302);
        assertThat(invited.getContentAsString()).doesNotContain("set-up");
        Matcher link = Pattern.compile("/set-up/\\S+").matcher(words());
        assertThat(link.find()).isTrue();
        assertThat(jdbc.sql("select address from message").query(String.class).single())
                .isEqualTo("nora@york.example");

        clockwork.runDueJobs();
        assertThat(inbox.subjects()).singleElement().asString().startsWith("Su acceso a ");
        assertThat(words()).isEmpty();
        assertThat(jdbc.sql("select count(*) from message where body_html is not null")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(web.perform(get(URI.create(link.group())))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(200);
    }

    @Test
    void waitsInTheOutboxWhileTheMailServerIsDown() throws Exception {
        inbox.goDown();
        invite();
        clockwork.runDueJobs();

        assertThat(words()).contains("/set-up/");
    }

    @Test
    void isShownOnceWhereNoMailLeavesHere() throws Exception {
        inbox.close();

        MockHttpServletResponse invited = invite();

        assertThat(invited.getStatus()).isEqualTo(200);
        assertThat(invited.getContentAsString()).contains("/set-up/");
        assertThat(jdbc.sql("select count(*) from message").query(Integer.class).single())
                .isZero();
        UserId nora = users.bySignInName("nora@york.example").orElseThrow().id();
        inbox.open();
        MockHttpServletResponse again = send("/" + nora + "/link");
        assertThat(again.getRedirectedUrl()).isEqualTo("/admin/projects/york/people");
        assertThat(words()).contains("/set-up/");
    }

    private MockHttpServletResponse invite() throws Exception {
        return send("/new", "name", "Nora Ruiz", "email", "nora@york.example", "language", "es", "roles", "agent");
    }

    private MockHttpServletResponse send(String path, String... fields) throws Exception {
        var request = post("/admin/projects/york/people" + path);
        for (int at = 0; at < fields.length; at += 2) {
            request.param(fields[at], fields[at + 1]);
        }
        return web.perform(request.with(csrf()).with(signedIn(ada))).andReturn().getResponse();
    }

    private String words() {
        return jdbc.sql("select body_text from message where kind = 'set-up-link'")
                .query(String.class)
                .single();
    }
}
