package org.ancora.casework.marks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.ancora.casework.SearchText;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Files of attribute values: read into tables at once, then checked and stored by a procedure that goes on where it was
 * when it is interrupted (C71). A row is stored whole or not at all; an empty cell leaves the value as it is.
 */
@Service
class AttributeLoads {

    /** In a mapping: the column names the case by its code. */
    static final String CASE_CODE = "case-code";

    /** In a mapping, before an attribute's id: the column names the case by its id in another system. */
    static final String MATCH = "match:";

    /** Files up to this many rows are done while the person waits; the procedure then finds nothing left to do. */
    static final int AT_ONCE = 500;

    private static final int ROWS_AT_ONCE = 5000;
    private static final Set<String> CODE_NAMES = Set.of(
            "case-code", "case", "code", "case code", "caso", "codigo", "codigo del caso", "codice", "codice del caso");

    private final JdbcClient jdbc;
    private final LoadRunner runner;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    AttributeLoads(JdbcClient jdbc, LoadRunner runner, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.runner = runner;
        this.events = events;
        this.clock = clock;
    }

    /** How far a load has come. */
    enum State {
        /** Somebody has to say what the columns hold. */
        READ,
        CHECKING,
        /** Nothing is changed yet; somebody may store the good rows. */
        CHECKED,
        STORING,
        STORED,
        /** Whoever had it checked or stored may not load any more; what was stored by then stays. */
        STOPPED;

        /** Public so that templates may ask. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean isRunning() {
            return this == CHECKING || this == STORING;
        }
    }

    /**
     * A load.
     *
     * @param mapping what each column holds: an attribute's id, {@link #CASE_CODE}, {@link #MATCH} with an id, or empty
     * @param doneTo how many rows the running step has behind it
     * @param changed rows that change something
     * @param unchanged good rows that say what is there already
     * @param bad rows with something wrong
     * @param startedBy who had it checked or stored last, else who gave it
     */
    record Load(
            long id,
            ProjectId project,
            String fileName,
            String encoding,
            char separator,
            List<String> header,
            List<String> mapping,
            State state,
            int rows,
            int doneTo,
            int changed,
            int unchanged,
            int bad,
            UserId by,
            String byName,
            Instant at,
            @Nullable Instant finishedAt,
            UserId startedBy,
            String startedByName) {

        /** What reads a load {@code l} with the names of people; {@link AttributeLoads#load} makes one of each row. */
        static final String SELECT = """
                select l.*, a.name as by_name, s.id as starter, s.name as starter_name
                  from attribute_load l
                  join account a on a.id = l.loaded_by
                  join account s on s.id = coalesce(l.started_by, l.loaded_by)
                """;

        /** How much is done, in percent; public so that templates may ask. */
        public int percent() {
            return rows == 0 ? 100 : (int) (100L * doneTo / rows);
        }
    }

    /** Something wrong with a row: where it stands, and what the cell says. */
    record Fault(int line, int column, String problem, String value) {}

    /** Keeps a file; nothing is checked yet. */
    @Transactional
    long read(ProjectId project, String fileName, Csv csv, List<Attribute> attributes, UserId by) {
        long id = jdbc.sql("""
                        insert into attribute_load (project_id, file_name, encoding, separator, header, mapping, state,
                                                    row_count, loaded_by, loaded_at)
                        values (:project, :name, :encoding, :separator, :header, :mapping, 'read', :rows, :by, :now)
                        returning id
                        """)
                .param("project", project.value())
                .param("name", fileName)
                .param("encoding", csv.encoding())
                .param("separator", String.valueOf(csv.separator()))
                .param("header", csv.header().toArray(String[]::new))
                .param("mapping", guess(csv.header(), attributes).toArray(String[]::new))
                .param("rows", csv.rows().size())
                .param("by", by.value())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
        for (int from = 0; from < csv.rows().size(); from += ROWS_AT_ONCE) {
            int to = Math.min(csv.rows().size(), from + ROWS_AT_ONCE);
            List<List<Object>> rows = new ArrayList<>();
            for (int row = from; row < to; row++) {
                rows.add(List.of(
                        row + 1, csv.rows().get(row).line(), csv.rows().get(row).cells()));
            }
            jdbc.sql("""
                            insert into attribute_load_row (load_id, row_no, line, cells)
                            select :load, (r ->> 0)::int, (r ->> 1)::int, array(select jsonb_array_elements_text(r -> 2))
                              from jsonb_array_elements(:rows::jsonb) r
                            """)
                    .param("load", id)
                    .param("rows", Attributes.JSON.writeValueAsString(rows))
                    .update();
        }
        tell("attribute-load.read", project, id, by);
        return id;
    }

    Optional<Load> find(ProjectId project, long id) {
        return select("l.project_id = :project and l.id = :id", project, id).stream()
                .findFirst();
    }

    List<Load> latest(ProjectId project) {
        return select("l.project_id = :project and :id = 0", project, 0);
    }

    /** The first rows, to see what the columns hold. */
    List<List<String>> sample(Load load, int rows) {
        return jdbc.sql("select cells from attribute_load_row where load_id = :id and row_no <= :rows order by row_no")
                .param("id", load.id())
                .param("rows", rows)
                .query((row, number) -> List.of((String[]) row.getArray(1).getArray()))
                .list();
    }

    List<Fault> faults(Load load, int most) {
        return jdbc.sql("""
                        select line, column_no, problem, value from attribute_load_problem
                         where load_id = :id order by row_no, column_no, problem limit :most
                        """)
                .param("id", load.id())
                .param("most", most)
                .query((row, number) -> new Fault(row.getInt(1), row.getInt(2), row.getString(3), row.getString(4)))
                .list();
    }

    /**
     * Says what the columns hold, and has the rows checked; nothing is stored.
     *
     * @throws Problem 409 when the load is not where that can be said
     */
    @Transactional
    void check(Load load, List<String> mapping, UserId by) {
        jdbc.sql("delete from attribute_load_problem where load_id = :id")
                .param("id", load.id())
                .update();
        jdbc.sql("delete from attribute_load_value where load_id = :id")
                .param("id", load.id())
                .update();
        int begun = jdbc.sql("""
                        update attribute_load
                           set mapping = :mapping, state = 'checking', started_by = :by, done_to = 0, changed = 0,
                               unchanged = 0, bad = 0, finished_at = null
                         where id = :id and state in ('read', 'checked', 'stopped')
                        """)
                .param("by", by.value())
                .param("mapping", mapping.toArray(String[]::new))
                .param("id", load.id())
                .update();
        start(load, begun);
    }

    /**
     * Has the good rows stored.
     *
     * @throws Problem 409 when the load is not checked, or is stored already
     */
    @Transactional
    void store(Load load, UserId by) {
        int begun = jdbc.sql("""
                        update attribute_load set state = 'storing', started_by = :by, done_to = 0
                         where id = :id and state = 'checked'
                        """).param("by", by.value()).param("id", load.id()).update();
        start(load, begun);
        tell("attribute-load.stored", load.project(), load.id(), by);
    }

    /** Throws away a load that is not stored, with all that the file said. */
    @Transactional
    void discard(Load load, UserId by) {
        int gone = jdbc.sql("delete from attribute_load where id = :id and state in ('read', 'checked', 'stopped')")
                .param("id", load.id())
                .update();
        if (gone == 0) {
            throw new Problem(HttpStatus.CONFLICT, "marks.load.busy");
        }
        tell("attribute-load.discarded", load.project(), load.id(), by);
    }

    private void start(Load load, int begun) {
        if (begun == 0) {
            throw new Problem(HttpStatus.CONFLICT, "marks.load.busy");
        }
        runner.begin(load.id(), load.project());
    }

    private void tell(String action, ProjectId project, long id, UserId by) {
        events.publishEvent(new Audited(action, project, null, "attribute-load", "" + id, by, Map.of("load", "" + id)));
    }

    /** What the columns hold by their names, as far as they say it; each attribute once. */
    private static List<String> guess(List<String> header, List<Attribute> attributes) {
        List<String> mapping = new ArrayList<>(Collections.nCopies(header.size(), ""));
        for (int column = 0; column < header.size(); column++) {
            String name = SearchText.of(header.get(column));
            if (CODE_NAMES.contains(name) && !mapping.contains(CASE_CODE)) {
                mapping.set(column, CASE_CODE);
                continue;
            }
            for (Attribute attribute : attributes) {
                boolean named = name.equals(attribute.key())
                        || name.equals(SearchText.of(attribute.label().en()))
                        || name.equals(SearchText.of(attribute.label().es()))
                        || name.equals(SearchText.of(attribute.label().it()));
                if (named && !attribute.retired() && !mapping.contains("" + attribute.id())) {
                    mapping.set(column, "" + attribute.id());
                    break;
                }
            }
        }
        return mapping;
    }

    private List<Load> select(String where, ProjectId project, long id) {
        return jdbc.sql(Load.SELECT + " where " + where + " order by l.id desc limit 50")
                .param("project", project.value())
                .param("id", id)
                .query(AttributeLoads::load)
                .list();
    }

    static Load load(ResultSet row, int number) throws SQLException {
        OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
        return new Load(
                row.getLong("id"),
                new ProjectId(row.getLong("project_id")),
                row.getString("file_name"),
                row.getString("encoding"),
                row.getString("separator").charAt(0),
                Arrays.asList((String[]) row.getArray("header").getArray()),
                Arrays.asList((String[]) row.getArray("mapping").getArray()),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getInt("row_count"),
                row.getInt("done_to"),
                row.getInt("changed"),
                row.getInt("unchanged"),
                row.getInt("bad"),
                new UserId(row.getLong("loaded_by")),
                row.getString("by_name"),
                Objects.requireNonNull(row.getObject("loaded_at", OffsetDateTime.class))
                        .toInstant(),
                finished == null ? null : finished.toInstant(),
                new UserId(row.getLong("starter")),
                row.getString("starter_name"));
    }
}
