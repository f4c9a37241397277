package org.ancora.process.studio.editor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.ancora.access.Hidden;
import org.ancora.access.Viewer;
import org.ancora.process.model.ProcessFolder;
import org.ancora.process.studio.Drafts;
import org.ancora.process.studio.LetterPreview;
import org.ancora.process.studio.Owners;
import org.ancora.process.studio.Version;
import org.ancora.web.Assets;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The editors' pages. What is edited comes and goes by the studio's own addresses for files. */
@Controller
@RequestMapping(EditorController.FOLDER)
class EditorController {

    static final String FOLDER = "/studio/{folder:[a-z][a-z0-9-]{0,79}}";

    /** The server's rules that the diagram editor looks after as somebody draws. */
    static final List<String> RULES = List.of(
            "dead-end",
            "gateway-default",
            "gateway-condition",
            "unknown-step",
            "unknown-form",
            "team",
            "guidance",
            "unknown-process",
            "element",
            "timer",
            "unknown-reference");

    private final Owners owners;
    private final Drafts drafts;
    private final ShippedWords words;
    private final FileTitles titles;
    private final ObjectProvider<LetterPreview> letters;
    private final Assets assets;

    EditorController(
            Owners owners,
            Drafts drafts,
            ShippedWords words,
            FileTitles titles,
            ObjectProvider<LetterPreview> letters,
            Assets assets) {
        this.owners = owners;
        this.drafts = drafts;
        this.words = words;
        this.titles = titles;
        this.letters = letters;
        this.assets = assets;
    }

    /** A kind of files, or one file, to go to. */
    record Link(String title, String icon, String path, boolean current) {}

    /** @param file the path inside the folder, such as {@code forms/admit.form} */
    @GetMapping("/edit")
    String edit(@PathVariable String folder, @RequestParam String file, Viewer viewer, Model model) {
        Version running = owners.open(folder, viewer);
        ProcessFolder files = drafts.current(folder);
        Kind kind = Kind.of(file).filter(found -> found.isIn(files, file)).orElseThrow(() -> new Hidden("file", file));
        Locale language = viewer.locale();
        model.addAttribute("folder", folder);
        model.addAttribute("folderTitle", titles.ofFolder(files, language));
        Map<String, String> called = titles.of(files, language);
        model.addAttribute("title", kind == Kind.FORM ? called.get(file) : titles.of(file, language));
        model.addAttribute("kind", kind);
        model.addAttribute("running", running);
        model.addAttribute("kinds", kinds(files, kind, language));
        model.addAttribute("siblings", siblings(files, kind, file, called, language));
        model.addAttribute("script", kind.script());
        Map<String, Object> page = page(folder, language);
        page.put("path", file);
        page.put("kind", kind.code());
        page.put("files", files.files().keySet());
        page.put("titles", called);
        page.put("removed", removed(folder));
        page.put("styles", kind.styles().stream().map(assets::path).toList());
        if (kind == Kind.LETTER) {
            String letter = file.substring(file.lastIndexOf('/') + 1);
            page.put("placeholders", letters.getObject().placeholders(folder, letter, language));
        }
        model.addAttribute("page", page);
        return "process/studio-edit";
    }

    /** What the draft took away, with the version to be named when it is written anew. */
    private Map<String, Integer> removed(String folder) {
        Map<String, Integer> removed = new TreeMap<>();
        drafts.find(folder).ifPresent(draft -> draft.files().forEach((path, file) -> {
            if (file.removed()) {
                removed.put(path, file.version());
            }
        }));
        return removed;
    }

    /**
     * The words of what stands in a folder.
     *
     * @param words those that came with Ancora, by key and language
     * @param own the files of the draft in which owners wrote theirs
     */
    record Labels(Map<String, Map<String, String>> words, List<String> own) {}

    @GetMapping("/labels.json")
    ResponseEntity<Labels> labels(@PathVariable String folder, Viewer viewer) {
        owners.open(folder, viewer);
        ProcessFolder files = drafts.current(folder);
        List<String> own = files.files().keySet().stream()
                .filter(path -> Kind.of(path).filter(Kind.WORDS::equals).isPresent())
                .toList();
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new Labels(words.of(files), own));
    }

    /** What the scripts of a page need to know. */
    Map<String, Object> page(String folder, Locale language) {
        Map<String, String> said = new TreeMap<>(words.startingWith("editor.", language.getLanguage()));
        Map<String, String> rules = words.startingWith("model.", language.getLanguage());
        RULES.forEach(rule -> said.put("model." + rule, rules.getOrDefault(rule, rule)));
        String at = "/studio/" + folder;
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("folder", folder);
        page.put("language", language.getLanguage());
        page.put("words", said);
        page.put("filesUrl", at + "/files");
        page.put("checkUrl", at + "/check");
        page.put("catalogueUrl", "/studio/catalogue?folder=" + folder);
        page.put("labelsUrl", at + "/labels.json");
        page.put("previewUrl", at + "/letters/preview");
        page.put("editUrl", at + "/edit");
        return page;
    }

    private List<Link> kinds(ProcessFolder files, Kind current, Locale language) {
        List<Link> links = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            kind.in(files, language.getLanguage()).stream()
                    .findFirst()
                    .ifPresent(first -> links.add(
                            new Link("editor.kind-of-file." + kind.code(), kind.icon(), first, kind == current)));
        }
        return links;
    }

    private List<Link> siblings(
            ProcessFolder files, Kind kind, String file, Map<String, String> called, Locale language) {
        List<Link> links = kind.in(files, language.getLanguage()).stream()
                .map(path -> new Link(
                        kind == Kind.FORM ? called.getOrDefault(path, path) : titles.of(path, language),
                        kind.icon(),
                        path,
                        ShippedWords.stem(path).equals(ShippedWords.stem(file))))
                .toList();
        return links.size() > 1 ? links : List.of();
    }
}
