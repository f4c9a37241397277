package org.ancora.process.monitor;

import java.math.BigDecimal;
import java.util.List;
import org.ancora.web.Markup;
import org.jspecify.annotations.Nullable;

/**
 * A table of figures: shown on a page, behind a plot, or taken away as a file.
 *
 * @param code by which it is taken away
 * @param title in the reader's words
 */
record Sheet(String code, String title, List<String> columns, List<List<Cell>> rows) {

    /** Its rows for a page: a table of three hundred cells is written, not evaluated cell by cell. */
    public String markup() {
        Markup table = new Markup();
        for (List<Cell> row : rows) {
            table.open("tr");
            for (int at = 0; at < row.size(); at++) {
                Cell cell = row.get(at);
                String element = at == 0 ? "th" : "td";
                boolean first = at == 0;
                String nought = cell.number() != null && cell.number().signum() == 0 ? " nought" : "";
                table.open(
                        element,
                        "scope",
                        first ? "row" : null,
                        "class",
                        first ? null : "tone-" + cell.tone() + nought,
                        "data-label",
                        first ? null : columns.get(at));
                String path = cell.path();
                if (path == null) {
                    table.text(cell.text());
                } else {
                    table.whole("a", cell.text(), "href", path);
                }
                table.close(element);
            }
            table.close("tr");
        }
        return table.toString();
    }

    /**
     * One figure or name.
     *
     * @param text as people read it
     * @param number as programs for tables read it; null for a text
     * @param path what is behind it, or null
     * @param tone {@code late}, {@code soon} or {@code plain}
     */
    record Cell(
            String text,
            @Nullable BigDecimal number,
            @Nullable String path,
            String tone) {

        static Cell text(String text) {
            return new Cell(text, null, null, "plain");
        }

        static Cell number(long number, String words) {
            return new Cell(words, BigDecimal.valueOf(number), null, "plain");
        }

        /** The same, leading to what is behind it where there is anything. */
        Cell to(String behind) {
            return number != null && number.signum() == 0 ? this : new Cell(text, number, behind, tone);
        }

        /** The same, marked where it is not nought. */
        Cell toned(String mark) {
            return number != null && number.signum() == 0 ? this : new Cell(text, number, path, mark);
        }

        Object value() {
            return number == null ? text : number;
        }
    }
}
