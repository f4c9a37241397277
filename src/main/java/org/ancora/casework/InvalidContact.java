package org.ancora.casework;

/** A number or address that cannot be one; {@link #key()} says what is wrong in the reader's language. */
public final class InvalidContact extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String key;

    InvalidContact(String key) {
        super(key);
        this.key = key;
    }

    /** Returns the key in the message files. */
    public String key() {
        return key;
    }
}
