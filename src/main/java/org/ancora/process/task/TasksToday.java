package org.ancora.process.task;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.ancora.process.task.TaskQuery.Sort;
import org.ancora.process.task.TaskQuery.Tab;
import org.ancora.process.task.WorkList.Group;
import org.springframework.stereotype.Component;

/** What waits for a person today, in figures, for pages that lead to the task list. */
@Component
public class TasksToday {

    private final WorkList list;
    private final TaskProjects projects;

    TasksToday(WorkList list, TaskProjects projects) {
        this.list = list;
        this.projects = projects;
    }

    /**
     * A person's own tasks; each figure stops at 1,001.
     *
     * @param late overdue
     * @param today due today
     * @param week due later this week, or at no time
     */
    public record Figures(int late, int today, int week) {}

    /** The viewer's own tasks, counted in one statement besides that for their projects. */
    public Figures of(Viewer viewer) {
        Map<ProjectId, ZoneId> zones = new HashMap<>();
        projects.describe(viewer.projects())
                .forEach((project, facts) -> zones.put(project, facts.calendar().zone()));
        TaskQuery mine = new TaskQuery(Tab.MINE, null, null, null, null, Sort.DUE, null);
        Map<Group, Integer> groups = list.counts(mine, viewer, zones).groups();
        return new Figures(
                groups.getOrDefault(Group.LATE, 0),
                groups.getOrDefault(Group.TODAY, 0),
                groups.getOrDefault(Group.WEEK, 0));
    }
}
