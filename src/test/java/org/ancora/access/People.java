package org.ancora.access;

import java.util.Locale;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors;
import org.springframework.stereotype.Component;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** People for tests of any module: created with their roles in one line, and signed in without a page. */
@Component
public class People {

    /** Opens every account made here. */
    public static final String PASSWORD = "seven quiet anchors";

    private static final String ENCODED = "{noop}" + PASSWORD;

    private final Users users;
    private final Viewers viewers;
    private final JdbcClient jdbc;

    People(Users users, Viewers viewers, JdbcClient jdbc) {
        this.users = users;
        this.viewers = viewers;
        this.jdbc = jdbc;
    }

    /** An active person with these roles in a project, who signs in as {@code signInName} with {@link #PASSWORD}. */
    public UserId person(String signInName, ProjectId project, Role... roles) {
        UserId id = users.create(
                new NewUser(signInName, "Name of " + signInName, signInName + "@example.org", null, null),
                UserId.SYSTEM);
        // Not encoded: a real encoder is slow on purpose.
        jdbc.sql("update account set password_hash = :hash where id = :id")
                .param("hash", ENCODED)
                .param("id", id.value())
                .update();
        for (Role role : roles) {
            users.grant(id, project, role, UserId.SYSTEM);
        }
        return id;
    }

    /** What this person may do now. */
    public Viewer viewer(UserId id) {
        return viewers.of(id).orElseThrow();
    }

    /** A request of this person's, in English, as a form of one of our own pages sends it. */
    public static MockHttpServletRequestBuilder as(UserId id, MockHttpServletRequestBuilder request) {
        return request.with(signedIn(id))
                .with(SecurityMockMvcRequestPostProcessors.csrf())
                .locale(Locale.ENGLISH);
    }

    /** Makes a MockMvc request come from this person. */
    public static RequestPostProcessor signedIn(UserId id) {
        return SecurityMockMvcRequestPostProcessors.authentication(authentication(id));
    }

    /** What somebody gets while this person is signed in, without a request. */
    public static <T> T whileSignedIn(UserId id, Supplier<T> work) {
        SecurityContextHolder.getContext().setAuthentication(authentication(id));
        try {
            return work.get();
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    private static Authentication authentication(UserId id) {
        Principal principal = new Principal(id, "");
        return UsernamePasswordAuthenticationToken.authenticated(principal, null, principal.getAuthorities());
    }
}
