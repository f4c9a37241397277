package org.ancora.process.monitor;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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
                String nought = cell.isNothing() ? " nought" : "";
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

    /** The titles of its columns in a file, where the figures of a column stand without their unit. */
    List<String> titles() {
        return IntStream.range(0, columns.size())
                .mapToObj(column -> with(unitOf(column), columns.get(column)))
                .toList();
    }

    /** Its rows for a file: what the page shows, figures as numbers. */
    List<List<Object>> values() {
        List<List<Object>> values = new ArrayList<>();
        for (List<Cell> row : rows) {
            List<Object> line = new ArrayList<>(row.stream().map(Cell::value).toList());
            List<String> units = IntStream.range(0, row.size())
                    .filter(column ->
                            row.get(column).number() != null && unitOf(column).isEmpty())
                    .mapToObj(column -> row.get(column).unit())
                    .distinct()
                    .toList();
            if (units.size() == 1 && !units.get(0).isEmpty()) {
                line.set(0, with(units.get(0), row.get(0).text()));
            }
            values.add(line);
        }
        return values;
    }

    /** The unit of all figures of a column; empty where there is none, or more than one. */
    private String unitOf(int column) {
        List<String> units = rows.stream()
                .map(row -> row.get(column))
                .filter(cell -> cell.number() != null)
                .map(Cell::unit)
                .distinct()
                .toList();
        return units.size() == 1 ? units.get(0) : "";
    }

    private static String with(String unit, String title) {
        return unit.isEmpty() ? title : title + " (" + unit + ")";
    }

    /**
     * One figure or name.
     *
     * @param text as people read it
     * @param number as programs for tables read it; null for a text
     * @param when the day or moment that it is, in its own place; null for anything else
     * @param unit of the number in a file, in the reader's words; empty for what is counted
     * @param path what is behind it, or null
     * @param tone {@code late}, {@code soon} or {@code plain}; that of {@link #none} for words in place of a figure
     */
    record Cell(
            String text,
            @Nullable BigDecimal number,
            @Nullable Temporal when,
            String unit,
            @Nullable String path,
            String tone) {

        private static final BigDecimal DAY = BigDecimal.valueOf(86_400);

        /** Where there is nothing to be told. */
        static final Cell NOTHING = text("–");

        static Cell text(String text) {
            return new Cell(text, null, null, "", null, "plain");
        }

        /** Where there is nothing to be told, and it is said why. */
        static Cell none(String why) {
            return new Cell(why, null, null, "", null, "none");
        }

        /** A day, which a file gives as a date. */
        static Cell day(LocalDate day, String words) {
            return new Cell(words, null, day, "", null, "plain");
        }

        /** A moment, which a file gives as a date. */
        static Cell moment(LocalDateTime when, String words) {
            return new Cell(words, null, when, "", null, "plain");
        }

        static Cell number(long number, String words) {
            return new Cell(words, BigDecimal.valueOf(number), null, "", null, "plain");
        }

        static Cell percent(long number, String words) {
            return new Cell(words, BigDecimal.valueOf(number), null, "%", null, "plain");
        }

        /**
         * A span of time, which a file gives in days.
         *
         * @param days the reader's word for them
         */
        static Cell span(long seconds, String words, String days) {
            return new Cell(
                    words, BigDecimal.valueOf(seconds).divide(DAY, 2, RoundingMode.HALF_UP), null, days, null, "plain");
        }

        /** The same, leading to what is behind it where there is anything. */
        Cell to(String behind) {
            return isNothing() ? this : new Cell(text, number, when, unit, behind, tone);
        }

        /** The same, marked where it is not nought. */
        Cell toned(String mark) {
            return isNothing() ? this : new Cell(text, number, when, unit, path, mark);
        }

        boolean isNothing() {
            return number == null ? text.equals("–") || tone.equals("none") : number.signum() == 0;
        }

        Object value() {
            if (number != null) {
                return number;
            }
            return when != null ? when : text.equals("–") ? "" : text;
        }
    }
}
