package org.ancora.attention.complaint;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * How many petitions may be sent from one place without an account: several at once, as from a library or a family's only
 * computer, and then one more every few minutes. Kept in this node's memory and forgotten as it empties.
 */
@Component
class SendersPace {

    private static final int MOST_PLACES = 10_000;

    private final Clock wallClock;
    private final int atOnce;
    private final Duration oneEvery;
    private final Map<String, Room> rooms = new HashMap<>();

    SendersPace(
            @Qualifier("wallClock") Clock wallClock,
            @Value("${ancora.complaint.web-at-once:10}") int atOnce,
            @Value("${ancora.complaint.web-every:5m}") Duration oneEvery) {
        this.wallClock = wallClock;
        this.atOnce = atOnce;
        this.oneEvery = oneEvery;
    }

    private record Room(double left, Instant at) {}

    /** Counts one; false when this place has to wait, and nothing was counted. */
    synchronized boolean take(String place) {
        Instant now = wallClock.instant();
        Room room = rooms.get(place);
        double left = room == null ? atOnce : left(room, now);
        if (left < 1) {
            return false;
        }
        if (rooms.size() >= MOST_PLACES) {
            rooms.values().removeIf(each -> left(each, now) >= atOnce);
            // No sender is let through uncounted, and no number of places fills the memory.
            if (rooms.size() >= MOST_PLACES && !rooms.containsKey(place)) {
                return false;
            }
        }
        rooms.put(place, new Room(left - 1, now));
        return true;
    }

    private double left(Room room, Instant now) {
        double gained = (double) Duration.between(room.at(), now).toMillis() / oneEvery.toMillis();
        return Math.min(atOnce, room.left() + Math.max(0, gained));
    }
}
