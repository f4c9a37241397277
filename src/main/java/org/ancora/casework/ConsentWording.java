package org.ancora.casework;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The words in which a client is asked what they agree to. A wording is never changed: other words get a version of their
 * own, so that a consent always points at what was really read out. The words are the messages {@code
 * consent.words.<version>.<channel>}.
 *
 * @param version as it stands on records and on paper forms, {@code 2026-1}
 * @param since the first day on which clients were asked in these words
 */
public record ConsentWording(String version, LocalDate since) {

    /** Every wording, the newest first. */
    public static final List<ConsentWording> ALL = List.of(
            new ConsentWording("2026-1", LocalDate.of(2026, 1, 1)),
            new ConsentWording("2025-1", LocalDate.of(2025, 1, 1)));

    /** The wording in which clients are asked now. */
    public static ConsentWording newest() {
        return ALL.get(0);
    }

    /** The wording with this version, if there ever was one. */
    public static Optional<ConsentWording> find(String version) {
        return ALL.stream().filter(each -> each.version.equals(version)).findFirst();
    }

    /** Returns the key of the question about a channel in the message files. */
    public String key(Channel channel) {
        return "consent.words." + version + "." + channel.code();
    }
}
