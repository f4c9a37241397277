package org.ancora.process;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether this node runs timers and steps. One that is held because its clock is wrong can still serve pages: were it
 * not ready, a wrong clock of the database's machine would take every node away.
 */
@Component
class JobsHealthIndicator implements HealthIndicator {

    private final JobRunner jobs;

    JobsHealthIndicator(JobRunner jobs) {
        this.jobs = jobs;
    }

    @Override
    public Health health() {
        boolean fine = jobs.isRunning() || jobs.isHeld() || jobs.isStepped();
        return (fine ? Health.up() : Health.down())
                .withDetail("running", jobs.isRunning())
                .withDetail("held", jobs.isHeld())
                .withDetail("stepped", jobs.isStepped())
                .build();
    }
}
