package org.ancora.process.monitor;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.ancora.web.SheetWriter;
import org.jspecify.annotations.Nullable;

/**
 * A list that is taken away as a file: read part by part, so that it is never held whole. Where it is longer than a program for
 * tables takes, its last line says that it was cut.
 *
 * @param code by which it is taken away
 * @param cut what that last line says
 * @param parts each read by the place after which it begins; an empty one for the first
 */
record Listing(String code, String cut, Function<String, Part> parts) {

    /** Lines of a file at most; a workbook holds a million. */
    static final int MOST = 500_000;

    /** Lines that are read at once. */
    static final int PART = 2_000;

    /**
     * Some lines.
     *
     * @param next the place after which the next ones begin, or null after the last
     */
    record Part(Sheet sheet, @Nullable String next) {}

    /** A table that is short enough to be held. */
    static Listing of(Sheet sheet) {
        return new Listing(sheet.code(), "", after -> new Part(sheet, null));
    }

    /**
     * Writes it, with its titles.
     *
     * @param most how many lines at most
     */
    void write(SheetWriter writer, int most) throws IOException {
        int written = 0;
        Part part = parts.apply("");
        writer.head(part.sheet().titles());
        while (true) {
            for (List<Object> row : part.sheet().values()) {
                if (written == most) {
                    writer.row(List.of(cut));
                    return;
                }
                writer.row(row);
                written++;
            }
            String next = part.next();
            if (next == null) {
                return;
            }
            writer.flush();
            part = parts.apply(next);
        }
    }
}
