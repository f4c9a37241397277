package org.ancora.process;

import java.time.Duration;
import java.time.Instant;

/**
 * How much the engine has to do, in numbers alone.
 *
 * @param due timers and steps whose time has come and that have retries left; counted to 10,000
 * @param overdueFor how long the oldest of them has been due; zero when none is
 * @param exhausted jobs that nobody will try again unasked
 * @param incidents what waits for a person to look at it
 * @param newestIncident when the newest incident arose; the epoch when there is none
 * @param lockLossesInARow how many times in a row the unluckiest job has lost on this node
 */
public record JobLoad(
        long due, Duration overdueFor, long exhausted, long incidents, Instant newestIncident, int lockLossesInARow) {}
