package org.ancora.casework.list;

import java.util.List;
import java.util.Locale;
import org.ancora.casework.list.Rule.Op;

/** What a field holds, and so which rules it can have. */
enum Kind {
    /** One of a few known values. */
    CHOICE(Op.IN, Op.NOT, Op.EMPTY, Op.FILLED),
    /** An account, nobody or the viewer. */
    PERSON(Op.IN, Op.NOT),
    /** A day in the project's time zone. */
    DATE(Op.BETWEEN, Op.EMPTY, Op.FILLED),
    /** A number. */
    NUMBER(Op.BETWEEN, Op.EMPTY, Op.FILLED),
    /** What somebody typed. */
    TEXT(Op.CONTAINS, Op.BEGINS, Op.IS, Op.EMPTY, Op.FILLED);

    @SuppressWarnings("ImmutableEnumChecker") // copied, never changed
    private final List<Op> ops;

    Kind(Op... ops) {
        this.ops = List.of(ops);
    }

    /** The rules that fit; public so that templates may ask. */
    public List<Op> ops() {
        return ops;
    }

    /** The lower-case code; public so that templates may ask. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
