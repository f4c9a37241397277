package org.ancora.process.task;

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
     * @param free whenever due, those of the viewer's teams that nobody has: they wait for whoever takes them
     */
    public record Figures(int late, int today, int week, int free) {}

    /**
     * What stands on the page where people land.
     *
     * @param figures the viewer's own tasks, counted
     * @param first the first five of them this week, as {@code process/task-rows :: rows} shows them: what is overdue, then
     *     what is due soonest
     */
    public record Today(Figures figures, List<?> first) {}

    /** The viewer's own tasks: one statement counts them, one finds the first; besides those for projects and cases. */
    public Today of(Viewer viewer) {
        Map<ProjectId, ProjectFacts.Facts> known = projects.describe(viewer.projects());
        TaskQuery mine = new TaskQuery(Tab.MINE, null, null, null, null, Sort.DUE, null);
        WorkList.Counts counts = list.counts(mine, viewer, TaskListPages.zones(known));
        Map<Group, Integer> groups = counts.groups();
        Figures figures = new Figures(
                groups.getOrDefault(Group.LATE, 0),
                groups.getOrDefault(Group.TODAY, 0),
                groups.getOrDefault(Group.WEEK, 0),
                counts.tabs().getOrDefault(Tab.UNASSIGNED, 0));
        return new Today(figures, pages.first(mine, viewer, known, FIRST));
    }
}
