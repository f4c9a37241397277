package org.ancora.access;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Not there, or not for this viewer to know of: both answered 404, and nothing tells them apart. */
@ResponseStatus(HttpStatus.NOT_FOUND)
public class Hidden extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String kind;

    /**
     * Hides one record.
     *
     * @param kind a code such as {@code case}
     * @param id what was asked for; for whoever debugs; it may be anything that somebody typed, so no log has it
     */
    public Hidden(String kind, Object id) {
        super("%s %s is missing or hidden".formatted(kind, id));
        this.kind = kind;
    }

    /** What kind of record was asked for. */
    public String kind() {
        return kind;
    }
}
