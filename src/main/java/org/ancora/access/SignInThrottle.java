package org.ancora.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Slows down guessing, by account name and by address, whether or not the account exists. An attempt is counted before the
 * password is looked at, so that a hundred at once count a hundred; success gives its own count back. Past the limit each
 * further attempt doubles the pause; a failure is forgiven after a while, so a busy office does not lock itself out.
 */
@Component
class SignInThrottle {

    static final int FREE_PER_ACCOUNT = 5;
    static final int FREE_PER_ADDRESS = 30;
    static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
    static final Duration FORGIVEN_AFTER = Duration.ofMinutes(15);

    private final JdbcClient jdbc;
    private final Clock wallClock;

    SignInThrottle(JdbcClient jdbc, @Qualifier("wallClock") Clock wallClock) {
        this.jdbc = jdbc;
        this.wallClock = wallClock;
    }

    private record Key(String value, int free) {}

    private record State(
            int failures, Instant lastAt, @Nullable Instant blockedUntil) {

        boolean blocks(Instant now) {
            return blockedUntil != null && blockedUntil.isAfter(now);
        }
    }

    /** Counts an attempt; a time in the answer means it must not be made before then, and was not counted. */
    @Transactional
    public Optional<Instant> attempt(String name, String address) {
        Instant now = wallClock.instant();
        List<Key> keys = keys(name, address);
        List<State> states = keys.stream().map(key -> locked(key, now)).toList();
        Optional<Instant> blocked = states.stream()
                .filter(state -> state.blocks(now))
                .map(State::blockedUntil)
                .flatMap(Stream::ofNullable)
                .max(Instant::compareTo);
        if (blocked.isEmpty()) {
            for (int i = 0; i < keys.size(); i++) {
                count(keys.get(i), states.get(i), now);
            }
        }
        return blocked;
    }

    /** Gives back what the successful attempt had counted: all of the account's failures, one of the address's. */
    @Transactional
    public void succeeded(String name, String address) {
        Key account = account(name);
        Key place = address(address);
        jdbc.sql("delete from sign_in_throttle where key = :key or last_at < :old")
                .param("key", account.value())
                .param("old", wallClock.instant().minus(Duration.ofDays(2)).atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("""
                        update sign_in_throttle set failures = greatest(failures - 1, 0), blocked_until = null
                         where key = :key
                        """).param("key", place.value()).update();
    }

    private State locked(Key key, Instant now) {
        jdbc.sql("insert into sign_in_throttle (key, failures, last_at) values (:key, 0, :now) on conflict do nothing")
                .param("key", key.value())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        return jdbc.sql("select failures, last_at, blocked_until from sign_in_throttle where key = :key for update")
                .param("key", key.value())
                .query(SignInThrottle::state)
                .single();
    }

    private void count(Key key, State before, Instant now) {
        long forgiven = Duration.between(before.lastAt(), now).dividedBy(FORGIVEN_AFTER);
        int failures = (int) Math.max(0, before.failures() - Math.max(0, forgiven)) + 1;
        jdbc.sql("""
                        update sign_in_throttle set failures = :failures, last_at = :now, blocked_until = :until
                         where key = :key
                        """)
                .param("failures", failures)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param(
                        "until",
                        pause(failures - key.free())
                                .map(pause -> now.plus(pause).atOffset(ZoneOffset.UTC))
                                .orElse(null))
                .param("key", key.value())
                .update();
    }

    private static Optional<Duration> pause(int beyond) {
        if (beyond < 0) {
            return Optional.empty();
        }
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(beyond, 10));
        return Optional.of(doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE);
    }

    /** In a fixed order, so that two attempts cannot wait for each other's rows. */
    private static List<Key> keys(String name, String address) {
        return List.of(account(name), address(address));
    }

    private static Key account(String name) {
        return new Key(Secrets.digest("account " + Users.folded(name)), FREE_PER_ACCOUNT);
    }

    private static Key address(String address) {
        return new Key(Secrets.digest("address " + Networks.of(address)), FREE_PER_ADDRESS);
    }

    private static State state(ResultSet row, int index) throws SQLException {
        OffsetDateTime until = row.getObject("blocked_until", OffsetDateTime.class);
        return new State(
                row.getInt("failures"),
                row.getObject("last_at", OffsetDateTime.class).toInstant(),
                until == null ? null : until.toInstant());
    }
}
