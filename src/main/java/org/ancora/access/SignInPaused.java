package org.ancora.access;

import java.time.Instant;
import org.springframework.security.core.AuthenticationException;

/** Too many attempts: the password was not looked at. */
class SignInPaused extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    private final Instant until;

    SignInPaused(Instant until) {
        super("too many attempts to sign in");
        this.until = until;
    }

    Instant until() {
        return until;
    }
}
