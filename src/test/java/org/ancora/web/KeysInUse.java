package org.ancora.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The message keys that the sources could ask for: those that stand there whole, and those put together from a beginning that
 * stands there ({@code "complaint.done." + action}). It errs on the side of use.
 */
final class KeysInUse {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*[A-Za-z0-9_-]");
    private static final Pattern BEGINNING = Pattern.compile("[\"'`|]([a-z][A-Za-z0-9_.-]*[.-])[\"'$]");
    private static final Pattern END = Pattern.compile("[\"'}]([.-][a-z][A-Za-z0-9.-]*)[.]?[\"'`]");

    /** {@code "monitor." + table + "." + column}: any two names may follow. */
    private static final Pattern LONG_BEGINNING = Pattern.compile("\"([a-z-]+\\.)\"\\s*\\+[^\";]{1,80}\\+\\s*\"\\.\"");

    /** {@code new Sheet("admin.day", …)}: the names of its fields follow, and for some a hint or the shape of an answer. */
    private static final Pattern SHEET = Pattern.compile("new Sheet\\(\\s*\"([a-z.-]+)\"");

    /** {@code new AdminSection(10, "admin.calendar", …)}: its hint follows. */
    private static final Pattern SECTION = Pattern.compile("new AdminSection\\(\\s*\\d+,\\s*\"([a-z.-]+)\"");

    /** What follows these is said by diagrams, forms, releases and rules, not by the sources. */
    private static final Set<String> OF_FILES = Set.of(
            "task.",
            "flow.",
            "form.",
            "process.",
            "decision.",
            "step.",
            "element.",
            "model.",
            "activity.",
            "message.",
            "scenario.");

    /** Scripts of the studio leave this out. */
    private static final String EDITOR = "editor.";

    private final Set<String> names = new HashSet<>();
    private final Set<String> beginnings = new HashSet<>();
    private final Set<String> longBeginnings = new HashSet<>(OF_FILES);
    private final Set<String> ends = new HashSet<>();
    private final Set<String> sheets = new HashSet<>();
    private final Set<String> sections = new HashSet<>();

    private KeysInUse() {}

    static KeysInUse of(Path... folders) throws IOException {
        KeysInUse keys = new KeysInUse();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(KeysInUse::isSource).toList()) {
                    keys.read(Files.readString(file));
                }
            }
        }
        return keys;
    }

    private static boolean isSource(Path file) {
        String path = file.toString();
        return path.matches(".*\\.(java|html|js)") && !path.contains("node_modules") && !path.contains("dist");
    }

    private void read(String source) {
        find(NAME, 0, source, names);
        find(BEGINNING, 1, source, beginnings);
        find(LONG_BEGINNING, 1, source, longBeginnings);
        find(END, 1, source, ends);
        find(SHEET, 1, source, sheets);
        find(SECTION, 1, source, sections);
    }

    private static void find(Pattern pattern, int group, String source, Set<String> found) {
        Matcher matcher = pattern.matcher(source);
        while (matcher.find()) {
            found.add(matcher.group(group));
        }
    }

    boolean contains(String key) {
        return names.contains(key)
                || beginnings.stream().anyMatch(beginning -> isContinued(beginning, key))
                || (key.endsWith(".hint") && sections.contains(key.substring(0, key.length() - ".hint".length())))
                || isOfSheet(key.replaceFirst("\\.(hint|shape)$", ""))
                || (key.startsWith(EDITOR) && contains(key.substring(EDITOR.length())));
    }

    /** A short beginning proves little: one more name has to follow, and nothing or an end that the sources know. */
    private boolean isContinued(String beginning, String key) {
        if (!key.startsWith(beginning)) {
            return false;
        }
        String rest = key.substring(beginning.length());
        int dot = rest.indexOf('.');
        return dot < 0
                || beginning.indexOf('.') < beginning.length() - 1
                || longBeginnings.contains(beginning)
                || ends.stream().anyMatch(rest.substring(dot)::startsWith);
    }

    private boolean isOfSheet(String key) {
        int dot = key.lastIndexOf('.');
        return dot > 0 && sheets.contains(key.substring(0, dot)) && names.contains(key.substring(dot + 1));
    }
}
