package org.ancora.conduct;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.conduct.BoundaryRequest.FollowUp;
import org.ancora.conduct.BoundaryRequest.Kind;
import org.ancora.conduct.BoundaryRequest.Said;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables of boundary requests and of what follows from them. */
@Repository
class BoundaryRows {

    private static final String SELECT = """
            select r.*, a.name as asked_of_name, f.kind, f.words, f.asked_whom, f.decision, f.answer, f.settled_at,
                   f.settled_by, s.name as settled_by_name
              from boundary_request r
              join account a on a.id = r.asked_of
              left join boundary_follow_up f on f.request_id = r.id
              left join account s on s.id = f.settled_by
            """;

    private final JdbcClient jdbc;

    BoundaryRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Lets nobody else begin one on this case until the caller's transaction has ended. */
    void hold(String caseCode) {
        jdbc.sql("select id from case_file where code = :case for update")
                .param("case", caseCode)
                .query(Long.class)
                .single();
    }

    long insert(ProjectId project, String caseCode, UserId askedOf, Instant now) {
        return jdbc.sql("""
                        insert into boundary_request (project_id, case_code, asked_of, begun_at)
                        values (:project, :case, :askedOf, :now) returning id
                        """)
                .param("project", project.value())
                .param("case", caseCode)
                .param("askedOf", askedOf.value())
                .param("now", at(now))
                .query(Long.class)
                .single();
    }

    /** Keeps what was recorded; false when somebody recorded it before. */
    boolean record(long id, Said said, UserId by, Instant now) {
        return jdbc.sql("""
                        update boundary_request
                           set recorded_at = :now, recorded_by = :by, asked_on = :askedOn, channel = :channel,
                               asked = :asked, reason = :reason, policy = :policy, alternatives = :alternatives,
                               choice = :choice, consulted = :consulted, note = :note
                         where id = :id and recorded_at is null
                        """)
                        .param("id", id)
                        .param("now", at(now))
                        .param("by", by.value())
                        .param("askedOn", said.askedOn())
                        .param("channel", said.channel())
                        .param("asked", said.asked())
                        .param("reason", said.reason())
                        .param("policy", said.policy())
                        .param("alternatives", said.alternatives().toArray(String[]::new))
                        .param("choice", said.choice())
                        .param("consulted", said.consulted())
                        .param("note", said.note())
                        .update()
                > 0;
    }

    void insert(long request, Kind kind, String words, @Nullable UserId askedWhom) {
        jdbc.sql("""
                        insert into boundary_follow_up (request_id, kind, words, asked_whom)
                        values (:request, :kind, :words, :whom)
                        """)
                .param("request", request)
                .param("kind", kind.code())
                .param("words", words)
                .param("whom", askedWhom == null ? null : askedWhom.value())
                .update();
    }

    void settle(long request, Kind kind, String decision, String answer, UserId by, Instant now) {
        jdbc.sql("""
                        update boundary_follow_up
                           set decision = :decision, answer = :answer, settled_at = :now, settled_by = :by
                         where request_id = :request and kind = :kind
                        """)
                .param("request", request)
                .param("kind", kind.code())
                .param("decision", decision)
                .param("answer", answer)
                .param("by", by.value())
                .param("now", at(now))
                .update();
    }

    Optional<BoundaryRequest> find(long id) {
        return read(jdbc.sql(SELECT + " where r.id = :id order by f.kind").param("id", id)).stream()
                .findFirst();
    }

    /** The newest first, at most so many. */
    List<BoundaryRequest> ofCase(String caseCode, int most) {
        return read(jdbc.sql(SELECT + """
                         where r.case_code = :case
                           and r.id in (select id from boundary_request where case_code = :case
                                         order by id desc limit :most)
                         order by r.id desc, f.kind desc
                        """).param("case", caseCode).param("most", most));
    }

    /**
     * The request that this person began and did not record yet, since the case was opened or closed last.
     *
     * @param running the requests that a procedure follows
     */
    Optional<Long> open(String caseCode, UserId askedOf, Set<Long> running) {
        return jdbc.sql("""
                        select max(r.id) from boundary_request r join case_file c on c.code = r.case_code
                         where r.case_code = :case and r.asked_of = :person and r.recorded_at is null
                           and r.id = any(:running)
                           and r.begun_at >= all (select g.reopened_at from case_reopening g where g.case_id = c.id
                                                 union all
                                                 select c.closed_at where c.closed_at is not null)
                        """)
                .param("case", caseCode)
                .param("running", running.toArray(Long[]::new))
                .param("person", askedOf.value())
                .query((row, number) -> Optional.ofNullable(row.getObject(1, Long.class)))
                .single();
    }

    private static List<BoundaryRequest> read(JdbcClient.StatementSpec statement) {
        Map<Long, BoundaryRequest> found = new LinkedHashMap<>();
        Map<Long, List<FollowUp>> followUps = new LinkedHashMap<>();
        statement.query(row -> {
            long id = row.getLong("id");
            List<FollowUp> following = followUps.computeIfAbsent(id, any -> new ArrayList<>());
            if (row.getString("kind") != null) {
                following.add(followUp(row));
            }
            found.put(id, request(row, following));
        });
        return List.copyOf(found.values());
    }

    private static BoundaryRequest request(ResultSet row, List<FollowUp> followUps) throws SQLException {
        Date askedOn = row.getDate("asked_on");
        return new BoundaryRequest(
                row.getLong("id"),
                new ProjectId(row.getLong("project_id")),
                row.getString("case_code"),
                new UserId(row.getLong("asked_of")),
                row.getString("asked_of_name"),
                Objects.requireNonNull(instant(row, "begun_at")),
                askedOn == null
                        ? null
                        : new Said(
                                askedOn.toLocalDate(),
                                row.getString("channel"),
                                row.getString("asked"),
                                row.getString("reason"),
                                row.getString("policy"),
                                List.of((String[]) row.getArray("alternatives").getArray()),
                                row.getString("choice"),
                                row.getString("consulted"),
                                row.getString("note")),
                followUps);
    }

    private static FollowUp followUp(ResultSet row) throws SQLException {
        return new FollowUp(
                Kind.of(row.getString("kind")),
                row.getString("words"),
                user(row, "asked_whom"),
                row.getString("decision"),
                row.getString("answer"),
                instant(row, "settled_at"),
                user(row, "settled_by"),
                row.getString("settled_by_name"));
    }

    static @Nullable UserId user(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : new UserId(value);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
