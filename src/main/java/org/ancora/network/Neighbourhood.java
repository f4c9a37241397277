package org.ancora.network;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.ancora.access.OncePerPage;
import org.ancora.access.ProjectId;
import org.ancora.access.ProjectTree;
import org.springframework.stereotype.Component;

/** Tells the access module which projects share an organisation or a network. */
@Component
class Neighbourhood implements ProjectTree {

    private final ProjectRows rows;

    Neighbourhood(ProjectRows rows) {
        this.rows = rows;
    }

    @Override
    public Set<ProjectId> all() {
        return new LinkedHashSet<>(rows.ids("", Map.of()));
    }

    @Override
    public Set<ProjectId> ofSameOrganisation(ProjectId project) {
        return together("organisation_id", project);
    }

    @Override
    public Set<ProjectId> ofSameNetwork(ProjectId project) {
        return together("network_id", project);
    }

    /** Asked once a request, however many permissions reach that far. */
    private Set<ProjectId> together(String column, ProjectId project) {
        return OncePerPage.know(
                "network.together %s %s".formatted(column, project),
                () -> new LinkedHashSet<>(rows.ids(
                        "where p.%1$s = (select own.%1$s from project own where own.id = :id)".formatted(column),
                        Map.of("id", project.value()))));
    }
}
