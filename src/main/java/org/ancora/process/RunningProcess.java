package org.ancora.process;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One procedure of a case, running or finished; called ones are listed beside the one that called them.
 *
 * @param id the engine's instance id
 * @param parent the instance that called this one
 * @param definition the engine's id of the exact diagram version
 * @param key the process id in the diagram
 * @param ended when it ended; null while it runs
 * @param at the elements where it waits now, or the end event that it reached
 */
public record RunningProcess(
        String id,
        @Nullable String parent,
        String definition,
        String key,
        int version,
        Instant started,
        @Nullable Instant ended,
        List<String> at) {

    /** Whether it has not ended yet. */
    public boolean running() {
        return ended == null;
    }
}
