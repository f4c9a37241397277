package org.ancora.process.studio;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.ancora.access.Hidden;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.audit.Activity;
import org.ancora.audit.ActivityLog;
import org.ancora.process.model.Finding;
import org.ancora.process.model.ProcessFolder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The list of procedures, and one folder of them: its files, its draft, its versions. */
@Controller
class StudioController {

    private static final List<String> LANGUAGES = List.of("en", "es", "it");

    /** As many lines of the log are shown. */
    private static final int DEEDS = 12;

    private final Owners owners;
    private final Versions versions;
    private final Drafts drafts;
    private final Findings findings;
    private final FindingWords findingWords;
    private final Publishing publishing;
    private final Running running;
    private final StudioWords words;
    private final StudioRooms rooms;
    private final ActivityLog log;
    private final String baseUrl;

    StudioController(
            Owners owners,
            Versions versions,
            Drafts drafts,
            Findings findings,
            FindingWords findingWords,
            Publishing publishing,
            Running running,
            StudioWords words,
            StudioRooms rooms,
            ActivityLog log,
            @Value("${ancora.base-url:http://localhost:8080}") String baseUrl) {
        this.owners = owners;
        this.versions = versions;
        this.drafts = drafts;
        this.findings = findings;
        this.findingWords = findingWords;
        this.publishing = publishing;
        this.running = running;
        this.words = words;
        this.rooms = rooms;
        this.log = log;
        this.baseUrl = baseUrl.replaceAll("/+$", "");
    }

    /** How many findings refuse, and how many only warn. */
    record Problems(int errors, int warnings) {

        static Problems of(List<Finding> findings) {
            int errors = (int) findings.stream().filter(Finding::refuses).count();
            return new Problems(errors, findings.size() - errors);
        }

        public boolean none() {
            return errors + warnings == 0;
        }
    }

    /** A draft in the list: whose, since when, and what is wrong with it. */
    record DraftLine(String by, String since, int files, Problems problems, boolean proposed) {}

    /** A folder in the list. */
    record FolderLine(
            String folder,
            List<String> flows,
            Version version,
            String author,
            String when,
            int instances,
            Problems problems,
            @Nullable DraftLine draft,
            boolean newerInRelease) {}

    @GetMapping("/studio")
    String list(Viewer viewer, Model model) {
        Owners.require(viewer);
        Locale language = viewer.locale();
        Map<String, Version> newest = versions.running();
        Map<String, Draft> begun = drafts.all();
        Map<String, Integer> instances = running.byFolder(viewer);
        Map<String, Boolean> newer = running.newerInRelease();
        Map<UserId, String> names = names(newest.values(), begun.values());
        Map<String, ProcessFolder> drafted = new HashMap<>();
        drafts.folders(begun.values()).forEach(each -> drafted.put(each.name(), each));
        Set<String> proposed = publishing.waiting();
        List<FolderLine> lines = new ArrayList<>();
        newest.forEach((folder, version) -> {
            ProcessFolder files = versions.files(version.deploymentId());
            lines.add(new FolderLine(
                    folder,
                    words.flows(files, language),
                    version,
                    words.author(version, names, language),
                    words.moment(version.at(), viewer),
                    instances.getOrDefault(folder, 0),
                    Problems.of(findings.of(files)),
                    Optional.ofNullable(begun.get(folder))
                            .map(draft -> draftLine(
                                    draft,
                                    drafted.getOrDefault(folder, files),
                                    proposed.contains(folder),
                                    names,
                                    viewer))
                            .orElse(null),
                    newer.getOrDefault(folder, false)));
        });
        model.addAttribute("lines", lines);
        model.addAttribute("modelerAddress", baseUrl + ModelerDoor.ROOT);
        return "studio/list";
    }

    private Map<UserId, String> names(Collection<Version> some, Collection<Draft> begun) {
        Set<UserId> people = new HashSet<>();
        some.forEach(version -> Optional.ofNullable(version.by()).ifPresent(people::add));
        begun.forEach(draft -> {
            people.add(draft.begunBy());
            draft.files().values().forEach(file -> people.add(file.savedBy()));
        });
        return words.names(people);
    }

    private DraftLine draftLine(
            Draft draft, ProcessFolder files, boolean proposed, Map<UserId, String> names, Viewer viewer) {
        Set<String> by = new TreeSet<>();
        by.add(names.getOrDefault(draft.begunBy(), ""));
        draft.files().values().forEach(file -> by.add(names.getOrDefault(file.savedBy(), "")));
        return new DraftLine(
                String.join(", ", by),
                words.moment(draft.begunAt(), viewer),
                draft.files().size(),
                Problems.of(findings.of(files)),
                proposed);
    }

    /**
     * A file on a folder's page.
     *
     * @param name what stands for it in its group: its path, or the language of a letter
     * @param change what the draft did to it: "changed", "added" or "removed"; null while it is as it runs
     */
    record FileLine(
            String path,
            String name,
            @Nullable String change,
            int version,
            @Nullable String by,
            @Nullable String when) {}

    /** Files that are one thing in several languages, or a single one. */
    record Group(String name, List<FileLine> files) {}

    /** Files of one kind; {@code kind} is part of the message key of its title. */
    record Kind(String kind, String icon, List<Group> groups) {}

    /** A version on a folder's page. */
    record VersionLine(Version version, String author, String when, int instances, boolean newest) {}

    @GetMapping(FilesController.FOLDER)
    String folder(@PathVariable String folder, Viewer viewer, Model model) {
        Version now = owners.open(folder, viewer);
        Locale language = viewer.locale();
        Optional<Draft> draft = drafts.find(folder);
        ProcessFolder below = versions.files(now.deploymentId());
        ProcessFolder files = draft.map(drafts::folder).orElse(below);
        List<Version> all = versions.of(folder);
        Map<UserId, String> names = names(all, draft.stream().toList());
        Map<String, Integer> instances = running.byDeployment(viewer);
        model.addAttribute("folder", folder);
        model.addAttribute("folderTitle", words.folder(below, language));
        model.addAttribute("rooms", rooms);
        model.addAttribute("running", now);
        model.addAttribute("runningBy", words.author(now, names, language));
        model.addAttribute("runningSince", words.moment(now.at(), viewer));
        model.addAttribute(
                "draft",
                draft.map(found -> draftLine(
                                found, files, publishing.waiting(folder).isPresent(), names, viewer))
                        .orElse(null));
        model.addAttribute(
                "overtaken",
                draft.filter(found -> !found.baseDeployment().equals(now.deploymentId()))
                        .isPresent());
        model.addAttribute(
                "seen", draft.map(Draft::files).map(StudioController::latest).orElse(0));
        model.addAttribute("kinds", kinds(below, files, draft, names, viewer));
        model.addAttribute("findings", findingWords.lines(findings.of(files), files, language));
        model.addAttribute("log", log(files, viewer));
        model.addAttribute("newerInRelease", running.newerInRelease().getOrDefault(folder, false));
        model.addAttribute(
                "versions",
                all.stream()
                        .map(version -> new VersionLine(
                                version,
                                words.author(version, names, language),
                                words.moment(version.at(), viewer),
                                instances.getOrDefault(version.deploymentId(), 0),
                                version.deploymentId().equals(now.deploymentId())))
                        .toList());
        model.addAttribute(
                "instances",
                all.stream()
                        .mapToInt(each -> instances.getOrDefault(each.deploymentId(), 0))
                        .sum());
        return "studio/folder";
    }

    /** A line of what was done to a folder; {@code about} is the file or version, or empty. */
    record Deed(String words, String about, String by, String when) {}

    private List<Deed> log(ProcessFolder folder, Viewer viewer) {
        UnaryOperator<String> titles = words.titles(folder, viewer.locale());
        return log.ofProcedure(folder.name(), DEEDS).stream()
                .map(entry -> new Deed(
                        words.text(entry.key(), viewer.locale()),
                        about(entry, titles, viewer.locale()),
                        Objects.requireNonNullElse(entry.byName(), ""),
                        words.moment(entry.at(), viewer)))
                .toList();
    }

    private String about(Activity entry, UnaryOperator<String> titles, Locale language) {
        String path = entry.details().get("path");
        String version = entry.details().get("version");
        if (path != null) {
            return titles.apply(path);
        }
        return version == null ? "" : words.text("studio.version", language, version);
    }

    static int latest(Map<String, DraftFile> files) {
        return files.values().stream().mapToInt(DraftFile::version).max().orElse(0);
    }

    private List<Kind> kinds(
            ProcessFolder below, ProcessFolder files, Optional<Draft> draft, Map<UserId, String> names, Viewer viewer) {
        Set<String> paths = new TreeSet<>(below.files().keySet());
        paths.addAll(files.files().keySet());
        LANGUAGES.forEach(language -> paths.add("labels/" + language + ".properties"));
        List<FileLine> lines = paths.stream()
                .map(path -> line(path, below, draft.flatMap(found -> found.file(path)), names, viewer))
                .toList();
        Map<String, String> forms = words.forms(files, viewer.locale());
        return List.of(
                kind("diagrams", "sitemap", lines, forms, viewer, ".bpmn"),
                kind("decisions", "table", lines, forms, viewer, ".dmn"),
                kind("forms", "forms", lines, forms, viewer, ".form"),
                kind("letters", "mail", lines, forms, viewer, ".html", ".txt"),
                kind("labels", "language", lines, forms, viewer, ".properties"));
    }

    private Kind kind(
            String kind,
            String icon,
            List<FileLine> lines,
            Map<String, String> forms,
            Viewer viewer,
            String... endings) {
        Map<String, List<FileLine>> groups = new LinkedHashMap<>();
        lines.stream()
                .filter(line -> List.of(endings).stream().anyMatch(line.path()::endsWith))
                .forEach(line -> {
                    String path = line.path();
                    String one = kind.equals("letters") ? path.substring(0, path.indexOf('.')) : path;
                    groups.computeIfAbsent(one, any -> new ArrayList<>()).add(line);
                });
        return new Kind(
                kind,
                icon,
                groups.values().stream()
                        .map(group -> new Group(name(group.get(0).path(), forms, viewer), group))
                        .toList());
    }

    private String name(String path, Map<String, String> forms, Viewer viewer) {
        String file = words.file(path, viewer.locale());
        return path.startsWith("forms/") ? forms.getOrDefault(file, file) : file;
    }

    private FileLine line(
            String path, ProcessFolder below, Optional<DraftFile> drafted, Map<UserId, String> names, Viewer viewer) {
        boolean before = below.files().containsKey(path);
        String change = drafted.isEmpty() ? null : drafted.get().removed() ? "removed" : before ? "changed" : "added";
        return new FileLine(
                path,
                path.startsWith("letters/") ? words.language(path.split("\\.", -1)[1], viewer.locale()) : path,
                change,
                drafted.map(DraftFile::version).orElse(0),
                drafted.map(file -> names.getOrDefault(file.savedBy(), "")).orElse(null),
                drafted.map(file -> words.moment(file.savedAt(), viewer)).orElse(null));
    }

    @PostMapping(FilesController.FOLDER + "/draft")
    String begin(@PathVariable String folder, Viewer viewer) {
        owners.open(folder, viewer);
        drafts.begin(folder, viewer.id());
        return "redirect:/studio/" + folder;
    }

    /** Asks before a draft is thrown away. */
    @GetMapping(FilesController.FOLDER + "/discard")
    String mayDiscard(@PathVariable String folder, Viewer viewer, Model model) {
        Version now = owners.open(folder, viewer);
        Draft draft = drafts.find(folder).orElseThrow(() -> new Hidden("draft", folder));
        Map<UserId, String> names = names(List.of(now), List.of(draft));
        model.addAttribute("folder", folder);
        model.addAttribute("folderTitle", words.folder(versions.files(now.deploymentId()), viewer.locale()));
        ProcessFolder files = drafts.folder(draft);
        UnaryOperator<String> titles = words.titles(files, viewer.locale());
        model.addAttribute("draft", draftLine(draft, files, false, names, viewer));
        model.addAttribute(
                "files",
                draft.files().keySet().stream()
                        .map(path -> titles.apply(path) + " (" + path + ")")
                        .toList());
        return "studio/discard";
    }

    @PostMapping(FilesController.FOLDER + "/discard")
    String discard(@PathVariable String folder, Viewer viewer, RedirectAttributes told) {
        owners.open(folder, viewer);
        drafts.discard(folder, viewer.id());
        told.addFlashAttribute("told", "studio.told.discarded");
        return "redirect:/studio/" + folder;
    }

    @PostMapping(FilesController.FOLDER + "/take-back")
    String takeBack(
            @PathVariable String folder,
            @RequestParam(defaultValue = "") String path,
            @RequestParam(defaultValue = "0") int version,
            Viewer viewer) {
        owners.open(folder, viewer);
        drafts.takeBack(folder, path, version, viewer.id());
        return "redirect:/studio/" + folder;
    }

    @PostMapping(FilesController.FOLDER + "/rebase")
    String rebase(@PathVariable String folder, Viewer viewer, RedirectAttributes told) {
        owners.open(folder, viewer);
        drafts.rebase(folder, viewer.id());
        told.addFlashAttribute("told", "studio.told.rebased");
        return "redirect:/studio/" + folder;
    }
}
