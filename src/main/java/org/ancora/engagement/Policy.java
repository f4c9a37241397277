package org.ancora.engagement;

import java.util.Map;
import org.ancora.network.Projects;
import org.ancora.process.Decisions;
import org.ancora.process.StepContext;
import org.springframework.stereotype.Component;

/** The limits that an owner sets in the decision table, looked up once when a procedure starts. */
@Component
class Policy {

    private final Decisions decisions;
    private final Projects projects;

    Policy(Decisions decisions, Projects projects) {
        this.decisions = decisions;
        this.projects = projects;
    }

    /** Sets every limit of the policy for the step's project and this track. */
    void apply(StepContext step, String decision, String track) {
        String project = projects.get(step.project()).key();
        Map<String, Object> row = step.decide(decisions, decision, Map.of("project", project, "track", track));
        step.set(EngagementProcess.limits(row));
    }
}
