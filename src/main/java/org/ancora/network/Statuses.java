package org.ancora.network;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.ancora.access.Hidden;
import org.ancora.access.OncePerPage;
import org.ancora.access.ProjectId;
import org.ancora.access.Role;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The statuses of projects, the changes between them, and the reasons for which cases are closed. */
@Service
public class Statuses {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String FLOW = "select " + ProjectStatus.COLUMNS + """
                   , p.reopen_roles, p.reopen_days,
                   (select coalesce(json_object_agg(t.to_status, t.roles), '{}')::text
                      from (select to_status, json_agg(role) as roles
                              from project_transition where from_status = s.id group by to_status) t) as transitions
              from project_status s
              join project p on p.id = s.project_id
             where s.project_id = :project
             order by s.position, s.id
            """;

    private final JdbcClient jdbc;

    Statuses(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns the statuses of a project in their order, retired ones included. */
    public List<ProjectStatus> of(ProjectId project) {
        return flow(project).statuses();
    }

    /** Returns a status, retired or not, if there is one with this id. */
    public Optional<ProjectStatus> byId(StatusId id) {
        return jdbc.sql("select " + ProjectStatus.COLUMNS + " from project_status s where s.id = :id")
                .param("id", id.value())
                .query((row, number) -> ProjectStatus.of(row))
                .optional();
    }

    /**
     * Returns how the cases of a project move, in one statement a page.
     *
     * @throws Hidden when there is no such project
     */
    public StatusFlow flow(ProjectId project) {
        return OncePerPage.read("network.statuses " + project, () -> readFlow(project));
    }

    /** Returns the reasons for which a project closes cases, in their order, those that only procedures give included. */
    public List<ProjectReason> reasons(ProjectId project) {
        return OncePerPage.read("network.reasons " + project, () -> jdbc.sql("""
                                select id, key, name_en, name_es, name_it, offered, needs_note, position, version
                                  from project_closing_reason where project_id = :project order by position, id
                                """)
                .param("project", project.value())
                .query(Statuses::reason)
                .list());
    }

    /** Returns the reason with this key, offered or not. */
    public Optional<ProjectReason> reason(ProjectId project, String key) {
        return reasons(project).stream()
                .filter(reason -> reason.key().equals(key))
                .findFirst();
    }

    private StatusFlow readFlow(ProjectId project) {
        Map<StatusId, Map<StatusId, Set<Role>>> transitions = new HashMap<>();
        AtomicReference<Reopening> reopening = new AtomicReference<>();
        List<ProjectStatus> statuses = jdbc.sql(FLOW)
                .param("project", project.value())
                .query((row, number) -> {
                    ProjectStatus status = ProjectStatus.of(row);
                    transitions.put(status.id(), transitions(row.getString("transitions")));
                    reopening.set(reopening(row));
                    return status;
                })
                .list();
        if (statuses.isEmpty()) {
            throw new Hidden("project", project);
        }
        return new StatusFlow(statuses, transitions, Objects.requireNonNull(reopening.get()));
    }

    private static Map<StatusId, Set<Role>> transitions(String json) {
        Map<StatusId, Set<Role>> to = new HashMap<>();
        for (Map.Entry<String, JsonNode> each : JSON.readTree(json).properties()) {
            Set<Role> roles = EnumSet.noneOf(Role.class);
            each.getValue().forEach(role -> Role.of(role.asString()).ifPresent(roles::add));
            to.put(StatusId.of(each.getKey()), roles);
        }
        return to;
    }

    private static Reopening reopening(ResultSet row) throws SQLException {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String role : (String[]) row.getArray("reopen_roles").getArray()) {
            Role.of(role).ifPresent(roles::add);
        }
        int days = row.getInt("reopen_days");
        return new Reopening(roles, row.wasNull() ? null : days);
    }

    private static ProjectReason reason(ResultSet row, int number) throws SQLException {
        return new ProjectReason(
                row.getLong("id"),
                row.getString("key"),
                new Wording(row.getString("name_en"), row.getString("name_es"), row.getString("name_it")),
                row.getBoolean("offered"),
                row.getBoolean("needs_note"),
                row.getInt("position"),
                row.getInt("version"));
    }
}
