package org.ancora.process.migration;

import java.time.Instant;
import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The move of running procedures from one version of their folder to another, or the trial of it.
 *
 * @param fromNumber the version's number in its folder
 * @param trial whether everything is undone at once
 * @param stirredAt when the last of them had its turn
 * @param finishedAt null while some wait for their turn
 */
record Migration(
        long id,
        String folder,
        String from,
        int fromNumber,
        String to,
        int toNumber,
        Choice choice,
        boolean trial,
        UserId by,
        Instant begunAt,
        Instant stirredAt,
        @Nullable Instant finishedAt) {

    /** What became of one procedure. */
    enum State {
        WAITING,
        MOVED,
        /** Stays on its version, because nobody chose where it goes on, or somebody chose that it stays. */
        LEFT,
        FAILED,
        /** Came to its end before its turn. */
        ENDED;

        /** The lower-case code; public so that templates may ask. */
        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * What became of one procedure, and why.
     *
     * @param why code of the reason, with the words {@code migration.why.<code>}; null where it was moved
     * @param process key of the procedure to which the step belongs: the procedure itself or one that it called
     * @param step the step that the reason is about
     */
    record Outcome(
            State state,
            @Nullable String why,
            @Nullable String process,
            @Nullable String step) {

        static final Outcome MOVED = new Outcome(State.MOVED, null, null, null);
        static final Outcome ENDED = new Outcome(State.ENDED, "ended", null, null);

        static Outcome failed(String why) {
            return new Outcome(State.FAILED, why, null, null);
        }
    }

    /** One procedure to be moved, and what became of it. */
    record Row(
            String instance,
            String process,
            @Nullable String caseCode,
            @Nullable Long project,
            Outcome outcome) {}

    boolean running() {
        return finishedAt == null;
    }
}
