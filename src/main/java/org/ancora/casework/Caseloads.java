package org.ancora.casework;

import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.Hidden;
import org.ancora.access.ProjectId;
import org.ancora.access.Role;
import org.ancora.access.User;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.audit.Audited;
import org.ancora.network.ProjectChanged;
import org.ancora.network.Projects;
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
            "assignee = :worker and project_id = :project and status in ('assigned', 'in-progress')";

    private final JdbcClient jdbc;
    private final CaseFiles files;
    private final CaseRows rows;
    private final Users users;
    private final Projects projects;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Caseloads(
            JdbcClient jdbc,
            CaseFiles files,
            CaseRows rows,
            Users users,
            Projects projects,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.files = files;
        this.rows = rows;
        this.users = users;
        this.projects = projects;
        this.events = events;
        this.clock = clock;
    }

    /** Returns the load of each caseworker of a project, those with most room first. */
    @Transactional(readOnly = true)
    public List<Load> of(ProjectId project) {
        int standard = projects.get(project).settings().caseloadLimit();
        Map<UserId, int[]> counts = counts(project);
        return users.withRole(project, Role.CASEWORKER).stream()
                .map(user -> load(user, counts.getOrDefault(user.id(), new int[] {0, 0, -1}), standard))
                .sorted(Comparator.comparingInt((Load load) -> load.active() - load.limit())
                        .thenComparing(Load::name))
                .toList();
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
        if (file.status() == CaseStatus.IN_PROGRESS) {
            return true;
        }
        UserId worker = Objects.requireNonNull(file.assignee());
        ProjectId project = new ProjectId(file.projectId());
        lock(worker);
        boolean room = active(worker, project, Objects.requireNonNull(file.id())) < limit(worker, project);
        boolean waited = file.status() == CaseStatus.WAITING_FOR_CAPACITY;
        if (room && waited) {
            files.save(file.takenUp());
            tell("case.capacity-found", file, UserId.SYSTEM);
        } else if (!room && !waited) {
            files.save(file.waiting(clock.instant()));
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
            file = files.save(file.takenUp());
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

    /** Active cases, waiting cases and own limit (or -1) by worker. */
    private Map<UserId, int[]> counts(ProjectId project) {
        Map<UserId, int[]> counts = new HashMap<>();
        jdbc.sql("""
                        select w.worker, coalesce(c.active, 0) as active, coalesce(c.waiting, 0) as waiting,
                               coalesce(l.active_cases, -1) as own_limit
                          from (select account_id as worker from membership where project_id = :project and role = 'caseworker') w
                          left join (select assignee,
                                            count(*) filter (where status in ('assigned', 'in-progress')) as active,
                                            count(*) filter (where waiting_since is not null) as waiting
                                       from case_file
                                      where project_id = :project and status <> 'closed' and assignee is not null
                                      group by assignee) c on c.assignee = w.worker
                          left join caseload_limit l on l.project_id = :project and l.user_id = w.worker
                        """).param("project", project.value()).query(row -> {
            counts.put(
                    new UserId(row.getLong("worker")),
                    new int[] {row.getInt("active"), row.getInt("waiting"), row.getInt("own_limit")});
        });
        return counts;
    }

    private static Load load(User user, int[] counts, int standard) {
        return new Load(user.id(), user.name(), counts[0], counts[1], counts[2] < 0 ? standard : counts[2]);
    }

    private void tell(String action, CaseFile file, UserId by) {
        events.publishEvent(Audited.ofCase(action, new ProjectId(file.projectId()), file.code(), by));
    }
}
