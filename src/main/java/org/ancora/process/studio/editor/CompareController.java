package org.ancora.process.studio.editor;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.access.Viewer;
import org.ancora.process.model.OwnLabels;
import org.ancora.process.model.ProcessFolder;
import org.ancora.process.studio.Drafts;
import org.ancora.process.studio.Owners;
import org.ancora.process.studio.StudioFiles;
import org.ancora.process.studio.Versions;
import org.ancora.web.Assets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Two versions of a folder side by side, or the draft and what runs. */
@Controller
@RequestMapping(EditorController.FOLDER + "/compare")
class CompareController {

    private final Owners owners;
    private final StudioFiles files;
    private final Versions versions;
    private final Drafts drafts;
    private final EditorController editors;
    private final FileTitles titles;
    private final ShippedWords words;
    private final Assets assets;

    CompareController(
            Owners owners,
            StudioFiles files,
            Versions versions,
            Drafts drafts,
            EditorController editors,
            FileTitles titles,
            ShippedWords words,
            Assets assets) {
        this.owners = owners;
        this.files = files;
        this.versions = versions;
        this.drafts = drafts;
        this.editors = editors;
        this.titles = titles;
        this.words = words;
        this.assets = assets;
    }

    /** A version to choose: its key for the title, and its number and day where it has them. */
    record Choice(String value, String key, String number) {}

    /**
     * The texts of the files that differ, in themselves or in the words under which people know them; a file that is missing on a
     * side is not there.
     */
    record Contents(Map<String, String> before, Map<String, String> after, Words words) {}

    /**
     * What people read on either side, in the viewer's language.
     *
     * @param english what was translated of tables, which a file may say otherwise by now
     * @param renamed what owners wrote anew, in any language
     */
    record Words(
            Map<String, String> before,
            Map<String, String> after,
            Map<String, String> english,
            List<Renamed> renamed) {}

    /** Words that differ; null on the side where nobody wrote any. */
    record Renamed(
            String key,
            String language,
            @Nullable String before,
            @Nullable String after) {}

    /**
     * The page.
     *
     * @param from a deployment of the folder, or {@code running}, {@code draft}, {@code release}
     * @param to as {@code from}
     */
    @GetMapping
    String page(
            @PathVariable String folder,
            @RequestParam(defaultValue = StudioFiles.RUNNING) String from,
            @RequestParam(defaultValue = StudioFiles.DRAFT) String to,
            Viewer viewer,
            Model model) {
        Locale language = viewer.locale();
        ProcessFolder before = files.of(folder, from, viewer);
        ProcessFolder after = files.of(folder, to, viewer);
        Map<String, Object> page = editors.page(folder, language);
        Map<String, String> called = new TreeMap<>();
        List.of(before, after).forEach(each -> called.putAll(titles.of(each, language)));
        page.put("titles", called);
        page.put("kind", "compare");
        page.put("contentsUrl", "/studio/" + folder + "/compare/files?from=" + from + "&to=" + to);
        page.put("styles", List.of(assets.path("studio-diagram.css")));
        model.addAttribute("folder", folder);
        model.addAttribute("folderTitle", titles.ofFolder(after, language));
        model.addAttribute("from", from);
        model.addAttribute("to", to);
        model.addAttribute("choices", choices(folder));
        model.addAttribute("page", page);
        return "process/studio-compare";
    }

    /** Parameters as of the page. */
    @GetMapping("/files")
    ResponseEntity<Contents> contents(
            @PathVariable String folder, @RequestParam String from, @RequestParam String to, Viewer viewer) {
        owners.open(folder, viewer);
        ProcessFolder before = files.of(folder, from, viewer);
        ProcessFolder after = files.of(folder, to, viewer);
        List<Renamed> renamed = renamed(before, after);
        Set<String> drawnAnew = renamed.stream()
                .filter(each -> each.key().matches("(task|flow|process)\\..*"))
                .map(each -> each.key().split("\\.", -1)[1] + ".bpmn")
                .collect(Collectors.toSet());
        String language = viewer.locale().getLanguage();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new Contents(
                        changed(before.files(), after.files(), drawnAnew),
                        changed(after.files(), before.files(), drawnAnew),
                        new Words(said(before, language), said(after, language), tablesInEnglish(after), renamed)));
    }

    private static Map<String, String> changed(Map<String, byte[]> these, Map<String, byte[]> those, Set<String> also) {
        Map<String, String> texts = new TreeMap<>();
        these.forEach((path, content) -> {
            if (also.contains(path) || !Arrays.equals(content, those.get(path))) {
                texts.put(path, new String(content, StandardCharsets.UTF_8));
            }
        });
        return texts;
    }

    /** What people read, by key: the owners' words over ours. */
    private Map<String, String> said(ProcessFolder folder, String language) {
        Map<String, String> said = new TreeMap<>();
        words.of(folder).forEach((key, texts) -> {
            String text = texts.get(language);
            if (text != null) {
                said.put(key, text);
            }
        });
        said.putAll(OwnLabels.of(folder.files()).getOrDefault(language, Map.of()));
        return said;
    }

    private Map<String, String> tablesInEnglish(ProcessFolder folder) {
        Map<String, String> english = new TreeMap<>();
        words.of(folder).forEach((key, texts) -> {
            String text = texts.get(Locale.ENGLISH.getLanguage());
            if (text != null && key.startsWith("decision.")) {
                english.put(key, text);
            }
        });
        return english;
    }

    private List<Renamed> renamed(ProcessFolder before, ProcessFolder after) {
        Map<String, Map<String, String>> old = OwnLabels.of(before.files());
        Map<String, Map<String, String>> young = OwnLabels.of(after.files());
        Map<String, Map<String, String>> shipped = new TreeMap<>(words.of(before));
        shipped.putAll(words.of(after));
        List<Renamed> renamed = new ArrayList<>();
        Stream.concat(old.keySet().stream(), young.keySet().stream())
                .distinct()
                .sorted()
                .forEach(language -> {
                    Map<String, String> one = old.getOrDefault(language, Map.of());
                    Map<String, String> other = young.getOrDefault(language, Map.of());
                    Set<String> keys = new TreeSet<>(one.keySet());
                    keys.addAll(other.keySet());
                    for (String key : keys) {
                        String ours = shipped.getOrDefault(key, Map.of()).get(language);
                        String was = one.getOrDefault(key, ours);
                        String is = other.getOrDefault(key, ours);
                        if (!Objects.equals(was, is)) {
                            renamed.add(new Renamed(key, language, was, is));
                        }
                    }
                });
        return renamed;
    }

    private List<Choice> choices(String folder) {
        List<Choice> choices = new ArrayList<>();
        if (drafts.find(folder).isPresent()) {
            choices.add(new Choice(StudioFiles.DRAFT, "editor.compare.draft", ""));
        }
        choices.add(new Choice(StudioFiles.RUNNING, "editor.compare.running", ""));
        versions.of(folder)
                .forEach(version -> choices.add(new Choice(
                        version.deploymentId(), "editor.compare.version", String.valueOf(version.number()))));
        choices.add(new Choice(StudioFiles.RELEASE, "editor.compare.release", ""));
        return choices;
    }
}
