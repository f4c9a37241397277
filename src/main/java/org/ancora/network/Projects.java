package org.ancora.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ancora.access.Hidden;
import org.ancora.access.OncePerPage;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.BusinessCalendars;
import org.ancora.time.CalendarSpec;
import org.ancora.time.ExtraDay;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The projects with their calendars and settings. */
@Service
public class Projects {

    private final ProjectRows rows;
    private final BusinessCalendars calendars;
    private final ApplicationEventPublisher events;

    Projects(ProjectRows rows, BusinessCalendars calendars, ApplicationEventPublisher events) {
        this.rows = rows;
        this.calendars = calendars;
        this.events = events;
    }

    /**
     * Returns a project.
     *
     * @throws Hidden when there is none with this id
     */
    public Project get(ProjectId id) {
        return find(id).orElseThrow(() -> new Hidden("project", id));
    }

    /** Returns a project, if there is one with this id. */
    public Optional<Project> find(ProjectId id) {
        return Optional.ofNullable(withIds(List.of(id)).get(id));
    }

    /** Returns the project with this key, whoever asks. */
    public Optional<Project> byKey(String key) {
        return rows.withKey(key);
    }

    /**
     * Returns the project with this key for a page, from among those that the page's frame offers.
     *
     * @throws Hidden when there is none, or the viewer has no role in it
     */
    public Project byKey(String key, Viewer viewer) {
        Optional<Project> found = viewer.isSystem()
                ? byKey(key)
                : withIds(viewer.projects()).values().stream()
                        .filter(project -> project.key().equals(key))
                        .findFirst();
        return found.orElseThrow(() -> new Hidden("project", key));
    }

    /**
     * Returns the projects with these ids by network and name, in one statement a page; an id without a project is left
     * out.
     */
    public Map<ProjectId, Project> withIds(Collection<ProjectId> ids) {
        Map<ProjectId, Project> known = OncePerPage.read("network.projects", LinkedHashMap::new);
        if (!known.keySet().containsAll(ids)) {
            // Read whole, so that the newest reading sets the order whatever was asked for before.
            known.keySet().removeAll(ids);
            known.putAll(rows.withIds(ids));
        }
        Map<ProjectId, Project> found = new LinkedHashMap<>(known);
        found.keySet().retainAll(ids);
        return found;
    }

    /** Returns the projects in which the viewer has a role, by network and name (C21). */
    public List<Project> visibleTo(Viewer viewer) {
        return viewer.isSystem()
                ? rows.all()
                : List.copyOf(withIds(viewer.projects()).values());
    }

    /**
     * Returns the calendar by which a project counts its business days.
     *
     * @throws Hidden when there is no such project
     */
    public BusinessCalendar calendar(ProjectId id) {
        return calendars.of(get(id).calendar());
    }

    /** Returns the calendar by which this project counts its business days, without asking the database. */
    public BusinessCalendar calendar(Project project) {
        return calendars.of(project.calendar());
    }

    /**
     * Sets up a project, with its network and organisation when they are new.
     *
     * @throws org.springframework.dao.DataIntegrityViolationException when its key or code prefix is taken or malformed
     */
    @Transactional
    public Project create(NewProject project) {
        long network = rows.networkNamed(project.network());
        long organisation = rows.organisationNamed(network, project.organisation());
        CalendarSpec calendar = project.calendar();
        calendars.of(calendar);
        ProjectId id = rows.insert(project, network, organisation);
        rows.putExtraDays(id, calendar.extraDays());
        return get(id);
    }

    /**
     * Changes how a project counts business days. The calendar's version goes up by one, whatever the given one says, so
     * that dates computed before can be told from those computed after.
     */
    @Transactional
    public Project changeCalendar(ProjectId id, CalendarSpec calendar) {
        calendars.of(calendar);
        rows.updateCalendar(id, calendar);
        rows.putExtraDays(id, calendar.extraDays());
        events.publishEvent(new ProjectChanged(id, true));
        return get(id);
    }

    /**
     * Returns the number that every change to a project's row raises, for forms that must not overwrite one another.
     *
     * @throws Hidden when there is no such project
     */
    public int version(ProjectId id) {
        return rows.version(id).orElseThrow(() -> new Hidden("project", id));
    }

    /**
     * Begins a change to a project's row that was decided on as it stood at this version.
     *
     * @throws org.springframework.dao.OptimisticLockingFailureException when somebody changed it meanwhile
     */
    @Transactional
    public void claim(ProjectId id, int version) {
        if (!rows.claim(id, version)) {
            throw new OptimisticLockingFailureException("project %s is no longer at version %d".formatted(id, version));
        }
    }

    /** Adds a day on which the project works although others do not, or the other way round. */
    @Transactional
    public Project addExtraDay(ProjectId id, ExtraDay day) {
        CalendarSpec calendar = get(id).calendar();
        List<ExtraDay> days = new ArrayList<>(calendar.extraDays());
        days.removeIf(other -> other.day().equals(day.day()));
        days.add(day);
        return changeCalendar(
                id,
                new CalendarSpec(
                        calendar.jurisdiction(),
                        calendar.zone(),
                        calendar.opens(),
                        calendar.closes(),
                        calendar.weekend(),
                        days,
                        calendar.version()));
    }

    /** Changes a project's caseload limit, letterhead and the other things it decides for itself. */
    @Transactional
    public Project changeSettings(ProjectId id, ProjectSettings settings) {
        rows.updateSettings(id, settings);
        events.publishEvent(new ProjectChanged(id, false));
        return get(id);
    }
}
