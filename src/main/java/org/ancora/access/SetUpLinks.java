package org.ancora.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** One-time links by which a person sets their first password; the table knows only the digest of each secret. */
@Service
@Transactional
class SetUpLinks {

    static final Duration LASTS = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final Clock wallClock;
    private final Users users;

    SetUpLinks(JdbcClient jdbc, @Qualifier("wallClock") Clock wallClock, Users users) {
        this.jdbc = jdbc;
        this.wallClock = wallClock;
        this.users = users;
    }

    /** A new secret for this account, the only time it is known; earlier ones stop working. */
    public String issue(UserId account) {
        Instant now = wallClock.instant();
        String secret = Secrets.fresh();
        jdbc.sql("delete from set_up_link where account_id = :account and used_at is null")
                .param("account", account.value())
                .update();
        jdbc.sql("insert into set_up_link (account_id, secret_hash, expires_at) values (:account, :hash, :expires)")
                .param("account", account.value())
                .param("hash", Secrets.digest(secret))
                .param("expires", now.plus(LASTS).atOffset(ZoneOffset.UTC))
                .update();
        return secret;
    }

    /** Whether this account has a link that still works. */
    @Transactional(readOnly = true)
    public boolean isWaiting(UserId account) {
        return jdbc.sql("""
                        select exists (select 1 from set_up_link
                                        where account_id = :account and used_at is null and expires_at > :now)
                        """)
                .param("account", account.value())
                .param("now", wallClock.instant().atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    /** Whose password the link sets; empty when it was used, is out of date or was never issued. */
    @Transactional(readOnly = true)
    public Optional<User> owner(String secret) {
        return jdbc.sql("""
                        select l.account_id from set_up_link l join account a on a.id = l.account_id
                         where l.secret_hash = :hash and l.used_at is null and l.expires_at > :now and a.active
                        """)
                .param("hash", Secrets.digest(secret))
                .param("now", wallClock.instant().atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .optional()
                .flatMap(account -> users.find(new UserId(account)));
    }

    /** Sets the password and uses the link up; false when somebody was faster. */
    public boolean use(String secret, String password) {
        Instant now = wallClock.instant();
        Optional<Long> account = jdbc.sql("""
                        update set_up_link set used_at = :now
                         where secret_hash = :hash and used_at is null and expires_at > :now
                        returning account_id
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("hash", Secrets.digest(secret))
                .query(Long.class)
                .optional();
        account.map(UserId::new).ifPresent(owner -> users.setPassword(owner, password, owner));
        return account.isPresent();
    }
}
