package org.ancora.casework.record;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ancora.access.UserId;
import org.ancora.casework.CaseId;
import org.ancora.casework.SearchText;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables of notes. */
@Repository
class NoteRows {

    private static final String SELECT = """
            select n.*, a.name as author_name, c.name as changed_by_name, w.name as withdrawn_by_name
              from case_note n
              join account a on a.id = n.author
              left join account c on c.id = n.changed_by
              left join account w on w.id = n.withdrawn_by
            """;

    private final JdbcClient jdbc;

    NoteRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The newest first.
     *
     * @param withdrawnOf whose own withdrawn notes are among them; null for everybody's
     * @param searched what the notes have to contain; null for all of them
     * @param before the id of the last note seen, null for the first page
     */
    List<Note> of(
            CaseId caseId, @Nullable UserId withdrawnOf, @Nullable String searched, @Nullable Long before, int limit) {
        Map<String, Object> params = new HashMap<>();
        params.put("case", caseId.value());
        params.put("before", before == null ? Long.MAX_VALUE : before);
        params.put("limit", limit);
        String where = " where n.case_id = :case and n.id < :before";
        if (withdrawnOf != null) {
            where += " and (n.withdrawn_at is null or n.author = :reader)";
            params.put("reader", withdrawnOf.value());
        }
        if (searched != null) {
            where += " and n.search_text like :searched";
            params.put("searched", SearchText.anywhere(searched));
        }
        return jdbc.sql(SELECT + where + " order by n.id desc limit :limit")
                .params(params)
                .query(NoteRows::note)
                .list();
    }

    Optional<Note> find(CaseId caseId, long id) {
        return jdbc.sql(SELECT + " where n.case_id = :case and n.id = :id")
                .param("case", caseId.value())
                .param("id", id)
                .query(NoteRows::note)
                .optional();
    }

    long insert(CaseId caseId, Note.Words words, UserId author, Instant now) {
        return jdbc.sql("""
                        insert into case_note (case_id, author, written_at, text, contact_on, next_step, search_text)
                        values (:case, :author, :now, :text, :contactOn, :nextStep, :searched)
                        returning id
                        """)
                .params(words(words))
                .param("case", caseId.value())
                .param("author", author.value())
                .param("now", Stamps.at(now))
                .query(Long.class)
                .single();
    }

    /** Puts other words in the place of those of {@code version}, which are kept; false when they stand no longer. */
    boolean change(Note note, int version, Note.Words words, UserId by, Instant now) {
        int changed = jdbc.sql("""
                        with old as (
                            select id, version, text, contact_on, next_step,
                                   coalesce(changed_by, author) as written_by, coalesce(changed_at, written_at) as written_at
                              from case_note where id = :id and version = :version and withdrawn_at is null
                               for no key update),
                        kept as (
                            insert into case_note_version
                                   (note_id, version, text, contact_on, next_step, written_by, written_at)
                            select id, version, text, contact_on, next_step, written_by, written_at from old)
                        update case_note n
                           set text = :text, contact_on = :contactOn, next_step = :nextStep, search_text = :searched,
                               changed_at = :now, changed_by = :by, version = n.version + 1
                          from old where n.id = old.id
                        """)
                .params(words(words))
                .param("id", note.id())
                .param("version", version)
                .param("now", Stamps.at(now))
                .param("by", by.value())
                .update();
        return changed > 0;
    }

    boolean withdraw(Note note, UserId by, Instant now) {
        return jdbc.sql("""
                        update case_note set withdrawn_at = :now, withdrawn_by = :by, version = version + 1
                         where id = :id and withdrawn_at is null
                        """)
                        .param("id", note.id())
                        .param("now", Stamps.at(now))
                        .param("by", by.value())
                        .update()
                > 0;
    }

    boolean restore(Note note) {
        return jdbc.sql("""
                        update case_note set withdrawn_at = null, withdrawn_by = null, version = version + 1
                         where id = :id and withdrawn_at is not null
                        """).param("id", note.id()).update() > 0;
    }

    /** What the note said before, the oldest first. */
    List<Note.Version> versions(Note note) {
        return jdbc.sql("""
                        select v.*, a.name from case_note_version v join account a on a.id = v.written_by
                         where v.note_id = :id order by v.version
                        """)
                .param("id", note.id())
                .query((row, number) -> new Note.Version(
                        row.getInt("version"),
                        words(row),
                        row.getString("name"),
                        Objects.requireNonNull(Stamps.instant(row, "written_at"))))
                .list();
    }

    private static Map<String, @Nullable Object> words(Note.Words words) {
        Map<String, @Nullable Object> params = new HashMap<>();
        params.put("text", words.text());
        params.put("contactOn", words.contactOn());
        params.put("nextStep", words.nextStep());
        params.put("searched", SearchText.of(words.text() + " " + words.nextStep()));
        return params;
    }

    private static Note.Words words(ResultSet row) throws SQLException {
        return new Note.Words(
                row.getString("text"), row.getObject("contact_on", LocalDate.class), row.getString("next_step"));
    }

    private static Note note(ResultSet row, int number) throws SQLException {
        return new Note(
                row.getLong("id"),
                new UserId(row.getLong("author")),
                row.getString("author_name"),
                Objects.requireNonNull(Stamps.instant(row, "written_at")),
                words(row),
                Stamps.instant(row, "changed_at"),
                row.getString("changed_by_name"),
                Stamps.instant(row, "withdrawn_at"),
                row.getString("withdrawn_by_name"),
                row.getInt("version"));
    }
}
