package org.ancora.engagement;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The places of both procedures as a person tells them, each with the elements of the diagram that it covers. */
enum Stage {
    ACCEPTANCE("accept-intake"),
    ASSIGNMENT("assign-caseworker"),
    CAPACITY("await-capacity"),
    ROUND("client-round", "wait-for-next-round", "first-round", "second-round", "wait-for-second-round"),
    FAMILY("family-contact", "wait-for-family-contact"),
    EXTRA_AFTER_FAMILY("extra-round-after-family"),
    AWAY_BY_FAMILY("supervisor-on-family"),
    LAST_DAYS("rounds-over"),
    SOURCE("tell-source"),
    SOURCE_WAIT("source-news", "go-on-without-answer"),
    SOURCE_ANSWER("act-on-source-answer"),
    EXTRA_AFTER_SOURCE("extra-round-after-answer"),
    AWAY_BY_SOURCE("supervisor-on-source"),
    SAFETY("supervisor-on-safety"),
    LETTER("review-letter"),
    POSTING("print-and-post"),
    NOTICE("notice-period"),
    CLOSING("confirm-closing"),
    ADMISSION("admit"),
    DOCUMENTATION("complete-documentation"),
    REFUSAL("confirm-refusal"),
    GROUP_SERVICE("group-service-decision");

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of strings
    private final List<String> elements;

    Stage(String... elements) {
        this.elements = List.of(elements);
    }

    /** Lower-case with hyphens, for message keys. */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The elements of the diagram that it covers. */
    List<String> elements() {
        return elements;
    }

    /** Whether the client is still being looked for, so that "the client got in touch" is heard. */
    boolean isSearching() {
        return this != ACCEPTANCE && compareTo(ADMISSION) < 0;
    }

    /** Whether the supervisor decides here how to go on, at once or again after a date that they set. */
    boolean isWithSupervisor() {
        return this == AWAY_BY_FAMILY || this == AWAY_BY_SOURCE || this == SAFETY;
    }

    /** Whether further attempts may follow, so that the last day of the search means something: not once its letter is due. */
    boolean isBeforeLastDay() {
        return isSearching() && compareTo(SAFETY) < 0;
    }

    /** The stage of an element of the diagram of the procedure at the top. */
    static Optional<Stage> of(String element) {
        return Arrays.stream(values())
                .filter(stage -> stage.elements.contains(element))
                .findFirst();
    }

    /** The stage of a procedure that waits at these elements; a decision on the side does not count while it does elsewhere. */
    static Optional<Stage> of(Collection<String> elements) {
        return elements.stream().flatMap(element -> of(element).stream()).min(Enum::compareTo);
    }
}
