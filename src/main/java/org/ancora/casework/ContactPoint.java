package org.ancora.casework;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A number or address of a client.
 *
 * @param id identity
 * @param kind what it is
 * @param value for machines: a number in E.164 form, an e-mail address, or a postal address with lines separated by commas
 * @param display for people: a number of the project's own country without its country code, otherwise as the value
 * @param label what the client calls it, "work"; may be empty
 * @param main whether it is the first to be tried of its kind
 * @param safe whether it is safe to call or write there: nobody else answers or reads (A-R7)
 * @param failedAt when an attempt showed that it leads nowhere
 * @param failure how it failed, exactly when {@code failedAt} is given
 * @param version counts its changes, for editing without overwriting each other
 */
public record ContactPoint(
        ContactPointId id,
        ContactKind kind,
        String value,
        String display,
        String label,
        boolean main,
        boolean safe,
        @Nullable Instant failedAt,
        @Nullable Failure failure,
        int version) {

    /** Returns whether it leads somewhere as far as we know and using it harms nobody. */
    public boolean isUsable() {
        return safe && failure == null;
    }
}
