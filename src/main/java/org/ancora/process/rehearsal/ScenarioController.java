package org.ancora.process.rehearsal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.ancora.access.Hidden;
import org.ancora.access.Viewer;
import org.ancora.process.model.ProcessFolder;
import org.ancora.process.studio.Owners;
import org.ancora.process.studio.PublishingCheck;
import org.ancora.process.studio.StudioFiles;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.view.RedirectView;

/** Scenarios of a folder: run them again, accept what is meant to be different, take them along as files. */
@Controller
@RequestMapping("/studio/{folder:[a-z][a-z0-9-]{0,79}}/scenarios")
class ScenarioController {

    private final Scenarios scenarios;
    private final ScenarioRun run;
    private final ScenarioOutcomes outcomes;
    private final ScenariosBeforePublishing together;
    private final RehearsalWords words;
    private final Owners owners;
    private final StudioFiles files;

    ScenarioController(
            Scenarios scenarios,
            ScenarioRun run,
            ScenarioOutcomes outcomes,
            ScenariosBeforePublishing together,
            RehearsalWords words,
            Owners owners,
            StudioFiles files) {
        this.scenarios = scenarios;
        this.run = run;
        this.outcomes = outcomes;
        this.together = together;
        this.words = words;
        this.owners = owners;
        this.files = files;
    }

    /**
     * One line of the list.
     *
     * @param result "same", "accepted", "different" or "stopped"; empty when it was not run
     * @param difference the first one, in words
     */
    record Row(
            String key,
            String name,
            String process,
            int moves,
            @Nullable String author,
            boolean pending,
            String result,
            String difference) {}

    /**
     * The scenarios; it only shows, and begins nothing.
     *
     * @param all whether what came of playing all is asked for, as far as that is known
     * @param progress whether only how far it is with playing all is asked for
     */
    @GetMapping
    String list(
            Viewer viewer,
            @PathVariable String folder,
            @RequestParam(defaultValue = StudioFiles.DRAFT) String which,
            @RequestParam(defaultValue = "false") boolean all,
            @RequestParam(defaultValue = "false") boolean progress,
            Model model) {
        owners.open(folder, viewer);
        if (progress) {
            ProcessFolder content = files.of(folder, RehearsalController.source(which), viewer);
            model.addAttribute("folder", folder);
            model.addAttribute("which", which);
            model.addAttribute(
                    "underWay",
                    together.underWay(content, folder, viewer.locale()).orElse(null));
            return "process/scenarios :: progress";
        }
        return show(folder, which, all, "", viewer, model);
    }

    /** Runs one of them; or all when none is named, in the background: the list then says how far it is. */
    @PostMapping("/run")
    Object run(
            Viewer viewer,
            @PathVariable String folder,
            @RequestParam(defaultValue = StudioFiles.DRAFT) String which,
            @RequestParam(defaultValue = "") String key,
            Model model) {
        owners.open(folder, viewer);
        if (key.isEmpty()) {
            String source = RehearsalController.source(which);
            together.begin(files.of(folder, source, viewer), folder);
            return RehearsalController.redirect("/studio/" + folder + "/scenarios?which=" + source + "&all=true");
        }
        return show(folder, which, false, key, viewer, model);
    }

    /**
     * @param all whether to show what came of playing all
     * @param one key of the one that is played for it; empty for none
     */
    private String show(String folder, String which, boolean all, String one, Viewer viewer, Model model) {
        String source = RehearsalController.source(which);
        ProcessFolder content = files.of(folder, source, viewer);
        Names names = Names.of(content.files());
        PublishingCheck.Progress underWay =
                all ? together.underWay(content, folder, viewer.locale()).orElse(null) : null;
        List<Row> rows = new ArrayList<>();
        for (Scenarios.Kept kept : scenarios.of(folder)) {
            Scenario scenario = kept.scenario();
            ScenarioRun.Played played = all && underWay == null
                    ? outcomes.known(content.hash(), scenario).orElse(null)
                    : scenario.key().equals(one) ? run.play(scenario, content) : null;
            rows.add(row(kept, played, names, viewer.locale()));
        }
        model.addAttribute("underWay", underWay);
        model.addAttribute("folder", folder);
        model.addAttribute("folderTitle", words.folder(content, viewer.locale()));
        model.addAttribute("which", source);
        model.addAttribute("scenarios", rows);
        model.addAttribute(
                "ran",
                underWay == null && rows.stream().anyMatch(row -> !row.result().isEmpty()));
        model.addAttribute(
                "broken",
                rows.stream()
                        .filter(row -> Set.of("different", "stopped").contains(row.result()))
                        .count());
        return "process/scenarios";
    }

    private Row row(Scenarios.Kept kept, ScenarioRun.@Nullable Played played, Names names, Locale language) {
        ScenarioRun.Difference difference = played == null ? null : played.difference();
        String result = played == null ? "" : result(played, kept);
        return new Row(
                kept.scenario().key(),
                name(kept, language),
                words.process(kept.scenario().process(), names, language),
                kept.scenario().moves().size(),
                kept.author(),
                kept.accepted() != null,
                result,
                difference == null ? "" : words.difference(difference, names, language));
    }

    private static String result(ScenarioRun.Played played, Scenarios.Kept kept) {
        if (played.stopped()) {
            return "stopped";
        }
        return played.same() ? "same" : played.trace().equals(kept.accepted()) ? "accepted" : "different";
    }

    private String name(Scenarios.Kept kept, Locale language) {
        Scenario scenario = kept.scenario();
        return words.text("scenario." + scenario.folder() + "." + scenario.key(), scenario.name(), language);
    }

    /** The draft is meant to do otherwise than the scenario says. */
    @PostMapping("/{key}/accept")
    RedirectView accept(Viewer viewer, @PathVariable String folder, @PathVariable String key) {
        owners.open(folder, viewer);
        Scenario scenario = find(folder, key).scenario();
        ScenarioRun.Played played = run.play(scenario, files.of(folder, StudioFiles.DRAFT, viewer));
        if (!played.trace().isEmpty()) {
            scenarios.accept(scenario, played.trace(), viewer.id());
        }
        return RehearsalController.redirect("/studio/" + folder + "/scenarios");
    }

    @PostMapping("/{key}/remove")
    RedirectView remove(Viewer viewer, @PathVariable String folder, @PathVariable String key) {
        owners.open(folder, viewer);
        find(folder, key);
        scenarios.remove(folder, key, viewer.id());
        return RehearsalController.redirect("/studio/" + folder + "/scenarios");
    }

    @GetMapping("/{key}/file")
    ResponseEntity<String> file(Viewer viewer, @PathVariable String folder, @PathVariable String key) {
        owners.open(folder, viewer);
        return ResponseEntity.ok()
                .contentType(new MediaType("application", "json", StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noStore())
                .header(
                        "Content-Disposition",
                        ContentDisposition.attachment()
                                .filename(key + ".json")
                                .build()
                                .toString())
                .body(scenarios.file(find(folder, key).scenario()));
    }

    private Scenarios.Kept find(String folder, String key) {
        return scenarios.find(folder, key).orElseThrow(() -> new Hidden("scenario", key));
    }
}
