package org.ancora.conduct;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.conduct.Incident.Entry;
import org.ancora.conduct.Incident.EntryKind;
import org.ancora.correspondence.NewNotice;
import org.ancora.correspondence.Notices;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What workers report in confidence: read by the supervisors of the project alone (B9, B-R3). Nobody else learns that there is
 * anything: it is in no list, search, count, export, log or notice that others see, and no task stands for it. Who read it is
 * kept beside it, for the same readers.
 */
@Service
class Incidents {

    /** Leads supervisors to the list: the notice itself says nothing. */
    static final String REPORTED = "incident-reported";

    private static final int SHOWN = 200;

    private static final String SELECT = """
            select i.*, r.case_code, r.asked, a.name as reported_by_name
              from incident i
              join boundary_request r on r.id = i.request_id
              join account a on a.id = i.reported_by
            """;

    private final JdbcClient jdbc;
    private final Notices notices;
    private final Clock clock;

    Incidents(JdbcClient jdbc, Notices notices, Clock clock) {
        this.jdbc = jdbc;
        this.notices = notices;
        this.clock = clock;
    }

    /** Keeps what somebody reports, in the transaction of the record that it came with. */
    @Transactional
    public void report(long request, ProjectId project, String words, UserId by) {
        jdbc.sql("""
                        insert into incident (project_id, request_id, reported_by, reported_at, words)
                        values (:project, :request, :by, :now, :words)
                        """)
                .param("project", project.value())
                .param("request", request)
                .param("by", by.value())
                .param("now", BoundaryRows.at(clock.instant()))
                .param("words", words)
                .update();
    }

    /**
     * Tells the supervisors where something was reported with this request. The notice names neither the case nor the worker,
     * since notices also travel by e-mail.
     */
    @Transactional
    public void passOn(long request) {
        jdbc.sql("select id, project_id from incident where request_id = :request")
                .param("request", request)
                .query((row, number) -> new NewNotice(
                        REPORTED,
                        new ProjectId(row.getLong("project_id")),
                        null,
                        List.of(),
                        true,
                        "incident/" + row.getLong("id")))
                .optional()
                .ifPresent(notice -> notices.tell(Role.SUPERVISOR, notice));
    }

    /** Those of the viewer's projects, open ones first, then the newest; one statement. Reading the list is no reading. */
    @Transactional(readOnly = true)
    public List<Incident> of(Viewer viewer) {
        Set<ProjectId> projects = viewer.projects(Permission.READ_INCIDENTS);
        return jdbc.sql(SELECT + """
                         where i.project_id = any(:projects)
                         order by i.settled_at is not null, i.id desc limit :most
                        """)
                .param("projects", ids(projects))
                .param("most", SHOWN)
                .query((row, number) -> incident(row, List.of()))
                .list();
    }

    /** How many are open in the viewer's projects; no statement for whoever may read none. */
    @Transactional(readOnly = true)
    public int open(Viewer viewer) {
        Set<ProjectId> projects = viewer.projects(Permission.READ_INCIDENTS);
        return projects.isEmpty()
                ? 0
                : jdbc.sql("select count(*) from incident where project_id = any(:projects) and settled_at is null")
                        .param("projects", ids(projects))
                        .query(Integer.class)
                        .single();
    }

    /**
     * One of them, shown to whoever has just written into it: their entry says already that they were there. Where it is not the
     * last one, somebody wrote meanwhile what they see now for the first time, and that is a reading.
     *
     * @throws Hidden as {@link #read}
     */
    @Transactional
    public Incident afterEntry(long id, Viewer viewer) {
        Incident found = find(id, viewer);
        List<Entry> entries = found.entries();
        Entry last = entries.isEmpty() ? null : entries.get(entries.size() - 1);
        return last != null && last.kind() != EntryKind.READ && last.by().equals(viewer.id())
                ? found
                : read(id, viewer);
    }

    /**
     * One of them; that it was read is kept.
     *
     * @throws Hidden when there is none with this id, or it is not for this viewer
     */
    @Transactional
    public Incident read(long id, Viewer viewer) {
        require(id, viewer);
        enter(id, EntryKind.READ, "", viewer);
        return find(id, viewer);
    }

    /**
     * Writes down what was done; {@code settled} says that nothing remains to be done.
     *
     * @throws Hidden as {@link #read}
     */
    @Transactional
    public void note(long id, String words, boolean settled, Viewer viewer) {
        require(id, viewer);
        enter(id, settled ? EntryKind.SETTLED : EntryKind.NOTE, words, viewer);
        if (settled) {
            jdbc.sql("update incident set settled_at = coalesce(settled_at, :now) where id = :id")
                    .param("id", id)
                    .param("now", BoundaryRows.at(clock.instant()))
                    .update();
        }
    }

    /** Something remains to be done after all. */
    @Transactional
    public void reopen(long id, Viewer viewer) {
        require(id, viewer);
        int opened = jdbc.sql("update incident set settled_at = null where id = :id and settled_at is not null")
                .param("id", id)
                .update();
        if (opened > 0) {
            enter(id, EntryKind.OPENED, "", viewer);
        }
    }

    private void require(long id, Viewer viewer) {
        find(id, viewer);
    }

    private Incident find(long id, Viewer viewer) {
        List<Entry> entries = new ArrayList<>();
        Incident found = jdbc.sql(SELECT + " where i.id = :id")
                .param("id", id)
                .query((row, number) -> incident(row, entries))
                .optional()
                .filter(incident -> viewer.may(Permission.READ_INCIDENTS, incident.project()))
                .orElseThrow(() -> new Hidden("incident", id));
        jdbc.sql("""
                        select e.kind, e.at, e.by_account, e.words, a.name from incident_entry e join account a on a.id = e.by_account
                         where e.incident_id = :id order by e.id
                        """).param("id", id).query(row -> {
            entries.add(new Entry(
                    EntryKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                    Objects.requireNonNull(BoundaryRows.instant(row, "at")),
                    new UserId(row.getLong("by_account")),
                    row.getString("name"),
                    row.getString("words")));
        });
        return found;
    }

    private void enter(long id, EntryKind kind, String words, Viewer viewer) {
        jdbc.sql("""
                        insert into incident_entry (incident_id, at, by_account, kind, words)
                        values (:id, :now, :by, :kind, :words)
                        """)
                .param("id", id)
                .param("now", BoundaryRows.at(clock.instant()))
                .param("by", viewer.id().value())
                .param("kind", kind.code())
                .param("words", words)
                .update();
    }

    private static Long[] ids(Set<ProjectId> projects) {
        return projects.stream().map(ProjectId::value).toArray(Long[]::new);
    }

    private static Incident incident(ResultSet row, List<Entry> entries) throws SQLException {
        return new Incident(
                row.getLong("id"),
                new ProjectId(row.getLong("project_id")),
                row.getLong("request_id"),
                row.getString("case_code"),
                row.getString("asked"),
                row.getString("reported_by_name"),
                Objects.requireNonNull(BoundaryRows.instant(row, "reported_at")),
                row.getString("words"),
                BoundaryRows.instant(row, "settled_at"),
                entries);
    }
}
