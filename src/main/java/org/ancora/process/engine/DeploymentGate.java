package org.ancora.process.engine;

import java.util.List;
import java.util.stream.Collectors;
import org.ancora.process.model.Finding;
import org.ancora.process.model.ModelCheck;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;

/**
 * The gate once more, inside the engine and ahead of its parsers: it sees every deployment, by whatever way it came, and
 * also what is read back from the database after a restart.
 */
class DeploymentGate implements Deployer {

    @Override
    public void deploy(DeploymentEntity deployment) {
        List<Finding> refused = deployment.getResources().values().stream()
                .flatMap(resource -> findings(resource).stream())
                .toList();
        if (!refused.isEmpty()) {
            throw new ProcessEngineException(
                    "Not deployed: " + refused.stream().map(Finding::toString).collect(Collectors.joining("; ")));
        }
    }

    private static List<Finding> findings(ResourceEntity resource) {
        String name = resource.getName();
        if (name.endsWith(".bpmn") || name.endsWith(".dmn")) {
            return ModelCheck.gate(name, resource.getBytes());
        }
        return name.matches("forms/[^/]+\\.form|letters/[^/]+\\.(html|txt)|labels/(en|es|it)\\.properties")
                ? List.of()
                : List.of(Finding.unknownFile(name));
    }
}
