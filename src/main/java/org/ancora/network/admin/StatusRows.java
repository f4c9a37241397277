package org.ancora.network.admin;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.ancora.access.ProjectId;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.ancora.network.CaseStatus;
import org.ancora.network.ProjectReason;
import org.ancora.network.ProjectStatus;
import org.ancora.network.Projects;
import org.ancora.network.Reopening;
import org.ancora.network.StatusId;
import org.ancora.network.Wording;
import org.ancora.web.Tone;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Changes a project's statuses, transitions, reasons and reopening rule; each change goes into the activity log. */
@Service
class StatusRows {

    private final JdbcClient jdbc;
    private final Projects projects;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    StatusRows(JdbcClient jdbc, Projects projects, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.projects = projects;
        this.events = events;
        this.clock = clock;
    }

    /** Who may make one change of status. */
    record Way(StatusId from, StatusId to, Role role) {}

    /**
     * Adds a status; nobody may move a case to it until a transition says so.
     *
     * @throws org.springframework.dao.DuplicateKeyException when its key is taken
     */
    @Transactional
    void add(ProjectId project, String key, CaseStatus category, Wording name, Tone tone, int position, UserId by) {
        jdbc.sql("""
                        insert into project_status (project_id, key, category, name_en, name_es, name_it, colour, position)
                        values (:project, :key, :category, :en, :es, :it, :colour, :position)
                        """)
                .param("project", project.value())
                .param("key", key)
                .param("category", category.code())
                .params(words(name))
                .param("colour", tone.code())
                .param("position", position)
                .update();
        events.publishEvent(audited("project.status-added", project, by).with("status", key));
    }

    /** Changes how a status is called, coloured and ordered. */
    @Transactional
    void change(ProjectStatus status, Wording name, Tone tone, int position, int version, UserId by) {
        expectOne(jdbc.sql("""
                        update project_status set name_en = :en, name_es = :es, name_it = :it, colour = :colour,
                               position = :position, version = version + 1
                         where id = :id and version = :version
                        """)
                .param("id", status.id().value())
                .params(words(name))
                .param("colour", tone.code())
                .param("position", position)
                .param("version", version)
                .update());
        events.publishEvent(
                audited("project.status-changed", status.project(), by).with("status", status.key()));
    }

    /** Gives a status to no case any more, or to cases again; which it has stays with those that have it. */
    @Transactional
    void retire(ProjectStatus status, boolean retired, UserId by) {
        int changed = jdbc.sql("""
                        update project_status set retired_at = case when :retired then :now end, version = version + 1
                         where id = :id and (retired_at is null) = :retired
                        """)
                .param("id", status.id().value())
                .param("retired", retired)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        if (changed > 0) {
            String action = retired ? "project.status-retired" : "project.status-restored";
            events.publishEvent(audited(action, status.project(), by).with("status", status.key()));
        }
    }

    /** Returns how many cases have each status. */
    Map<StatusId, Long> cases(ProjectId project) {
        Map<StatusId, Long> counts = new HashMap<>();
        jdbc.sql("select status_id, count(*) as cases from case_file where project_id = :project group by status_id")
                .param("project", project.value())
                .query(row -> {
                    counts.put(new StatusId(row.getLong("status_id")), row.getLong("cases"));
                });
        return counts;
    }

    /** Replaces who may make which change. */
    @Transactional
    void allow(ProjectId project, Set<Way> ways, int version, UserId by) {
        projects.claim(project, version);
        jdbc.sql("delete from project_transition where project_id = :project")
                .param("project", project.value())
                .update();
        if (!ways.isEmpty()) {
            jdbc.sql("""
                            insert into project_transition (project_id, from_status, to_status, role)
                            select :project, f.id, t.id, w.role
                              from unnest(:from::bigint[], :to::bigint[], :roles::text[]) as w (from_status, to_status, role)
                              join project_status f on f.id = w.from_status and f.project_id = :project
                              join project_status t on t.id = w.to_status and t.project_id = :project and t.id <> f.id
                            """)
                    .param("project", project.value())
                    .param("from", ways.stream().map(way -> way.from().value()).toArray(Long[]::new))
                    .param("to", ways.stream().map(way -> way.to().value()).toArray(Long[]::new))
                    .param("roles", ways.stream().map(way -> way.role().code()).toArray(String[]::new))
                    .update();
        }
        events.publishEvent(audited("project.transitions-changed", project, by).with("count", ways.size()));
    }

    @Transactional
    void addReason(ProjectId project, String key, Wording name, boolean needsNote, int position, UserId by) {
        jdbc.sql("""
                        insert into project_closing_reason
                               (project_id, key, name_en, name_es, name_it, offered, needs_note, position)
                        values (:project, :key, :en, :es, :it, true, :needsNote, :position)
                        """)
                .param("project", project.value())
                .param("key", key)
                .params(words(name))
                .param("needsNote", needsNote)
                .param("position", position)
                .update();
        events.publishEvent(audited("project.reason-added", project, by).with("reason", key));
    }

    @Transactional
    void changeReason(
            ProjectId project,
            ProjectReason reason,
            Wording name,
            boolean offered,
            boolean needsNote,
            int position,
            int version,
            UserId by) {
        expectOne(jdbc.sql("""
                        update project_closing_reason set name_en = :en, name_es = :es, name_it = :it, offered = :offered,
                               needs_note = :needsNote, position = :position, version = version + 1
                         where id = :id and version = :version
                        """)
                .param("id", reason.id())
                .params(words(name))
                .param("offered", offered)
                .param("needsNote", needsNote)
                .param("position", position)
                .param("version", version)
                .update());
        events.publishEvent(audited("project.reason-changed", project, by).with("reason", reason.key()));
    }

    @Transactional
    void changeReopening(ProjectId project, Reopening rule, int version, UserId by) {
        projects.claim(project, version);
        @Nullable Integer days = rule.days();
        jdbc.sql("update project set reopen_roles = :roles, reopen_days = :days where id = :project")
                .param("project", project.value())
                .param("roles", rule.roles().stream().map(Role::code).toArray(String[]::new))
                .param("days", days)
                .update();
        events.publishEvent(audited("project.reopening-changed", project, by));
    }

    private static Map<String, String> words(Wording name) {
        return Map.of("en", name.en(), "es", name.es(), "it", name.it());
    }

    private static void expectOne(int rows) {
        if (rows != 1) {
            throw new OptimisticLockingFailureException("changed by somebody else meanwhile");
        }
    }

    private static Audited audited(String action, ProjectId project, UserId by) {
        return new Audited(action, project, null, "project", project.toString(), by, Map.of());
    }
}
