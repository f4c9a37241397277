package org.ancora.casework;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.network.CaseStatus;
import org.jspecify.annotations.Nullable;

/**
 * Which cases a list shows; all of it stands in the address.
 *
 * @param project one project, or null for every project that the viewer may see
 * @param text part of a code, name or number; empty for all
 * @param standing which statuses
 * @param assigned to whom
 * @param after the last case of the page before, or null for the first page
 */
record CaseQuery(
        @Nullable ProjectId project,
        String text,
        Standing standing,
        Assigned assigned,
        @Nullable Place after) {

    static final int PAGE = 50;

    /** Everything that is not closed, everything, or one status. */
    record Standing(boolean all, @Nullable CaseStatus status) {

        static final Standing OPEN = new Standing(false, null);

        static Standing of(@Nullable String code) {
            if (code == null || code.isBlank() || code.equals("open")) {
                return OPEN;
            }
            if (code.equals("all")) {
                return new Standing(true, null);
            }
            return new Standing(false, CaseStatus.of(code));
        }

        /** The value of the address; public so that templates may ask. */
        public String code() {
            return status != null ? status.code() : all ? "all" : "open";
        }

        boolean isWaiting() {
            return status == CaseStatus.WAITING_FOR_CAPACITY;
        }
    }

    /** Anybody or nobody at all, somebody, the viewer, or one worker. */
    record Assigned(String code, @Nullable UserId worker) {

        static final Assigned ANYBODY = new Assigned("", null);

        static Assigned of(@Nullable String code, UserId viewer) {
            if (code == null || code.isBlank()) {
                return ANYBODY;
            }
            return switch (code) {
                case "none", "any" -> new Assigned(code, null);
                case "mine" -> new Assigned(code, viewer);
                default -> new Assigned(code, UserId.of(code));
            };
        }

        boolean isSomebody() {
            return code.equals("any");
        }

        boolean isNobody() {
            return code.equals("none");
        }
    }

    /** Where a page ends: the sorting instant and the id of its last case. */
    record Place(Instant at, long id) {

        static Optional<Place> of(@Nullable String text) {
            if (text == null || text.isBlank()) {
                return Optional.empty();
            }
            int tilde = text.lastIndexOf('~');
            try {
                return Optional.of(new Place(
                        Instant.parse(text.substring(0, Math.max(0, tilde))),
                        Long.parseLong(text.substring(tilde + 1))));
            } catch (DateTimeParseException | NumberFormatException unreadable) {
                throw new IllegalArgumentException("not a place in a list: " + text, unreadable);
            }
        }

        @Override
        public String toString() {
            return at + "~" + id;
        }
    }
}
