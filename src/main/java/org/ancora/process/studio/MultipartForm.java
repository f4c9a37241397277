package org.ancora.process.studio;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A form of several parts as a modelling tool sends it, read from memory: no part touches a disk, and none is read before
 * the person is known.
 */
final class MultipartForm {

    private static final Pattern BOUNDARY = Pattern.compile(
            "(?i)^multipart/form-data\\s*;.*\\bboundary=\"?([A-Za-z0-9'()+_,./:=? -]{1,70}?)\"?\\s*(?:;.*)?$");
    private static final Pattern NAME = Pattern.compile("(?i)\\bname=\"([^\"\\r\\n]{0,300})\"");
    private static final Pattern FILE = Pattern.compile("(?i)\\bfilename=\"([^\"\\r\\n]{0,300})\"");
    private static final int MOST_PARTS = 250;
    private static final int LONGEST_HEAD = 4_000;

    private MultipartForm() {}

    /**
     * One part.
     *
     * @param file the name of the file; empty for a mere value
     * @param latin what was sent, each byte as one character
     */
    record Part(String name, Optional<String> file, String latin) {

        /** What was sent, byte by byte. */
        byte[] content() {
            return latin.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /**
     * The parts in their order.
     *
     * @throws IllegalArgumentException when it is not such a form
     */
    static List<Part> parse(String type, byte[] body) {
        Matcher matcher = BOUNDARY.matcher(type);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a form of several parts");
        }
        // Latin 1 keeps every byte as one character, so that text can be searched without changing any.
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String line = "--" + matcher.group(1);
        if (!text.startsWith(line)) {
            throw new IllegalArgumentException("no first part");
        }
        List<Part> parts = new ArrayList<>();
        int at = line.length();
        while (!text.startsWith("--", at)) {
            int head = text.startsWith("\r\n", at) ? at + 2 : -1;
            int blank = head < 0 ? -1 : text.indexOf("\r\n\r\n", head);
            int end = blank < 0 ? -1 : text.indexOf("\r\n" + line, blank + 2);
            if (end < 0 || blank - head > LONGEST_HEAD || parts.size() >= MOST_PARTS) {
                throw new IllegalArgumentException("a part without end, or too many");
            }
            parts.add(part(text.substring(head, blank), text.substring(Math.min(blank + 4, end), end)));
            at = end + 2 + line.length();
        }
        return parts;
    }

    private static Part part(String head, String content) {
        for (String header : head.split("\r\n", -1)) {
            if (header.regionMatches(true, 0, "content-disposition:", 0, 20)) {
                Matcher name = NAME.matcher(header.replaceAll("(?i)filename=\"[^\"]*\"", ""));
                Matcher file = FILE.matcher(header);
                if (name.find()) {
                    return new Part(
                            utf8(name.group(1)),
                            file.find() ? Optional.of(utf8(file.group(1))) : Optional.empty(),
                            content);
                }
            }
        }
        throw new IllegalArgumentException("a part without name");
    }

    private static String utf8(String latin) {
        return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
