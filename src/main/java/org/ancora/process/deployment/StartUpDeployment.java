package org.ancora.process.deployment;

import java.util.stream.Collectors;
import org.ancora.process.model.Finding;
import org.ancora.process.model.ProcessFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Deploys what came with the release before the first page is served and the first job runs. A folder that must not run
 * is left out with a sentence that says why; what ran before goes on running.
 */
@Component
class StartUpDeployment implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(StartUpDeployment.class);

    private final ShippedFolders shipped;
    private final Deployments deployments;
    private volatile boolean running;

    StartUpDeployment(ShippedFolders shipped, Deployments deployments) {
        this.shipped = shipped;
        this.deployments = deployments;
    }

    @Override
    public void start() {
        shipped.all().forEach(this::seed);
        running = true;
    }

    private void seed(ProcessFolder folder) {
        try {
            switch (deployments.seed(folder)) {
                case DEPLOYED -> log.info("The procedures of {} are deployed", folder.name());
                case UNCHANGED -> log.debug("The procedures of {} are unchanged", folder.name());
                case OWNERS_VERSION_KEPT -> log.info("The owner's version of {} is kept", folder.name());
            }
        } catch (ModelRefused refused) {
            log.error(
                    "The procedures of {} were not deployed, so none of them can be started in this version: {}",
                    folder.name(),
                    refused.findings().stream()
                            .filter(Finding::refuses)
                            .map(Finding::toString)
                            .collect(Collectors.joining("; ")));
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MIN_VALUE / 2;
    }
}
