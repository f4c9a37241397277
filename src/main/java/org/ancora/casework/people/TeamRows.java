package org.ancora.casework.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.casework.Colleague;
import org.ancora.casework.TeamId;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The tables of teams; each read is one statement, members included. */
@Repository
class TeamRows {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String SELECT = """
            select t.*,
                   (select coalesce(json_agg(json_build_object('id', a.id, 'name', a.name) order by a.name, a.id), '[]')::text
                      from team_member m join account a on a.id = m.user_id
                     where m.team_id = t.id) as members,
                   (select count(*) from case_file c
                     where c.team_id = t.id and c.assignee is null and c.status <> 'closed') as waiting
              from team t
             where t.project_id = :project
            """;

    private final JdbcClient jdbc;

    TeamRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Teams.Team> of(ProjectId project) {
        return jdbc.sql(SELECT + " order by lower(t.name), t.id")
                .param("project", project.value())
                .query(TeamRows::team)
                .list();
    }

    Optional<Teams.Team> find(ProjectId project, TeamId id) {
        return jdbc.sql(SELECT + " and t.id = :id")
                .param("project", project.value())
                .param("id", id.value())
                .query(TeamRows::team)
                .optional();
    }

    TeamId insert(ProjectId project, Teams.Draft draft, Instant now) {
        return jdbc.sql("""
                        insert into team (project_id, name, purpose, created_at)
                        values (:project, :name, :purpose, :now) returning id
                        """)
                .param("project", project.value())
                .param("name", draft.name())
                .param("purpose", draft.purpose())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new TeamId(row.getLong(1)))
                .single();
    }

    void update(Teams.Team team, int version, Teams.Draft draft) {
        int changed = jdbc.sql("""
                        update team set name = :name, purpose = :purpose, version = version + 1
                         where id = :id and version = :version
                        """)
                .param("name", draft.name())
                .param("purpose", draft.purpose())
                .param("id", team.id().value())
                .param("version", version)
                .update();
        if (changed == 0) {
            throw new OptimisticLockingFailureException(
                    "team %s is no longer at version %d".formatted(team.id(), version));
        }
    }

    /** Lets exactly these people be members; who was one before stays one since then. */
    void putMembers(TeamId team, Set<UserId> members, UserId by, Instant now) {
        Long[] ids = members.stream().map(UserId::value).toArray(Long[]::new);
        jdbc.sql("delete from team_member where team_id = :team and not user_id = any(:members)")
                .param("team", team.value())
                .param("members", ids)
                .update();
        jdbc.sql("""
                        insert into team_member (team_id, user_id, added_by, added_at)
                        select :team, member, :by, :now from unnest(:members::bigint[]) member
                        on conflict do nothing
                        """)
                .param("team", team.value())
                .param("by", account(by))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("members", ids)
                .update();
    }

    boolean retire(Teams.Team team, @Nullable Instant at) {
        return jdbc.sql("""
                                update team set retired_at = :at, version = version + 1
                                 where id = :id and (retired_at is null) = (:at::timestamptz is not null)
                                """)
                        .param("at", at == null ? null : at.atOffset(ZoneOffset.UTC))
                        .param("id", team.id().value())
                        .update()
                > 0;
    }

    /** The account that acted; nothing for Ancora itself. */
    static @Nullable Long account(UserId by) {
        return by.equals(UserId.SYSTEM) ? null : by.value();
    }

    private static Teams.Team team(ResultSet row, int number) throws SQLException {
        List<Colleague> members = new ArrayList<>();
        JSON.readTree(row.getString("members"))
                .forEach(node -> members.add(new Colleague(
                        new UserId(node.get("id").asLong()), node.get("name").asString())));
        return new Teams.Team(
                new TeamId(row.getLong("id")),
                new ProjectId(row.getLong("project_id")),
                row.getString("name"),
                row.getString("purpose"),
                List.copyOf(members),
                row.getInt("waiting"),
                row.getObject("retired_at") != null,
                row.getInt("version"));
    }
}
