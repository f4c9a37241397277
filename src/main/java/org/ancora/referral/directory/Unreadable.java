package org.ancora.referral.directory;

/** A file that cannot be read at all, or not further: where, and what is the matter. */
final class Unreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    Unreadable(String file, int line, String field, String problem, Object value) {
        super(file + ":" + line + " " + problem + " " + value);
        this.fault = new Fault(file, line, field, problem, String.valueOf(value), true);
    }

    Fault fault() {
        return fault;
    }
}
