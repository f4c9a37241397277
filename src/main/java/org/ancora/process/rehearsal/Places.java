package org.ancora.process.rehearsal;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ancora.access.ProjectId;
import org.ancora.access.Role;
import org.ancora.access.Viewer;
import org.ancora.process.task.ProjectFacts;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.BusinessCalendars;
import org.ancora.time.CalendarSpec;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** By whose calendar it is rehearsed: a project's, with its own days off, or one as it was shipped. */
@Component
class Places {

    private static final String PROJECT = "project/";
    private static final LocalTime OPENS = LocalTime.of(8, 30);
    private static final LocalTime CLOSES = LocalTime.of(17, 0);

    private static final Map<String, ZoneId> SHIPPED = shipped();

    /** The shipped calendar of where a language is spoken. */
    private static final Map<String, String> AT_HOME = Map.of("en", "CA-ON", "es", "PE", "it", "IT");

    private final ObjectProvider<ProjectFacts> projects;
    private final BusinessCalendars calendars;

    Places(ObjectProvider<ProjectFacts> projects, BusinessCalendars calendars) {
        this.projects = projects;
        this.calendars = calendars;
    }

    /**
     * One place.
     *
     * @param code {@code project/<id>} or a jurisdiction's code
     * @param project the project's key; empty for a shipped calendar
     */
    record Place(String code, String name, String project, BusinessCalendar calendar) {}

    private static Map<String, ZoneId> shipped() {
        Map<String, ZoneId> shipped = new LinkedHashMap<>();
        shipped.put("CA-ON", ZoneId.of("America/Toronto"));
        shipped.put("PE", ZoneId.of("America/Lima"));
        shipped.put("IT", ZoneId.of("Europe/Rome"));
        return shipped;
    }

    /** Those that a person may choose: the calendars as they were shipped, then the person's projects by name. */
    List<Place> of(Viewer viewer) {
        List<Place> places = new ArrayList<>();
        SHIPPED.forEach((code, zone) -> places.add(shipped(code, zone, viewer.locale())));
        if (!viewer.projects().isEmpty()) {
            projects.getObject().describe(viewer.projects()).entrySet().stream()
                    .map(project -> place(project.getKey(), project.getValue()))
                    .sorted(Comparator.comparing(Place::name))
                    .forEach(places::add);
        }
        return places;
    }

    /**
     * The one of them that a person most likely means: a project of theirs, one that they own before others, and of several one
     * where their language is at home; a calendar as it was shipped only for whoever has no project.
     */
    Place usual(Viewer viewer) {
        Set<String> owned = viewer.projects().stream()
                .filter(project -> viewer.roles(project).contains(Role.OWNER))
                .map(Places::code)
                .collect(Collectors.toSet());
        ZoneId home = SHIPPED.get(AT_HOME.getOrDefault(viewer.locale().getLanguage(), ""));
        return of(viewer).stream()
                .min(Comparator.comparing((Place place) -> place.project().isEmpty())
                        .thenComparing(place -> !owned.contains(place.code()))
                        .thenComparing(place -> !place.calendar().zone().equals(home)))
                .orElseThrow();
    }

    /** One of them, whoever asks. */
    Optional<Place> find(String code) {
        if (code.matches(PROJECT + "\\d{1,18}")) {
            ProjectId id = new ProjectId(Long.parseLong(code.substring(PROJECT.length())));
            return Optional.ofNullable(projects.getObject().describe(Set.of(id)).get(id))
                    .map(facts -> place(id, facts));
        }
        return Optional.ofNullable(SHIPPED.get(code)).map(zone -> shipped(code, zone, Locale.ENGLISH));
    }

    private Place shipped(String code, ZoneId zone, Locale language) {
        return new Place(
                code,
                calendars.name(code, language),
                "",
                calendars.of(CalendarSpec.mondayToFriday(code, zone, OPENS, CLOSES)));
    }

    /** By what a project's calendar is found again. */
    static String code(ProjectId project) {
        return PROJECT + project.value();
    }

    private static Place place(ProjectId id, ProjectFacts.Facts facts) {
        return new Place(code(id), facts.name(), facts.key(), facts.calendar());
    }
}
