package org.ancora.time;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A clock that stands still until it is moved, for the demo and for tests. It never goes back. In UTC. */
public final class VirtualClock extends Clock {

    private final List<Consumer<Instant>> listeners = new CopyOnWriteArrayList<>();
    private volatile Instant instant;

    /** A clock that stands at the given instant. */
    public VirtualClock(Instant start) {
        this.instant = start;
    }

    /**
     * Moves the clock and then tells everyone who listens; moving to the present instant does nothing.
     *
     * @throws IllegalArgumentException when the target lies in the past
     */
    public synchronized void moveTo(Instant target) {
        if (target.isBefore(instant)) {
            throw new IllegalArgumentException("The clock stands at " + instant + " and cannot go back to " + target);
        }
        if (target.isAfter(instant)) {
            instant = target;
            listeners.forEach(listener -> listener.accept(target));
        }
    }

    /** Puts the clock anywhere, also back, and tells everyone who listens: for tests, which all begin on the same day. */
    public synchronized void startAt(Instant start) {
        instant = start;
        listeners.forEach(listener -> listener.accept(start));
    }

    /** Registers a listener that hears every new instant, on the thread that moves the clock. */
    public void onMove(Consumer<Instant> listener) {
        listeners.add(listener);
    }

    @Override
    public Instant instant() {
        return instant;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** A view of this clock in another zone; it moves along. */
    @Override
    public Clock withZone(ZoneId zone) {
        var moving = this;
        return new Clock() {
            @Override
            public Instant instant() {
                return moving.instant();
            }

            @Override
            public ZoneId getZone() {
                return zone;
            }

            @Override
            public Clock withZone(ZoneId other) {
                return moving.withZone(other);
            }
        };
    }
}
