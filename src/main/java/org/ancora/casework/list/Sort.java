package org.ancora.casework.list;

import java.util.Locale;

/** By what a list can be ordered. Each order has an index per project, so that its first rows are read and no others. */
enum Sort {
    OPENED("c.opened_at", "timestamptz", false),
    CODE("c.code collate \"C\"", "text", false),
    CLIENT("c.client_sort collate \"C\"", "text", false),
    CLOSED("c.closed_at", "timestamptz", true),
    WAITING("c.waiting_since", "timestamptz", true),
    /** By the worker's name, within one worker the newest first; nobody's cases at the end. */
    ASSIGNED("c.opened_at", "timestamptz", false),
    /** By the place of the status in its project, within one status the newest first. */
    STATUS("c.opened_at", "timestamptz", false);

    private final String column;
    private final String type;
    private final boolean optional;

    Sort(String column, String type, boolean optional) {
        this.column = column;
        this.type = type;
        this.optional = optional;
    }

    /** The lower-case code, which is also the field's key; public so that templates may ask. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** SQL of the value, on a case called {@code c}. */
    String column() {
        return column;
    }

    /** The type to which the text of a place is cast. */
    String type() {
        return type;
    }

    /** Whether cases without a value exist; they come last, the newest first. */
    boolean optional() {
        return optional;
    }

    /** Whether its first rows are the first of one index; others have groups or cases without a value. */
    boolean isOfOneIndex() {
        return this == OPENED || this == CODE || this == CLIENT;
    }

    /** The direction that people expect at first. */
    boolean startsDescending() {
        return this == OPENED || this == CLOSED;
    }
}
