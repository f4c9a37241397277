package org.ancora.process.studio.editor;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.ancora.access.Viewer;
import org.ancora.process.model.ProcessFolder;
import org.ancora.process.studio.Drafts;
import org.ancora.process.studio.Owners;
import org.ancora.process.studio.StudioFiles;
import org.ancora.process.studio.Versions;
import org.ancora.web.Assets;
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
    private final Assets assets;

    CompareController(
            Owners owners,
            StudioFiles files,
            Versions versions,
            Drafts drafts,
            EditorController editors,
            FileTitles titles,
            Assets assets) {
        this.owners = owners;
        this.files = files;
        this.versions = versions;
        this.drafts = drafts;
        this.editors = editors;
        this.titles = titles;
        this.assets = assets;
    }

    /** A version to choose: its key for the title, and its number and day where it has them. */
    record Choice(String value, String key, String number) {}

    /** The texts of the files that differ; a file that is missing on a side is not there. */
    record Contents(Map<String, String> before, Map<String, String> after) {}

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
        Map<String, byte[]> before = files.of(folder, from, viewer).files();
        Map<String, byte[]> after = files.of(folder, to, viewer).files();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new Contents(changed(before, after), changed(after, before)));
    }

    private static Map<String, String> changed(Map<String, byte[]> these, Map<String, byte[]> those) {
        Map<String, String> texts = new TreeMap<>();
        these.forEach((path, content) -> {
            if (!Arrays.equals(content, those.get(path))) {
                texts.put(path, new String(content, StandardCharsets.UTF_8));
            }
        });
        return texts;
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
