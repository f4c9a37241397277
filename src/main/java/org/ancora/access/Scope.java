package org.ancora.access;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The one place that turns a viewer and a permission into SQL. A list query puts the fragment into its {@code where}
 * clause and hands over the parameters:
 *
 * <pre>{@code
 * Scope scope = Scope.of(viewer, Permission.READ_CASE);
 * jdbc.sql("select … from client_case c where " + scope.sql("c.project_id", "c.assignee = :scopeViewer"))
 *     .params(scope.params()).query(…)
 * }</pre>
 */
public final class Scope {

    private final Viewer viewer;
    private final Permission permission;

    private Scope(Viewer viewer, Permission permission) {
        this.viewer = viewer;
        this.permission = permission;
    }

    /** What this viewer may reach by this permission. */
    public static Scope of(Viewer viewer, Permission permission) {
        return new Scope(viewer, permission);
    }

    /**
     * A predicate, in brackets, that leaves only rows of projects which the permission covers whole; rows that would be
     * the viewer's own in other projects are left out.
     *
     * @param projectColumn the column that holds the project's id, from code, never from a request
     */
    public String sql(String projectColumn) {
        return viewer.isSystem() ? "(true)" : "(" + projectColumn + " = any(:scopeProjects))";
    }

    /**
     * As {@link #sql(String)}, and besides the viewer's own rows where the permission covers those.
     *
     * @param own SQL that is true for a row of the viewer's own; it may use {@code :scopeViewer}, the viewer's id
     */
    public String sql(String projectColumn, String own) {
        if (viewer.isSystem() || viewer.ownProjects(permission).isEmpty()) {
            return sql(projectColumn);
        }
        String ownRows = projectColumn + " = any(:scopeOwnProjects) and (" + own + ")";
        // A condition that can hold for no row is left out, so that the database may follow the other by an index.
        return viewer.projects(permission).isEmpty()
                ? "(" + ownRows + ")"
                : "(" + projectColumn + " = any(:scopeProjects) or (" + ownRows + "))";
    }

    /**
     * What leaves out the records that the viewer must not see, to be added to a condition; empty for nearly everybody.
     *
     * @param codeColumn the column that holds the case code or registration number, from code, never from a request
     */
    public String beyondWalls(String codeColumn) {
        return viewer.walls().isEmpty() ? "" : " and coalesce(" + codeColumn + ", '') <> all(:scopeWalls)";
    }

    /**
     * The named parameters of the fragments; binding one that a fragment does not use does no harm. Besides those of the
     * permission they say whose protected names the viewer may see: {@code scopeAll} (Ancora itself), {@code scopeNames}
     * and {@code scopeOwnNames} (projects, as for {@link Permission#SEE_PROTECTED}), {@code scopeGlass} (codes of cases that
     * the viewer opened in an emergency), {@code scopeWalls} (see {@link #beyondWalls}).
     */
    public Map<String, Object> params() {
        Map<String, Object> params = new HashMap<>();
        params.put("scopeProjects", ids(viewer.projects(permission)));
        params.put("scopeOwnProjects", ids(viewer.ownProjects(permission)));
        params.put("scopeViewer", viewer.id().value());
        params.put("scopeAll", viewer.isSystem());
        params.put(
                "scopeGlass",
                viewer.glasses().stream().map(BrokenGlass::caseCode).toArray(String[]::new));
        params.put("scopeWalls", viewer.walls().toArray(String[]::new));
        params.put("scopeNames", ids(viewer.projects(Permission.SEE_PROTECTED)));
        params.put("scopeOwnNames", ids(viewer.ownProjects(Permission.SEE_PROTECTED)));
        return params;
    }

    /** Whether nothing at all can be reached, so that the query may be spared. */
    public boolean isEmpty() {
        return !viewer.mayAnywhere(permission);
    }

    private static Long[] ids(Set<ProjectId> projects) {
        return projects.stream().map(ProjectId::value).toArray(Long[]::new);
    }
}
