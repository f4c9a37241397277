package org.ancora.referral.directory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads values separated by comma, semicolon or tab row by row, however long the file: fields in double quotes may hold
 * separators, line breaks and doubled quotes (RFC 4180).
 */
final class Table {

    static final int MOST_COLUMNS = 200;

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int FIRST_LINE = 1 << 16;

    private final String file;
    private final PushbackReader in;
    private final char separator;
    private final List<String> header;
    private int line = 1;
    private int rowLine = 1;

    /**
     * Opens a table and reads its header.
     *
     * @param file its name, for what is said about it
     * @throws Unreadable when nothing of it can be read
     */
    Table(String file, InputStream bytes, Charset charset) {
        this.file = file;
        this.in = new PushbackReader(
                new BufferedReader(new InputStreamReader(
                        bytes,
                        charset.newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT))),
                FIRST_LINE);
        try {
            this.separator = separator();
        } catch (IOException failure) {
            throw failed(failure);
        }
        List<String> first = next();
        if (first == null) {
            throw new Unreadable(file, 1, "", "empty", "");
        }
        this.header = first.stream().map(String::strip).toList();
    }

    /** The names of the columns as they stand. */
    List<String> header() {
        return header;
    }

    /** The line on which the row read last begins. */
    int line() {
        return rowLine;
    }

    /** The next row that is not blank, or null behind the last. */
    @Nullable
    List<String> next() {
        try {
            while (true) {
                rowLine = line;
                List<String> cells = row();
                if (cells == null || cells.stream().anyMatch(cell -> !cell.isBlank())) {
                    return cells;
                }
            }
        } catch (IOException failure) {
            throw failed(failure);
        }
    }

    private RuntimeException failed(IOException failure) {
        return failure instanceof CharacterCodingException
                ? new Unreadable(file, line, "", "encoding", "")
                : new UncheckedIOException(failure);
    }

    private @Nullable List<String> row() throws IOException {
        int each = in.read();
        if (each < 0) {
            return null;
        }
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        while (true) {
            if (each == '"' && cell.isEmpty()) {
                quoted(cell);
            } else if (each == separator) {
                end(cells, cell);
            } else if (each < 0 || each == '\n' || each == '\r') {
                end(cells, cell);
                if (each == '\r') {
                    int next = in.read();
                    if (next >= 0 && next != '\n') {
                        in.unread(next);
                    }
                }
                line++;
                return cells;
            } else {
                add(cell, each);
            }
            each = in.read();
        }
    }

    private void quoted(StringBuilder cell) throws IOException {
        int began = line;
        while (true) {
            int each = in.read();
            if (each < 0) {
                throw new Unreadable(file, began, "", "quote", "");
            }
            if (each == '"') {
                int next = in.read();
                if (next != '"') {
                    if (next >= 0) {
                        in.unread(next);
                    }
                    return;
                }
            }
            line += each == '\n' ? 1 : 0;
            add(cell, each);
        }
    }

    private void add(StringBuilder cell, int each) {
        if (each == 0) {
            throw new Unreadable(file, line, "", "no-text", "");
        }
        if (cell.length() > Values.LONGEST) {
            throw new Unreadable(file, line, "", "long", Values.LONGEST);
        }
        cell.append((char) each);
    }

    private void end(List<String> cells, StringBuilder cell) {
        if (cells.size() >= MOST_COLUMNS) {
            throw new Unreadable(file, line, "", "columns", MOST_COLUMNS);
        }
        cells.add(cell.toString());
        cell.setLength(0);
    }

    /** The one that stands most often in the first line, outside quotes; what was looked at is put back. */
    private char separator() throws IOException {
        StringBuilder seen = new StringBuilder();
        int comma = 0;
        int semicolon = 0;
        int tab = 0;
        boolean quoted = false;
        Reader reader = in;
        while (seen.length() < FIRST_LINE - 1) {
            int each = reader.read();
            if (each < 0) {
                break;
            }
            if (each == BYTE_ORDER_MARK && seen.isEmpty()) {
                continue;
            }
            seen.append((char) each);
            quoted ^= each == '"';
            if (!quoted) {
                if (each == '\n' || each == '\r') {
                    break;
                }
                comma += each == ',' ? 1 : 0;
                semicolon += each == ';' ? 1 : 0;
                tab += each == '\t' ? 1 : 0;
            }
        }
        in.unread(seen.toString().toCharArray());
        return tab > comma && tab > semicolon ? '\t' : semicolon > comma ? ';' : ',';
    }
}
