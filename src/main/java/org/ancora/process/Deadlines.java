package org.ancora.process;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.ancora.time.Deadline;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps what each date of a procedure was computed from, so that every date on screen can answer "why this date?".
 *
 * <p>The engine only ever gets instants; a task's explanation is the latest deadline of its case with the same due
 * instant.
 */
@Service
public class Deadlines {

    /**
     * A deadline as it was recorded.
     *
     * @param label what it is for, a code such as {@code first-contact}
     */
    public record Recorded(String caseCode, String label, Deadline deadline, Instant recordedAt) {}

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    Deadlines(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** Records why a date of the case is what it is, in the caller's transaction. */
    @Transactional
    public void record(String caseCode, String label, Deadline deadline) {
        jdbc.sql("""
                        insert into deadline (case_code, label, opens_at, due_at, explanation, recorded_at)
                        values (:case, :label, :opens, :due, cast(:explanation as jsonb), :recorded)""")
                .param("case", caseCode)
                .param("label", label)
                .param("opens", Timestamp.from(asTheEngineKeepsIt(deadline.opens())))
                .param("due", Timestamp.from(asTheEngineKeepsIt(deadline.due())))
                .param("explanation", json.writeValueAsString(deadline))
                .param("recorded", Timestamp.from(clock.instant()))
                .update();
    }

    /** The latest deadline of the case that is due at this instant. */
    @Transactional(readOnly = true)
    public Optional<Recorded> explain(String caseCode, Instant due) {
        return jdbc.sql("""
                        select case_code, label, explanation, recorded_at from deadline
                        where case_code = :case and due_at = :due
                        order by id desc limit 1""")
                .param("case", caseCode)
                .param("due", Timestamp.from(asTheEngineKeepsIt(due)))
                .query((row, number) ->
                        recorded(row.getString(1), row.getString(2), row.getString(3), row.getTimestamp(4)))
                .optional();
    }

    /** The latest deadline of the case with this label that is due at this instant. */
    @Transactional(readOnly = true)
    public Optional<Deadline> explain(String caseCode, Instant due, String label) {
        return dueAt(caseCode, due).stream()
                .filter(recorded -> recorded.label().equals(label))
                .map(Recorded::deadline)
                .findFirst();
    }

    /** Every deadline of the case that was recorded as due at this instant, the latest first. */
    @Transactional(readOnly = true)
    List<Recorded> dueAt(String caseCode, Instant due) {
        return jdbc.sql("""
                        select case_code, label, explanation, recorded_at from deadline
                        where case_code = :case and due_at = :due order by id desc""")
                .param("case", caseCode)
                .param("due", Timestamp.from(asTheEngineKeepsIt(due)))
                .query((row, number) ->
                        recorded(row.getString(1), row.getString(2), row.getString(3), row.getTimestamp(4)))
                .list();
    }

    /** Every deadline of the case that was recorded as opening or due at this instant, the latest first. */
    @Transactional(readOnly = true)
    List<Recorded> around(String caseCode, Instant instant) {
        return jdbc.sql("""
                        select case_code, label, explanation, recorded_at from deadline
                        where case_code = :case and (due_at = :instant or opens_at = :instant) order by id desc""")
                .param("case", caseCode)
                .param("instant", Timestamp.from(asTheEngineKeepsIt(instant)))
                .query((row, number) ->
                        recorded(row.getString(1), row.getString(2), row.getString(3), row.getTimestamp(4)))
                .list();
    }

    /** The deadlines of these cases that are still to come due, the latest of each case first. */
    @Transactional(readOnly = true)
    List<Recorded> ahead(Collection<String> cases, Instant now) {
        return jdbc.sql("""
                        select case_code, label, explanation, recorded_at from deadline
                        where case_code = any(:cases) and due_at > :now order by case_code, id desc""")
                .param("cases", cases.toArray(String[]::new))
                .param("now", Timestamp.from(now))
                .query((row, number) ->
                        recorded(row.getString(1), row.getString(2), row.getString(3), row.getTimestamp(4)))
                .list();
    }

    /**
     * SQL for {@link #explain}, for whoever reads a row with a case and a date anyway; null when none was recorded.
     *
     * @param row the row's name in the query; it has the columns {@code case_code} and {@code due_at}
     */
    public static String explanationOf(String row) {
        return """
                (select l.explanation from deadline l
                  where l.case_code = %1$s.case_code and l.due_at = %1$s.due_at
                  order by l.id desc limit 1)""".formatted(row);
    }

    /** What {@link #explanationOf} selected. */
    public Deadline read(String explanation) {
        return json.readValue(explanation, Deadline.class);
    }

    /** Every deadline of the case in the order in which it was recorded. */
    @Transactional(readOnly = true)
    public List<Recorded> of(String caseCode) {
        return jdbc.sql("""
                        select case_code, label, explanation, recorded_at from deadline
                        where case_code = :case order by id""")
                .param("case", caseCode)
                .query((row, number) ->
                        recorded(row.getString(1), row.getString(2), row.getString(3), row.getTimestamp(4)))
                .list();
    }

    private Recorded recorded(String caseCode, String label, String explanation, Timestamp at) {
        return new Recorded(caseCode, label, read(explanation), at.toInstant());
    }

    static Instant asTheEngineKeepsIt(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }
}
