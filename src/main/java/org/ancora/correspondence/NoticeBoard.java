package org.ancora.correspondence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables of notices. */
@Repository
class NoticeBoard {

    /** Badges stop counting here: "99+" says as much as 4,711. */
    static final int COUNTED = 100;

    /** A person learns nothing of what they must not see, also of what they were told before (J-R12). */
    private static final String BEYOND_WALLS =
            " and not exists (select 1 from wall w where w.account_id = notice.user_id and w.code = notice.case_code)";

    private static final String COLUMNS = "id, project_id, case_code, kind, arguments, urgent, created_at, read_at";

    private final JdbcClient jdbc;
    private final Clock clock;

    NoticeBoard(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Returns the new notice, or empty when the person has been told already */
    Optional<Notice> pin(UserId reader, NewNotice notice) {
        return jdbc.sql("""
                        insert into notice (user_id, project_id, case_code, kind, arguments, urgent, once_key, created_at)
                        values (:reader, :project, :caseCode, :kind, :arguments, :urgent, :key, :now)
                        on conflict (user_id, once_key) do nothing
                        returning\s""" + COLUMNS)
                .param("reader", reader.value())
                .param("project", notice.projectId().value())
                .param("caseCode", notice.caseCode())
                .param("kind", notice.kind())
                .param("arguments", notice.arguments().toArray(String[]::new))
                .param("urgent", notice.urgent())
                .param("key", notice.onceKey())
                .param("now", now())
                .query(NoticeBoard::notice)
                .optional();
    }

    /** The last, by the alphabet, of the keys that begin like this and under which somebody was told; empty without any. */
    Optional<String> lastKey(UserId reader, String beginning) {
        return jdbc.sql("""
                        select once_key from notice where user_id = :reader and starts_with(once_key, :beginning)
                         order by once_key desc limit 1
                        """)
                .param("reader", reader.value())
                .param("beginning", beginning)
                .query(String.class)
                .optional();
    }

    int unread(UserId reader) {
        return jdbc.sql("""
                        select count(*) from (
                            select 1 from notice where user_id = :reader and read_at is null %s limit :limit) counted
                        """.formatted(BEYOND_WALLS))
                .param("reader", reader.value())
                .param("limit", COUNTED)
                .query(Integer.class)
                .single();
    }

    /** The newest first; {@code before} is the id of the last one seen, null for the first page. */
    List<Notice> of(UserId reader, boolean unreadOnly, @Nullable Long before, int limit) {
        return jdbc.sql("select " + COLUMNS + " from notice where user_id = :reader and id < :before"
                        + (unreadOnly ? " and read_at is null" : "") + BEYOND_WALLS + " order by id desc limit :limit")
                .param("reader", reader.value())
                .param("before", before == null ? Long.MAX_VALUE : before)
                .param("limit", limit)
                .query(NoticeBoard::notice)
                .list();
    }

    Optional<Notice> find(UserId reader, long id) {
        return jdbc.sql("select " + COLUMNS + " from notice where user_id = :reader and id = :id" + BEYOND_WALLS)
                .param("reader", reader.value())
                .param("id", id)
                .query(NoticeBoard::notice)
                .optional();
    }

    void read(UserId reader, long id) {
        jdbc.sql("update notice set read_at = :now where user_id = :reader and id = :id and read_at is null")
                .param("now", now())
                .param("reader", reader.value())
                .param("id", id)
                .update();
    }

    void unread(UserId reader, long id) {
        jdbc.sql("update notice set read_at = null where user_id = :reader and id = :id")
                .param("reader", reader.value())
                .param("id", id)
                .update();
    }

    /** Up to the newest notice that the person had before them, so that none is read unseen. */
    void readAll(UserId reader, long upTo) {
        jdbc.sql("update notice set read_at = :now where user_id = :reader and id <= :upTo and read_at is null")
                .param("now", now())
                .param("reader", reader.value())
                .param("upTo", upTo)
                .update();
    }

    void mailed(UserId reader, List<Long> ids) {
        jdbc.sql("update notice set mailed_at = :now where user_id = :reader and id = any(:ids)")
                .param("now", now())
                .param("reader", reader.value())
                .param("ids", ids.toArray(Long[]::new))
                .update();
    }

    /** What a digest would hold: neither mailed nor read meanwhile. */
    List<Notice> forDigest(UserId reader) {
        return jdbc.sql("select " + COLUMNS
                        + " from notice where user_id = :reader and mailed_at is null and read_at is null"
                        + BEYOND_WALLS
                        + " order by id")
                .param("reader", reader.value())
                .query(NoticeBoard::notice)
                .list();
    }

    /**
     * Sees to it that a digest waits for this person.
     *
     * @return whether this call began it
     */
    boolean beginDigest(UserId reader, Instant due) {
        // The update changes nothing; it waits for a digest that is just being sent, which must not swallow this
        // notice.
        return jdbc.sql("""
                        insert into notice_digest (user_id, due_at) values (:reader, :due)
                        on conflict (user_id) do update set due_at = notice_digest.due_at
                        returning (xmax = 0) as begun
                        """)
                .param("reader", reader.value())
                .param("due", due.atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    void endDigest(UserId reader) {
        jdbc.sql("delete from notice_digest where user_id = :reader")
                .param("reader", reader.value())
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Notice notice(ResultSet row, int index) throws SQLException {
        OffsetDateTime read = row.getObject("read_at", OffsetDateTime.class);
        return new Notice(
                row.getLong("id"),
                new ProjectId(row.getLong("project_id")),
                row.getString("case_code"),
                row.getString("kind"),
                List.of((String[]) row.getArray("arguments").getArray()),
                row.getBoolean("urgent"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                read == null ? null : read.toInstant());
    }
}
