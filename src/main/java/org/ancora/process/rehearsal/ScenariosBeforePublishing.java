package org.ancora.process.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ancora.process.model.ProcessFolder;
import org.ancora.process.studio.ProcedurePublished;
import org.ancora.process.studio.PublishingCheck;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A draft is published only when every scenario of its folder still goes as before, or goes otherwise on purpose. */
@Component
class ScenariosBeforePublishing implements PublishingCheck {

    private final Scenarios scenarios;
    private final ScenarioRun run;
    private final RehearsalWords words;

    ScenariosBeforePublishing(Scenarios scenarios, ScenarioRun run, RehearsalWords words) {
        this.scenarios = scenarios;
        this.run = run;
        this.words = words;
    }

    @Override
    public List<Obstacle> obstacles(ProcessFolder draft, String folder, Locale locale) {
        List<Obstacle> obstacles = new ArrayList<>();
        List<Scenarios.Kept> all = scenarios.of(folder);
        if (all.isEmpty()) {
            return obstacles;
        }
        Names names = Names.of(draft.files());
        for (Scenarios.Kept kept : all) {
            ScenarioRun.Played played = run.play(kept.scenario(), draft);
            ScenarioRun.Difference difference = played.difference();
            if (difference != null && !played.trace().equals(kept.accepted())) {
                Scenario scenario = kept.scenario();
                obstacles.add(new Obstacle(
                        words.text(
                                "rehearsal.obstacle",
                                locale,
                                words.text(
                                        "scenario." + scenario.folder() + "." + scenario.key(),
                                        scenario.name(),
                                        locale),
                                words.difference(difference, names, locale)),
                        "/studio/" + folder + "/scenarios"));
            }
        }
        return obstacles;
    }

    @EventListener
    void on(ProcedurePublished published) {
        scenarios.published(published.now().folder());
    }
}
