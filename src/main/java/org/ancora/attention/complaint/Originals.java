package org.ancora.attention.complaint;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.ancora.web.Problem;
import org.apache.tika.Tika;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The letters and e-mails as they came in, kept beside what was registered of them. */
@Component
class Originals {

    /** Bytes. */
    static final int LARGEST = 10 * 1024 * 1024;

    private static final int MOST = 20;
    private static final int LONGEST_NAME = 150;

    /** Scans, photographs and mails; nothing that runs anything of its own. */
    private static final Set<String> ALLOWED = Set.of(
            "application/pdf",
            "image/png",
            "image/jpeg",
            "text/plain",
            "message/rfc822",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.oasis.opendocument.text");

    private final Tika tika = new Tika();
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Originals(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** A file without its content. */
    public record Entry(long id, String name, int size) {}

    /** A file to be handed out. */
    record Content(String name, String mediaType, ByteArrayResource bytes) {}

    List<Entry> of(String number) {
        return jdbc.sql("select id, name, size from complaint_original where number = :number order by id")
                .param("number", number)
                .query((row, index) -> new Entry(row.getLong(1), row.getString(2), row.getInt(3)))
                .list();
    }

    Optional<Content> content(String number, long id) {
        return jdbc.sql("select name, media_type, content from complaint_original where number = :number and id = :id")
                .param("number", number)
                .param("id", id)
                .query((row, index) ->
                        new Content(row.getString(1), row.getString(2), new ByteArrayResource(row.getBytes(3))))
                .optional();
    }

    /**
     * Keeps a file.
     *
     * @param header its name as the browser sent it
     * @throws Problem 400 when it is empty, of a kind that is not kept, or not what its name says; 409 when there are too
     *     many; 413 when it is too large
     */
    @Transactional
    void add(Complaint complaint, String header, byte[] content, UserId by) {
        if (content.length > LARGEST) {
            throw new Problem(HttpStatus.CONTENT_TOO_LARGE, "complaint.original.large");
        }
        if (content.length == 0) {
            throw new Problem(HttpStatus.BAD_REQUEST, "complaint.original.empty");
        }
        String name = bare(header);
        String type = tika.detect(content, name);
        // A name that says something else than the content would open in another program than it was checked for.
        if (!ALLOWED.contains(type) || !type.equals(tika.detect(name))) {
            throw new Problem(HttpStatus.BAD_REQUEST, "complaint.original.kind");
        }
        if (isKept(complaint, name, content)) {
            return;
        }
        int added = jdbc.sql("""
                        insert into complaint_original (number, name, media_type, size, content, added_by, added_at)
                        select :number, :name, :type, :size, :content, :by, :now
                         where (select count(*) from complaint_original where number = :number) < :most
                        """)
                .param("number", complaint.number())
                .param("name", name)
                .param("type", type)
                .param("size", content.length)
                .param("content", content)
                .param("by", ComplaintRows.account(by))
                .param("now", ComplaintRows.at(clock.instant()))
                .param("most", MOST)
                .update();
        if (added == 0) {
            throw new Problem(HttpStatus.CONFLICT, "complaint.original.many");
        }
        events.publishEvent(Audited.ofCase("complaint.original-added", complaint.project(), complaint.number(), by));
    }

    /** Whether the very same was sent before: a button that is pressed twice attaches nothing more. */
    private boolean isKept(Complaint complaint, String name, byte[] content) {
        return jdbc.sql("""
                        select exists (select from complaint_original
                                        where number = :number and name = :name and size = :size and content = :content)
                        """)
                .param("number", complaint.number())
                .param("name", name)
                .param("size", content.length)
                .param("content", content)
                .query(Boolean.class)
                .single();
    }

    private static String bare(String header) {
        String name;
        try {
            name = URLDecoder.decode(header, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException forged) {
            throw new Problem(HttpStatus.BAD_REQUEST, "complaint.original.name");
        }
        String bare = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .replaceAll("\\p{Cntrl}", "")
                .strip();
        if (bare.isEmpty() || bare.startsWith(".") || bare.length() > LONGEST_NAME) {
            throw new Problem(HttpStatus.BAD_REQUEST, "complaint.original.name");
        }
        return bare;
    }
}
