package org.ancora.casework.marks;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.access.Viewers;
import org.ancora.audit.Audited;
import org.ancora.audit.AuditedTogether;
import org.ancora.casework.marks.AttributeLoads.Load;
import org.ancora.casework.marks.AttributeLoads.State;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Checks and stores the rows of a load, some thousand to a transaction of their own: what one did, and how far that is, are
 * committed together, so an interrupted load goes on where it was.
 */
@Service
class LoadRunner {

    static final int CHUNK = 5000;

    /** How many transactions one step of the procedure makes; together far below the engine's lock on a job. */
    private static final int CHUNKS_A_STEP = 4;

    private static final int LONGEST_VALUE_TOLD = 80;

    private final JdbcClient jdbc;
    private final Attributes attributes;
    private final Viewers viewers;
    private final Processes processes;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final TransactionTemplate alone;

    LoadRunner(
            JdbcClient jdbc,
            Attributes attributes,
            Viewers viewers,
            Processes processes,
            ApplicationEventPublisher events,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.attributes = attributes;
        this.viewers = viewers;
        this.processes = processes;
        this.events = events;
        this.clock = clock;
        this.alone = new TransactionTemplate(transactions);
        alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    private record Row(int number, int line, List<String> cells) {}

    private record Problem(int row, int line, int column, String problem, String value) {}

    private record Value(int row, int column, long caseId, Attribute attribute, String value) {}

    /** Goes on in the background until none is left: each job of the engine does some, and leaves the rest to another. */
    void goOnInBackground(long id) {
        if (goOn(id)) {
            long project = jdbc.sql("select project_id from attribute_load where id = :id")
                    .param("id", id)
                    .query(Long.class)
                    .single();
            begin(id, new ProjectId(project));
        }
    }

    /** Leaves a load to the engine's jobs, in the running transaction. */
    void begin(long id, ProjectId project) {
        processes.start(LoadSteps.PROCESS, "load-" + id, project, Variables.of(LoadSteps.LOAD, id));
    }

    /** Does some of what is left; returns whether there is more. */
    boolean goOn(long id) {
        for (int chunk = 0; chunk < CHUNKS_A_STEP; chunk++) {
            if (!Boolean.TRUE.equals(alone.execute(transaction -> chunk(id)))) {
                return false;
            }
        }
        return true;
    }

    private boolean chunk(long id) {
        Load load = jdbc.sql(Load.SELECT + " where l.id = :id for update of l")
                .param("id", id)
                .query(AttributeLoads::load)
                .single();
        if (!load.state().isRunning()) {
            return false;
        }
        if (!mayLoad(load.startedBy(), load.project())) {
            stop(load);
            return false;
        }
        int to = Math.min(load.rows(), load.doneTo() + CHUNK);
        if (load.state() == State.CHECKING) {
            check(load, to);
        } else {
            store(load, to);
        }
        jdbc.sql("update attribute_load set done_to = :to where id = :id")
                .param("to", to)
                .param("id", id)
                .update();
        if (to < load.rows()) {
            return true;
        }
        if (load.state() == State.CHECKING) {
            compareRows(load);
        }
        finish(load);
        return false;
    }

    /** Asked of some thousand rows at a time: whoever had them stored may have lost the right since. */
    private boolean mayLoad(UserId starter, ProjectId project) {
        return viewers.of(starter)
                .filter(viewer -> viewer.may(Permission.LOAD_ATTRIBUTES, project))
                .isPresent();
    }

    private void stop(Load load) {
        jdbc.sql("update attribute_load set state = 'stopped', finished_at = :now where id = :id")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("id", load.id())
                .update();
        events.publishEvent(new Audited(
                        "attribute-load.stopped",
                        load.project(),
                        null,
                        "attribute-load",
                        "" + load.id(),
                        UserId.SYSTEM,
                        Map.of())
                .with("load", "" + load.id()));
    }

    /** Each row by itself: is there such a case, and is every cell a value of its attribute? */
    private void check(Load load, int to) {
        Map<Long, Attribute> known =
                attributes.of(load.project()).stream().collect(Collectors.toMap(Attribute::id, Function.identity()));
        List<Row> rows = jdbc.sql("""
                        select row_no, line, cells from attribute_load_row
                         where load_id = :id and row_no > :from and row_no <= :to order by row_no
                        """)
                .params(range(load, to))
                .query((row, number) -> new Row(row.getInt(1), row.getInt(2), List.of((String[])
                        row.getArray(3).getArray())))
                .list();
        int key = keyColumn(load.mapping());
        Map<String, Long> cases = cases(load, key, rows);
        List<Problem> problems = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        for (Row row : rows) {
            check(load, row, key, cases, known, problems, values);
        }
        keep(load, problems);
        keepValues(load, values);
    }

    private static void check(
            Load load,
            Row row,
            int key,
            Map<String, Long> cases,
            Map<Long, Attribute> known,
            List<Problem> problems,
            List<Value> values) {
        if (row.cells().size() != load.header().size()) {
            problems.add(new Problem(
                    row.number(), row.line(), 0, "cells", "" + row.cells().size()));
            return;
        }
        List<Problem> wrong = new ArrayList<>();
        List<Value> read = new ArrayList<>();
        String named = row.cells().get(key);
        Long caseId = cases.get(named);
        if (named.isEmpty() || caseId == null) {
            wrong.add(
                    new Problem(row.number(), row.line(), key + 1, named.isEmpty() ? "no-case" : "case", told(named)));
        }
        for (int column = 0; column < row.cells().size(); column++) {
            String cell = row.cells().get(column);
            Attribute attribute = attribute(load.mapping().get(column), known);
            if (attribute == null || cell.isEmpty()) {
                continue;
            }
            Optional<String> value = attribute.kind().read(cell, attribute);
            if (value.isEmpty()) {
                wrong.add(new Problem(
                        row.number(), row.line(), column + 1, attribute.kind().code(), told(cell)));
            } else if (caseId != null) {
                read.add(new Value(row.number(), column + 1, caseId, attribute, value.get()));
            }
        }
        problems.addAll(wrong);
        if (wrong.isEmpty()) {
            values.addAll(read);
        }
    }

    /** Rows beside one another and beside the cases: each case once, and each id of another system on one case. */
    private void compareRows(Load load) {
        // Tens of thousands of rows have just come into tables that the database may still take for empty: it would
        // compare
        // each of them with each.
        jdbc.sql("analyze attribute_load_row, attribute_load_value").update();
        fault(load, "twice", keyColumn(load.mapping()) + 1, """
                select distinct v.row_no, first_value(v.row_no) over (partition by v.case_id order by v.row_no) as first,
                       0 as column_no, '' as value
                  from attribute_load_value v where v.load_id = :id
                """);
        fault(load, "id-twice", 0, """
                select v.row_no, first_value(v.row_no) over (partition by v.attribute_id, v.value order by v.row_no) as first,
                       v.column_no, v.value
                  from attribute_load_value v where v.load_id = :id and v.kind = 'external-id'
                """);
        taken(load, 0, load.rows());
        jdbc.sql("""
                        update attribute_load l
                           set bad = (select count(distinct p.row_no) from attribute_load_problem p where p.load_id = l.id),
                               changed = (select count(distinct v.row_no)
                                            from attribute_load_value v
                                            left join case_attribute n
                                              on n.case_id = v.case_id and n.attribute_id = v.attribute_id
                                           where v.load_id = l.id and %s is distinct from v.value)
                         where l.id = :id
                        """.formatted(PRESENT)).param("id", load.id()).update();
        jdbc.sql("update attribute_load set unchanged = row_count - bad - changed where id = :id")
                .param("id", load.id())
                .update();
    }

    /** A value as it is kept, from the row {@code n} of {@code case_attribute}. */
    private static final String PRESENT =
            "coalesce(n.value_text, trim_scale(n.value_number)::text, n.value_date::text)";

    private void fault(Load load, String problem, int column, String rows) {
        jdbc.sql("""
                        insert into attribute_load_problem (load_id, row_no, line, column_no, problem, value)
                        select :id, d.row_no, r.line, greatest(d.column_no, :column), :problem,
                               case when d.value = '' then f.line::text else left(d.value, 80) end
                          from (%s) d
                          join attribute_load_row r on r.load_id = :id and r.row_no = d.row_no
                          join attribute_load_row f on f.load_id = :id and f.row_no = d.first
                         where d.row_no <> d.first
                        on conflict do nothing
                        """.formatted(rows))
                .param("id", load.id())
                .param("column", column)
                .param("problem", problem)
                .update();
        dropBad(load);
    }

    /**
     * Rows that give an id of another system which another case has by now. Each looks its id up by itself: after a first
     * large load the planner, which knows nothing yet of what was stored, would compare each with each.
     */
    private void taken(Load load, int from, int to) {
        jdbc.sql("""
                        insert into attribute_load_problem (load_id, row_no, line, column_no, problem, value)
                        select v.load_id, v.row_no, r.line, v.column_no, 'taken', left(v.value, 80)
                          from attribute_load_value v
                          join attribute_load_row r on r.load_id = v.load_id and r.row_no = v.row_no
                          cross join lateral (select from case_attribute n
                                               where n.attribute_id = v.attribute_id and n.kind = 'external-id'
                                                 and n.value_text = v.value and n.case_id <> v.case_id limit 1) other
                         where v.load_id = :id and v.row_no > :from and v.row_no <= :to and v.kind = 'external-id'
                        on conflict do nothing
                        """).param("id", load.id()).param("from", from).param("to", to).update();
        dropBad(load);
    }

    private void dropBad(Load load) {
        jdbc.sql("""
                        delete from attribute_load_value v
                         using attribute_load_problem p
                         where v.load_id = :id and p.load_id = v.load_id and p.row_no = v.row_no
                        """).param("id", load.id()).update();
    }

    /** Stores what differs from what is there, notes what it was, and tells the log of each case. */
    private void store(Load load, int to) {
        Map<String, Object> range = range(load, to);
        jdbc.sql("""
                        select c.id from case_file c
                         where c.id in (select v.case_id from attribute_load_value v
                                         where v.load_id = :id and v.row_no > :from and v.row_no <= :to)
                         order by c.id for update
                        """).params(range).query(Long.class).list();
        taken(load, load.doneTo(), to);
        List<Audited> changes = jdbc.sql("""
                        with differing as (
                            select v.case_id, v.attribute_id, v.kind, v.value, %s as before
                              from attribute_load_value v
                              left join case_attribute n on n.case_id = v.case_id and n.attribute_id = v.attribute_id
                             where v.load_id = :id and v.row_no > :from and v.row_no <= :to
                               and %s is distinct from v.value
                        ), noted as (
                            insert into case_attribute_change (case_id, attribute_id, before, after, changed_at, changed_by,
                                                               load_id)
                            select case_id, attribute_id, before, value, :now, :by, :id from differing
                        ), stored as (
                            insert into case_attribute (case_id, attribute_id, kind, value_text, value_number, value_date)
                            select case_id, attribute_id, kind,
                                   case when kind not in ('number', 'date') then value end,
                                   case when kind = 'number' then value::numeric end,
                                   case when kind = 'date' then value::date end
                              from differing
                            on conflict (case_id, attribute_id) do update
                               set value_text = excluded.value_text, value_number = excluded.value_number,
                                   value_date = excluded.value_date
                        )
                        select c.code from case_file c where c.id in (select case_id from differing) order by c.id
                        """.formatted(PRESENT, PRESENT))
                .params(range)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("by", load.by().value())
                .query((row, number) -> Audited.ofCase(
                                "case.attributes-changed", load.project(), row.getString("code"), load.by())
                        .with("load", load.id()))
                .list();
        events.publishEvent(new AuditedTogether(changes));
    }

    /** Of a load that is stored, only the report stays: what the file said is on the cases now. */
    private void finish(Load load) {
        if (load.state() == State.STORING) {
            jdbc.sql("""
                            update attribute_load l
                               set bad = (select count(distinct p.row_no) from attribute_load_problem p
                                           where p.load_id = l.id)
                             where l.id = :id
                            """).param("id", load.id()).update();
            for (String table : List.of("attribute_load_value", "attribute_load_row")) {
                jdbc.sql("delete from " + table + " where load_id = :id")
                        .param("id", load.id())
                        .update();
            }
        }
        jdbc.sql("""
                        update attribute_load
                           set state = case state when 'checking' then 'checked' else 'stored' end, finished_at = :now
                         where id = :id
                        """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("id", load.id())
                .update();
    }

    private Map<String, Long> cases(Load load, int key, List<Row> rows) {
        String[] named = rows.stream()
                .filter(row -> row.cells().size() > key)
                .map(row -> row.cells().get(key))
                .distinct()
                .toArray(String[]::new);
        String mapped = load.mapping().get(key);
        Map<String, Long> found = new HashMap<>();
        JdbcClient.StatementSpec sql = mapped.equals(AttributeLoads.CASE_CODE)
                ? jdbc.sql("select c.code, c.id from case_file c where c.project_id = :of and c.code = any(:named)")
                        .param("of", load.project().value())
                : jdbc.sql("""
                                select n.value_text, n.case_id from case_attribute n
                                 where n.attribute_id = :of and n.kind = 'external-id' and n.value_text = any(:named)
                                """).param("of", Long.valueOf(mapped.substring(AttributeLoads.MATCH.length())));
        sql.param("named", named).query(row -> {
            found.put(row.getString(1), row.getLong(2));
        });
        return found;
    }

    private void keep(Load load, List<Problem> problems) {
        jdbc.sql("""
                        insert into attribute_load_problem (load_id, row_no, line, column_no, problem, value)
                        select :id, * from unnest(:rows::int[], :lines::int[], :columns::int[], :problems::text[],
                                                  :values::text[])
                        on conflict do nothing
                        """)
                .param("id", load.id())
                .param("rows", problems.stream().map(Problem::row).toArray(Integer[]::new))
                .param("lines", problems.stream().map(Problem::line).toArray(Integer[]::new))
                .param("columns", problems.stream().map(Problem::column).toArray(Integer[]::new))
                .param("problems", problems.stream().map(Problem::problem).toArray(String[]::new))
                .param("values", problems.stream().map(Problem::value).toArray(String[]::new))
                .update();
    }

    private void keepValues(Load load, List<Value> values) {
        jdbc.sql("""
                        insert into attribute_load_value (load_id, row_no, column_no, case_id, attribute_id, kind, value)
                        select :id, * from unnest(:rows::int[], :columns::int[], :cases::bigint[], :attributes::bigint[],
                                                  :kinds::text[], :values::text[])
                        """)
                .param("id", load.id())
                .param("rows", values.stream().map(Value::row).toArray(Integer[]::new))
                .param("columns", values.stream().map(Value::column).toArray(Integer[]::new))
                .param("cases", values.stream().map(Value::caseId).toArray(Long[]::new))
                .param(
                        "attributes",
                        values.stream().map(value -> value.attribute().id()).toArray(Long[]::new))
                .param(
                        "kinds",
                        values.stream()
                                .map(value -> value.attribute().kind().code())
                                .toArray(String[]::new))
                .param("values", values.stream().map(Value::value).toArray(String[]::new))
                .update();
    }

    /** The column that names the case. */
    static int keyColumn(List<String> mapping) {
        for (int column = 0; column < mapping.size(); column++) {
            if (mapping.get(column).equals(AttributeLoads.CASE_CODE)
                    || mapping.get(column).startsWith(AttributeLoads.MATCH)) {
                return column;
            }
        }
        return -1;
    }

    private static @Nullable Attribute attribute(String mapped, Map<Long, Attribute> known) {
        boolean attribute = !mapped.isEmpty() && mapped.chars().allMatch(Character::isDigit);
        return attribute ? known.get(Long.valueOf(mapped)) : null;
    }

    private static String told(String cell) {
        return cell.length() <= LONGEST_VALUE_TOLD ? cell : cell.substring(0, LONGEST_VALUE_TOLD);
    }

    private static Map<String, Object> range(Load load, int to) {
        return Map.of("id", load.id(), "from", load.doneTo(), "to", to);
    }
}
