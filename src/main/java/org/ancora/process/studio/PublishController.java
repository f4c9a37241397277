package org.ancora.process.studio;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.ancora.access.Hidden;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.process.deployment.ModelRefused;
import org.ancora.process.model.Finding;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Makes a draft run, or an earlier version run again: what it means first, then the button. */
@Controller
class PublishController {

    private final Owners owners;
    private final Versions versions;
    private final Publishing publishing;
    private final RefusalLog refusals;
    private final FindingWords findingWords;
    private final StudioWords words;
    private final StudioRooms rooms;
    private final ObjectProvider<PublishingPanel> panels;

    PublishController(
            Owners owners,
            Versions versions,
            Publishing publishing,
            RefusalLog refusals,
            FindingWords findingWords,
            StudioWords words,
            StudioRooms rooms,
            ObjectProvider<PublishingPanel> panels) {
        this.owners = owners;
        this.versions = versions;
        this.publishing = publishing;
        this.refusals = refusals;
        this.findingWords = findingWords;
        this.words = words;
        this.rooms = rooms;
        this.panels = panels;
    }

    /** A panel with what it shows. */
    record Panel(String template, Map<String, ?> model) {}

    /** A proposal in words. */
    record Proposed(String by, String when, String note, boolean current, boolean mayApprove, boolean own) {}

    /**
     * The page only shows; what takes long is begun by {@link #tryOut}.
     *
     * @param progress whether only how far it is with finding out what stands in the way is asked for
     */
    @GetMapping(FilesController.FOLDER + "/publish")
    String page(
            @PathVariable String folder,
            @RequestParam(defaultValue = "false") boolean progress,
            Viewer viewer,
            Model model,
            RedirectAttributes told) {
        Version now = owners.open(folder, viewer);
        if (progress) {
            model.addAttribute("folder", folder);
            model.addAttribute(
                    "underWay", publishing.underWay(folder, viewer.locale()).orElse(null));
            return "studio/publish :: progress";
        }
        Optional<Publishing.Review> review = publishing.glance(folder, viewer.locale());
        if (review.isEmpty()) {
            // An editor leads here before anything was changed, and so does the link to a proposal that was approved
            // meanwhile.
            told.addFlashAttribute("told", "studio.told.no-draft");
            return "redirect:/studio/" + folder;
        }
        show(now, review.get(), review.get().findings(), viewer, model);
        return "studio/publish";
    }

    /** Finds out, in the background, whether anything stands in the way: what a draft has to be tried with takes its time. */
    @PostMapping(FilesController.FOLDER + "/publish/try")
    String tryOut(@PathVariable String folder, Viewer viewer) {
        owners.open(folder, viewer);
        publishing.begin(folder);
        return "redirect:/studio/" + folder + "/publish";
    }

    private void show(Version now, Publishing.Review review, List<Finding> findings, Viewer viewer, Model model) {
        Locale language = viewer.locale();
        String folder = now.folder();
        model.addAttribute("folder", folder);
        model.addAttribute("folderTitle", words.folder(review.files(), language));
        model.addAttribute("rooms", rooms);
        model.addAttribute("review", review);
        model.addAttribute("underWay", review.underWay());
        model.addAttribute("running", now);
        model.addAttribute("next", now.number() + 1);
        model.addAttribute("findings", findingWords.lines(findings, review.files(), language));
        UnaryOperator<String> titles = words.titles(review.files(), language);
        model.addAttribute(
                "changed",
                review.changed().stream()
                        .map(path -> titles.apply(path) + " (" + path + ")")
                        .toList());
        model.addAttribute("proposal", proposed(review, viewer));
        List<Panel> shown = new ArrayList<>();
        if (!review.refused() && !review.changed().isEmpty()) {
            panels.stream()
                    .sorted(Comparator.comparingInt(PublishingPanel::order))
                    .forEach(panel ->
                            shown.add(new Panel(panel.template(), panel.model(folder, review.files(), viewer))));
        }
        model.addAttribute("panels", shown);
    }

    private @Nullable Proposed proposed(Publishing.Review review, Viewer viewer) {
        Proposal proposal = review.proposal();
        if (proposal == null) {
            return null;
        }
        UserId by = proposal.proposedBy();
        return new Proposed(
                words.names(Set.of(by)).getOrDefault(by, ""),
                words.moment(proposal.proposedAt(), viewer),
                proposal.note(),
                review.proposed(),
                review.proposed() && !review.authors().contains(viewer.id()),
                by.equals(viewer.id()));
    }

    /** Publishes, or proposes where a second owner has to approve. */
    @PostMapping(FilesController.FOLDER + "/publish")
    String publish(
            @PathVariable String folder,
            @RequestParam(defaultValue = "") String hash,
            @RequestParam(defaultValue = "") String note,
            @RequestParam(defaultValue = "false") boolean propose,
            Viewer viewer,
            RedirectAttributes told) {
        Version before = owners.open(folder, viewer);
        try {
            if (propose) {
                publishing.propose(folder, hash, note, viewer.id(), viewer.locale());
                told.addFlashAttribute("told", "studio.told.proposed");
                return "redirect:/studio/" + folder + "/publish";
            }
            return gone(before, publishing.publish(folder, hash, note, viewer.id(), viewer.locale()), told);
        } catch (ModelRefused refused) {
            throw refusal(folder, "publish", refused, viewer);
        }
    }

    @PostMapping(FilesController.FOLDER + "/approve")
    String approve(
            @PathVariable String folder,
            @RequestParam(defaultValue = "") String hash,
            Viewer viewer,
            RedirectAttributes told) {
        Version before = owners.open(folder, viewer);
        try {
            return gone(before, publishing.approve(folder, hash, viewer.id(), viewer.locale()), told);
        } catch (ModelRefused refused) {
            throw refusal(folder, "approve", refused, viewer);
        }
    }

    @PostMapping(FilesController.FOLDER + "/decline")
    String decline(@PathVariable String folder, Viewer viewer, RedirectAttributes told) {
        owners.open(folder, viewer);
        publishing.decline(folder, viewer.id());
        told.addFlashAttribute("told", "studio.told.declined");
        return "redirect:/studio/" + folder + "/publish";
    }

    /** Asks before an earlier version runs again. */
    @GetMapping(FilesController.FOLDER + "/back")
    String mayGoBack(
            @PathVariable String folder, @RequestParam(defaultValue = "") String to, Viewer viewer, Model model) {
        Version now = owners.open(folder, viewer);
        Version earlier = versions.find(to)
                .filter(version -> version.folder().equals(folder))
                .orElseThrow(() -> new Hidden("version", to));
        Locale language = viewer.locale();
        var files = versions.files(earlier.deploymentId());
        model.addAttribute("folder", folder);
        model.addAttribute("folderTitle", words.folder(files, language));
        model.addAttribute("running", now);
        model.addAttribute("earlier", earlier);
        UnaryOperator<String> titles = words.titles(files, language);
        model.addAttribute(
                "changed",
                Publishing.changed(versions.files(now.deploymentId()), files).stream()
                        .map(path -> titles.apply(path) + " (" + path + ")")
                        .toList());
        return "studio/back";
    }

    @PostMapping(FilesController.FOLDER + "/back")
    String goBack(
            @PathVariable String folder,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String running,
            @RequestParam(defaultValue = "") String note,
            Viewer viewer,
            RedirectAttributes told) {
        Version before = owners.open(folder, viewer);
        try {
            Optional<Version> now = publishing.goBack(folder, to, running, note, viewer.id(), viewer.locale());
            if (now.isEmpty()) {
                told.addFlashAttribute("told", "studio.told.proposed");
                return "redirect:/studio/" + folder + "/publish";
            }
            return gone(before, now.get(), told);
        } catch (ModelRefused refused) {
            throw refusal(folder, "back", refused, viewer);
        }
    }

    /** To where running procedures can be taken over; they may just as well go on as they began. */
    private String gone(Version before, Version now, RedirectAttributes told) {
        told.addFlashAttribute("told", "studio.told.published");
        String folder = "redirect:/studio/" + now.folder();
        return rooms.has("migrate")
                ? folder + "/migrate?from=" + before.deploymentId() + "&to=" + now.deploymentId()
                : folder;
    }

    /** The page shows the findings already; whoever posts past it is told that there are some, and it is logged. */
    private Problem refusal(String folder, String door, ModelRefused refused, Viewer viewer) {
        refusals.refused(folder, door, refused.findings(), viewer.id());
        FindingWords.Line first =
                findingWords.lines(refused.findings(), viewer.locale()).get(0);
        String element = first.element();
        return new Problem(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "studio.refused",
                        first.file() + (element == null ? "" : " (" + element + ")"),
                        first.words())
                .causedBy(refused);
    }
}
