package org.ancora.process;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecisionResultEntries;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Answers of the decision tables that were deployed together with the running diagram. */
@Service
public class Decisions {

    private final DecisionService decisions;
    private final RepositoryService repository;

    Decisions(DecisionService decisions, RepositoryService repository) {
        this.decisions = decisions;
        this.repository = repository;
    }

    /**
     * Evaluates a table that answers with one row.
     *
     * @param execution the running step; its own deployment is asked, so a running procedure keeps its table
     * @param decision the table's decision id, such as {@code engagement-policy}
     * @param inputs by input name: strings, numbers, flags, dates
     * @return the row's outputs by name
     * @throws IllegalStateException when the table is missing or no row matches
     */
    public Map<String, Object> evaluate(DelegateExecution execution, String decision, Map<String, ?> inputs) {
        String deployment = repository
                .getProcessDefinition(execution.getProcessDefinitionId())
                .getDeploymentId();
        DecisionDefinition definition = repository
                .createDecisionDefinitionQuery()
                .deploymentId(deployment)
                .decisionDefinitionKey(decision)
                .singleResult();
        if (definition == null) {
            throw new IllegalStateException("No decision named " + decision + " was deployed with the diagram "
                    + execution.getProcessDefinitionId());
        }
        return row(definition, decision, inputs);
    }

    private Map<String, Object> row(DecisionDefinition definition, String decision, Map<String, ?> inputs) {
        @Nullable
        DmnDecisionResultEntries row = decisions
                .evaluateDecisionById(definition.getId())
                .variables(new HashMap<>(inputs))
                .evaluate()
                .getSingleResult();
        if (row == null) {
            throw new IllegalStateException("The decision " + decision + " has no row for " + inputs);
        }
        return row.getEntryMap();
    }
}
