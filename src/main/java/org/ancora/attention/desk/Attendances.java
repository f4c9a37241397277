package org.ancora.attention.desk;

import static org.ancora.attention.desk.AttentionProcess.AUTHORITY;
import static org.ancora.attention.desk.AttentionProcess.COORDINATOR;
import static org.ancora.attention.desk.AttentionProcess.EMERGENCY;
import static org.ancora.attention.desk.AttentionProcess.WORKER;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.ancora.access.Hidden;
import org.ancora.access.OncePerPage;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.audit.Audited;
import org.ancora.network.Project;
import org.ancora.process.NotWaiting;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Visits and calls: who came, what became of them. */
@Service
class Attendances {

    private static final TypeReference<Map<String, Object>> ANSWERS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final Processes processes;
    private final OfficeHours hours;
    private final ApplicationEventPublisher events;
    private final JsonMapper json;
    private final Clock clock;

    Attendances(
            JdbcClient jdbc,
            Processes processes,
            OfficeHours hours,
            ApplicationEventPublisher events,
            JsonMapper json,
            Clock clock) {
        this.jdbc = jdbc;
        this.processes = processes;
        this.hours = hours;
        this.events = events;
        this.json = json;
        this.clock = clock;
    }

    /** A visitor at the door, or a caller on the line. */
    record Arrival(
            Attendance.Kind kind,
            Attendance.Who who,
            String reason,
            boolean authority,
            List<String> priorityGroups,
            boolean emergency,
            @Nullable UserId coordinator) {

        static Arrival call(Attendance.Who who, String reason) {
            return new Arrival(Attendance.Kind.CALL, who, reason, false, List.of(), false, null);
        }
    }

    /**
     * Writes somebody down and starts the procedure, once however often the same form is sent.
     *
     * @return the key of the visit or call, the same for the same request key and person
     */
    @Transactional
    String receive(UUID requestKey, Project project, Arrival arrival, UserId by) {
        boolean open = hours.isOpen(project.id());
        boolean visit = arrival.kind() == Attendance.Kind.VISIT;
        Attendance.State state = !visit
                ? Attendance.State.TALKING
                : open
                        ? Attendance.State.WAITING
                        : arrival.emergency() ? Attendance.State.AWAITING_AUTHORISATION : Attendance.State.COME_BACK;
        Optional<String> written = insert(requestKey, project, arrival, state, open, by);
        if (written.isEmpty()) {
            return earlier(requestKey, project, by);
        }
        String code = written.get();
        events.publishEvent(visit ? visitRegistered(project, code, by) : callTaken(project, code, by));
        Variables variables = visit
                ? Variables.of(EMERGENCY, arrival.emergency())
                        .and(AUTHORITY, arrival.authority())
                        .and(COORDINATOR, arrival.coordinator())
                : Variables.of(WORKER, by);
        processes.start(visit ? AttentionProcess.IN_PERSON : AttentionProcess.BY_PHONE, code, project.id(), variables);
        return code;
    }

    private static Audited visitRegistered(Project project, String code, UserId by) {
        return Audited.ofCase("visit.registered", project.id(), code, by);
    }

    private static Audited callTaken(Project project, String code, UserId by) {
        return Audited.ofCase("call.taken", project.id(), code, by);
    }

    /** The visit or call with this key, whoever asks. */
    Attendance byCode(String code) {
        return OncePerPage.read(
                "attention.attendance " + code, () -> find(code).orElseThrow(() -> new Hidden("attendance", code)));
    }

    /** As {@link #byCode}, for a page; hidden from whoever is complained about in it (J-R12). */
    Attendance byCode(String code, Viewer viewer) {
        return find(code)
                .filter(found -> viewer.may(Permission.READ_PETITIONS, found.project()) && !viewer.walledOff(code))
                .orElseThrow(() -> new Hidden("attendance", code));
    }

    private Optional<Attendance> find(String code) {
        return jdbc.sql("select * from attendance where code = :code")
                .param("code", code)
                .query(Attendances::attendance)
                .optional();
    }

    /** What had been filled in when the call was broken off. */
    Map<String, Object> answers(String code) {
        return jdbc.sql("select answers from attendance where code = :code")
                .param("code", code)
                .query(String.class)
                .optional()
                .map(text -> json.readValue(text, ANSWERS))
                .orElseGet(Map::of);
    }

    /** The same of a visit or call that was read already. */
    Map<String, Object> answers(Attendance attendance) {
        return json.readValue(attendance.answers(), ANSWERS);
    }

    /** The coordinator said that the visitor is attended now, or that they are to come back (J-R8). */
    @Transactional
    void decided(String code, boolean authorised, String note, UserId by) {
        jdbc.sql("""
                        update attendance set state = :state, decided_by = :by, decided_at = :now, decision_note = :note
                         where code = :code
                        """)
                .param("state", (authorised ? Attendance.State.WAITING : Attendance.State.REFUSED).code())
                .param("by", by.value())
                .param("now", now())
                .param("note", note)
                .param("code", code)
                .update();
    }

    /** The visitor was told when to come back. */
    @Transactional
    void sendAway(String code, Instant comeBackAt) {
        jdbc.sql("update attendance set come_back_at = :back, ended_at = :now where code = :code")
                .param("back", at(comeBackAt))
                .param("now", now())
                .param("code", code)
                .update();
    }

    /** The form was filled in; its answers stay for whoever prints it. */
    @Transactional
    void attended(String code, Map<String, Object> answers, UserId by) {
        end(code, Attendance.State.ATTENDED, answers, by);
    }

    /** The call led to nothing that could be registered. */
    @Transactional
    void given(String code, Attendance.State end, Map<String, Object> answers, UserId by) {
        end(code, end, answers, by);
    }

    private void end(String code, Attendance.State state, Map<String, Object> answers, UserId by) {
        jdbc.sql("""
                        update attendance
                           set state = :state, attended_by = :by, ended_at = :now, answers = cast(:answers as jsonb)
                         where code = :code
                        """)
                .param("state", state.code())
                .param("by", by.value())
                .param("now", now())
                .param("answers", json.writeValueAsString(answers))
                .param("code", code)
                .update();
    }

    /** An hour was agreed at which the person is called again (J67, J78). */
    @Transactional
    void promiseCall(
            String code, Attendance.Who who, Instant hour, String agreed, Map<String, Object> answers, UserId by) {
        Attendance before = byCode(code);
        jdbc.sql("""
                        update attendance
                           set state = 'call-back', call_back_at = :hour, agreed = :agreed, document = :document,
                               given_name = :given, family_name = :family, call_back_number = :number,
                               answers = cast(:answers as jsonb)
                         where code = :code
                        """)
                .param("hour", at(hour))
                .param("agreed", agreed)
                .param("document", who.document())
                .param("given", who.givenName())
                .param("family", who.familyName())
                .param("number", who.callBackNumber())
                .param("answers", json.writeValueAsString(answers))
                .param("code", code)
                .update();
        events.publishEvent(
                Audited.ofCase("call.promised", before.project(), code, by).with("hour", hour));
    }

    /**
     * The visitor went away before they were attended.
     *
     * @throws Problem 409 when they were attended meanwhile
     */
    @Transactional
    void left(Attendance visit, UserId by) {
        int ended =
                jdbc.sql("""
                        update attendance set state = 'left', ended_at = :now
                         where code = :code and ended_at is null and kind = 'visit'
                        """).param("now", now()).param("code", visit.code()).update();
        if (ended == 0) {
            throw new Problem(HttpStatus.CONFLICT, "desk.no-longer-waiting");
        }
        try {
            processes.correlate(AttentionProcess.VISITOR_LEFT, visit.code(), Variables.none());
        } catch (NotWaiting attended) {
            throw new Problem(HttpStatus.CONFLICT, "desk.no-longer-waiting");
        }
        events.publishEvent(Audited.ofCase("visit.left", visit.project(), visit.code(), by));
    }

    /** Its procedure was ended by hand: a visitor is not waited for any more, and a call led to nothing. */
    @Transactional
    void cancelled(String code) {
        jdbc.sql("""
                        update attendance set state = case kind when 'visit' then 'left' else 'nothing' end, ended_at = :now
                         where code = :code and ended_at is null
                        """).param("now", now()).param("code", code).update();
    }

    /**
     * Its procedure begins, and for the second time where it was over: then the visitor waits again, or the caller is on the
     * line. Nothing changes for whoever has just been written down.
     *
     * @param open whether the office is open now
     */
    @Transactional
    void begins(String code, boolean open) {
        jdbc.sql("""
                        update attendance
                           set state = case when kind = 'call' then 'talking'
                                            when :open then 'waiting'
                                            when emergency then 'awaiting-authorisation'
                                            else 'come-back' end,
                               within_hours = :open, come_back_at = null, ended_at = null
                         where code = :code and ended_at is not null
                        """).param("open", open).param("code", code).update();
    }

    private Optional<String> insert(
            UUID requestKey, Project project, Arrival arrival, Attendance.State state, boolean open, UserId by) {
        UserId coordinator = arrival.coordinator();
        Attendance.Who who = arrival.who();
        return jdbc.sql("""
                        insert into attendance (kind, request_key, project_id, state, document, given_name, family_name,
                                                district, province, region, reason, authority, priority_groups, emergency,
                                                within_hours, coordinator, call_back_number, began_at, received_by)
                        values (:kind, :key, :project, :state, :document, :given, :family, :district, :province, :region,
                                :reason, :authority, :priority, :emergency, :open, :coordinator, :number, :now, :by)
                        on conflict (request_key) do nothing
                        returning code
                        """)
                .param("kind", arrival.kind().code())
                .param("key", requestKey)
                .param("project", project.id().value())
                .param("state", state.code())
                .param("document", who.document())
                .param("given", who.givenName())
                .param("family", who.familyName())
                .param("district", who.district())
                .param("province", who.province())
                .param("region", who.region())
                .param("reason", arrival.reason())
                .param("authority", arrival.authority())
                .param("priority", arrival.priorityGroups().toArray(String[]::new))
                .param("emergency", arrival.emergency())
                .param("open", open)
                .param("coordinator", coordinator == null ? null : coordinator.value())
                .param("number", who.callBackNumber())
                .param("now", now())
                .param("by", by.value())
                .query(String.class)
                .optional();
    }

    /** What this person registered with this form in this project; nobody learns another's. */
    private String earlier(UUID requestKey, Project project, UserId by) {
        return jdbc.sql("""
                        select code from attendance
                         where request_key = :key and project_id = :project and received_by = :by
                        """)
                .param("key", requestKey)
                .param("project", project.id().value())
                .param("by", by.value())
                .query(String.class)
                .optional()
                .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "desk.stale"));
    }

    static Attendance attendance(ResultSet row, int number) throws SQLException {
        return new Attendance(
                row.getLong("id"),
                Attendance.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("code"),
                new ProjectId(row.getLong("project_id")),
                Attendance.State.of(row.getString("state")),
                new Attendance.Who(
                        row.getString("document"),
                        row.getString("given_name"),
                        row.getString("family_name"),
                        row.getString("district"),
                        row.getString("province"),
                        row.getString("region"),
                        row.getString("call_back_number")),
                row.getString("reason"),
                row.getBoolean("authority"),
                strings(row.getArray("priority_groups")),
                row.getBoolean("emergency"),
                row.getBoolean("within_hours"),
                instant(row, "come_back_at"),
                user(row, "coordinator"),
                user(row, "decided_by"),
                instant(row, "decided_at"),
                row.getString("decision_note"),
                instant(row, "call_back_at"),
                row.getString("agreed"),
                Objects.requireNonNull(instant(row, "began_at")),
                user(row, "received_by"),
                user(row, "attended_by"),
                instant(row, "ended_at"),
                row.getString("answers"));
    }

    private static List<String> strings(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static @Nullable UserId user(ResultSet row, String column) throws SQLException {
        long id = row.getLong(column);
        return row.wasNull() ? null : new UserId(id);
    }

    private OffsetDateTime now() {
        return at(clock.instant());
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
