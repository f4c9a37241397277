package org.ancora.casework.list;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.ancora.access.Permission;
import org.ancora.access.Role;
import org.ancora.access.Scope;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseRows;
import org.ancora.network.CaseStatus;
import org.ancora.network.ProjectStatus;
import org.ancora.network.StatusFlow;
import org.ancora.network.StatusId;

/**
 * Why a case is left as it is, as SQL on a case called {@code c}: the same for the preview and, once the row is locked, for
 * the change itself. Null where nothing speaks against it.
 *
 * @param sql an expression of type text
 * @param params its named parameters
 */
record BulkRules(String sql, Map<String, Object> params) {

    /** Codes of the reasons; each has words in messages {@code caselist.bulk.why.<code>}. */
    static final String NOT_THEIRS = "not-theirs";

    static final String CLOSED = "closed";
    static final String SAME = "same";
    static final String GONE = "gone";
    static final String FAILED = "failed";

    static final String NOT_ALLOWED = "not-allowed";
    static final String NOTE = "note";
    static final String UNMET = "unmet";
    static final String NOT_FITTING = "not-fitting";

    /**
     * @param possible whether what it gives (the worker, the team, the flag) can still be given at all
     * @param flow how cases of the project move; asked only when a status is given
     */
    static BulkRules of(BulkChange bulk, Viewer viewer, boolean possible, Supplier<StatusFlow> flow) {
        Scope scope = Scope.of(viewer, Permission.READ_CASE);
        Map<String, Object> params = new HashMap<>(scope.params());
        params.put("bulkProject", bulk.project().value());
        String same =
                switch (bulk.kind()) {
                    case ASSIGN -> {
                        params.put("bulkWhat", Long.valueOf(bulk.what()));
                        yield "c.assignee = :bulkWhat";
                    }
                    case TEAM -> {
                        params.put("bulkWhat", Long.valueOf(bulk.what()));
                        yield "c.team_id = :bulkWhat";
                    }
                    case STATUS -> {
                        params.put("bulkWhat", Long.valueOf(bulk.what()));
                        yield "c.status_id = :bulkWhat";
                    }
                    case FLAG -> {
                        params.put("bulkWhat", bulk.what());
                        yield "c.flag_codes @> array[:bulkWhat]::text[]";
                    }
                    case RESOLVE -> {
                        params.put("bulkWhat", bulk.what());
                        yield "not c.flag_codes @> array[:bulkWhat]::text[]";
                    }
                };
        String status = bulk.kind() == BulkChange.Kind.STATUS ? status(bulk, viewer, flow.get(), params) : "";
        boolean may = possible && viewer.may(bulk.kind().permission(), bulk.project());
        String closed = bulk.kind() == BulkChange.Kind.STATUS ? "" : " when c.status = 'closed' then '" + CLOSED + "'";
        String sql =
                "case when c.project_id <> :bulkProject or not " + scope.sql("c.project_id", CaseRows.OWN) + " then '"
                        + NOT_THEIRS + "'" + (may ? "" : " when true then '" + GONE + "'") + closed + " when " + same
                        + " then '"
                        + SAME + "'" + status + " end";
        return new BulkRules(sql, params);
    }

    /** The same, and one reason more for a case of which nothing else speaks against the change. */
    BulkRules unless(String condition, String why, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(params);
        all.putAll(more);
        return new BulkRules("coalesce(" + sql + ", case when " + condition + " then '" + why + "' end)", all);
    }

    /** The project leaves only some changes to the viewer's roles, and "new" is nobody's, "assigned" somebody's. */
    private static String status(BulkChange bulk, Viewer viewer, StatusFlow flow, Map<String, Object> params) {
        StatusId to = new StatusId(Long.parseLong(bulk.what()));
        Set<Role> held = viewer.roles(bulk.project());
        params.put(
                "bulkFrom",
                flow.statuses().stream()
                        .map(ProjectStatus::id)
                        .filter(from -> flow.allows(from, to, held))
                        .map(StatusId::value)
                        .toArray(Long[]::new));
        CaseStatus category = flow.find(to).orElseThrow().category();
        String fits =
                switch (category) {
                    case NEW -> "c.assignee is null";
                    case ASSIGNED -> "c.assignee is not null";
                    case WAITING_FOR_CAPACITY -> "c.status = 'waiting-for-capacity'";
                    default -> "true";
                };
        return " when not " + fits + " then '" + NOT_FITTING + "' when not c.status_id = any(:bulkFrom) then '"
                + NOT_ALLOWED + "'";
    }
}
