package org.ancora.referral.directory;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes the rows of one file as they are read and keeps them beside the directory, some thousand at a time. */
final class Staging {

    static final int MOST_ROWS = 3_000_000;
    static final int MOST_FAULTS = 10_000;

    private static final int AT_ONCE = 2000;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;
    private final long load;
    private final Map<String, Staged> waiting = new LinkedHashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Map<Long, Long> owners = new HashMap<>();
    private final Set<Kind> covers = EnumSet.noneOf(Kind.class);
    private final Set<String> unknown = new TreeSet<>();
    private String form = "";
    private boolean partial;
    private boolean onceEach;
    private int rows;
    private int refused;
    private int told;

    Staging(JdbcClient jdbc, long load) {
        this.jdbc = jdbc;
        this.load = load;
    }

    /** A row before it is written, and where it stands again. */
    private static final class Staged {
        private final Draft draft;
        private boolean bad;
        private @Nullable Integer again;

        Staged(Draft draft) {
            this.draft = draft;
            this.bad = draft.isBad();
        }
    }

    /** In which form the file is, as the end of a message's key. */
    void form(String code) {
        form = code;
    }

    String form() {
        return form;
    }

    /** The file is a part of its source: what it does not name stays. */
    void partial() {
        partial = true;
    }

    boolean isPartial() {
        return partial;
    }

    /** In this form a row stands once; one that comes again is a mistake. */
    void onceEach() {
        onceEach = true;
    }

    /** The file speaks for all rows of this kind. */
    void covers(Kind kind) {
        covers.add(kind);
    }

    Set<Kind> covers() {
        return covers;
    }

    Set<String> unknown() {
        return unknown;
    }

    /** How many rows there were, good or bad. */
    int rows() {
        return rows;
    }

    /** How many rows were so bad that not even their id is known. */
    int refused() {
        return refused;
    }

    /**
     * Counts a row, also one that is kept elsewhere.
     *
     * @throws Unreadable when there are too many
     */
    void count(String file, int line) {
        if (++rows > MOST_ROWS) {
            throw new Unreadable(file, line, "", "rows", MOST_ROWS);
        }
    }

    /** Takes a row. */
    void take(Draft draft) {
        count(draft.file(), draft.line());
        draft.checked().faults().forEach(this::fault);
        for (String column : draft.unknown()) {
            if (unknown.size() < Table.MOST_COLUMNS) {
                unknown.add(draft.kind().code() + "." + column);
            }
        }
        String ref = draft.ref();
        if (ref == null) {
            refused++;
            return;
        }
        String key = draft.kind() + " " + ref;
        Staged earlier = waiting.get(key);
        if (earlier == null) {
            waiting.put(key, new Staged(draft));
        } else {
            if (onceEach || differ(earlier.draft.data(), draft.data())) {
                earlier.again = draft.line();
            }
            earlier.bad |= draft.isBad();
            earlier.draft.data().setAll(draft.data());
        }
        if (waiting.size() >= AT_ONCE) {
            flush();
        }
    }

    /**
     * The id under which a nested row is kept. A source may show one telephone below several services; HSDS keeps one owner of
     * each kind, so each further owner gets a row of its own, named after it.
     */
    String refBelow(Kind kind, String id, String ownerColumn, String owner) {
        if (kind.hasTable()) {
            return id;
        }
        long key = hash(kind + " " + id + " " + ownerColumn);
        Long first = owners.putIfAbsent(key, hash(owner));
        return first == null || first == hash(owner) ? id : id + "@" + owner;
    }

    /** Something of which not even a row can be made. */
    void refuse(Fault fault) {
        rows++;
        refused++;
        fault(fault);
    }

    void fault(Fault fault) {
        if (++told <= MOST_FAULTS) {
            faults.add(fault);
        }
    }

    /** Writes what is waiting. */
    void flush() {
        if (!waiting.isEmpty()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            for (Staged staged : waiting.values()) {
                Draft draft = staged.draft;
                ObjectNode row = list.addObject();
                row.put("kind", draft.kind().code());
                row.put("ref", Objects.requireNonNull(draft.ref()));
                row.set("data", draft.data());
                row.put("file", draft.file());
                row.put("line", draft.line());
                row.put("place", draft.place());
                row.put("bad", staged.bad);
                row.put("again_line", staged.again);
            }
            jdbc.sql("""
                            insert into directory_load_row as r (load_id, kind, ref, data, file, line, place, bad, again_line)
                            select :load, n.* from jsonb_to_recordset(:rows::jsonb)
                                as n(kind text, ref text, data jsonb, file text, line int, place text, bad boolean, again_line int)
                            on conflict (load_id, kind, ref) do update
                               set data = r.data || excluded.data, bad = r.bad or excluded.bad,
                                   again_line = case when :once or exists (
                                                             select 1 from jsonb_each(excluded.data) e
                                                              where r.data -> e.key <> e.value)
                                                     then excluded.line
                                                     else coalesce(r.again_line, excluded.again_line) end
                            """)
                    .param("load", load)
                    .param("once", onceEach)
                    .param("rows", JSON.writeValueAsString(list))
                    .update();
            waiting.clear();
        }
        writeFaults(jdbc, load, faults);
        faults.clear();
    }

    static void writeFaults(JdbcClient jdbc, long load, List<Fault> faults) {
        if (faults.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into directory_load_fault (load_id, file, line, field, problem, value, error)
                        select :load, * from unnest(:files::text[], :lines::int[], :fields::text[], :problems::text[],
                                                    :values::text[], :errors::boolean[])
                        """)
                .param("load", load)
                .param("files", faults.stream().map(Fault::file).toArray(String[]::new))
                .param("lines", faults.stream().map(Fault::line).toArray(Integer[]::new))
                .param("fields", faults.stream().map(Fault::field).toArray(String[]::new))
                .param("problems", faults.stream().map(Fault::problem).toArray(String[]::new))
                .param("values", faults.stream().map(Fault::value).toArray(String[]::new))
                .param("errors", faults.stream().map(Fault::error).toArray(Boolean[]::new))
                .update();
    }

    private static boolean differ(ObjectNode one, ObjectNode other) {
        for (Map.Entry<String, JsonNode> each : other.properties()) {
            JsonNode before = one.get(each.getKey());
            if (before != null && !before.equals(each.getValue())) {
                return true;
            }
        }
        return false;
    }

    /** FNV-1a: sixty-four bits are enough to tell millions of rows apart, and far smaller than their names. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
