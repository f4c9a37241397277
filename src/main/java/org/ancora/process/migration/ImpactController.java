package org.ancora.process.migration;

import java.util.List;
import java.util.Map;
import org.ancora.access.Hidden;
import org.ancora.access.Viewer;
import org.ancora.process.migration.Releases.Release;
import org.ancora.process.model.ProcessFolder;
import org.ancora.process.studio.Drafts;
import org.ancora.process.studio.Owners;
import org.ancora.process.studio.PublishingPanel;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What a draft, or another version, means for the cases under way: as a page, and beside the button that publishes. */
@Controller
class ImpactController implements PublishingPanel {

    private static final String DRAFT = "draft";

    private final Impacts impacts;
    private final Releases releases;
    private final Drafts drafts;
    private final StepWords words;

    ImpactController(Impacts impacts, Releases releases, Drafts drafts, StepWords words) {
        this.impacts = impacts;
        this.releases = releases;
        this.drafts = drafts;
        this.words = words;
    }

    /**
     * What {@code to} would change for whoever runs on {@code from}.
     *
     * @param from a version's deployment; the newest one unless given
     * @param to another one, or {@code draft}
     */
    @GetMapping(MigrationController.FOLDER + "/impact")
    String page(
            @PathVariable String folder,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(defaultValue = DRAFT) String to,
            Viewer viewer,
            Model model) {
        Owners.require(viewer);
        List<Release> all = releases.of(folder, viewer.walls());
        if (all.isEmpty()) {
            throw new Hidden("procedures", folder);
        }
        Release source = from == null || from.isBlank() ? all.get(0) : Releases.find(all, from);
        Release target = to.equals(DRAFT) ? null : Releases.find(all, to);
        ProcessFolder after = target == null ? drafts.current(folder) : releases.files(target);
        model.addAttribute("folder", folder);
        model.addAttribute("folderTitle", words.folder(after, viewer.locale()));
        model.addAttribute(
                "versions", all.stream().map(MigrationController::version).toList());
        model.addAttribute("from", MigrationController.version(source));
        model.addAttribute("to", target == null ? null : MigrationController.version(target));
        model.addAttribute("part", part(folder, source, after, viewer));
        return "process/migration/impact";
    }

    private Map<String, ?> part(String folder, Release source, ProcessFolder after, Viewer viewer) {
        return Map.of(
                "folder",
                folder,
                "from",
                MigrationController.version(source),
                "impact",
                impacts.between(source.deployment(), releases.files(source), after, viewer.walls(), viewer.locale()));
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public String template() {
        return "process/migration/impact :: panel";
    }

    @Override
    public Map<String, ?> model(String folder, ProcessFolder draft, Viewer viewer) {
        return part(folder, releases.of(folder, viewer.walls()).get(0), draft, viewer);
    }
}
