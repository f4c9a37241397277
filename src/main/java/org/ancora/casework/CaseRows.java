package org.ancora.casework;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ancora.access.OncePerPage;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Scope;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.network.CaseStatus;
import org.ancora.network.ProjectStatus;
import org.ancora.network.Wording;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Reads cases for lists, headers and steps; what a viewer may not see is not read. */
@Repository
public class CaseRows {

    /**
     * What makes a case somebody's own: it is assigned to them, shared with them, or given to a team of theirs. The lists
     * are read once a statement, so that each of the three can be found by its own index however many cases there are.
     */
    public static final String OWN = """
            c.assignee = :scopeViewer
            or c.id = any(array(select k.case_id from case_collaborator k where k.user_id = :scopeViewer))
            or c.team_id = any(array(select m.team_id from team_member m where m.user_id = :scopeViewer))
            """;

    /**
     * True for a case whose client is protected from the viewer, for any query over {@code case_file c} joined with
     * {@code profile p} that binds the parameters of a {@link Scope}. Such a client has no name in it, is not found by name
     * or number, and does not lend their name to the order.
     */
    public static final String CONCEALED = """
            (p.protected_at is not null and not (:scopeAll or c.project_id = any(:scopeNames) or c.code = any(:scopeGlass)
                or (c.project_id = any(:scopeOwnNames) and (%s))))""".formatted(OWN);

    /** Reads cases {@code c}, to be followed by a condition; {@link #summary} makes a case of each row. */
    public static final String SELECT = "select " + ProjectStatus.COLUMNS + """
                   , c.*, a.name as assignee_name,
                   a.id is not null and c.status <> 'closed' and (not a.active or not exists (
                       select from membership h
                        where h.account_id = a.id and (h.project_id = c.project_id or h.project_id is null)))
                       as assignee_left, p.anonymous, p.given_name, p.family_name, p.languages,
                   %s as concealed, c.code = any(:scopeGlass) as emergency,
                   (select coalesce(json_agg(json_build_object(
                               'code', f.kind, 'en', k.name_en, 'es', k.name_es, 'it', k.name_it,
                               'colour', k.colour, 'stops', k.stops_closing) order by f.raised_at, f.id), '[]')::text
                      from case_flag f join flag_kind k on k.project_id = c.project_id and k.key = f.kind
                     where f.case_id = c.id and f.resolved_at is null) as open_flags,
                   t.name as team_name,
                   array(select m.user_id from team_member m where m.team_id = c.team_id) as team_members,
                   (select coalesce(json_agg(json_build_object('id', k.user_id, 'name', u.name)
                                             order by u.name, u.id), '[]')::text
                      from case_collaborator k join account u on u.id = k.user_id
                     where k.case_id = c.id) as collaborators
              from case_file c
              join project_status s on s.id = c.status_id
              join profile p on p.id = c.profile_id
              left join team t on t.id = c.team_id
              left join account a on a.id = c.assignee
            """.formatted(CONCEALED);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;

    CaseRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What a viewer sees of a case is what Ancora itself sees, unless its client is protected from them; so a page that
     * found it for its reader need not ask again.
     */
    Optional<CaseSummary> find(String code, Viewer viewer) {
        Optional<CaseSummary> found = OncePerPage.read(key(code, viewer.id()), () -> select(code, viewer));
        return found.isEmpty() || found.get().concealed() || found.get().emergency()
                ? found
                : OncePerPage.read(key(code, UserId.SYSTEM), () -> found);
    }

    /** Whether the client of a case is protected from this viewer, whether or not the case is. */
    boolean isConcealed(String code, Viewer viewer) {
        return find(code, viewer).map(CaseSummary::concealed).orElseGet(() -> jdbc.sql("select " + CONCEALED
                        + " from case_file c join profile p on p.id = c.profile_id where c.code = :code")
                .params(Scope.of(viewer, Permission.READ_CASE).params())
                .param("code", code)
                .query(Boolean.class)
                .optional()
                .orElse(false));
    }

    /** A case that was opened in an emergency is read by its code; it is in no list and found by no search. */
    private static String read(Scope scope) {
        return "(" + scope.sql("c.project_id", OWN) + " or c.code = any(:scopeGlass))";
    }

    private static String key(String code, UserId reader) {
        return "casework.case " + code + " " + reader;
    }

    private Optional<CaseSummary> select(String code, Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.READ_CASE);
        return jdbc.sql(SELECT + " where c.code = :code and " + read(scope))
                .params(scope.params())
                .param("code", code)
                .query(CaseRows::summary)
                .optional();
    }

    Map<String, CaseSummary> withCodes(Collection<String> codes, Viewer viewer) {
        Map<String, CaseSummary> found = new LinkedHashMap<>();
        if (codes.size() == 1) {
            find(codes.iterator().next(), viewer).ifPresent(summary -> found.put(summary.code(), summary));
            return found;
        }
        Scope scope = Scope.of(viewer, Permission.READ_CASE);
        if (!codes.isEmpty() && (!scope.isEmpty() || !viewer.glasses().isEmpty())) {
            jdbc.sql(SELECT + " where c.code = any(:codes) and " + read(scope))
                    .params(scope.params())
                    .param("codes", codes.toArray(String[]::new))
                    .query(CaseRows::summary)
                    .list()
                    .forEach(summary -> found.put(summary.code(), summary));
        }
        return found;
    }

    List<CaseSummary> openOwn(Collection<ProjectId> projects, Viewer viewer, int most) {
        Scope scope = Scope.of(viewer, Permission.READ_CASE);
        return jdbc.sql(SELECT + " where c.status <> 'closed' and c.project_id = any(:projects) and (" + OWN + ") and "
                        + scope.sql("c.project_id", OWN) + " and not " + CONCEALED
                        + " order by p.family_name, p.given_name, c.code limit :most")
                .params(scope.params())
                .param("projects", projects.stream().map(ProjectId::value).toArray(Long[]::new))
                .param("most", most)
                .query(CaseRows::summary)
                .list();
    }

    List<CaseSummary> ofProfile(ProfileId profile, Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.READ_CASE);
        return jdbc.sql(SELECT + " where c.profile_id = :profile and " + read(scope)
                        + " order by c.opened_at desc, c.id desc limit 200")
                .params(scope.params())
                .param("profile", profile.value())
                .query(CaseRows::summary)
                .list();
    }

    /** The waiting cases of a worker, the one that waits longest first. */
    List<CaseSummary> waiting(UserId worker, ProjectId project) {
        return jdbc.sql(SELECT + """
                         where c.project_id = :project and c.assignee = :worker and c.waiting_since is not null
                         order by c.waiting_since, c.id
                        """)
                .params(Scope.of(Viewer.system(), Permission.READ_CASE).params())
                .param("project", project.value())
                .param("worker", worker.value())
                .query(CaseRows::summary)
                .list();
    }

    /** Gives out the next number; the row stays locked until the case is committed or given up. */
    int nextNumber(ProjectId project, int year) {
        return jdbc.sql("""
                        insert into case_sequence (project_id, year, last) values (:project, :year, 1)
                        on conflict (project_id, year) do update set last = case_sequence.last + 1
                        returning last
                        """)
                .param("project", project.value())
                .param("year", year)
                .query(Integer.class)
                .single();
    }

    void noteAssignment(CaseId caseId, String kind, UserId to, UserId by, Instant now, String reason) {
        jdbc.sql("""
                        insert into case_assignment (case_id, kind, given_to, given_by, given_at, reason)
                        values (:case, :kind, :to, :by, :now, :reason)
                        """)
                .param("case", caseId.value())
                .param("kind", kind)
                .param("to", to.value())
                .param("by", Columns.account(by))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("reason", reason)
                .update();
    }

    void noteReopening(CaseId caseId, UserId by, Instant now, String reason) {
        jdbc.sql("""
                        insert into case_reopening (case_id, reopened_by, reopened_at, reason)
                        values (:case, :by, :now, :reason)
                        """)
                .param("case", caseId.value())
                .param("by", Columns.account(by))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("reason", reason)
                .update();
    }

    /** Makes a case of a row of {@link #SELECT}. */
    public static CaseSummary summary(ResultSet row, int number) throws SQLException {
        String reason = row.getString("closing_reason");
        boolean concealed = row.getBoolean("concealed");
        return new CaseSummary(
                new CaseId(row.getLong("id")),
                row.getString("code"),
                new ProjectId(row.getLong("project_id")),
                new ProfileId(row.getLong("profile_id")),
                concealed ? "" : (row.getString("given_name") + " " + row.getString("family_name")).strip(),
                concealed,
                Columns.languages(row.getArray("languages")),
                CaseStatus.of(row.getString("status")),
                ProjectStatus.of(row),
                ServiceMode.of(row.getString("service_mode")),
                Columns.user(row, "assignee"),
                row.getString("assignee_name"),
                row.getBoolean("assignee_left"),
                Columns.instantOrNull(row, "assigned_at"),
                Columns.instantOrNull(row, "waiting_since"),
                Columns.instant(row, "opened_at"),
                Columns.instantOrNull(row, "admitted_at"),
                Columns.instantOrNull(row, "closed_at"),
                reason == null ? null : ClosingReason.of(reason),
                concealed
                        ? ReferralSource.SELF
                        : new ReferralSource(
                                SourceKind.of(row.getString("source_kind")),
                                row.getString("source_name"),
                                row.getString("source_phone"),
                                row.getString("source_email")),
                flags(row.getString("open_flags")),
                sharing(row),
                row.getBoolean("emergency"),
                row.getInt("version"));
    }

    private static List<Flag.Kind> flags(String json) {
        List<Flag.Kind> flags = new ArrayList<>();
        JSON.readTree(json)
                .forEach(node -> flags.add(new Flag.Kind(
                        node.get("code").asString(),
                        new Wording(
                                node.get("en").asString(),
                                node.get("es").asString(),
                                node.get("it").asString()),
                        Columns.tone(node.get("colour").asString()),
                        node.get("stops").asBoolean())));
        return List.copyOf(flags);
    }

    private static Sharing sharing(ResultSet row) throws SQLException {
        List<Colleague> collaborators = new ArrayList<>();
        JSON.readTree(row.getString("collaborators"))
                .forEach(node -> collaborators.add(new Colleague(
                        new UserId(node.get("id").asLong()), node.get("name").asString())));
        long team = row.getLong("team_id");
        return new Sharing(
                row.wasNull() ? null : new TeamId(team),
                row.getString("team_name"),
                Arrays.stream((Long[]) row.getArray("team_members").getArray())
                        .map(UserId::new)
                        .collect(Collectors.toSet()),
                collaborators);
    }
}
