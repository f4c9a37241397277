package org.ancora.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.web.http.CookieSerializer;

class SecurityConfigurationTest {

    @Test
    void setsACookieThatOnlyThisHostCanSetAndOnlyOverHttps() {
        assertThat(cookie(new MockEnvironment()))
                .startsWith("__Host-ancora=")
                .contains("Secure", "HttpOnly", "Path=/", "SameSite=Lax")
                .doesNotContain("Domain");
    }

    @Test
    void letsPlainHttpDoInTheDemoAndWhereAnOperatorSaysSo() {
        MockEnvironment demo = new MockEnvironment();
        demo.setActiveProfiles("demo");

        assertThat(cookie(demo)).startsWith("ancora=").doesNotContain("Secure");
        assertThat(cookie(new MockEnvironment().withProperty("ancora.access.secure-cookies", "false")))
                .startsWith("ancora=");
    }

    @Test
    void keepsPasswordsWithTheWorkThatGuessersHaveToDo() {
        assertThat(new SecurityConfiguration().passwordEncoder().encode("a password"))
                .startsWith("{bcrypt}$2a$10$");
    }

    private static String cookie(MockEnvironment environment) {
        CookieSerializer serializer = new SecurityConfiguration().sessionCookie(environment);
        MockHttpServletResponse response = new MockHttpServletResponse();
        serializer.writeCookieValue(new CookieSerializer.CookieValue(new MockHttpServletRequest(), response, "x"));
        return String.valueOf(response.getHeader("Set-Cookie"));
    }
}
