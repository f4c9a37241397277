package org.ancora.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.apache.catalina.filters.RemoteIpFilter;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** The proxy's settings as they ship: guesses at passwords count under the address they really come from. */
class ProxyTest {

    private static final String OFFICE_PC = "10.20.0.9";
    private static final String CLAIM = "10.66.66.66";

    /** What nginx puts for its variables when somebody in the office's network claims to be somebody else. */
    private static final Map<String, String> VALUES =
            Map.of("$remote_addr", OFFICE_PC, "$proxy_add_x_forwarded_for", CLAIM + ", " + OFFICE_PC);

    @Test
    void nobodyChoosesTheirOwnAddress() throws Exception {
        String settings = Files.readString(Path.of("deploy/nginx.conf"));
        List<String> handed = Pattern.compile("proxy_set_header\\s+X-Forwarded-For\\s+([^;]+);")
                .matcher(settings)
                .results()
                .map(found -> found.group(1).strip())
                .toList();

        assertThat(handed)
                .as("each place that hands requests on says from where")
                .hasSameSizeAs(Pattern.compile("proxy_pass\\s")
                        .matcher(settings)
                        .results()
                        .toList())
                .allSatisfy(variable -> assertThat(seen(VALUES.get(variable))).isEqualTo(OFFICE_PC));
        assertThat(seen(VALUES.get("$proxy_add_x_forwarded_for")))
                .as("had it been appended to what the caller claims")
                .isEqualTo(CLAIM);
    }

    /** The address that the product sees, by the very rules of the web server. */
    private static String seen(String header) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/sign-in");
        request.setRemoteAddr("172.18.0.4");
        request.addHeader("X-Forwarded-For", header);
        AtomicReference<String> address = new AtomicReference<>();
        new RemoteIpFilter()
                .doFilter(request, new MockHttpServletResponse(), (seen, answer) -> address.set(seen.getRemoteAddr()));
        return address.get();
    }
}
