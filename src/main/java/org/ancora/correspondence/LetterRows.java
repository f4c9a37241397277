package org.ancora.correspondence;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.casework.Channel;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of letters; the database itself refuses to change one. */
@Repository
class LetterRows {

    private final JdbcClient jdbc;
    private final Clock clock;

    LetterRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A letter as it was sent, without its PDF. */
    record Kept(
            LetterId id,
            ProjectId projectId,
            String caseCode,
            String kind,
            Locale language,
            Channel channel,
            String recipientName,
            String address,
            String title,
            String html,
            Instant createdAt) {}

    LetterId insert(ProjectId project, NewLetter letter, Recipient recipient, LetterText words, byte[] pdf) {
        UserId by = letter.by();
        return new LetterId(jdbc.sql("""
                        insert into letter (project_id, case_code, folder, kind, language, channel, recipient,
                                            recipient_name, address, title, html, pdf, created_at, created_by)
                        values (:project, :caseCode, :folder, :kind, :language, :channel, :recipient,
                                :recipientName, :address, :title, :html, :pdf, :now, :by)
                        returning id
                        """)
                .param("project", project.value())
                .param("caseCode", letter.caseCode())
                .param("folder", letter.kind().folder())
                .param("kind", letter.kind().name())
                .param("language", recipient.language().getLanguage())
                .param("channel", letter.channel().code())
                .param("recipient", letter.recipient().code())
                .param("recipientName", recipient.name())
                .param("address", recipient.address())
                .param("title", words.title())
                .param("html", words.html())
                .param("pdf", pdf)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("by", by == null || by.equals(UserId.SYSTEM) ? null : by.value())
                .query(Long.class)
                .single());
    }

    Optional<Kept> find(LetterId id) {
        return jdbc.sql("""
                        select id, project_id, case_code, kind, language, channel, recipient_name, address, title, html,
                               created_at
                          from letter where id = :id
                        """)
                .param("id", id.value())
                .query((row, index) -> new Kept(
                        id,
                        new ProjectId(row.getLong("project_id")),
                        row.getString("case_code"),
                        row.getString("kind"),
                        Locale.forLanguageTag(row.getString("language")),
                        Channel.of(row.getString("channel")),
                        row.getString("recipient_name"),
                        row.getString("address"),
                        row.getString("title"),
                        row.getString("html"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    byte[] pdf(LetterId id) {
        return jdbc.sql("select pdf from letter where id = :id")
                .param("id", id.value())
                .query((row, index) -> row.getBytes("pdf"))
                .single();
    }

    /** The letter that was sent under this key, with its message. */
    Optional<SentLetter> sent(String onceKey) {
        return jdbc.sql("select id, letter_id from message where once_key = :key")
                .param("key", onceKey)
                .query((row, index) -> new SentLetter(
                        new MessageId(row.getLong("id")), letter(row.getObject("letter_id", Long.class))))
                .optional();
    }

    List<LetterId> unposted(String caseCode) {
        return jdbc.sql("""
                        select letter_id from message
                         where case_code = :code and channel = 'post' and state in ('queued', 'printed') order by id
                        """)
                .param("code", caseCode)
                .query((row, index) -> new LetterId(row.getLong("letter_id")))
                .list();
    }

    List<LetterId> unposted(String caseCode, LetterKind kind) {
        return jdbc.sql("""
                        select m.letter_id from message m join letter l on l.id = m.letter_id
                         where m.case_code = :code and m.channel = 'post' and m.state in ('queued', 'printed')
                           and l.folder = :folder and l.kind = :kind
                         order by m.id
                        """)
                .param("code", caseCode)
                .param("folder", kind.folder())
                .param("kind", kind.name())
                .query((row, index) -> new LetterId(row.getLong("letter_id")))
                .list();
    }

    private static @Nullable LetterId letter(@Nullable Long id) {
        return id == null ? null : new LetterId(id);
    }
}
