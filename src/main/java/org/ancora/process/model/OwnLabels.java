package org.ancora.process.model;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The words that owners gave in {@code labels/<language>.properties}: they win over those that came with the release, for
 * the version they were published with. A value is plain text; only <code>{0}</code>, <code>{1}</code>, … are filled in.
 */
public final class OwnLabels {

    /** The folder of a version's words. */
    public static final String FOLDER = "labels/";

    private OwnLabels() {}

    /** By language, the words by key; a file that cannot be read has none. */
    public static Map<String, Map<String, String>> of(Map<String, byte[]> files) {
        Map<String, Map<String, String>> words = new TreeMap<>();
        files.forEach((path, content) -> {
            if (path.startsWith(FOLDER)) {
                words.put(ProcessFolder.stem(path), read(content));
            }
        });
        return words;
    }

    private static Map<String, String> read(byte[] content) {
        try {
            return parse(new String(content, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException unreadable) {
            return Map.of();
        }
    }

    /**
     * The words of one file.
     *
     * @throws IllegalArgumentException when it is not a file of words, or says the same key twice; the message is the key
     */
    static Map<String, String> parse(String text) {
        Map<String, String> words = new LinkedHashMap<>();
        Properties reader = new Properties() {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Object put(Object key, Object value) {
                if (words.put(key.toString(), value.toString()) != null) {
                    throw new SaidTwice(key.toString());
                }
                return value;
            }
        };
        try {
            reader.load(new StringReader(text));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return words;
    }

    /** One key with two words. */
    static final class SaidTwice extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        SaidTwice(String key) {
            super(key);
        }
    }

    /** A word with its arguments filled in. */
    public static String filled(String words, Object... arguments) {
        String text = words;
        for (int index = 0; index < arguments.length; index++) {
            text = text.replace("{" + index + "}", String.valueOf(arguments[index]));
        }
        return text;
    }
}
