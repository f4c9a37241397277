package org.ancora.web;

import java.nio.charset.StandardCharsets;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Files as browsers get them: of a type that says what they are, under a harmless name, kept by nobody on the way. */
public final class Download {

    /** Text of values, as {@link CsvWriter} writes it. */
    public static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private Download() {}

    /** A file that is always saved, never shown in the page's own place. */
    public static <T> ResponseEntity<T> saved(T content, MediaType type, String name) {
        return answer(content, type, attachment(name));
    }

    /**
     * A PDF, saved or shown.
     *
     * @param name without its ending; whatever is not a letter, a digit or a hyphen becomes an underscore
     */
    public static ResponseEntity<byte[]> pdf(byte[] content, String name, boolean save) {
        ContentDisposition.Builder disposition = save ? ContentDisposition.attachment() : ContentDisposition.inline();
        String file = name.replaceAll("[^A-Za-z0-9-]", "_") + ".pdf";
        return answer(
                content,
                MediaType.APPLICATION_PDF,
                disposition.filename(file, StandardCharsets.US_ASCII).build().toString());
    }

    /** The header by which a browser saves what it is sent, for whoever writes the answer bit by bit. */
    public static String attachment(String name) {
        boolean plain = StandardCharsets.US_ASCII.newEncoder().canEncode(name);
        return ContentDisposition.attachment()
                .filename(name, plain ? StandardCharsets.US_ASCII : StandardCharsets.UTF_8)
                .build()
                .toString();
    }

    private static <T> ResponseEntity<T> answer(T content, MediaType type, String disposition) {
        return ResponseEntity.ok()
                .contentType(type)
                .cacheControl(CacheControl.noStore())
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition)
                .body(content);
    }
}
