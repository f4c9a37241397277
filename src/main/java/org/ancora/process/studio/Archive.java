package org.ancora.process.studio;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.ancora.process.model.ProcessFolder;
import org.ancora.web.Problem;
import org.springframework.http.HttpStatus;

/** A folder's files as they lie in the repository of a release: {@code processes/<folder>/…} and {@code forms/…}, in one file. */
final class Archive {

    /** Bytes of an archive as it is sent. */
    static final int LARGEST = 5 * 1024 * 1024;

    /** Bytes of everything in it. */
    private static final int LARGEST_CONTENT = 20 * 1024 * 1024;

    private static final LocalDateTime ALWAYS = LocalDateTime.of(2000, 1, 1, 0, 0);

    private Archive() {}

    /** The same files make the same archive. */
    static byte[] of(ProcessFolder folder) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> file : folder.files().entrySet()) {
                String path = file.getKey();
                ZipEntry entry =
                        new ZipEntry(path.startsWith("forms/") ? path : "processes/" + folder.name() + "/" + path);
                entry.setTimeLocal(ALWAYS);
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Whether it begins as an archive does. */
    static boolean is(byte[] content) {
        return content.length > 3 && content[0] == 'P' && content[1] == 'K' && content[2] == 3 && content[3] == 4;
    }

    /**
     * The files of an archive, as they lie in a release or alone. Nothing is written to a disk; what is counted is what comes
     * out, whatever the archive says of itself.
     *
     * @throws Problem 400 for a file that has no place in the folder or comes twice, 413 for too many or too large ones
     */
    static Map<String, byte[]> read(byte[] content, String folder) {
        Map<String, byte[]> files = new TreeMap<>();
        long left = LARGEST_CONTENT;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.isDirectory()) {
                    // Whatever a folder holds would be unpacked only to be passed over, and counted by nobody.
                    if (zip.read() >= 0) {
                        throw new Problem(HttpStatus.BAD_REQUEST, "studio.archive.path");
                    }
                    continue;
                }
                String path = path(entry.getName(), folder);
                byte[] file = zip.readNBytes(Drafts.LARGEST_FILE + 1);
                left -= file.length;
                if (file.length > Drafts.LARGEST_FILE || left < 0) {
                    throw new Problem(HttpStatus.CONTENT_TOO_LARGE, "studio.large", Drafts.LARGEST_FILE);
                }
                if (files.put(path, file) != null) {
                    throw new Problem(HttpStatus.BAD_REQUEST, "studio.archive.twice");
                }
                if (files.size() > Drafts.MOST_FILES) {
                    throw new Problem(HttpStatus.CONTENT_TOO_LARGE, "studio.too-many", Drafts.MOST_FILES);
                }
            }
        } catch (ZipException | IllegalArgumentException broken) {
            throw unreadable(broken);
        } catch (IOException cutOff) {
            throw unreadable(cutOff);
        }
        if (files.isEmpty()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "studio.archive.empty");
        }
        return files;
    }

    private static Problem unreadable(Exception why) {
        return new Problem(HttpStatus.BAD_REQUEST, "studio.archive.unreadable").causedBy(why);
    }

    /** Only names that a folder can have, so that none can lead anywhere else. */
    private static String path(String name, String folder) {
        String home = "processes/" + folder + "/";
        String path = name.startsWith(home) ? name.substring(home.length()) : name;
        if (!ProcessFolder.isPath(path)) {
            throw new Problem(HttpStatus.BAD_REQUEST, "studio.archive.path");
        }
        return path;
    }
}
