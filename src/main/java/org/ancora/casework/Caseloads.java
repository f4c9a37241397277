package org.ancora.casework;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ancora.access.Hidden;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.ancora.network.CaseStatus;
import org.ancora.network.ProjectChanged;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * How many cases each caseworker carries, and whether one more fits (A6, A-R1). Cases that wait for room are no load; each
 * case weighs the same.
 */
@Service
public class Caseloads {

    private static final String LOAD =
            "assignee = :worker and project_id = :project and status in ('assigned', 'in-progress', 'pending')";

    private static final String LOADS = """
            select a.id, a.name, coalesce(l.active_cases, p.caseload_limit) as active_limit,
                   (select count(*) from case_file c
                     where c.assignee = a.id and c.project_id = p.id
                       and c.status in ('assigned', 'in-progress', 'pending')) as active,
                   (select count(*) from case_file c
                     where c.assignee = a.id and c.project_id = p.id and c.waiting_since is not null) as waiting
              from account a
              join project p on p.id = :project
              left join caseload_limit l on l.project_id = p.id and l.user_id = a.id
            """;

    private final JdbcClient jdbc;
    private final CaseFiles files;
    private final StatusMoves moves;
    private final CaseRows rows;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Caseloads(
            JdbcClient jdbc,
            CaseFiles files,
            StatusMoves moves,
            CaseRows rows,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.files = files;
        this.moves = moves;
        this.rows = rows;
        this.events = events;
        this.clock = clock;
    }

    /** Returns the load of each caseworker of a project, those with most room first. */
    public List<Load> of(ProjectId project) {
        return jdbc.sql(LOADS + """
                         where a.active and a.id in (select m.account_id from membership m
                                                      where m.project_id = :project and m.role = 'caseworker')
                        """).param("project", project.value()).query(Caseloads::load).list().stream()
                .sorted(Comparator.comparingInt((Load load) -> load.active() - load.limit())
                        .thenComparing(Load::name))
                .toList();
    }

    /** Returns the load of one person in a project, caseworker there or not; nothing when either does not exist. */
    public Optional<Load> of(UserId worker, ProjectId project) {
        return jdbc.sql(LOADS + " where a.id = :worker")
                .param("worker", worker.value())
                .param("project", project.value())
                .query(Caseloads::load)
                .optional();
    }

    /** Returns whether a worker has room for one case more than they carry now. */
    public boolean hasRoom(UserId worker, ProjectId project) {
        return active(worker, project, 0) < limit(worker, project);
    }

    /** Returns the cases that wait for a worker's room, the one that waits longest first. */
    public List<CaseSummary> waiting(UserId worker, ProjectId project) {
        return rows.waiting(worker, project);
    }

    /**
     * Lets an assigned case start if its worker has room for it, and makes it wait otherwise; a case that waits keeps its
     * place in the queue. Two cases that ask at once never share the last place.
     *
     * @return whether there was room; always so for a client who is in service already
     * @throws IllegalStateException when nobody is assigned
     * @throws CaseIsClosed when the case is closed
     */
    @Transactional
    public boolean takeUp(String code) {
        CaseFile file = assigned(code);
        if (file.status() == CaseStatus.IN_PROGRESS || file.status() == CaseStatus.PENDING) {
            return true;
        }
        UserId worker = Objects.requireNonNull(file.assignee());
        ProjectId project = new ProjectId(file.projectId());
        lock(worker);
        boolean room = active(worker, project, Objects.requireNonNull(file.id())) < limit(worker, project);
        boolean waited = file.status() == CaseStatus.WAITING_FOR_CAPACITY;
        if (room && waited) {
            moves.save(file, file.takenUp(), UserId.SYSTEM);
            tell("case.capacity-found", file, UserId.SYSTEM);
        } else if (!room && !waited) {
            moves.save(file, file.waiting(clock.instant()), UserId.SYSTEM);
            tell("case.waiting-for-capacity", file, UserId.SYSTEM);
        }
        return room;
    }

    /**
     * Lets a case start although its worker has no room: a supervisor's decision (A-R1).
     *
     * @param reason why; kept with the case
     * @throws IllegalStateException when nobody is assigned
     * @throws CaseIsClosed when the case is closed
     */
    @Transactional
    public void override(String code, UserId by, String reason) {
        CaseFile file = assigned(code);
        if (file.status() == CaseStatus.WAITING_FOR_CAPACITY) {
            file = moves.save(file, file.takenUp(), by);
        }
        rows.noteAssignment(
                new CaseId(Objects.requireNonNull(file.id())),
                "capacity-overridden",
                Objects.requireNonNull(file.assignee()),
                by,
                clock.instant(),
                reason.strip());
        tell("case.capacity-overridden", file, by);
    }

    /**
     * Changes a worker's own limit in a project, unless somebody else changed it since it was shown.
     *
     * @param shown what was shown: the worker's own limit, or null for the project's
     * @param activeCases 0 or more; null leaves the worker the project's limit
     * @return whether it was changed; otherwise somebody else was quicker and nothing is touched
     */
    @Transactional
    public boolean changeLimit(
            UserId worker, ProjectId project, @Nullable Integer shown, @Nullable Integer activeCases, UserId by) {
        if (!Objects.equals(shown, ownLimitLocked(worker, project))) {
            return false;
        }
        if (activeCases == null) {
            dropLimit(worker, project, by);
        } else {
            setLimit(worker, project, activeCases, by);
        }
        return true;
    }

    /** The own limit where it differs from the project's; whoever else changes a limit of the project waits. */
    private @Nullable Integer ownLimitLocked(UserId worker, ProjectId project) {
        int usual = jdbc.sql("select caseload_limit from project where id = :project for no key update")
                .param("project", project.value())
                .query(Integer.class)
                .single();
        return jdbc.sql("select active_cases from caseload_limit where project_id = :project and user_id = :worker")
                .param("project", project.value())
                .param("worker", worker.value())
                .query(Integer.class)
                .optional()
                .filter(own -> own != usual)
                .orElse(null);
    }

    /**
     * Gives a worker a limit of their own in a project.
     *
     * @param activeCases 0 or more
     */
    @Transactional
    public void setLimit(UserId worker, ProjectId project, int activeCases, UserId by) {
        jdbc.sql("""
                        insert into caseload_limit (project_id, user_id, active_cases) values (:project, :worker, :limit)
                        on conflict (project_id, user_id) do update set active_cases = excluded.active_cases
                        """)
                .param("project", project.value())
                .param("worker", worker.value())
                .param("limit", activeCases)
                .update();
        events.publishEvent(new Audited("caseload.limit-set", project, null, "account", worker.toString(), by, Map.of())
                .with("limit", activeCases));
        events.publishEvent(new CapacityChanged(worker, project));
    }

    /** Leaves a worker the project's limit again. */
    @Transactional
    public void dropLimit(UserId worker, ProjectId project, UserId by) {
        int dropped = jdbc.sql("delete from caseload_limit where project_id = :project and user_id = :worker")
                .param("project", project.value())
                .param("worker", worker.value())
                .update();
        if (dropped > 0) {
            events.publishEvent(
                    new Audited("caseload.limit-dropped", project, null, "account", worker.toString(), by, Map.of()));
            events.publishEvent(new CapacityChanged(worker, project));
        }
    }

    /** A project's own limit may have been raised: whoever has cases waiting may have room now. */
    @EventListener
    void on(ProjectChanged change) {
        jdbc.sql("""
                        select distinct assignee from case_file
                         where project_id = :project and waiting_since is not null and assignee is not null
                        """)
                .param("project", change.project().value())
                .query(Long.class)
                .list()
                .forEach(worker -> events.publishEvent(new CapacityChanged(new UserId(worker), change.project())));
    }

    private CaseFile assigned(String code) {
        CaseFile file = files.findByCode(code).orElseThrow(() -> new Hidden("case", code));
        if (file.isClosed()) {
            throw new CaseIsClosed(code);
        }
        if (file.assignee() == null) {
            throw new IllegalStateException("case %s is assigned to nobody".formatted(code));
        }
        return file;
    }

    /** Whoever takes a place in a worker's caseload waits here for whoever took one before to commit. */
    private void lock(UserId worker) {
        jdbc.sql("select id from account where id = :worker for no key update")
                .param("worker", worker.value())
                .query(Long.class)
                .single();
    }

    private int active(UserId worker, ProjectId project, long without) {
        return jdbc.sql("select count(*) from case_file where " + LOAD + " and id <> :without")
                .param("worker", worker.value())
                .param("project", project.value())
                .param("without", without)
                .query(Integer.class)
                .single();
    }

    private int limit(UserId worker, ProjectId project) {
        return jdbc.sql("""
                        select coalesce(l.active_cases, p.caseload_limit)
                          from project p
                          left join caseload_limit l on l.project_id = p.id and l.user_id = :worker
                         where p.id = :project
                        """)
                .param("worker", worker.value())
                .param("project", project.value())
                .query(Integer.class)
                .optional()
                .orElseThrow(() -> new Hidden("project", project));
    }

    private static Load load(ResultSet row, int number) throws SQLException {
        return new Load(
                new UserId(row.getLong("id")),
                row.getString("name"),
                row.getInt("active"),
                row.getInt("waiting"),
                row.getInt("active_limit"));
    }

    private void tell(String action, CaseFile file, UserId by) {
        events.publishEvent(Audited.ofCase(action, new ProjectId(file.projectId()), file.code(), by));
    }
}
