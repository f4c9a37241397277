package org.ancora.correspondence;

import java.time.Instant;
import java.util.Objects;
import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;

/**
 * How far a message has got. Each state is a type that offers only what may follow it, so that "send again" cannot be
 * written for a message of which nobody knows whether it went out, unless a person says so.
 */
sealed interface Delivery {

    MessageState state();

    /** How often the message has been handed to a server so far. */
    int attempts();

    /** When this state began; null only before the first attempt. */
    @Nullable
    Instant at();

    /** Who brought it here, null for the system. */
    default @Nullable UserId by() {
        return null;
    }

    /** What the server said, why nobody knows, or which file was written. */
    default @Nullable String detail() {
        return null;
    }

    /** Waiting for its first or next attempt; {@code detail} is the last refusal. */
    record Queued(
            int attempts, @Nullable Instant at, @Nullable String detail) implements Delivery {
        static Queued fresh() {
            return new Queued(0, null, null);
        }

        Sending sending(Instant now) {
            return new Sending(attempts + 1, now);
        }

        Printed printed(Instant now, UserId by) {
            return new Printed(now, by);
        }

        @Override
        public MessageState state() {
            return MessageState.QUEUED;
        }
    }

    /** Committed before the hand-over begins: whoever finds it later knows that it may have gone out. */
    record Sending(int attempts, Instant at) implements Delivery {
        Sent sent(Instant now, String reply) {
            return new Sent(attempts, now, null, reply);
        }

        Queued refused(Instant now, String reply) {
            return new Queued(attempts, now, reply);
        }

        /** There is nobody at the address; nobody decided that, so nobody is named. */
        Failed undeliverable(Instant now, String reply) {
            return new Failed(attempts, now, null, reply);
        }

        Unknown lost(Instant now, String why) {
            return new Unknown(attempts, now, why);
        }

        Written written(Instant now, String file) {
            return new Written(attempts, now, file);
        }

        @Override
        public MessageState state() {
            return MessageState.SENDING;
        }
    }

    record Sent(
            int attempts,
            Instant at,
            @Nullable UserId by,
            @Nullable String detail) implements Delivery {
        @Override
        public MessageState state() {
            return MessageState.SENT;
        }
    }

    /** Nobody knows whether it went out. Only a person leads on from here. */
    record Unknown(int attempts, Instant at, String detail) implements Delivery {
        /** It went out after all: a person found it, or the attempt given up as lost reported back late. */
        Sent sent(Instant now, @Nullable UserId by, @Nullable String reply) {
            return new Sent(attempts, now, by, reply);
        }

        Queued again(Instant now) {
            return new Queued(attempts, now, null);
        }

        Failed givenUp(Instant now, UserId by, String why) {
            return new Failed(attempts, now, by, why);
        }

        @Override
        public MessageState state() {
            return MessageState.UNKNOWN;
        }
    }

    record Failed(
            int attempts,
            Instant at,
            @Nullable UserId by,
            @Nullable String detail) implements Delivery {
        /** Whether the mail server refused the address and no person has looked at it yet. */
        boolean asksForAPerson() {
            return by == null;
        }

        Sent sent(Instant now, UserId finder, String how) {
            return new Sent(attempts, now, finder, how);
        }

        Queued again(Instant now) {
            return new Queued(attempts, now, null);
        }

        Failed confirmed(Instant now, UserId person, String why) {
            return new Failed(attempts, now, person, why);
        }

        @Override
        public MessageState state() {
            return MessageState.FAILED;
        }
    }

    /** Opened for printing; not yet in the post. */
    record Printed(Instant at, UserId by) implements Delivery {
        Posted posted(Instant now, UserId poster) {
            return new Posted(now, poster);
        }

        @Override
        public int attempts() {
            return 0;
        }

        @Override
        public MessageState state() {
            return MessageState.PRINTED;
        }
    }

    record Posted(Instant at, UserId by) implements Delivery {
        Printed takenBack(Instant now, UserId taker) {
            return new Printed(now, taker);
        }

        @Override
        public int attempts() {
            return 0;
        }

        @Override
        public MessageState state() {
            return MessageState.POSTED;
        }
    }

    /** The state as a row of the outbox keeps it. */
    static Delivery of(
            MessageState state, int attempts, @Nullable Instant at, @Nullable UserId by, @Nullable String detail) {
        if (state == MessageState.QUEUED) {
            return new Queued(attempts, at, detail);
        }
        Instant since = Objects.requireNonNull(at, "every state but the first has a beginning");
        return switch (state) {
            case QUEUED -> throw new IllegalStateException("seen above");
            case SENDING -> new Sending(attempts, since);
            case SENT -> new Sent(attempts, since, by, detail);
            case UNKNOWN -> new Unknown(attempts, since, detail == null ? "" : detail);
            case FAILED -> new Failed(attempts, since, by, detail);
            case PRINTED -> new Printed(since, by == null ? UserId.SYSTEM : by);
            case POSTED -> new Posted(since, by == null ? UserId.SYSTEM : by);
            case WRITTEN -> new Written(attempts, since, detail == null ? "" : detail);
        };
    }

    /** No server is configured: the message lies in a file, and no one has received it. */
    record Written(int attempts, Instant at, String detail) implements Delivery {
        @Override
        public MessageState state() {
            return MessageState.WRITTEN;
        }
    }
}
