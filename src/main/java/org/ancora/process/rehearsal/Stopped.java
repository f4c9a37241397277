package org.ancora.process.rehearsal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rehearsal that had to be stopped: why, as a message key with its arguments. */
class Stopped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String key;
    private final transient List<Object> arguments;

    Stopped(String key, Object... arguments) {
        super(key + " " + List.of(arguments));
        this.key = key;
        this.arguments = List.of(arguments);
    }

    String key() {
        return key;
    }

    List<Object> arguments() {
        return arguments;
    }

    /** The reason inside whatever the engine wrapped around it. */
    static @Nullable Stopped in(@Nullable Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof Stopped stopped) {
                return stopped;
            }
        }
        return null;
    }
}
