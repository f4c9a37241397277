package org.ancora.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class LinkPaceFilterTest {

    private final LinkPaceFilter filter = new LinkPaceFilter(
            new Pace<>(Clock.fixed(Instant.parse("2026-11-23T14:10:00Z"), ZoneOffset.UTC), 3, Duration.ofSeconds(2)));

    @Test
    void holdsEveryAddressToAPaceByItself() throws Exception {
        for (int times = 0; times < 3; times++) {
            assertThat(open("192.0.2.1", "/referral-link/guess" + times).getStatus())
                    .isEqualTo(200);
        }

        MockHttpServletResponse refused = open("192.0.2.1", "/referral-link/guess");
        assertThat(refused.getStatus()).isEqualTo(429);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("3");
        assertThat(open("192.0.2.1", "/referral-link/guess/accept").getStatus()).isEqualTo(429);
        assertThat(open("192.0.2.2", "/referral-link/guess").getStatus()).isEqualTo(200);
        assertThat(open("192.0.2.1", "/sign-in").getStatus()).isEqualTo(200);
    }

    /** Whoever has one address of a network has all of them. */
    @Test
    void countsANetworkOfTheNewerProtocolAsOnePlace() throws Exception {
        for (int times = 1; times <= 3; times++) {
            assertThat(open("2001:db8:0:7::" + times, "/petition/guess").getStatus())
                    .isEqualTo(200);
        }

        assertThat(open("2001:db8:0:7:ffff::9", "/petition/guess").getStatus()).isEqualTo(429);
        assertThat(open("2001:db8:0:8::1", "/petition/guess").getStatus()).isEqualTo(200);
        assertThat(open("2001:db8:zz", "/petition/guess").getStatus()).isEqualTo(200);
    }

    private MockHttpServletResponse open(String from, String path) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.setRequestURI(path);
        request.setServletPath(path);
        request.setRemoteAddr(from);
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter(request, response, new MockFilterChain());
        return response;
    }
}
