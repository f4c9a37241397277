package org.ancora.referral.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.ancora.referral.directory.Values.Read;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One row while a file is read: what it says, in the form in which it is kept, and what is wrong with it. */
final class Draft {

    /** What HSDS has no column for, and we know. */
    static final String CONFIDENTIAL = "confidential";

    private static final int LONGEST_REF = 300;
    private static final int LONGEST_COLUMN = 100;
    private static final int MOST_COLUMNS = 200;

    private final Kind kind;
    private final String file;
    private final int line;
    private final String place;
    private final ObjectNode data = JsonNodeFactory.instance.objectNode();
    private final List<Fault> faults = new ArrayList<>();
    private final Set<String> unknown = new TreeSet<>();
    private @Nullable String ref;
    private boolean relaxed;

    /**
     * A row of which nothing is known yet.
     *
     * @param place its place inside the line, {@code contents[3].phones[0]}; empty where a line is a row
     */
    Draft(Kind kind, String file, int line, String place) {
        this.kind = kind;
        this.file = file;
        this.line = line;
        this.place = place;
    }

    Kind kind() {
        return kind;
    }

    String file() {
        return file;
    }

    int line() {
        return line;
    }

    String place() {
        return place;
    }

    ObjectNode data() {
        return data;
    }

    List<Fault> faults() {
        return faults;
    }

    Set<String> unknown() {
        return unknown;
    }

    @Nullable
    String ref() {
        return ref;
    }

    boolean isBad() {
        return faults.stream().anyMatch(Fault::error);
    }

    /** Of a form that has no room for all that HSDS asks for: only what is essential is missed. */
    Draft relaxed() {
        relaxed = true;
        return this;
    }

    /** Says by which id the source knows it; blank ones are none. */
    Draft named(@Nullable String id) {
        String text = id == null ? "" : id.strip();
        if (text.length() > LONGEST_REF) {
            fault("id", "id-long", text, true);
        } else if (!text.isEmpty()) {
            ref = text;
        }
        return this;
    }

    /** Takes a value of a JSON file. */
    Draft value(String column, JsonNode value) {
        return take(column, Values.read(kind.type(column), value), value.isContainer() ? "…" : value.asString());
    }

    /** Takes a cell of a table. */
    Draft cell(String column, @Nullable String cell) {
        return cell == null ? this : take(column, Values.cell(kind.type(column), cell), cell);
    }

    /** Sets what the place of a row in its file says about it. */
    Draft set(String column, String value) {
        data.put(column, value);
        return this;
    }

    /** Notes something wrong with a column. */
    void fault(String column, String problem, String value, boolean error) {
        faults.add(new Fault(file, line, place.isEmpty() ? column : place + "." + column, problem, value, error));
    }

    /** Looks whether what a row needs is there; to be called once all of it is taken. */
    Draft checked() {
        if (ref == null && faults.isEmpty()) {
            fault("id", "id", "", true);
        }
        for (Kind.Column column : kind.columns().values()) {
            boolean told = faults.stream().anyMatch(fault -> fault.field().endsWith(column.name()));
            boolean essential = column.need() == Kind.Need.ESSENTIAL;
            boolean needed = essential || (column.need() == Kind.Need.ASKED && !relaxed);
            if (needed && !data.has(column.name()) && !told) {
                fault(column.name(), essential ? "required" : "asked", "", essential);
            }
        }
        return this;
    }

    private Draft take(String column, Read read, String given) {
        JsonNode kept = read.kept();
        if (kept != null) {
            if (kind.type(column) == null) {
                if (column.length() > LONGEST_COLUMN || unknown.size() >= MOST_COLUMNS) {
                    fault(column.substring(0, Math.min(column.length(), LONGEST_COLUMN)), "columns", "", true);
                    return this;
                }
                if (!column.equals(CONFIDENTIAL)) {
                    unknown.add(column);
                }
            }
            data.set(column, kept);
        }
        String problem = read.problem();
        if (problem != null) {
            fault(column, problem, given, read.error());
        }
        return this;
    }
}
