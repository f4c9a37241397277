package org.ancora.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** Who may collect figures without signing in. */
@AncoraTest
class MetricsReadersTest {

    @Autowired
    Viewers viewers;

    @Test
    void takesTheTokenThatTheInstallationWasGivenAndNoOther() {
        assertThat(granted("a long secret", "Bearer a long secret")).isTrue();
        assertThat(granted("a long secret", "Bearer a long secre")).isFalse();
        assertThat(granted("a long secret", "a long secret")).isFalse();
        assertThat(granted("a long secret", null)).isFalse();
    }

    @Test
    void takesNoneWhereNoneWasGiven() {
        assertThat(granted("", "Bearer ")).isFalse();
        assertThat(granted(" ", "Bearer  ")).isFalse();
    }

    private boolean granted(String token, String header) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/actuator/prometheus");
        if (header != null) {
            request.addHeader("Authorization", header);
        }
        return new MetricsReaders(viewers, token)
                .authorize(() -> null, new RequestAuthorizationContext(request))
                .isGranted();
    }
}
