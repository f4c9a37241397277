package org.ancora.process.rehearsal;

import org.ancora.process.deployment.ShippedFolders;
import org.ancora.process.model.ProcessFolder;
import org.springframework.stereotype.Component;

/** Rehearsals as their pages and the check before a publication hold them, without the pages. */
@Component
public class BenchRehearsal {

    private static final String THREE_MONTHS = "three-months-of-search";

    private final ScenarioRun run;
    private final Scenarios scenarios;
    private final Rehearsals rehearsals;
    private final ShippedFolders shipped;

    BenchRehearsal(ScenarioRun run, Scenarios scenarios, Rehearsals rehearsals, ShippedFolders shipped) {
        this.run = run;
        this.scenarios = scenarios;
        this.rehearsals = rehearsals;
        this.shipped = shipped;
    }

    private ProcessFolder engagement() {
        return shipped.all().stream()
                .filter(folder -> folder.name().equals("engagement"))
                .findFirst()
                .orElseThrow();
    }

    /** Three months of the search for an existing client, from the files to the last line of the journal. */
    public int threeMonths() {
        Scenario scenario = scenarios.shipped().stream()
                .filter(each -> each.key().equals(THREE_MONTHS))
                .findFirst()
                .orElseThrow();
        ScenarioRun.Played played = run.play(scenario, engagement());
        if (!played.same()) {
            throw new IllegalStateException(String.valueOf(played.difference()));
        }
        return played.trace().size();
    }

    /** All scenarios of the folder, as they are played before a publication. */
    public int everyScenario() {
        int lines = 0;
        for (Scenario scenario : scenarios.shipped()) {
            if (scenario.folder().equals("engagement")) {
                lines += run.play(scenario, engagement()).trace().size();
            }
        }
        return lines;
    }

    /** How many rehearsals are held in memory. */
    public int underWay() {
        return rehearsals.underWay();
    }
}
