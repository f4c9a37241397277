package org.ancora.process.studio;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ancora.process.model.OwnLabels;
import org.ancora.process.model.ProcessFolder;
import org.springframework.context.MessageSource;

/**
 * Names that somebody gave to steps in a tool that knows nothing of our words: without a word of their own, the words that
 * came with the release for the old name would hide the new one.
 */
final class NewNames {

    /** A tag with its attributes, in which an angle bracket may stand; drafts may be broken, so they are not parsed. */
    private static final Pattern TAG =
            Pattern.compile("<(?:[\\w-]+:)?(\\w+)((?:\\s+[\\w:.-]+\\s*=\\s*(?:\"[^\"]*+\"|'[^']*+'))*+)\\s*/?>");

    private static final Pattern ATTRIBUTE = Pattern.compile("\\s(id|name)\\s*=\\s*(?:\"([^\"]*+)\"|'([^']*+)')");

    /** What our words are about: everything on the way through a procedure. */
    private static final Pattern ON_THE_WAY =
            Pattern.compile("(?:\\w*(?:Task|Event|Gateway)|subProcess|callActivity|sequenceFlow)");

    private static final Pattern WRITTEN_OTHERWISE =
            Pattern.compile("&(#x[0-9a-fA-F]{1,6}|#[0-9]{1,7}|lt|gt|quot|apos|amp);");

    private static final Map<String, String> LETTERS =
            Map.of("lt", "<", "gt", ">", "quot", "\"", "apos", "'", "amp", "&");

    private NewNames() {}

    /**
     * The files with a word in the language of whoever sent them for every new name that another word would hide.
     *
     * @param before the files as they were
     * @param sent what comes over them, by path
     * @param shipped the words that came with the release
     */
    static Map<String, byte[]> kept(
            ProcessFolder before, Map<String, byte[]> sent, Locale language, MessageSource shipped) {
        String path = OwnLabels.FOLDER + language.getLanguage() + ".properties";
        Map<String, byte[]> after = new TreeMap<>(before.files());
        after.putAll(sent);
        Map<String, String> said = OwnLabels.of(after).getOrDefault(language.getLanguage(), Map.of());
        Map<String, String> words = new TreeMap<>();
        sent.forEach((file, content) -> {
            byte[] was = before.files().get(file);
            if (file.endsWith(".bpmn") && was != null) {
                String process = file.substring(0, file.length() - ".bpmn".length());
                Map<String, String> old = names(process, was);
                names(process, content).forEach((key, name) -> {
                    String oldName = old.getOrDefault(key, name);
                    String own = said.get(key);
                    String ours = shipped.getMessage(key, null, null, language);
                    // A word that says something else than the old name was chosen by somebody and stays.
                    boolean hidden = own == null ? ours != null && !ours.equals(name) : own.equals(oldName);
                    if (hidden && !name.isEmpty() && !name.equals(oldName)) {
                        words.put(key, name);
                    }
                });
            }
        });
        if (words.isEmpty()) {
            return sent;
        }
        Map<String, byte[]> kept = new TreeMap<>(sent);
        kept.put(path, with(words, new String(after.getOrDefault(path, new byte[0]), StandardCharsets.UTF_8)));
        return kept;
    }

    private static byte[] with(Map<String, String> words, String file) {
        StringBuilder text = new StringBuilder();
        file.lines()
                .filter(line -> !words.containsKey(line.strip().split("\\s*[=:\\s]", 2)[0]))
                .forEach(line -> text.append(line).append('\n'));
        words.forEach((key, name) ->
                text.append(key).append('=').append(name.replace("\\", "\\\\")).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> names(String process, byte[] diagram) {
        Map<String, String> names = new LinkedHashMap<>();
        Matcher tag = TAG.matcher(new String(diagram, StandardCharsets.UTF_8));
        while (tag.find()) {
            if (ON_THE_WAY.matcher(tag.group(1)).matches()) {
                Map<String, String> said = attributes(tag.group(2));
                String sort = tag.group(1).equals("userTask") ? "task" : "flow";
                names.put(sort + "." + process + "." + said.getOrDefault("id", ""), said.getOrDefault("name", ""));
            }
        }
        return names;
    }

    private static Map<String, String> attributes(String text) {
        Map<String, String> found = new LinkedHashMap<>();
        Matcher attribute = ATTRIBUTE.matcher(text);
        while (attribute.find()) {
            String value = attribute.group(2) == null ? attribute.group(3) : attribute.group(2);
            found.putIfAbsent(attribute.group(1), plain(value));
        }
        return found;
    }

    /** As it is read: what XML writes in other letters, and line ends in names as blanks. */
    private static String plain(String value) {
        return WRITTEN_OTHERWISE
                .matcher(value)
                .replaceAll(found -> Matcher.quoteReplacement(letter(found.group(1))))
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String letter(String code) {
        if (!code.startsWith("#")) {
            return LETTERS.getOrDefault(code, "");
        }
        boolean hexadecimal = code.startsWith("#x");
        int point = Integer.parseInt(code.substring(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10);
        return Character.isValidCodePoint(point) ? Character.toString(point) : "";
    }
}
