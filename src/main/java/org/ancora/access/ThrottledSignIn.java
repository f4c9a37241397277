package org.ancora.access;

import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Checks a name and a password, unless there were too many attempts. A wrong password, an unknown name, a shut account and
 * one without a password are refused alike, and after the same work.
 */
@Component
class ThrottledSignIn implements AuthenticationProvider {

    private final SignInThrottle throttle;
    private final JdbcClient jdbc;
    private final DaoAuthenticationProvider passwords;

    ThrottledSignIn(SignInThrottle throttle, JdbcClient jdbc, PasswordEncoder encoder) {
        this.throttle = throttle;
        this.jdbc = jdbc;
        this.passwords = new DaoAuthenticationProvider(this::account);
        this.passwords.setPasswordEncoder(encoder);
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        String name = counted(attempt.getName());
        String address = attempt.getDetails() instanceof WebAuthenticationDetails details
                ? details.getRemoteAddress()
                : "unknown";
        Optional<Instant> paused = throttle.attempt(name, address);
        if (paused.isPresent()) {
            throw new SignInPaused(paused.get());
        }
        Authentication signedIn = passwords.authenticate(attempt);
        throttle.succeeded(name, address);
        return signedIn;
    }

    @Override
    public boolean supports(Class<?> kind) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
    }

    /** Guesses at one account count together, whichever of its two names was typed; a name without one counts as it is. */
    private String counted(String typed) {
        return find(typed, (row, index) -> row.getString("sign_in_name")).orElse(typed);
    }

    private UserDetails account(String typed) {
        return find(typed, (row, index) -> new Principal(new UserId(row.getLong("id")), row.getString("password_hash")))
                .orElseThrow(() -> new UsernameNotFoundException("no such account"));
    }

    private <T> Optional<T> find(String typed, RowMapper<T> wanted) {
        return jdbc.sql("""
                        select id, sign_in_name, password_hash from account
                         where (sign_in_name = :name or email = :name) and active and password_hash is not null
                         order by sign_in_name = :name desc limit 1
                        """).param("name", Users.folded(typed)).query(wanted).optional();
    }
}
