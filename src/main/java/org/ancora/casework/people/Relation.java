package org.ancora.casework.people;

import java.util.Locale;
import java.util.Optional;

/** What one case is to another. Some look different from the other side. */
enum Relation {
    HOUSEHOLD,
    /** The other case is a parent's. */
    PARENT,
    /** The other case is an earlier service of the same client. */
    PREVIOUS,
    OTHER;

    /** The lower-case code of the table; public so that templates may ask. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The message key of its words, as seen from the case that named it, or from the other one. */
    String key(boolean fromHere) {
        return "relation." + code() + (fromHere ? "" : ".back");
    }

    static Optional<Relation> of(String code) {
        for (Relation relation : values()) {
            if (relation.code().equals(code)) {
                return Optional.of(relation);
            }
        }
        return Optional.empty();
    }
}
