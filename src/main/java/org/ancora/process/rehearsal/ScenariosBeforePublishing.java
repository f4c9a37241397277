package org.ancora.process.rehearsal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    /** A page that asks what stands in the way is asked again when the button below it is pressed. */
    private static final int REMEMBERED = 50;

    private final Scenarios scenarios;
    private final ScenarioRun run;
    private final RehearsalWords words;
    private final Versions versions;
    private final Map<String, ScenarioRun.Played> played = new LinkedHashMap<>();

    ScenariosBeforePublishing(Scenarios scenarios, ScenarioRun run, RehearsalWords words, Versions versions) {
        this.scenarios = scenarios;
        this.run = run;
        this.words = words;
        this.versions = versions;
    }

    @Override
    public List<Obstacle> obstacles(ProcessFolder draft, String folder, Locale locale) {
        List<Obstacle> obstacles = new ArrayList<>();
        List<Scenarios.Kept> all = scenarios.of(folder);
        if (all.isEmpty()) {
            return obstacles;
        }
        Names names = Names.of(draft.files());
        String files = hash(draft);
        for (Scenarios.Kept kept : all) {
            ScenarioRun.Played outcome = outcome(files, kept.scenario(), draft);
            ScenarioRun.Difference difference = outcome.difference();
            if (difference != null && !outcome.trace().equals(kept.accepted())) {
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

    /** Scenarios are put back with the version: see {@link #expectAsBefore}. */
    @Override
    public boolean asksWhenGoingBack() {
        return false;
    }

    /** The same files go the same way; only a project's own calendar may have changed since. */
    private ScenarioRun.Played outcome(String files, Scenario scenario, ProcessFolder draft) {
        if (scenario.place().startsWith("project/")) {
            return run.play(scenario, draft);
        }
        String key = files + scenario;
        ScenarioRun.Played known;
        synchronized (played) {
            known = played.get(key);
        }
        if (known != null) {
            return known;
        }
        ScenarioRun.Played now = run.play(scenario, draft);
        synchronized (played) {
            played.put(key, now);
            if (played.size() > REMEMBERED) {
                played.remove(played.keySet().iterator().next());
            }
        }
        return now;
    }

    private static String hash(ProcessFolder folder) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            folder.files().forEach((path, content) -> {
                digest.update((path + "\n" + content.length + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
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
        String hash = hash(files);
        for (Scenarios.Kept kept : scenarios.of(folder)) {
            ScenarioRun.Played outcome = outcome(hash, kept.scenario(), files);
            if (!outcome.same() && !outcome.trace().isEmpty()) {
                scenarios.accept(kept.scenario(), outcome.trace(), by);
            }
        }
    }
}
