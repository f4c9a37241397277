package org.ancora.attention.complaint;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ancora.access.OncePerPage;
import org.ancora.access.Viewer;
import org.ancora.access.Viewers;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The calendars of all projects whose complaints the table of deadlines promises days for, apart for whoever reads about them. */
@Component
class OfficeCalendars {

    private final ObjectProvider<Projects> projects;
    private final ObjectProvider<Viewers> viewers;
    private final Clock clock;

    OfficeCalendars(ObjectProvider<Projects> projects, ObjectProvider<Viewers> viewers, Clock clock) {
        this.projects = projects;
        this.viewers = viewers;
        this.clock = clock;
    }

    /** Those that the person who reads belongs to; outside a request, where nobody reads names, all. */
    OverCap.InOffices known() {
        return new OverCap.InOffices(offices(true), LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    /** Those that this person does not belong to. */
    OverCap.InOtherOffices others() {
        return new OverCap.InOtherOffices(known(), offices(false));
    }

    private List<OverCap.Office> offices(boolean known) {
        return OncePerPage.read("complaint.offices", this::all).getOrDefault(known, List.of());
    }

    private Map<Boolean, List<OverCap.Office>> all() {
        Viewer reader = viewers.getObject().current().orElse(Viewer.system());
        return projects.getObject().visibleTo(Viewer.system()).stream()
                .collect(Collectors.partitioningBy(
                        project -> reader.isSystem() || reader.projects().contains(project.id()),
                        Collectors.mapping(OfficeCalendars::office, Collectors.toList())));
    }

    private static OverCap.Office office(Project project) {
        return new OverCap.Office(project.name(), project.calendar());
    }
}
