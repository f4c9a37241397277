package org.ancora.process.steering;

import java.util.Locale;
import java.util.Optional;

/** What may be done to one procedure. */
enum Deed {
    /** A timer gets another date. */
    RESCHEDULE,
    /** The procedure goes on from another step. */
    MOVE,
    /** What failed is tried again. */
    RETRY,
    /** Nothing happens until further notice. */
    SUSPEND,
    /** It goes on. */
    RESUME,
    /** A value by which it chooses its way is put right. */
    CORRECT,
    /** It goes on in another version of its diagram. */
    MIGRATE,
    /** It ends here; the case stays. */
    CANCEL,
    /** It begins once more, with the values that it had then or others. */
    RESTART;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Deed> of(String code) {
        for (Deed each : values()) {
            if (each.code().equals(code)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Whether somebody who chose many of them must still say to which part of each, or where it is to go. */
    boolean asksMore() {
        return this == RESCHEDULE || this == MOVE || this == CORRECT || this == MIGRATE;
    }

    /** Whether it makes sense for a procedure in this state. */
    boolean fits(Run run) {
        return switch (this) {
            case RESTART -> !run.running();
            case RESUME -> run.running() && run.suspended();
            case CANCEL -> run.running();
            default -> run.running() && !run.suspended();
        };
    }
}
