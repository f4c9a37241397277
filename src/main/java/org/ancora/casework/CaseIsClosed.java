package org.ancora.casework;

import org.ancora.web.Problem;
import org.springframework.http.HttpStatus;

/** A closed case was to be worked on: answered 409, with words that say so. */
public final class CaseIsClosed extends Problem {

    private static final long serialVersionUID = 1L;

    /** Says so of the case with this code. */
    public CaseIsClosed(String code) {
        super(HttpStatus.CONFLICT, "case.is-closed", code);
    }

    /** Whoever may not open it again asks somebody who gives that role. */
    @Override
    public boolean asksAdministrators() {
        return true;
    }
}
