package org.ancora.web;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Comma-separated values as the reader's own program for tables expects them: with a byte order mark, so that accents
 * survive, and semicolons where the comma belongs to numbers. Nothing in it is ever a formula.
 *
 * <p>Whatever cannot be written is an {@link UncheckedIOException}.
 */
public final class CsvWriter implements Closeable {

    /** What a program would compute, whoever typed it. */
    private static final Pattern FORMULA = Pattern.compile("[=+\\-@\\t\\r]");

    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private static final Pattern SPECIAL = Pattern.compile("[\",;\\r\\n\\t]");

    private final Writer out;
    private final String separator;

    /** @param locale the reader's */
    public CsvWriter(OutputStream out, Locale locale) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        this.separator = locale.getLanguage().equals("en") ? "," : ";";
        write("\uFEFF");
    }

    /**
     * Writes one row.
     *
     * @param cells each a {@link BigDecimal}, a {@link LocalDateTime}, or anything that is written as its text
     */
    public void row(List<?> cells) {
        write(cells.stream().map(this::cell).collect(Collectors.joining(separator, "", "\r\n")));
    }

    private String cell(Object value) {
        if (value instanceof BigDecimal number) {
            return separator.equals(",")
                    ? number.toPlainString()
                    : number.toPlainString().replace('.', ',');
        }
        String text = value instanceof LocalDateTime moment ? MINUTES.format(moment) : value.toString();
        String safe = FORMULA.matcher(text).lookingAt() ? "'" + text : text;
        return SPECIAL.matcher(safe).find() ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }

    /** Hands on what was written. */
    public void flush() {
        try {
            out.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void write(String text) {
        try {
            out.write(text);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
