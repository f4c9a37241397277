package org.ancora.casework.list;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Writes rows of days, numbers and texts as a file that programs for tables open; nothing in it is ever a formula. */
sealed interface SheetWriter extends Closeable permits SheetWriter.Csv, SheetWriter.Xlsx {

    void head(List<String> titles) throws IOException;

    /**
     * Writes one row.
     *
     * @param cells each a {@link LocalDate}, a {@link BigDecimal} or a text
     */
    void row(List<Object> cells) throws IOException;

    /** Hands on what was written. */
    void flush() throws IOException;

    /**
     * Comma-separated values as the reader's own program expects them: with a byte order mark, so that accents survive, and
     * semicolons where the comma belongs to numbers.
     */
    final class Csv implements SheetWriter {

        private static final String FORMULA = "=+-@\t\r";

        private final Writer out;
        private final String separator;

        Csv(OutputStream out, Locale locale) throws IOException {
            this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            this.separator = locale.getLanguage().equals("en") ? "," : ";";
            this.out.write('\uFEFF');
        }

        @Override
        public void head(List<String> titles) throws IOException {
            row(List.copyOf(titles));
        }

        @Override
        public void row(List<Object> cells) throws IOException {
            out.write(cells.stream()
                    .map(this::cell)
                    .reduce((one, other) -> one + separator + other)
                    .orElse(""));
            out.write("\r\n");
        }

        private String cell(Object value) {
            if (value instanceof BigDecimal number) {
                return separator.equals(",")
                        ? number.toPlainString()
                        : number.toPlainString().replace('.', ',');
            }
            String text = value.toString();
            // A program would compute what begins so, whoever typed it.
            String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
            return safe.matches("(?s).*[\",;\\r\\n\\t].*") ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    /** A workbook with one sheet; texts are typed as texts, so that none is computed. */
    final class Xlsx implements SheetWriter {

        private final Workbook book;
        private final Worksheet sheet;
        private int line;

        Xlsx(OutputStream out, String title) {
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
        public void row(List<Object> cells) {
            for (int column = 0; column < cells.size(); column++) {
                Object cell = cells.get(column);
                if (cell instanceof LocalDate day) {
                    sheet.value(line, column, day);
                    sheet.style(line, column).format("yyyy-mm-dd").set();
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
