package org.ancora.process.task;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Role;
import org.ancora.access.Scope;
import org.ancora.access.Viewer;

/**
 * Who may do what with a task. Whoever may read the project's cases sees its tasks; those of the task's team may take
 * it; coordinators and supervisors may give it to others. What is for those who lead alone stays theirs.
 */
final class TaskAccess {

    /** Who leads: what is for them alone is nobody else's to take, not even a coordinator's. */
    private static final Set<String> LEADERS = Set.of(Role.SUPERVISOR.code(), Role.MANAGER.code());

    private TaskAccess() {}

    static boolean maySee(WorkItem task, Viewer viewer) {
        ProjectId project = task.project();
        return project != null
                && task.caseCode() != null
                && !viewer.walledOff(task.caseCode())
                && (viewer.may(Permission.WORK_TASK, project, task.isOf(viewer) || task.isOfTeamOf(viewer))
                        || viewer.may(Permission.READ_CASE, project));
    }

    /** Whether the viewer may have the task. */
    static boolean mayTake(WorkItem task, Viewer viewer) {
        ProjectId project = task.project();
        if (project == null) {
            return false;
        }
        return task.isOfTeamOf(viewer)
                ? viewer.may(Permission.WORK_TASK, project, true)
                : viewer.may(Permission.WORK_TASK, project) && !isForLeaders(task);
    }

    private static boolean isForLeaders(WorkItem task) {
        return task.teams().contains(Role.SUPERVISOR.code()) && LEADERS.containsAll(task.teams());
    }

    /** Whether the viewer may finish the task as it stands: it is theirs, or nobody's and they may take it. */
    static boolean mayFinish(WorkItem task, Viewer viewer) {
        ProjectId project = task.project();
        return project != null
                && (task.isOf(viewer)
                        ? viewer.may(Permission.WORK_TASK, project, true)
                        : task.assignee() == null && mayTake(task, viewer));
    }

    /** Whether the viewer may give the task to somebody, or take it from somebody. */
    static boolean mayAssign(WorkItem task, Viewer viewer) {
        ProjectId project = task.project();
        return project != null && viewer.may(Permission.WORK_TASK, project) && mayTake(task, viewer);
    }

    /** Whether the viewer may put the task back, so that another of the team can take it. */
    static boolean mayRelease(WorkItem task, Viewer viewer) {
        return task.assignee() != null && !task.teams().isEmpty() && (task.isOf(viewer) || mayAssign(task, viewer));
    }

    /** The roles of which somebody must have one to be given the task. */
    static Set<Role> takers(WorkItem task) {
        Set<Role> roles = new TreeSet<>();
        task.teams().forEach(team -> Role.of(team).ifPresent(roles::add));
        if (roles.isEmpty()) {
            roles.addAll(Set.of(Role.CASEWORKER, Role.COORDINATOR, Role.SUPERVISOR));
        }
        return roles;
    }

    /** {@link #maySee} for whoever works with tasks, as SQL on {@code work_item w}. */
    static String sql(Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.WORK_TASK);
        return "(w.case_code is not null and "
                + scope.sql("w.project_id", "w.assignee = :scopeViewer or " + teamSql(viewer))
                + scope.beyondWalls("w.case_code")
                + ")";
    }

    static Map<String, Object> params(Viewer viewer) {
        Map<String, Object> params = Scope.of(viewer, Permission.WORK_TASK).params();
        int group = 0;
        for (Map.Entry<String, Set<ProjectId>> roles : byRoles(viewer).entrySet()) {
            params.put("teamProjects" + group, ids(roles.getValue()));
            params.put("teamRoles" + group, roles.getKey().split(","));
            group++;
        }
        return params;
    }

    /** True for tasks of a team to which the viewer belongs in the task's project. */
    static String teamSql(Viewer viewer) {
        StringBuilder sql = new StringBuilder("(false");
        for (int group = 0; group < byRoles(viewer).size(); group++) {
            sql.append(" or (w.project_id = any(:teamProjects")
                    .append(group)
                    .append(") and w.teams && :teamRoles")
                    .append(group)
                    .append("::text[])");
        }
        return sql.append(')').toString();
    }

    /** The viewer's projects by what the viewer is there; most people are the same everywhere. */
    private static Map<String, Set<ProjectId>> byRoles(Viewer viewer) {
        Map<String, Set<ProjectId>> groups = new TreeMap<>();
        for (ProjectId project : viewer.projects()) {
            String roles = String.join(
                    ",", viewer.roles(project).stream().map(Role::code).sorted().toList());
            groups.computeIfAbsent(roles, any -> new java.util.LinkedHashSet<>())
                    .add(project);
        }
        return groups;
    }

    static Long[] ids(Set<ProjectId> projects) {
        return projects.stream().map(ProjectId::value).toArray(Long[]::new);
    }
}
