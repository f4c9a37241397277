package org.ancora.process.migration;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ancora.process.migration.Place.Kind;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.migration.MigrationInstructionBuilder;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.migration.MigrationPlanBuilder;
import org.camunda.bpm.engine.migration.MigrationPlanValidationException;
import org.springframework.stereotype.Component;

/** Turns what was chosen into the engine's plan for one diagram. */
@Component
class Plans {

    private final Releases releases;
    private final RuntimeService runtime;

    Plans(Releases releases, RuntimeService runtime) {
        this.releases = releases;
        this.runtime = runtime;
    }

    /**
     * A plan for one diagram.
     *
     * @param engine as the engine takes it
     * @param steps the steps of which cases go on, with the steps at which they do
     * @param refused steps for which the engine will not have it as chosen
     */
    record Plan(MigrationPlan engine, Map<String, String> steps, Set<String> refused) {

        Plan {
            steps = Map.copyOf(steps);
            refused = Set.copyOf(refused);
        }

        String from() {
            return engine.getSourceProcessDefinitionId();
        }

        String to() {
            return engine.getTargetProcessDefinitionId();
        }
    }

    /** The plan from one deployed diagram to another; timers keep their instants. */
    Plan plan(String from, String to, Choice choice) {
        Match match = Match.of(releases.diagram(from), releases.diagram(to));
        Map<String, String> steps = choice.pairs(match);
        Map<String, String> pairs = new TreeMap<>(match.pairs(steps));
        Set<String> refused = new TreeSet<>();
        while (true) {
            try {
                return new Plan(build(from, to, match, pairs), steps, refused);
            } catch (MigrationPlanValidationException invalid) {
                Set<String> wrong = invalid.getValidationReport().getInstructionReports().stream()
                        .map(report -> report.getMigrationInstruction().getSourceActivityId())
                        .collect(Collectors.toSet());
                if (!pairs.keySet().removeAll(wrong)) {
                    throw invalid;
                }
                wrong.stream().filter(steps::containsKey).forEach(refused::add);
                steps.keySet().removeAll(wrong);
            }
        }
    }

    private MigrationPlan build(String from, String to, Match match, Map<String, String> pairs) {
        MigrationPlanBuilder plan = runtime.createMigrationPlan(from, to);
        pairs.forEach((source, target) -> {
            MigrationInstructionBuilder pair = plan.mapActivities(source, target);
            if (hearsAnother(match, source, target)) {
                pair.updateEventTrigger();
            }
        });
        return plan.build();
    }

    /** A message that has another name is another message; a timer is never set anew. */
    private static boolean hearsAnother(Match match, String source, String target) {
        Place one = match.from().find(source).orElseThrow();
        Place other = match.to().find(target).orElseThrow();
        return one.kind() == Kind.MESSAGE
                && !String.valueOf(one.facts().get("message"))
                        .equals(String.valueOf(other.facts().get("message")));
    }
}
