package org.ancora.network;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ancora.access.Viewer;
import org.ancora.web.LayoutPart;
import org.ancora.web.Markup;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The choice of project at the start of the top bar: where we are, and where else one may go. */
@Component
class ProjectChoice implements LayoutPart {

    private final Projects projects;

    ProjectChoice(Projects projects) {
        this.projects = projects;
    }

    @Override
    public Place place() {
        return Place.TOP_START;
    }

    @Override
    public String fragment() {
        return "network/project-choice :: choice";
    }

    @Override
    public Map<String, Object> model(@Nullable Viewer viewer) {
        List<Project> visible = viewer == null ? List.of() : projects.visibleTo(viewer);
        Optional<Project> current =
                CurrentProject.get().or(() -> visible.size() == 1 ? Optional.of(visible.get(0)) : Optional.empty());
        Map<String, Object> model =
                new HashMap<>(Map.of("any", !visible.isEmpty(), "links", links(visible, current.orElse(null))));
        current.ifPresent(project -> model.put("current", project));
        return model;
    }

    /** On every page, and of a hundred projects for some. */
    private static String links(List<Project> visible, @Nullable Project current) {
        Markup links = new Markup();
        for (Project project : visible) {
            boolean here = current != null && current.id().equals(project.id());
            links.open("a", "href", project.path(), "aria-current", here ? "true" : null)
                    .whole(
                            "span",
                            project.initials(),
                            "class",
                            "round round-small",
                            "aria-hidden",
                            "true",
                            "data-accent",
                            project.accent().code())
                    .text(" ")
                    .whole("span", project.name())
                    .close("a");
        }
        return links.toString();
    }
}
