package org.ancora.casework.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.ancora.web.Problem;
import org.apache.tika.Tika;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The documents that the people of a project share: procedures, blank forms, agreements (C145). Never files of a client. */
@Service
class ProjectFiles {

    /** Bytes. */
    static final int LARGEST = 10 * 1024 * 1024;

    private static final int MOST = 200;

    /** What opens in a viewer or an office program without running anything of its own. */
    private static final Set<String> ALLOWED = Set.of(
            "application/pdf",
            "image/png",
            "image/jpeg",
            "text/plain",
            "text/csv",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            "application/vnd.oasis.opendocument.text",
            "application/vnd.oasis.opendocument.spreadsheet",
            "application/vnd.oasis.opendocument.presentation");

    private final Tika tika = new Tika();
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ProjectFiles(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** A file without its content. */
    record Entry(
            long id,
            String name,
            String mediaType,
            int size,
            @Nullable String by,
            Instant at) {}

    /** A file to be handed out. */
    record Content(String name, String mediaType, ByteArrayResource bytes) {}

    /** The files of a project by name. */
    List<Entry> of(ProjectId project) {
        return jdbc.sql("""
                        select f.id, f.name, f.media_type, f.size, a.name as by_name, f.uploaded_at
                          from project_file f left join account a on a.id = f.uploaded_by
                         where f.project_id = :project and f.removed_at is null
                         order by lower(f.name), f.id
                        """)
                .param("project", project.value())
                .query(ProjectFiles::entry)
                .list();
    }

    Optional<Content> content(ProjectId project, long id) {
        return jdbc.sql("""
                        select name, media_type, content from project_file
                         where project_id = :project and id = :id and removed_at is null
                        """)
                .param("project", project.value())
                .param("id", id)
                .query((row, number) ->
                        new Content(row.getString(1), row.getString(2), new ByteArrayResource(row.getBytes(3))))
                .optional();
    }

    /**
     * Keeps a file.
     *
     * @param name without folders
     * @throws Problem 400 when it is empty, of a kind that is not kept, or not what its name says; 409 when there are too many
     */
    @Transactional
    void add(ProjectId project, String name, byte[] content, UserId by) {
        if (content.length == 0) {
            throw new Problem(HttpStatus.BAD_REQUEST, "files.empty");
        }
        String type = tika.detect(content, name);
        // A name that says something else than the content would open in another program than it was checked for.
        if (!ALLOWED.contains(type) || !type.equals(tika.detect(name))) {
            throw new Problem(HttpStatus.BAD_REQUEST, "files.kind");
        }
        int added = jdbc.sql("""
                        insert into project_file (project_id, name, media_type, size, content, uploaded_by, uploaded_at)
                        select :project, :name, :type, :size, :content, :by, :now
                         where (select count(*) from project_file
                                 where project_id = :project and removed_at is null) < :most
                        """)
                .param("project", project.value())
                .param("name", name)
                .param("type", type)
                .param("size", content.length)
                .param("content", content)
                .param("by", TeamRows.account(by))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("most", MOST)
                .update();
        if (added == 0) {
            throw new Problem(HttpStatus.CONFLICT, "files.many", MOST);
        }
        tell("project-file.added", project, by);
    }

    /** Takes a file away from everybody; its content goes too. */
    @Transactional
    void remove(ProjectId project, long id, UserId by) {
        int removed = jdbc.sql("""
                        update project_file set removed_at = :now, removed_by = :by, content = ''
                         where project_id = :project and id = :id and removed_at is null
                        """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("by", TeamRows.account(by))
                .param("project", project.value())
                .param("id", id)
                .update();
        if (removed > 0) {
            tell("project-file.removed", project, by);
        }
    }

    private void tell(String action, ProjectId project, UserId by) {
        events.publishEvent(new Audited(action, project, null, "project-file", null, by, Map.of()));
    }

    private static Entry entry(ResultSet row, int number) throws SQLException {
        return new Entry(
                row.getLong("id"),
                row.getString("name"),
                row.getString("media_type"),
                row.getInt("size"),
                row.getString("by_name"),
                Objects.requireNonNull(row.getObject("uploaded_at", OffsetDateTime.class))
                        .toInstant());
    }
}
