package org.ancora.network.admin;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.network.Accent;
import org.ancora.network.Projects;
import org.ancora.time.BusinessCalendars;
import org.ancora.web.Option;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What may be chosen for a project, in the reader's language. */
@Component
class ProjectChoices {

    /** The choice of an organisation that is yet to be made. */
    static final String NEW = "new";

    private final ProjectDesk desk;
    private final Projects projects;
    private final BusinessCalendars calendars;
    private final MessageSource messages;

    ProjectChoices(ProjectDesk desk, Projects projects, BusinessCalendars calendars, MessageSource messages) {
        this.desk = desk;
        this.projects = projects;
        this.calendars = calendars;
        this.messages = messages;
    }

    /** The organisations of the networks that this person administers. */
    List<ProjectDesk.Organisation> organisations(Viewer viewer) {
        Set<Long> networks = new LinkedHashSet<>();
        projects.withIds(viewer.projects(Permission.MANAGE_PROJECT))
                .values()
                .forEach(project -> networks.add(project.network().id()));
        return desk.organisations(List.copyOf(networks));
    }

    List<Option> organisationChoices(Viewer viewer) {
        return organisations(viewer).stream()
                .map(each -> new Option(String.valueOf(each.id()), each.name() + " · " + each.networkName()))
                .toList();
    }

    Option newOrganisation(Locale locale) {
        return new Option(NEW, messages.getMessage("admin.new-project.organisation.new", null, locale));
    }

    List<Option> jurisdictions(Locale locale) {
        return calendars.jurisdictions().stream()
                .map(code -> new Option(code, calendars.name(code, locale)))
                .toList();
    }

    /** The places of the countries whose calendars are shipped, and wherever the project is now. */
    static List<Option> zones(ZoneId now) {
        Set<String> zones = ZoneId.getAvailableZoneIds().stream()
                .filter(zone -> zone.matches("(America|Europe)/[A-Z][A-Za-z_/]+"))
                .collect(Collectors.toCollection(TreeSet::new));
        zones.add(now.getId());
        return zones.stream()
                .map(zone -> new Option(zone, zone.replace('_', ' ')))
                .toList();
    }

    static List<Option> locales(Locale now, Locale reader) {
        return Stream.of("en-CA", "en", "es-PE", "es", "it-IT", now.toLanguageTag())
                .distinct()
                .map(tag -> new Option(tag, Locale.forLanguageTag(tag).getDisplayName(reader)))
                .toList();
    }

    List<Option> accents(Locale locale) {
        return Arrays.stream(Accent.values())
                .map(accent ->
                        new Option(accent.code(), messages.getMessage("admin.accent." + accent.code(), null, locale)))
                .toList();
    }

    static Accent accent(Sheet sheet) {
        return Accent.valueOf(sheet.get("accent").toUpperCase(Locale.ROOT));
    }
}
