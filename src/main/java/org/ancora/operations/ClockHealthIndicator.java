package org.ancora.operations;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** How far this node's clock is from the database's: a detail to read, never a reason to stop serving pages. */
@Component
class ClockHealthIndicator implements HealthIndicator {

    private final ClockSkew skew;

    ClockHealthIndicator(ClockSkew skew) {
        this.skew = skew;
    }

    @Override
    public Health health() {
        ClockSkew.Measured latest = skew.latest();
        Health.Builder health = Health.up().withDetail("compared", latest.known());
        if (latest.known()) {
            health.withDetail("aheadOfDatabaseMillis", latest.ahead().toMillis())
                    .withDetail("uncertaintyMillis", latest.uncertainty().toMillis());
        }
        return health.build();
    }
}
