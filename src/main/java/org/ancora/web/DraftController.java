package org.ancora.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.ancora.access.Viewer;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Keeps half-filled forms while they are filled in; see {@link PageDrafts}. */
@Controller
class DraftController {

    /** The path of one of our own pages, and nothing that a browser could read as another site. */
    private static final Pattern PLACE = Pattern.compile("(/[A-Za-z0-9][A-Za-z0-9_.-]*){1,10}");

    /** A form that forgot to say that a field is secret; the page itself never sends passwords, codes and files. */
    private static final Pattern SECRET = Pattern.compile("(?i).*(password|secret|token|one-?time).*|_.*");

    private static final int LONGEST_PLACE = 200;
    private static final int MOST_FIELDS = 500;
    private static final int LONGEST = 40_000;

    private final PageDrafts drafts;

    DraftController(PageDrafts drafts) {
        this.drafts = drafts;
    }

    record Sent(String place, Map<String, String> fields) {}

    @PostMapping("/drafts")
    @ResponseBody
    Map<String, String> keep(@RequestBody Sent sent, Viewer viewer) {
        check(sent.place());
        Map<String, String> fields = new LinkedHashMap<>(sent.fields() == null ? Map.of() : sent.fields());
        fields.keySet().removeIf(name -> SECRET.matcher(name).matches());
        // The database keeps no text that holds a zero character.
        if (fields.values().stream().anyMatch(value -> value == null || value.indexOf('\0') >= 0)
                || fields.keySet().stream().anyMatch(name -> name.indexOf('\0') >= 0)) {
            throw new Problem(HttpStatus.BAD_REQUEST, "web.draft.unreadable");
        }
        int length = fields.entrySet().stream()
                .mapToInt(field -> field.getKey().length() + field.getValue().length())
                .sum();
        if (fields.size() > MOST_FIELDS || length > LONGEST) {
            throw new Problem(HttpStatus.BAD_REQUEST, "web.draft.too-long");
        }
        if (fields.isEmpty()) {
            drafts.forget(viewer.id(), sent.place());
        } else {
            drafts.keep(viewer.id(), sent.place(), fields);
        }
        return Map.of("kept", sent.place());
    }

    @PostMapping("/drafts/discard")
    String discard(@RequestParam String place, Viewer viewer) {
        check(place);
        drafts.forget(viewer.id(), place);
        return "redirect:" + place;
    }

    private static void check(String place) {
        if (place == null
                || place.length() > LONGEST_PLACE
                || !PLACE.matcher(place).matches()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "web.draft.unreadable");
        }
    }
}
