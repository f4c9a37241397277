package org.ancora.web;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Writes rows of days, moments, numbers and texts as a file that programs for tables open; nothing in it is ever a formula. */
public sealed interface SheetWriter extends Closeable permits SheetWriter.Csv, SheetWriter.Xlsx {

    /** Writes the titles of the columns, once and first. */
    void head(List<String> titles) throws IOException;

    /**
     * Writes one row.
     *
     * @param cells each a {@link LocalDate}, a {@link LocalDateTime}, a {@link BigDecimal} or a text
     */
    void row(List<?> cells) throws IOException;

    /** Hands on what was written. */
    void flush() throws IOException;

    /** Comma-separated values. */
    final class Csv implements SheetWriter {

        private final CsvWriter lines;

        /** @param locale the reader's */
        public Csv(OutputStream out, Locale locale) {
            this.lines = new CsvWriter(out, locale);
        }

        @Override
        public void head(List<String> titles) {
            lines.row(titles);
        }

        @Override
        public void row(List<?> cells) {
            lines.row(cells);
        }

        @Override
        public void flush() {
            lines.flush();
        }

        @Override
        public void close() {
            lines.close();
        }
    }

    /** A workbook with one sheet; texts are typed as texts, so that none is computed. */
    final class Xlsx implements SheetWriter {

        private final Workbook book;
        private final Worksheet sheet;
        private int line;

        /** @param title of the sheet */
        public Xlsx(OutputStream out, String title) {
            this.book = new Workbook(out, "Ancora", "1.0");
            this.sheet = book.newWorksheet(title);
        }

        @Override
        public void head(List<String> titles) {
            for (int column = 0; column < titles.size(); column++) {
                sheet.value(0, column, titles.get(column));
                sheet.style(0, column).bold().set();
            }
            sheet.freezePane(0, 1);
            line = 1;
        }

        @Override
        public void row(List<?> cells) {
            for (int column = 0; column < cells.size(); column++) {
                Object cell = cells.get(column);
                if (cell instanceof LocalDate day) {
                    sheet.value(line, column, day);
                    sheet.style(line, column).format("yyyy-mm-dd").set();
                } else if (cell instanceof LocalDateTime moment) {
                    sheet.value(line, column, moment);
                    sheet.style(line, column).format("yyyy-mm-dd hh:mm").set();
                } else if (cell instanceof BigDecimal number) {
                    sheet.value(line, column, number);
                } else if (!cell.toString().isEmpty()) {
                    sheet.value(line, column, cell.toString());
                }
            }
            line++;
        }

        @Override
        public void flush() throws IOException {
            sheet.flush();
        }

        @Override
        public void close() throws IOException {
            sheet.finish();
            book.finish();
        }
    }
}
