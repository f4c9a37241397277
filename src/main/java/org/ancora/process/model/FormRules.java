package org.ancora.process.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a form must be like, so that browser and server understand it alike and its words exist in three languages. */
final class FormRules {

    private static final int LARGEST = 500_000;
    private static final int DEEPEST = 30;
    private static final int LONGEST_TEXT = 20_000;

    /** More than this nobody could fill in. */
    private static final int MOST_COMPONENTS = 1_000;

    /** What no text of a form holds, but for line breaks and tabs: control characters, and halves of characters. */
    private static final Pattern NO_TEXT = Pattern.compile("[\\p{Cntrl}\\p{Cs}&&[^\\r\\n\\t]]");

    private static final JsonMapper JSON = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxDocumentLength(LARGEST)
                    .maxStringLength(LONGEST_TEXT)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    /** Elements and pictures: the browser drops what would run, but still asks for what is named. */
    private static final Pattern HTML = Pattern.compile("<[A-Za-z/!?]|!\\[");

    private static final Set<String> FIELDS = Set.of(
            "textfield",
            "textarea",
            "number",
            "checkbox",
            "checklist",
            "datetime",
            "radio",
            "select",
            "taglist",
            "expression");

    private static final Set<String> LAYOUT = Set.of("text", "group", "dynamiclist", "separator", "spacer");

    private final String file;
    private final String form;
    private final Labels labels;
    private final Set<String> read;
    private final Set<String> keys = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();

    private FormRules(String file, Catalogue catalogue) {
        this.file = file;
        this.form = ProcessFolder.stem(file);
        this.labels = catalogue.labels();
        this.read = catalogue.handledForms().getOrDefault(form, Set.of());
    }

    static List<Finding> check(String file, byte[] content, Catalogue catalogue) {
        FormRules rules = new FormRules(file, catalogue);
        if (content.length > LARGEST) {
            rules.add(null, "too-large", String.valueOf(LARGEST));
            return rules.findings;
        }
        try {
            rules.form(JSON.readTree(SafeXml.utf8(file, content)));
        } catch (Refused refusal) {
            rules.findings.add(refusal.finding());
        } catch (StreamConstraintsException load) {
            if (String.valueOf(load.getMessage()).contains("depth")) {
                rules.add(null, "too-deep", String.valueOf(DEEPEST), String.valueOf(MOST_COMPONENTS));
            } else {
                rules.add(null, "too-large", String.valueOf(LONGEST_TEXT));
            }
        } catch (JacksonException malformed) {
            rules.add(null, "malformed");
        }
        return rules.findings;
    }

    /** The form's id; a file that cannot be read is refused. */
    static Optional<String> id(String file, byte[] content, List<Finding> refused) {
        try {
            if (content.length <= LARGEST) {
                String id = text(JSON.readTree(SafeXml.utf8(file, content)), "id");
                return id.matches("[a-z0-9-]{1,80}") ? Optional.of(id) : Optional.empty();
            }
            refused.add(Finding.error(file, null, 0, "too-large", String.valueOf(LARGEST)));
        } catch (Refused refusal) {
            refused.add(refusal.finding());
        } catch (JacksonException malformed) {
            refused.add(Finding.error(file, null, 0, "malformed"));
        }
        return Optional.empty();
    }

    private void form(JsonNode root) {
        if (!text(root, "id").equals(form)) {
            add(text(root, "id"), "file-name", form);
        }
        if (!text(root, "type").equals("default") || !root.path("components").isArray()) {
            add(null, "malformed");
            return;
        }
        if (root.findValues("type").size() > MOST_COMPONENTS) {
            add(null, "too-large", String.valueOf(MOST_COMPONENTS));
            return;
        }
        root.path("components").forEach(component -> component(component, ""));
        // Without a field that the product reads, the task could be completed but not understood.
        read.stream()
                .filter(key -> keys.stream().noneMatch(found -> found.equals(key) || found.endsWith("." + key)))
                .filter(key -> keys.stream().noneMatch(found -> found.startsWith(key + ".")))
                .sorted()
                .forEach(key -> add(null, "field-missing", key));
    }

    private void component(JsonNode component, String path) {
        String type = text(component, "type");
        String key = text(component, "key");
        String name = key.isEmpty() ? text(component, "id") : key;
        if (!FIELDS.contains(type) && !LAYOUT.contains(type)) {
            add(name, "form-component", type);
            return;
        }
        if (FIELDS.contains(type)) {
            if (!key.matches("[a-z][A-Za-z0-9]{0,63}")) {
                add(name, "form-key", key);
            } else if (!keys.add(path + key)) {
                add(name, "form-duplicate-key", key);
            }
        }
        if (type.equals("text") && HTML.matcher(text(component, "text")).find()) {
            add(name, "form-html");
        }
        expressions(name, component);
        pattern(name, component);
        words(component, type);
        String inside = text(component, "path");
        component.path("components").forEach(child -> component(child, inside.isEmpty() ? path : path + inside + "."));
    }

    /** Every text that begins with = is FEEL; a condition is a unary test, anything else an expression. */
    private void expressions(String name, JsonNode component) {
        for (Map.Entry<String, JsonNode> property : component.properties()) {
            if (property.getKey().equals("components")) {
                continue;
            }
            if (property.getValue().isContainer()) {
                boolean condition = property.getKey().equals("conditional");
                property.getValue().forEach(value -> expression(name, value, condition));
            } else {
                expression(name, property.getValue(), property.getKey().equals("readonly"));
            }
        }
    }

    private void expression(String name, JsonNode value, boolean test) {
        if (value.isContainer()) {
            value.forEach(inner -> expression(name, inner, test));
            return;
        }
        String text = value.isString() ? value.stringValue() : "";
        if (NO_TEXT.matcher(text).find()) {
            add(name, "form-text");
        }
        if (ConditionLanguage.looksLikeExpression(text)) {
            add(name, "stray-expression", text);
        }
        if (text.startsWith("=")) {
            String feel = text.substring(1);
            PortableFeel.banned(feel).ifPresent(word -> add(name, "feel-banned", word));
            if (!(test ? PortableFeel.isUnaryTest(feel) : PortableFeel.isExpression(feel))) {
                add(name, "feel", text);
            }
        }
    }

    private void pattern(String name, JsonNode component) {
        String pattern = text(component.path("validate"), "pattern");
        if (!pattern.isEmpty() && !isRegularExpression(pattern)) {
            add(name, "form-pattern", pattern);
        }
    }

    private static boolean isRegularExpression(String pattern) {
        if (pattern.length() > 200) {
            return false;
        }
        try {
            Pattern.compile(pattern);
            // A repeated repetition can keep the server busy for hours over one short answer.
            return !pattern.matches(".*[*+}]\\s*\\)\\s*[*+{].*");
        } catch (PatternSyntaxException notOne) {
            return false;
        }
    }

    private void words(JsonNode component, String type) {
        String word = text(component, "key");
        if (word.isEmpty()) {
            word = text(component, "path").isEmpty() ? text(component, "id") : text(component, "path");
        }
        String shown = text(component, "label") + text(component, "text") + text(component, "dateLabel");
        if (!shown.isBlank() && !text(component, "text").startsWith("=")) {
            if (type.equals("datetime") && text(component, "label").isBlank()) {
                label(word, "form." + form + "." + word + ".date");
            } else {
                label(word, "form." + form + "." + word);
            }
        }
        for (JsonNode option : component.path("values")) {
            label(word, "form." + form + "." + word + "." + text(option, "value"));
        }
        if (!text(component, "description").isBlank()) {
            label(word, "form." + form + "." + word + ".description");
        }
    }

    private void label(String element, String key) {
        List<String> missing = labels.missing(key);
        if (!missing.isEmpty()) {
            findings.add(Finding.warning(file, element, 0, "label", key, String.join(", ", missing)));
        }
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isString() ? value.stringValue() : value.isNumber() || value.isBoolean() ? value.toString() : "";
    }

    private void add(@Nullable String element, String rule, String... arguments) {
        findings.add(Finding.error(file, element, 0, rule, (Object[]) arguments));
    }
}
