package org.ancora.process.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.modulith.NamedInterface;

/**
 * A folder under {@code processes/} with the forms that its diagrams name: what is checked and deployed together.
 *
 * @param name the folder's name, such as {@code engagement}
 * @param files content by path: {@code <process>.bpmn}, {@code <decision>.dmn}, {@code forms/<id>.form},
 *     {@code letters/<kind>.<language>.html}, {@code labels/<language>.properties}
 */
@NamedInterface("studio")
public record ProcessFolder(String name, Map<String, byte[]> files) {

    private static final Pattern PATH = Pattern.compile("[a-z0-9-]{1,80}\\.(bpmn|dmn)|forms/[a-z0-9-]{1,80}\\.form"
            + "|letters/[a-z0-9-]{1,80}\\.[a-z]{2}\\.(html|txt)|labels/(en|es|it)\\.properties");

    public ProcessFolder {
        files = new TreeMap<>(files);
    }

    /** Whether a file of this path has a place in a folder. */
    public static boolean isPath(String path) {
        return PATH.matcher(path).matches();
    }

    /** What tells these files from any others, in hexadecimal digits. */
    public String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                digest.update((file.getKey() + "\n" + file.getValue().length + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(file.getValue());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    Stream<String> named(String suffix) {
        return files.keySet().stream().filter(path -> path.endsWith(suffix));
    }

    /** The file's name without folder and suffix. */
    static String stem(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        return dot < 0 ? file : file.substring(0, dot);
    }
}
