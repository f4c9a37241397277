package org.ancora.time;

import java.time.Clock;
import java.time.Instant;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** The clocks: the one that all work goes by, and the wall clock for sessions, tokens and throttling. */
@Configuration(proxyBeanMethods = false)
class TimeConfiguration {

    /** Real time even where the demo's clock is moved. */
    @Bean
    Clock wallClock() {
        return Clock.systemUTC();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "ancora.clock", havingValue = "virtual")
    static class Virtual {

        /** Stands at {@code ancora.clock.start} (ISO instant), else at the real time of the start, until it is moved. */
        @Bean
        @Primary
        VirtualClock clock(@Value("${ancora.clock.start:}") String start) {
            return new VirtualClock(start.isBlank() ? Clock.systemUTC().instant() : Instant.parse(start));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "ancora.clock", havingValue = "system", matchIfMissing = true)
    static class Real {

        @Bean
        @Primary
        Clock clock() {
            return Clock.systemUTC();
        }
    }
}
