package org.ancora.access;

import java.util.Optional;
import org.ancora.database.StartUpRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Outside the demo somebody must be able to begin: while no account is an administrator, one is made for
 * {@code ANCORA_ADMIN_EMAIL}, with a one-time link in the log. A restart writes a new link only when the last one ran out.
 */
@Component
@Profile("!demo & !test")
class FirstAdministrator implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(FirstAdministrator.class);

    private static final long LOCK = 0x616e636f7261L;

    private final JdbcClient jdbc;
    private final Users users;
    private final SetUpLinks links;
    private final String email;
    private final String baseUrl;

    FirstAdministrator(
            JdbcClient jdbc,
            Users users,
            SetUpLinks links,
            @Value("${ancora.admin.email:}") String email,
            @Value("${ancora.base-url:http://localhost:8080}") String baseUrl) {
        this.jdbc = jdbc;
        this.users = users;
        this.links = links;
        this.email = email;
        this.baseUrl = baseUrl;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        // Two nodes may start at once on an empty database; the second waits here and finds the work done.
        jdbc.sql("select pg_advisory_xact_lock(:lock)")
                .param("lock", LOCK)
                .query((row, index) -> index)
                .list();
        Optional<User> waiting = users.administrators(null).stream().findFirst();
        if (waiting.isPresent()
                && (users.hasPassword(waiting.get().id())
                        || links.isWaiting(waiting.get().id()))) {
            return;
        }
        UserId administrator = waiting.map(User::id).orElseGet(this::create);
        log.warn(
                "The first administrator sets a password within {} hours at {}/set-up/{}",
                SetUpLinks.LASTS.toHours(),
                baseUrl.replaceAll("/+$", ""),
                links.issue(administrator));
    }

    private UserId create() {
        if (email.isBlank()) {
            throw new StartUpRefused(
                    "Nobody could sign in: set ANCORA_ADMIN_EMAIL to the first administrator's address.");
        }
        UserId id = users.create(new NewUser(email, email, email, null, null), UserId.SYSTEM);
        users.grantAdministrationOfEverything(id, UserId.SYSTEM);
        return id;
    }
}
