package org.ancora.process.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ancora.access.UserId;
import org.ancora.process.model.ProcessFolder;
import org.ancora.process.studio.ProcedurePublished;
import org.ancora.process.studio.PublishingCheck;
import org.ancora.process.studio.Versions;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A draft is published only when every scenario of its folder still goes as before, or goes otherwise on purpose. */
@Component
class ScenariosBeforePublishing implements PublishingCheck {

    private final Scenarios scenarios;
    private final ScenarioOutcomes outcomes;
    private final ScenarioRounds rounds;
    private final RehearsalWords words;
    private final Versions versions;

    ScenariosBeforePublishing(
            Scenarios scenarios,
            ScenarioOutcomes outcomes,
            ScenarioRounds rounds,
            RehearsalWords words,
            Versions versions) {
        this.scenarios = scenarios;
        this.outcomes = outcomes;
        this.rounds = rounds;
        this.words = words;
        this.versions = versions;
    }

    @Override
    public Optional<Progress> underWay(ProcessFolder draft, String folder, Locale locale) {
        List<Scenario> all =
                scenarios.of(folder).stream().map(Scenarios.Kept::scenario).toList();
        String files = draft.hash();
        List<Scenario> left = outcomes.unknown(files, all);
        if (left.isEmpty()) {
            return Optional.empty();
        }
        Optional<ScenarioRounds.Round> round = rounds.find(folder, files);
        return Optional.of(new Progress(
                round.map(each -> doing(each, all, locale))
                        .orElseGet(() -> words.text("rehearsal.round.waiting", locale)),
                all.size() - left.size(),
                all.size(),
                round.isPresent()));
    }

    private String doing(ScenarioRounds.Round round, List<Scenario> all, Locale locale) {
        return round.failed()
                ? words.text("rehearsal.round.failed", locale)
                : words.text(
                        "rehearsal.round.playing",
                        locale,
                        all.stream()
                                .filter(each -> each.key().equals(round.playing()))
                                .findFirst()
                                .map(each -> name(each, locale))
                                .orElse(""));
    }

    @Override
    public void begin(ProcessFolder draft, String folder) {
        String files = draft.hash();
        List<Scenario> left = unknown(files, folder);
        if (!left.isEmpty()) {
            rounds.begin(folder, files, left, draft);
        }
    }

    private List<Scenario> unknown(String files, String folder) {
        return outcomes.unknown(
                files,
                scenarios.of(folder).stream().map(Scenarios.Kept::scenario).toList());
    }

    private String name(Scenario scenario, Locale locale) {
        return words.text("scenario." + scenario.folder() + "." + scenario.key(), scenario.name(), locale);
    }

    @Override
    public List<Obstacle> obstacles(ProcessFolder draft, String folder, Locale locale) {
        List<Obstacle> obstacles = new ArrayList<>();
        List<Scenarios.Kept> all = scenarios.of(folder);
        if (all.isEmpty()) {
            return obstacles;
        }
        Names names = Names.of(draft.files());
        String files = draft.hash();
        for (Scenarios.Kept kept : all) {
            ScenarioRun.Played outcome = outcomes.of(files, kept.scenario(), draft);
            ScenarioRun.Difference difference = outcome.difference();
            if (difference != null && (outcome.stopped() || !outcome.trace().equals(kept.accepted()))) {
                obstacles.add(new Obstacle(
                        words.text(
                                "rehearsal.obstacle",
                                locale,
                                name(kept.scenario(), locale),
                                words.difference(difference, names, locale)),
                        "/studio/" + folder + "/scenarios"));
            }
        }
        return obstacles;
    }

    /** Scenarios are put back with the version: see {@link #expectAsBefore}. */
    @Override
    public boolean asksWhenGoingBack() {
        return false;
    }

    @EventListener
    void on(ProcedurePublished published) {
        String folder = published.now().folder();
        if (published.restoredFrom() != null) {
            expectAsBefore(folder, versions.files(published.now().deploymentId()), published.by());
        }
        scenarios.published(folder);
    }

    /** An earlier version that runs again does as it did: that is what its scenarios expect again. */
    private void expectAsBefore(String folder, ProcessFolder files, UserId by) {
        String hash = files.hash();
        for (Scenarios.Kept kept : scenarios.of(folder)) {
            ScenarioRun.Played outcome = outcomes.of(hash, kept.scenario(), files);
            if (!outcome.same() && !outcome.trace().isEmpty() && !outcome.stopped()) {
                scenarios.accept(kept.scenario(), outcome.trace(), by);
            }
        }
    }
}
