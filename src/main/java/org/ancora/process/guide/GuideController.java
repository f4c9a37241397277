package org.ancora.process.guide;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ancora.access.Hidden;
import org.ancora.access.Viewer;
import org.ancora.process.guide.Guide.Item;
import org.ancora.process.task.Drawings;
import org.ancora.web.Download;
import org.ancora.web.Languages;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Help for everybody who is signed in: the written procedures, ten quick tasks, and whom to ask. */
@Controller
@RequestMapping("/help")
class GuideController {

    private static final String KEY = "/{key:[a-z][a-z0-9-]{0,99}}";

    private static final int LONGEST_SEARCH = 100;
    private static final int STEPS_SHOWN = 4;
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private final Guides guides;
    private final GuideSheet sheet;
    private final GuideWords words;
    private final Drawings drawings;
    private final Helpers helpers;

    GuideController(Guides guides, GuideSheet sheet, GuideWords words, Drawings drawings, Helpers helpers) {
        this.guides = guides;
        this.sheet = sheet;
        this.words = words;
        this.drawings = drawings;
        this.helpers = helpers;
    }

    /** A procedure in the list, with the steps in which the searched words stand. */
    record Found(Guide guide, List<Item> steps) {}

    /** A quick task in words; without a path it is not for this person. */
    record How(String question, String way, @Nullable String path) {}

    @GetMapping
    String index(@RequestParam(name = "q", defaultValue = "") String typed, Viewer viewer, Model model) {
        String searched = typed.strip();
        searched = searched.length() > LONGEST_SEARCH ? searched.substring(0, LONGEST_SEARCH) : searched;
        List<String> wanted = wanted(searched);
        Locale language = viewer.locale();
        List<Found> found = guides.all(language).stream()
                .map(guide -> found(guide, wanted))
                .flatMap(Stream::ofNullable)
                .toList();
        model.addAttribute("searched", searched);
        model.addAttribute("work", ofSort(found, true, false));
        model.addAttribute("parts", ofSort(found, true, true));
        model.addAttribute(
                "silent", found.stream().filter(each -> !each.guide().worked()).toList());
        model.addAttribute(
                "how",
                QuickTask.ALL.stream()
                        .map(task -> new How(
                                words.text("guide.how." + task.key(), language),
                                task.way(words, language),
                                task.isFor(viewer) ? task.path() : null))
                        .filter(how -> holds(how.question() + " " + how.way(), wanted))
                        .toList());
        model.addAttribute("teams", helpers.of(viewer));
        return "process/help";
    }

    private static List<Found> ofSort(List<Found> found, boolean worked, boolean called) {
        return found.stream()
                .filter(each -> each.guide().worked() == worked)
                .filter(each -> each.guide().callers().isEmpty() != called)
                .toList();
    }

    private static @Nullable Found found(Guide guide, List<String> wanted) {
        if (wanted.isEmpty()) {
            return new Found(guide, List.of());
        }
        List<Item> steps = guide.steps()
                .filter(item -> holds(item.title() + " " + item.who() + " " + String.join(" ", item.lines()), wanted))
                .limit(STEPS_SHOWN)
                .toList();
        return steps.isEmpty() && !holds(guide.title() + " " + guide.about(), wanted) ? null : new Found(guide, steps);
    }

    private static List<String> wanted(String searched) {
        List<String> wanted = new ArrayList<>();
        for (String word : plain(searched).split("\\s+", -1)) {
            if (!word.isEmpty()) {
                wanted.add(word);
            }
        }
        return wanted;
    }

    private static boolean holds(String text, List<String> wanted) {
        String plain = plain(text);
        return wanted.stream().allMatch(plain::contains);
    }

    private static String plain(String text) {
        return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
    }

    @GetMapping(KEY)
    String page(@PathVariable String key, Viewer viewer, Model model) {
        model.addAttribute("guide", guide(key, viewer.locale()));
        model.addAttribute(
                "languages", Languages.ALL.stream().map(Locale::getLanguage).toList());
        return "process/guide";
    }

    /** @param language of the paper; any other than ours is the reader's own */
    @GetMapping(KEY + ".pdf")
    ResponseEntity<byte[]> print(
            @PathVariable String key, @RequestParam(defaultValue = "") String language, Viewer viewer) {
        Locale chosen = Languages.ALL.stream()
                .filter(each -> each.getLanguage().equals(language))
                .findFirst()
                .orElse(viewer.locale());
        return Download.pdf(sheet.print(guide(key, chosen), chosen), key, false);
    }

    @GetMapping(KEY + "/diagram.xml")
    ResponseEntity<String> diagram(@PathVariable String key, Viewer viewer) {
        String definition = guides.definition(key).orElseThrow(() -> new Hidden("procedure", key));
        return ResponseEntity.ok()
                .contentType(new MediaType("application", "xml", StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noStore())
                .body(drawings.of(definition, key, viewer.locale()));
    }

    private Guide guide(String key, Locale language) {
        return guides.find(key, language).orElseThrow(() -> new Hidden("procedure", key));
    }
}
