package org.ancora.journeys;

import java.util.Map;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * The demo's passwords kept as the product keeps them, but with the least work that bcrypt allows: journeys sign in hundreds of
 * times, and at the product's own strength, which {@code SecurityConfigurationTest} holds it to, that is a fifth of their time.
 */
@TestConfiguration(proxyBeanMethods = false)
class QuickPasswords {

    private static final int LEAST_ROUNDS = 4;

    @Bean
    @Primary
    PasswordEncoder quickPasswords() {
        return new DelegatingPasswordEncoder("bcrypt", Map.of("bcrypt", new BCryptPasswordEncoder(LEAST_ROUNDS)));
    }
}
