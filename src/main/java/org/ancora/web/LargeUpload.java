package org.ancora.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;

/**
 * An address that takes files, declared as a bean by the module whose page it is: a body there may be larger than any form.
 * The file is the body itself, so that nothing of it is read before the person is known to be allowed.
 *
 * @param path matches the whole path of the address
 * @param largest in bytes
 */
public record LargeUpload(Pattern path, int largest) {

    private static final int MEGA = 1024 * 1024;

    /**
     * Reads the file that was sent.
     *
     * @param tooLarge message key, which is told how many megabytes are allowed
     * @throws Problem 413 when it is larger than it may be
     */
    public byte[] read(HttpServletRequest request, String tooLarge) throws IOException {
        byte[] content = request.getInputStream().readNBytes(largest + 1);
        if (content.length > largest) {
            throw new Problem(HttpStatus.CONTENT_TOO_LARGE, tooLarge, largest / MEGA);
        }
        return content;
    }

    /**
     * The bare name of a file, without folders and control characters.
     *
     * @param header as the page's script sends it, encoded as in an address
     * @return empty when the header was forged
     */
    public static Optional<String> fileName(String header) {
        String name;
        try {
            name = URLDecoder.decode(header, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException forged) {
            return Optional.empty();
        }
        return Optional.of(name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .replaceAll("\\p{Cntrl}", "")
                .strip());
    }
}
