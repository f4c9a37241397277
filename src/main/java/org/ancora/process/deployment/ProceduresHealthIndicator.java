package org.ancora.process.deployment;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether the procedures that came with the release have been deployed, or left out with a reason in the log. */
@Component
class ProceduresHealthIndicator implements HealthIndicator {

    private final StartUpDeployment deployment;

    ProceduresHealthIndicator(StartUpDeployment deployment) {
        this.deployment = deployment;
    }

    @Override
    public Health health() {
        return (deployment.isRunning() ? Health.up() : Health.down()).build();
    }
}
