package org.ancora.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How fast one person may leaf through lists and searches, or one address open links without an account: so many at once,
 * and then one more every so often. Nobody who reads them meets the limit; a script that copies them does. Kept in this
 * node's memory, see decision 0006.
 */
public final class Pace<K> {

    private static final int MOST_PEOPLE = 10_000;

    private final Clock wallClock;
    private final int atOnce;
    private final Duration oneEvery;
    private final Map<K, Room> rooms = new HashMap<>();

    /**
     * Sets the pace.
     *
     * @param atOnce how many may be asked for in one go; none switches the limit off
     * @param oneEvery how long it takes until one more may be asked for
     */
    public Pace(Clock wallClock, int atOnce, Duration oneEvery) {
        this.wallClock = wallClock;
        this.atOnce = atOnce;
        this.oneEvery = oneEvery;
    }

    /** What is left for one person, and since when. */
    private record Room(double left, Instant at) {}

    /** Counts one request; a duration in the answer is how long this person has to wait, and nothing was counted. */
    public synchronized Optional<Duration> take(K person) {
        if (atOnce <= 0) {
            return Optional.empty();
        }
        Instant now = wallClock.instant();
        double left = left(rooms.get(person), now);
        if (left < 1) {
            return Optional.of(Duration.ofMillis((long) Math.ceil((1 - left) * oneEvery.toMillis())));
        }
        if (rooms.size() >= MOST_PEOPLE) {
            rooms.values().removeIf(room -> left(room, now) >= atOnce);
            // Nobody is let through uncounted, and no number of addresses fills the memory.
            if (rooms.size() >= MOST_PEOPLE && !rooms.containsKey(person)) {
                return Optional.of(oneEvery);
            }
        }
        rooms.put(person, new Room(left - 1, now));
        return Optional.empty();
    }

    private double left(@Nullable Room room, Instant now) {
        if (room == null) {
            return atOnce;
        }
        double gained = (double) Duration.between(room.at(), now).toMillis() / oneEvery.toMillis();
        return Math.min(atOnce, room.left() + Math.max(0, gained));
    }
}
