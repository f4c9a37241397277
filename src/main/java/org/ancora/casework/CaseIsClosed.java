package org.ancora.casework;

/** A closed case was to be worked on. */
public final class CaseIsClosed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CaseIsClosed(String code) {
        super("case %s is closed".formatted(code));
    }
}
