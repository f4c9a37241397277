package org.ancora.correspondence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.ancora.casework.Channel;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of messages: inserted once, and moved from state to state only by whoever knows the state they leave. */
@Repository
class Outbox {

    private static final String SUMMARY = """
            select m.id, m.project_id, m.case_code, m.kind, m.channel, m.recipient, m.recipient_name, m.address,
                   coalesce(m.subject, l.title) as subject, m.letter_id, m.created_at, m.process_id,
                   m.state, m.attempts, m.state_at, m.state_by, m.detail
              from message m left join letter l on l.id = m.letter_id
            """;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    Outbox(JdbcClient jdbc, Clock clock, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
    }

    /** What is put into the outbox; for paper the address is the postal one and the text that of the letter. */
    record Entry(
            String kind,
            @Nullable String caseCode,
            ProjectId projectId,
            Channel channel,
            RecipientKind recipient,
            @Nullable String recipientName,
            String address,
            @Nullable String subject,
            String text,
            @Nullable String html,
            Locale language,
            @Nullable LetterId letter,
            String onceKey,
            String mailDomain,
            @Nullable UserId by) {}

    /** Returns the new message, or empty if one with the same key is there already */
    Optional<MessageId> insert(Entry entry) {
        Optional<MessageId> id = jdbc.sql("""
                        insert into message (project_id, case_code, kind, channel, recipient, recipient_name, address,
                                             subject, body_text, body_html, language, letter_id, once_key, mail_id,
                                             created_at, created_by, state)
                        values (:project, :caseCode, :kind, :channel, :recipient, :recipientName, :address,
                                :subject, :text, :html, :language, :letter, :onceKey, :mailId, :now, :by, 'queued')
                        on conflict (once_key) do nothing
                        returning id
                        """)
                .param("project", entry.projectId().value())
                .param("caseCode", entry.caseCode())
                .param("kind", entry.kind())
                .param("channel", entry.channel().code())
                .param("recipient", entry.recipient().code())
                .param("recipientName", entry.recipientName())
                .param("address", entry.address())
                .param("subject", entry.subject())
                .param("text", entry.text())
                .param("html", entry.html())
                .param("language", entry.language().getLanguage())
                .param("letter", entry.letter() == null ? null : entry.letter().value())
                .param("onceKey", entry.onceKey())
                .param("mailId", "<" + UUID.randomUUID() + "@" + entry.mailDomain() + ">")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("by", account(entry.by()))
                .query(Long.class)
                .optional()
                .map(MessageId::new);
        id.filter(inserted -> entry.recipient() != RecipientKind.STAFF)
                .ifPresent(inserted -> tell(
                        entry.projectId(),
                        entry.caseCode(),
                        inserted,
                        "queued",
                        entry.kind(),
                        entry.channel(),
                        entry.by()));
        return id;
    }

    void deliveredBy(MessageId id, String process) {
        jdbc.sql("update message set process_id = :process where id = :id")
                .param("process", process)
                .param("id", id.value())
                .update();
    }

    MessageId withKey(String onceKey) {
        return new MessageId(jdbc.sql("select id from message where once_key = :key")
                .param("key", onceKey)
                .query(Long.class)
                .single());
    }

    StoredMessage message(MessageId id) {
        return jdbc.sql("""
                        select id, project_id, case_code, kind, channel, address, subject, body_text, body_html,
                               language, mail_id, created_at
                          from message where id = :id
                        """)
                .param("id", id.value())
                .query((row, index) -> new StoredMessage(
                        id,
                        new ProjectId(row.getLong("project_id")),
                        row.getString("case_code"),
                        row.getString("kind"),
                        Channel.of(row.getString("channel")),
                        row.getString("address"),
                        row.getString("subject"),
                        row.getString("body_text"),
                        row.getString("body_html"),
                        Locale.forLanguageTag(row.getString("language")),
                        row.getString("mail_id"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .single();
    }

    Delivery delivery(MessageId id) {
        return jdbc.sql("select state, attempts, state_at, state_by, detail from message where id = :id")
                .param("id", id.value())
                .query((row, index) -> Delivery.of(
                        MessageState.of(row.getString("state")),
                        row.getInt("attempts"),
                        instant(row, "state_at"),
                        person(row),
                        row.getString("detail")))
                .single();
    }

    /** Returns whether the message was still in the state left; false when somebody else has moved it meanwhile */
    boolean move(MessageId id, Delivery from, Delivery to) {
        Optional<Moved> moved = jdbc.sql("""
                        update message
                           set state = :to, attempts = :attempts, state_at = :at, state_by = :by, detail = :detail,
                               body_text = case when kind = :secret and :to = 'sent' then '' else body_text end,
                               body_html = case when kind = :secret and :to = 'sent' then null else body_html end
                         where id = :id and state = :from and attempts = :attemptsBefore
                        returning project_id, case_code, kind, channel, recipient
                        """)
                .param("to", to.state().code())
                .param("secret", SetUpMail.KIND)
                .param("attempts", to.attempts())
                .param("at", to.at() == null ? null : to.at().atOffset(ZoneOffset.UTC))
                .param("by", account(to.by()))
                .param("detail", to.detail())
                .param("id", id.value())
                .param("from", from.state().code())
                .param("attemptsBefore", from.attempts())
                .query((row, index) -> new Moved(
                        new ProjectId(row.getLong("project_id")),
                        row.getString("case_code"),
                        row.getString("kind"),
                        Channel.of(row.getString("channel")),
                        row.getString("recipient").equals(RecipientKind.STAFF.code())))
                .optional();
        // The log of a case says what was written to client and source; colleagues' notices would drown it.
        moved.filter(message -> !(to instanceof Delivery.Sending) && !message.toStaff)
                .ifPresent(message -> tell(
                        message.project, message.caseCode, id, word(from, to), message.kind, message.channel, to.by()));
        return moved.isPresent();
    }

    /** What was written to the client and the referral source; notices to staff are not the case's letters. */
    List<MessageRow> ofCase(String caseCode) {
        return jdbc.sql(SUMMARY + " where m.case_code = :code and m.recipient <> 'staff' order by m.id desc limit 200")
                .param("code", caseCode)
                .query(Outbox::row)
                .list();
    }

    Optional<MessageRow> find(MessageId id) {
        return jdbc.sql(SUMMARY + " where m.id = :id")
                .param("id", id.value())
                .query(Outbox::row)
                .optional();
    }

    Optional<MessageRow> ofLetter(LetterId letter) {
        return jdbc.sql(SUMMARY + " where m.letter_id = :letter")
                .param("letter", letter.value())
                .query(Outbox::row)
                .optional();
    }

    /** Paper that waits, the oldest first, and what went out since an instant, so that a slip can be undone. */
    List<MessageRow> paper(ProjectId[] projects, Instant postedSince) {
        return jdbc.sql(SUMMARY + """
                         where m.channel = 'post' and m.project_id = any(:projects)
                           and (m.state in ('queued', 'printed') or (m.state = 'posted' and m.state_at >= :since))
                         order by m.id limit 500
                        """)
                .param(
                        "projects",
                        List.of(projects).stream().map(ProjectId::value).toArray(Long[]::new))
                .param("since", postedSince.atOffset(ZoneOffset.UTC))
                .query(Outbox::row)
                .list();
    }

    /** Whether anything written on paper has not gone out. */
    boolean hasPaper(ProjectId project) {
        return jdbc.sql("""
                        select exists (select 1 from message m
                                        where m.channel = 'post' and m.project_id = :project
                                          and m.state in ('queued', 'printed'))
                        """)
                .param("project", project.value())
                .query(Boolean.class)
                .single();
    }

    /**
     * What was written on paper and has not gone out, without what the reader must not know of (J-R12).
     *
     * @param until exclusive
     */
    WaitingPaper.Lying lying(ProjectId project, Instant until, UserId reader) {
        return jdbc.sql("""
                        select count(*) as letters, min(m.created_at) as oldest, max(m.created_at) as newest from message m
                         where m.channel = 'post' and m.project_id = :project and m.state in ('queued', 'printed')
                           and m.created_at < :until
                           and not exists (select 1 from wall w where w.account_id = :reader and w.code = m.case_code)
                        """)
                .param("project", project.value())
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("reader", reader.value())
                .query((row, index) ->
                        new WaitingPaper.Lying(row.getInt("letters"), instant(row, "oldest"), instant(row, "newest")))
                .single();
    }

    /** A summary before anybody asked the engine for the next try. */
    record MessageRow(MessageSummary summary, @Nullable String process) {}

    private record Moved(ProjectId project, @Nullable String caseCode, String kind, Channel channel, boolean toStaff) {}

    private static String word(Delivery from, Delivery to) {
        if (from instanceof Delivery.Sending && to instanceof Delivery.Failed) {
            return "undeliverable";
        }
        if (to instanceof Delivery.Queued) {
            return from instanceof Delivery.Sending ? "refused" : "again";
        }
        return from instanceof Delivery.Posted ? "post-undone" : to.state().code();
    }

    private void tell(
            ProjectId project,
            @Nullable String caseCode,
            MessageId id,
            String word,
            String kind,
            Channel channel,
            @Nullable UserId by) {
        events.publishEvent(new Audited(
                "message." + word,
                project,
                caseCode,
                "message",
                id.toString(),
                by,
                Map.of("message", kind, "channel", channel.code())));
    }

    private static MessageRow row(ResultSet row, int index) throws SQLException {
        long letter = row.getLong("letter_id");
        LetterId letterId = row.wasNull() ? null : new LetterId(letter);
        return new MessageRow(
                new MessageSummary(
                        new MessageId(row.getLong("id")),
                        new ProjectId(row.getLong("project_id")),
                        row.getString("case_code"),
                        row.getString("kind"),
                        Channel.of(row.getString("channel")),
                        row.getString("recipient"),
                        row.getString("recipient_name"),
                        row.getString("address"),
                        row.getString("subject"),
                        letterId,
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        MessageState.of(row.getString("state")),
                        row.getInt("attempts"),
                        instant(row, "state_at"),
                        person(row),
                        row.getString("detail"),
                        null),
                row.getString("process_id"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static @Nullable UserId person(ResultSet row) throws SQLException {
        long by = row.getLong("state_by");
        return row.wasNull() ? null : new UserId(by);
    }

    private static @Nullable Long account(@Nullable UserId by) {
        return by == null || by.equals(UserId.SYSTEM) ? null : by.value();
    }
}
