package org.ancora.process.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What owners' own words must be like: about something in the folder, in all languages, and words only. */
final class LabelRules {

    private static final int LONGEST_FILE = 500_000;
    private static final int LONGEST_WORDS = 4_000;
    private static final Pattern HTML = Pattern.compile("<[A-Za-z/!?]|!\\[");
    private static final Pattern NO_TEXT = Pattern.compile("[\\p{Cntrl}\\p{Cs}&&[^\\r\\n\\t]]");

    private final ProcessFolder folder;
    private final Map<String, Set<String>> elements = new TreeMap<>();
    private final Labels shipped;
    private final List<Finding> findings = new ArrayList<>();

    private LabelRules(ProcessFolder folder, Map<String, XmlElement> diagrams, Labels shipped) {
        this.folder = folder;
        this.shipped = shipped;
        diagrams.forEach((file, root) -> elements.put(
                ProcessFolder.stem(file),
                root.all().map(element -> element.attribute("id", "")).collect(Collectors.toSet())));
    }

    static List<Finding> check(ProcessFolder folder, Map<String, XmlElement> diagrams, Labels shipped) {
        LabelRules rules = new LabelRules(folder, diagrams, shipped);
        Map<String, Map<String, String>> words = new TreeMap<>();
        folder.files().forEach((path, content) -> {
            if (path.startsWith(OwnLabels.FOLDER)) {
                words.put(ProcessFolder.stem(path), rules.file(path, content));
            }
        });
        rules.translations(words);
        return rules.findings;
    }

    private Map<String, String> file(String path, byte[] content) {
        if (content.length > LONGEST_FILE) {
            add(path, null, "too-large", LONGEST_FILE);
            return Map.of();
        }
        try {
            Map<String, String> words = OwnLabels.parse(SafeXml.utf8(path, content));
            words.forEach((key, text) -> entry(path, key, text));
            return words;
        } catch (Refused refusal) {
            findings.add(refusal.finding());
        } catch (OwnLabels.SaidTwice twice) {
            add(path, twice.getMessage(), "duplicate-id", String.valueOf(twice.getMessage()));
        } catch (IllegalArgumentException malformed) {
            add(path, null, "malformed");
        }
        return Map.of();
    }

    private void entry(String path, String key, String text) {
        if (!isKnown(key)) {
            add(path, key, "label-key", key);
        }
        if (HTML.matcher(text).find()) {
            add(path, key, "label-html", key);
        }
        if (NO_TEXT.matcher(text).find()) {
            add(path, key, "form-text");
        }
        if (text.length() > LONGEST_WORDS) {
            add(path, key, "too-large", LONGEST_WORDS);
        }
        if (ConditionLanguage.looksLikeExpression(text)) {
            add(path, key, "stray-expression", text);
        }
    }

    /** About a process, one of its elements, a form or a table of this folder. */
    private boolean isKnown(String key) {
        String[] parts = key.split("\\.", -1);
        if (key.length() > 200 || parts.length < 2 || !key.matches("[A-Za-z0-9_.-]+")) {
            return false;
        }
        return switch (parts[0]) {
            case "process" -> elements.containsKey(parts[1]);
            case "task", "flow" ->
                parts.length > 2 && elements.getOrDefault(parts[1], Set.of()).contains(parts[2]);
            case "form" -> parts.length > 2 && folder.files().containsKey("forms/" + parts[1] + ".form");
            case "decision" -> folder.files().containsKey(parts[1] + ".dmn");
            default -> false;
        };
    }

    /** Words in one language only would leave the readers of the others with the diagram's own. */
    private void translations(Map<String, Map<String, String>> words) {
        Set<String> keys = new TreeSet<>();
        words.values().forEach(each -> keys.addAll(each.keySet()));
        Labels all = shipped.with(words);
        for (String key : keys) {
            Set<String> missing = new HashSet<>(all.missing(key));
            if (!missing.isEmpty() && isKnown(key)) {
                String first = words.entrySet().stream()
                        .filter(each -> each.getValue().containsKey(key))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse("en");
                findings.add(Finding.warning(
                        OwnLabels.FOLDER + first + ".properties",
                        key,
                        0,
                        "label",
                        key,
                        String.join(", ", new TreeSet<>(missing))));
            }
        }
    }

    private void add(String file, @Nullable String key, String rule, Object... arguments) {
        findings.add(Finding.error(file, key, 0, rule, arguments));
    }
}
