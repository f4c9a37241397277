package org.ancora.process.task;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.ancora.process.task.TaskQuery.Sort;
import org.ancora.process.task.TaskQuery.Tab;
import org.ancora.process.task.WorkList.Group;
import org.springframework.stereotype.Component;

/** What waits for a person today, in figures and first of all, for pages that lead to the task list. */
@Component
public class TasksToday {

    /** How many a page names before it leads to the list. */
    private static final int FIRST = 5;

    private final WorkList list;
    private final TaskProjects projects;
    private final TaskListPages pages;

    TasksToday(WorkList list, TaskProjects projects, TaskListPages pages) {
        this.list = list;
        this.projects = projects;
        this.pages = pages;
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

    /**
     * The first five of the viewer's own tasks of this week, as {@code process/task-rows :: rows} shows them: what is
     * overdue, then what is due soonest; in one statement and those that describe projects and cases.
     */
    public List<?> first(Viewer viewer) {
        return pages.first(new TaskQuery(Tab.MINE, null, null, null, null, Sort.DUE, null), viewer, FIRST);
    }
}
