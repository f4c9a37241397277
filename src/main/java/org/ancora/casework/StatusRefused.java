package org.ancora.casework;

import org.ancora.web.Problem;
import org.springframework.http.HttpStatus;

/**
 * A status was not given to a case: a reason is missing, something has to be done before, or the project leaves this change
 * to other roles (C48, C51, C54, C56). Its words say which, and who could change it.
 */
public final class StatusRefused extends Problem {

    private static final long serialVersionUID = 1L;

    StatusRefused(HttpStatus status, String key, Object... arguments) {
        super(status, key, arguments);
    }

    /** Its words name them, where they can help. */
    @Override
    public boolean asksAdministrators() {
        return false;
    }
}
