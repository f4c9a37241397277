package org.ancora.correspondence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** How many e-mails and text messages are on their way out, in numbers alone. */
@Service
public class MailQueue {

    private final JdbcClient jdbc;
    private final Clock clock;

    MailQueue(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What is on its way.
     *
     * @param queued messages that wait for their first or next try
     * @param sending messages that are being handed over, or were when their node died
     * @param unknown messages of which nobody can tell whether they arrived
     * @param oldestQueued how long ago the oldest of those queued was written; zero when none is
     */
    public record Load(long queued, long sending, long unknown, Duration oldestQueued) {}

    /** The load as the database has it; one look-up in an index of what is on its way. */
    public Load load() {
        Instant now = clock.instant();
        return jdbc.sql("""
                        select count(*) filter (where state = 'queued') as queued,
                               count(*) filter (where state = 'sending') as sending,
                               count(*) filter (where state = 'unknown') as unknown,
                               min(created_at) filter (where state = 'queued') as oldest
                          from message
                         where state in ('queued', 'sending', 'unknown') and channel <> 'post'
                        """)
                .query((row, index) -> {
                    OffsetDateTime oldest = row.getObject("oldest", OffsetDateTime.class);
                    return new Load(
                            row.getLong("queued"),
                            row.getLong("sending"),
                            row.getLong("unknown"),
                            oldest == null ? Duration.ZERO : Duration.between(oldest.toInstant(), now));
                })
                .single();
    }
}
