package org.ancora.attention.desk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ancora.web.Problem;
import org.springframework.http.HttpStatus;

/** Rows of a CSV file by the names of their columns: commas or semicolons, quotes doubled inside quotes (RFC 4180). */
final class CsvRows {

    private static final int BYTE_ORDER_MARK = '\uFEFF';

    private final Reader in;
    private final char separator;
    private int next;

    private CsvRows(Reader in, char separator) throws IOException {
        this.in = in;
        this.separator = separator;
        this.next = in.read();
    }

    /**
     * Reads all rows.
     *
     * @throws Problem 400 when there are more than allowed
     */
    static List<Map<String, String>> read(Reader file, int most) throws IOException {
        BufferedReader in = new BufferedReader(file);
        in.mark(2);
        if (in.read() != BYTE_ORDER_MARK) {
            in.reset();
        }
        in.mark(65_536);
        String head = in.readLine();
        in.reset();
        CsvRows rows = new CsvRows(in, head != null && head.indexOf(';') >= 0 ? ';' : ',');
        List<String> names = rows.row();
        List<Map<String, String>> read = new ArrayList<>();
        for (List<String> row = rows.row(); !row.isEmpty(); row = rows.row()) {
            if (read.size() == most) {
                throw new Problem(HttpStatus.BAD_REQUEST, "desk.register.too-many", most);
            }
            Map<String, String> named = new HashMap<>();
            for (int column = 0; column < names.size(); column++) {
                named.put(names.get(column).strip(), column < row.size() ? row.get(column) : "");
            }
            read.add(named);
        }
        return read;
    }

    /** The fields of the next row that is not blank; none at the end of the file. */
    private List<String> row() throws IOException {
        while (next == '\r' || next == '\n') {
            next = in.read();
        }
        List<String> fields = new ArrayList<>();
        if (next < 0) {
            return fields;
        }
        fields.add(field());
        while (next == separator) {
            next = in.read();
            fields.add(field());
        }
        return fields;
    }

    private String field() throws IOException {
        StringBuilder text = new StringBuilder();
        if (next != '"') {
            while (next >= 0 && next != separator && next != '\r' && next != '\n') {
                text.append((char) next);
                next = in.read();
            }
            return text.toString();
        }
        next = in.read();
        while (next >= 0) {
            if (next == '"') {
                next = in.read();
                if (next != '"') {
                    return text.toString();
                }
            }
            text.append((char) next);
            next = in.read();
        }
        return text.toString();
    }
}
