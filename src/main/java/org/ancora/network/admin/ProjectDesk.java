package org.ancora.network.admin;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.ancora.network.Accent;
import org.ancora.network.Letterhead;
import org.ancora.network.NewProject;
import org.ancora.network.Project;
import org.ancora.network.ProjectSettings;
import org.ancora.network.Projects;
import org.ancora.process.CalendarMoves;
import org.ancora.time.BusinessCalendars;
import org.ancora.time.CalendarSpec;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Changes projects, organisations and networks as administrators do: never over somebody else's change, and logged. */
@Service
class ProjectDesk {

    private final JdbcClient jdbc;
    private final Projects projects;
    private final CalendarMoves moves;
    private final BusinessCalendars calendars;
    private final ApplicationEventPublisher events;

    ProjectDesk(
            JdbcClient jdbc,
            Projects projects,
            CalendarMoves moves,
            BusinessCalendars calendars,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.projects = projects;
        this.moves = moves;
        this.calendars = calendars;
        this.events = events;
    }

    /** An organisation with the network it belongs to. */
    record Organisation(long id, String name, long network, String networkName) {}

    /** What is said of a project where it is shown. */
    record Looks(String name, long organisation, Locale locale, Accent accent, String initials) {}

    @Transactional
    Project create(NewProject project, UserId by) {
        Project created = projects.create(project);
        events.publishEvent(audited("project.created", created.id(), by));
        return created;
    }

    /** Changes how a project looks; an organisation of another network takes the project there. */
    @Transactional
    void change(ProjectId project, Looks looks, int version, UserId by) {
        projects.claim(project, version);
        jdbc.sql("""
                        update project p
                           set name = :name, organisation_id = o.id, network_id = o.network_id, locale = :locale,
                               accent = :accent, initials = :initials
                          from organisation o
                         where p.id = :project and o.id = :organisation
                        """)
                .param("project", project.value())
                .param("name", looks.name())
                .param("organisation", looks.organisation())
                .param("locale", looks.locale().toLanguageTag())
                .param("accent", looks.accent().code())
                .param("initials", looks.initials())
                .update();
        events.publishEvent(audited("project.changed", project, by));
    }

    @Transactional
    void change(Project project, Letterhead letterhead, int version, UserId by) {
        projects.claim(project.id(), version);
        ProjectSettings settings = project.settings();
        projects.changeSettings(
                project.id(), new ProjectSettings(settings.caseloadLimit(), settings.closingConditions(), letterhead));
        events.publishEvent(audited("project.letterhead-changed", project.id(), by));
    }

    @Transactional
    void change(ProjectId project, CalendarSpec calendar, int version, UserId by) {
        projects.claim(project, version);
        Project changed = projects.changeCalendar(project, calendar);
        events.publishEvent(audited("project.calendar-changed", project, by)
                .with("version", changed.calendar().version()));
        moves.begin(project, by);
    }

    /** Returns how many open dates would move if this were the project's calendar. */
    CalendarMoves.Forecast forecast(ProjectId project, CalendarSpec calendar) {
        return moves.forecast(project, calendars.of(calendar));
    }

    /** Returns what became of the open dates when the project's calendar changed last. */
    Optional<CalendarMoves.Progress> moved(ProjectId project) {
        return moves.latest(project);
    }

    /** Returns the organisations of these networks, by network and name. */
    List<Organisation> organisations(List<Long> networks) {
        return jdbc.sql("""
                        select o.id, o.name, n.id as network, n.name as network_name
                          from organisation o join network n on n.id = o.network_id
                         where n.id = any(:networks) order by n.name, o.name, o.id
                        """)
                .param("networks", networks.toArray(Long[]::new))
                .query((row, number) -> new Organisation(
                        row.getLong("id"),
                        row.getString("name"),
                        row.getLong("network"),
                        row.getString("network_name")))
                .list();
    }

    /** @throws org.springframework.dao.DuplicateKeyException when the name is taken */
    @Transactional
    void rename(String table, long id, String was, String name, UserId by) {
        String sql = table.equals("network")
                ? "update network set name = :name where id = :id and name = :was"
                : "update organisation set name = :name where id = :id and name = :was";
        int renamed = jdbc.sql(sql)
                .param("id", id)
                .param("name", name)
                .param("was", was)
                .update();
        if (renamed == 0) {
            throw new OptimisticLockingFailureException("%s %d is no longer called that".formatted(table, id));
        }
        events.publishEvent(new Audited("network.renamed", null, null, table, String.valueOf(id), by, Map.of()));
    }

    /** @throws org.springframework.dao.DuplicateKeyException when the name is taken */
    @Transactional
    void addOrganisation(long network, String name, UserId by) {
        long id = jdbc.sql("insert into organisation (network_id, name) values (:network, :name) returning id")
                .param("network", network)
                .param("name", name)
                .query(Long.class)
                .single();
        events.publishEvent(new Audited(
                "network.organisation-added", null, null, "organisation", String.valueOf(id), by, Map.of()));
    }

    /** Returns how many open dates of a project lie ahead, for whoever is about to change how days are counted. */
    long openDates(ProjectId project, Instant now) {
        return jdbc.sql("select count(*) from work_item where project_id = :project and due_at > :now")
                .param("project", project.value())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    private static Audited audited(String action, ProjectId project, UserId by) {
        return new Audited(action, project, null, "project", project.toString(), by, Map.of());
    }
}
