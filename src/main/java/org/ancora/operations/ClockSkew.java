package org.ancora.operations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Compares this node's clock with PostgreSQL's, which all nodes share. The engine compares due dates with each node's
 * own clock, so a node that is wrong fires timers early or late and takes jobs that another still holds.
 */
@Component
class ClockSkew {

    private static final int SAMPLES = 3;

    private final JdbcTemplate jdbc;
    private final Clock wallClock;
    private volatile Measured latest = new Measured(Duration.ZERO, Duration.ZERO, false);

    ClockSkew(JdbcTemplate jdbc, @Qualifier("wallClock") Clock wallClock) {
        this.jdbc = jdbc;
        this.wallClock = wallClock;
    }

    /**
     * One comparison.
     *
     * @param ahead how far this node is ahead of the database; negative when it is behind
     * @param uncertainty how far that may be from the truth: half of what the question took
     * @param known whether the clocks have been compared at all
     */
    record Measured(Duration ahead, Duration uncertainty, boolean known) {

        /** Whether the clocks are apart by more than this for certain. */
        boolean exceeds(Duration limit) {
            return known && ahead.abs().minus(uncertainty).compareTo(limit) > 0;
        }
    }

    /** Asks the database a few times and keeps the answer that took the shortest. */
    Measured measure() {
        Measured best = jdbc.execute((Connection connection) -> {
            Measured shortest = sample(connection);
            for (int taken = 1; taken < SAMPLES; taken++) {
                Measured next = sample(connection);
                shortest = next.uncertainty().compareTo(shortest.uncertainty()) < 0 ? next : shortest;
            }
            return shortest;
        });
        latest = best == null ? latest : best;
        return latest;
    }

    /** The latest comparison. */
    Measured latest() {
        return latest;
    }

    private Measured sample(Connection connection) throws SQLException {
        try (PreparedStatement question = connection.prepareStatement("select clock_timestamp()")) {
            Instant asked = wallClock.instant();
            try (ResultSet answer = question.executeQuery()) {
                answer.next();
                Instant theirs = answer.getObject(1, OffsetDateTime.class).toInstant();
                Duration half = Duration.between(asked, wallClock.instant()).dividedBy(2);
                // Their clock was read somewhere between question and answer: in the middle, as far as one can tell.
                return new Measured(Duration.between(theirs, asked.plus(half)), half.abs(), true);
            }
        }
    }
}
