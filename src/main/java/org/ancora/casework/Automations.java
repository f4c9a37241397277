package org.ancora.casework;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.audit.Audited;
import org.ancora.network.Projects;
import org.ancora.network.StatusId;
import org.ancora.network.Statuses;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes of status that start a procedure, and procedures that set a status (C52). The activity log of the case names the
 * procedure each time.
 */
@Service
public class Automations {

    /** Two automations that lead back to one another would never end: this often an hour, then no more. */
    private static final int AN_HOUR = 10;

    private final JdbcClient jdbc;
    private final Cases cases;
    private final Statuses statuses;
    private final Projects projects;
    private final Processes processes;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Automations(
            JdbcClient jdbc,
            Cases cases,
            Statuses statuses,
            Projects projects,
            Processes processes,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.statuses = statuses;
        this.projects = projects;
        this.processes = processes;
        this.events = events;
        this.clock = clock;
    }

    /** A status that starts a procedure when a case is given it. */
    public record Start(StatusId status, String process) {}

    /** Returns which statuses of a project start which procedures. */
    public List<Start> of(ProjectId project) {
        return jdbc.sql("select status_id, process_key from status_automation where project_id = :project")
                .param("project", project.value())
                .query((row, number) -> new Start(new StatusId(row.getLong("status_id")), row.getString("process_key")))
                .list();
    }

    /**
     * Replaces which statuses of a project start which procedures.
     *
     * @param version of the project's row, as the person saw it
     * @throws org.springframework.dao.OptimisticLockingFailureException when somebody changed the project meanwhile
     */
    @Transactional
    public void set(ProjectId project, Set<Start> starts, int version, UserId by) {
        projects.claim(project, version);
        jdbc.sql("delete from status_automation where project_id = :project")
                .param("project", project.value())
                .update();
        for (Start start : starts) {
            jdbc.sql("""
                            insert into status_automation (project_id, status_id, process_key)
                            values (:project, :status, :process)
                            """)
                    .param("project", project.value())
                    .param("status", start.status().value())
                    .param("process", start.process())
                    .update();
        }
        events.publishEvent(
                new Audited("project.automations-changed", project, null, "project", project.toString(), by, Map.of())
                        .with("count", starts.size()));
    }

    /** Gives a case a status by its key, for a procedure that says so in its diagram. */
    @Transactional
    void setStatus(String code, String process, String key, String reason) {
        CaseSummary caseFile = cases.byCode(code);
        StatusId status = statuses.flow(caseFile.project())
                .find(key)
                .orElseThrow(() -> new IllegalStateException("project " + caseFile.project() + " has no status " + key))
                .id();
        events.publishEvent(Audited.ofCase("case.automation-set", caseFile.project(), code, UserId.SYSTEM)
                .with("process", process)
                .with("status", key));
        cases.changeStatus(code, null, status, reason.isEmpty() ? null : reason, "", Viewer.system());
    }

    @EventListener
    void on(CaseStatusChanged changed) {
        List<String> started = jdbc.sql("select process_key from status_automation where status_id = :status")
                .param("status", changed.to().value())
                .query(String.class)
                .list();
        if (started.isEmpty()) {
            return;
        }
        Set<String> deployed = processes.startedByStatus();
        for (String process : started) {
            if (!deployed.contains(process)) {
                continue;
            }
            boolean fine = countedStarts(changed.code(), process) < AN_HOUR;
            String action = fine ? "case.automation-started" : "case.automation-stopped";
            events.publishEvent(Audited.ofCase(action, changed.project(), changed.code(), UserId.SYSTEM)
                    .with("process", process));
            if (fine) {
                processes.start(process, changed.code(), changed.project(), Variables.none());
            }
        }
    }

    private int countedStarts(String code, String process) {
        int before = jdbc.sql("""
                        select count(*) from status_automation_run
                         where case_code = :code and process_key = :process and started_at > :since
                        """)
                .param("code", code)
                .param("process", process)
                .param("since", clock.instant().minus(Duration.ofHours(1)).atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
        jdbc.sql(
                        "insert into status_automation_run (case_code, process_key, started_at) values (:code, :process, :now)")
                .param("code", code)
                .param("process", process)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return before;
    }
}
