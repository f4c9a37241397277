package org.ancora.casework.marks;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ancora.web.Problem;
import org.springframework.http.HttpStatus;

/**
 * A file of values separated by comma, semicolon or tab, as spreadsheets write it: fields in double quotes may hold
 * separators, line breaks and doubled quotes (RFC 4180).
 *
 * @param encoding in which it was written: UTF-8, or the one-byte encoding of older spreadsheets
 * @param header the names of its columns
 * @param rows without the header; blank lines are left out
 */
record Csv(String encoding, char separator, List<String> header, List<Row> rows) {

    static final int MOST_ROWS = 200_000;
    static final int MOST_COLUMNS = 60;
    static final int LONGEST_CELL = 2000;

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char[] SEPARATORS = {',', ';', '\t'};

    /** How much of a file is looked at to find its separator. */
    private static final int FIRST_LINE = 20_000;

    /** One row and the line of the file on which it begins, counted from 1. */
    record Row(int line, List<String> cells) {}

    /**
     * Reads a file whole.
     *
     * @throws Problem 400 with words that say what is wrong and on which line
     */
    static Csv read(byte[] content) {
        for (byte each : content) {
            if (each == 0) {
                throw new Problem(HttpStatus.BAD_REQUEST, "marks.load.no-text");
            }
        }
        String encoding = "UTF-8";
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException older) {
            encoding = "ISO-8859-1";
            // The superset in which spreadsheets really write: it has the euro sign and typographic quotes too.
            text = new String(content, Charset.forName("windows-1252"));
        }
        if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            text = text.substring(1);
        }
        char separator = separator(text);
        List<Row> rows = new Reader(text, separator).rows();
        if (rows.isEmpty()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "marks.load.empty");
        }
        List<String> header = rows.get(0).cells();
        if (header.size() > MOST_COLUMNS) {
            throw new Problem(HttpStatus.BAD_REQUEST, "marks.load.columns", MOST_COLUMNS);
        }
        if (rows.size() == 1) {
            throw new Problem(HttpStatus.BAD_REQUEST, "marks.load.empty");
        }
        return new Csv(encoding, separator, header, List.copyOf(rows.subList(1, rows.size())));
    }

    /** The one that stands most often in the first line, outside quotes. */
    private static char separator(String text) {
        int[] found = new int[SEPARATORS.length];
        boolean quoted = false;
        for (int i = 0; i < Math.min(text.length(), FIRST_LINE); i++) {
            char each = text.charAt(i);
            if (each == '"') {
                quoted = !quoted;
            } else if (!quoted && (each == '\n' || each == '\r')) {
                break;
            } else if (!quoted) {
                for (int s = 0; s < SEPARATORS.length; s++) {
                    found[s] += each == SEPARATORS[s] ? 1 : 0;
                }
            }
        }
        int best = 0;
        for (int s = 1; s < SEPARATORS.length; s++) {
            best = found[s] > found[best] ? s : best;
        }
        return SEPARATORS[best];
    }

    /** Goes through the text once. */
    private static final class Reader {

        private final String text;
        private final char separator;
        private final List<Row> rows = new ArrayList<>();
        private final StringBuilder cell = new StringBuilder();
        private List<String> cells = new ArrayList<>();
        private int line = 1;
        private int rowLine = 1;

        Reader(String text, char separator) {
            this.text = text;
            this.separator = separator;
        }

        List<Row> rows() {
            int at = 0;
            while (at < text.length()) {
                char each = text.charAt(at);
                if (each == '"' && cell.isEmpty()) {
                    at = quoted(at + 1);
                } else if (each == separator) {
                    endCell();
                    at++;
                } else if (each == '\n' || each == '\r') {
                    at += each == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n' ? 2 : 1;
                    endRow();
                    line++;
                    rowLine = line;
                } else {
                    add(each);
                    at++;
                }
            }
            endRow();
            return rows;
        }

        /** Reads up to the closing quote; returns the place behind it. */
        private int quoted(int from) {
            int began = line;
            int at = from;
            while (at < text.length()) {
                char each = text.charAt(at);
                if (each == '"' && at + 1 < text.length() && text.charAt(at + 1) == '"') {
                    add('"');
                    at += 2;
                } else if (each == '"') {
                    return at + 1;
                } else {
                    line += each == '\n' ? 1 : 0;
                    add(each);
                    at++;
                }
            }
            throw new Problem(HttpStatus.BAD_REQUEST, "marks.load.quote", began);
        }

        private void add(char each) {
            if (cell.length() >= LONGEST_CELL) {
                throw new Problem(HttpStatus.BAD_REQUEST, "marks.load.cell", line, LONGEST_CELL);
            }
            cell.append(each);
        }

        private void endCell() {
            cells.add(cell.toString().strip());
            cell.setLength(0);
            if (cells.size() > MOST_COLUMNS * 4) {
                throw new Problem(HttpStatus.BAD_REQUEST, "marks.load.columns", MOST_COLUMNS);
            }
        }

        private void endRow() {
            endCell();
            if (cells.stream().anyMatch(each -> !each.isEmpty())) {
                if (rows.size() > MOST_ROWS) {
                    throw new Problem(HttpStatus.BAD_REQUEST, "marks.load.rows", MOST_ROWS);
                }
                rows.add(new Row(rowLine, List.copyOf(cells)));
            }
            cells = new ArrayList<>();
        }
    }
}
