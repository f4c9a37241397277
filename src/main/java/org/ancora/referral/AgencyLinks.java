package org.ancora.referral;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.ancora.access.Secrets;
import org.ancora.access.UserId;
import org.ancora.correspondence.LinkMaker;
import org.ancora.correspondence.MessageId;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The links by which agencies answer without an account: each for one referral and one message, for a while, and revocable.
 * What opens them is made as a message leaves and kept nowhere; the table knows its digest. They keep real time.
 */
@Component
class AgencyLinks implements LinkMaker {

    static final String PURPOSE = "referral";
    static final String PATH = "/referral-link/";

    private final JdbcClient jdbc;
    private final Clock wallClock;
    private final String base;

    AgencyLinks(
            JdbcClient jdbc,
            @Qualifier("wallClock") Clock wallClock,
            @Value("${ancora.base-url:http://localhost:8080}") String base) {
        this.jdbc = jdbc;
        this.wallClock = wallClock;
        this.base = base.replaceAll("/+$", "");
    }

    /**
     * How long an agency may answer.
     *
     * @param until the last moment at which its link works
     * @param open whether that lies ahead
     */
    public record Reach(Instant until, boolean open) {}

    /**
     * A link that works.
     *
     * @param namesClient whether its holder may learn who the client is once they accept
     */
    record Link(long id, long referral, boolean namesClient, Instant expiresAt) {}

    /** What a link looks like to somebody who is not given it. */
    String shown() {
        return base + PATH + "…";
    }

    long issue(long referral, long sending, Instant expiresAt) {
        return jdbc.sql("""
                        insert into referral_link (referral_id, sending_id, expires_at)
                        values (:referral, :sending, :expires)
                        returning id
                        """)
                .param("referral", referral)
                .param("sending", sending)
                .param("expires", ReferralRows.at(expiresAt))
                .query(Long.class)
                .single();
    }

    /** What this opens; empty alike when it was never given, is out of date, was revoked, or there is nothing left to say. */
    Optional<Link> find(String secret) {
        return jdbc.sql("""
                        select l.id, l.referral_id, s.names_client, l.expires_at
                          from referral_link_secret d
                          join referral_link l on l.id = d.link_id
                          join referral_sending s on s.id = l.sending_id
                          join referral r on r.id = l.referral_id
                         where d.digest = :digest and l.revoked_at is null and l.expires_at > :now
                           and r.finished_at is null
                        """)
                .param("digest", Secrets.digest(secret))
                .param("now", ReferralRows.at(wallClock.instant()))
                .query((row, number) -> new Link(
                        row.getLong("id"),
                        row.getLong("referral_id"),
                        row.getBoolean("names_client"),
                        ReferralRows.required(row, "expires_at")))
                .optional();
    }

    /** Until when some link of this referral works, or did; empty where none was given, and once they were taken back. */
    Optional<Reach> reach(long referral) {
        return jdbc.sql("""
                        select max(expires_at) as until from referral_link
                         where referral_id = :referral and revoked_at is null
                        """)
                .param("referral", referral)
                .query((row, number) -> Optional.ofNullable(ReferralRows.instant(row, "until")))
                .single()
                .map(until -> new Reach(until, until.isAfter(wallClock.instant())));
    }

    /** No link of this referral opens anything any more; returns whether one did. */
    boolean revoke(long referral, UserId by) {
        return jdbc.sql("""
                        update referral_link set revoked_at = :now, revoked_by = :by
                         where referral_id = :referral and revoked_at is null
                        """)
                        .param("now", ReferralRows.at(wallClock.instant()))
                        .param("by", by.value())
                        .param("referral", referral)
                        .update()
                > 0;
    }

    @Override
    public String purpose() {
        return PURPOSE;
    }

    @Override
    public Optional<String> fresh(long id, MessageId message) {
        boolean ours = jdbc.sql("""
                        select exists (select 1 from referral_link l join referral_sending s on s.id = l.sending_id
                                        where l.id = :id and s.message_id = :message)
                        """)
                .param("id", id)
                .param("message", message.value())
                .query(Boolean.class)
                .single();
        if (!ours) {
            return Optional.empty();
        }
        String secret = Secrets.fresh();
        jdbc.sql("insert into referral_link_secret (digest, link_id, made_at) values (:digest, :link, :now)")
                .param("digest", Secrets.digest(secret))
                .param("link", id)
                .param("now", ReferralRows.at(wallClock.instant()))
                .update();
        return Optional.of(base + PATH + secret);
    }
}
