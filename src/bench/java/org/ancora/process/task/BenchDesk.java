package org.ancora.process.task;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.access.Viewers;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The very code behind the task pages, without the pages. */
@Component
public class BenchDesk {

    private final WorkList list;
    private final TaskDesk desk;
    private final TaskProjects projects;
    private final Viewers viewers;

    BenchDesk(WorkList list, TaskDesk desk, TaskProjects projects, Viewers viewers) {
        this.list = list;
        this.desk = desk;
        this.projects = projects;
        this.viewers = viewers;
    }

    public Viewer viewer(UserId id) {
        return viewers.of(id).orElseThrow();
    }

    public Map<ProjectId, ZoneId> zones(Viewer viewer) {
        Map<ProjectId, ZoneId> zones = new HashMap<>();
        projects.describe(viewer.projects())
                .forEach((project, facts) -> zones.put(project, facts.calendar().zone()));
        return zones;
    }

    /**
     * One page of a list, read with the viewer's rights.
     *
     * @return the address of the following page, or null on the last one
     */
    public @Nullable String page(
            String tab,
            @Nullable String step,
            @Nullable String sort,
            @Nullable String after,
            Viewer viewer,
            Map<ProjectId, ZoneId> zones) {
        TaskQuery query = TaskQuery.of(tab, null, null, step, null, sort, after);
        WorkList.Page page = list.page(query, viewer, zones);
        if (page.rows().isEmpty()) {
            throw new IllegalStateException("an empty page proves nothing");
        }
        TaskQuery.Place next = page.next();
        return next == null ? null : next.encoded();
    }

    /** All figures of the list's page. */
    public String counts(String tab, Viewer viewer, Map<ProjectId, ZoneId> zones) {
        return list.counts(TaskQuery.of(tab, null, null, null, null, null, null), viewer, zones)
                .toString();
    }

    /** Finishes a task as the page does. */
    public void complete(String task, Viewer viewer, Map<String, ?> answers) {
        if (!(desk.complete(task, viewer, answers) instanceof TaskDesk.Outcome.Finished)) {
            throw new IllegalStateException(task + " was refused");
        }
    }
}
