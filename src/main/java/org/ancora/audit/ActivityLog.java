package org.ancora.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ancora.access.AccessChanged;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Scope;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/** Who changed what and when: written from {@link Audited} events, read page by page, newest first. */
@Service
public class ActivityLog {

    private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ObjectMapper json;

    ActivityLog(JdbcClient jdbc, Clock clock, ObjectMapper json) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.json = json;
    }

    /**
     * What to leave in; null leaves everything in.
     *
     * @param action an action's code, or the beginning of codes up to a dot ({@code letter} finds {@code letter.sent})
     * @param from inclusive
     * @param until exclusive
     */
    public record Filter(
            @Nullable String action,
            @Nullable UserId by,
            @Nullable Instant from,
            @Nullable Instant until) {

        /** Leaves everything in. */
        public static final Filter NONE = new Filter(null, null, null, null);
    }

    /**
     * One page.
     *
     * @param next to be handed in for the following page; null on the last one
     */
    public record Page(List<Activity> entries, @Nullable Long next) {}

    /**
     * The log of one case, newest first; empty for a viewer who may not read the log of its project.
     *
     * @param after {@link Page#next()} of the page before, or null for the first
     * @param size entries to a page
     */
    @Transactional(readOnly = true)
    public Page forCase(String caseCode, Viewer viewer, Filter filter, @Nullable Long after, int size) {
        return page("and l.case_code = :caseCode", Map.of("caseCode", caseCode), viewer, filter, after, size);
    }

    /**
     * By what a log can be filtered.
     *
     * @param people who is in it, by name
     * @param matters what its entries are about: what stands before the dot in their actions
     */
    public record Facets(Map<UserId, String> people, List<String> matters) {}

    /** By what the log of one case can be filtered; nothing for a viewer who may not read it. */
    @Transactional(readOnly = true)
    public Facets facetsOfCase(String caseCode, Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.READ_ACTIVITY_LOG);
        Map<UserId, String> people = new LinkedHashMap<>();
        Set<String> matters = new TreeSet<>();
        jdbc.sql("""
                        select distinct a.id, a.name, split_part(l.action, '.', 1) as matter
                          from activity l left join account a on a.id = l.by_account
                         where l.case_code = :caseCode and %s
                         order by a.name, a.id
                        """.formatted(scope.sql("l.project_id") + scope.beyondWalls("l.case_code")))
                .params(scope.params())
                .param("caseCode", caseCode)
                .query(row -> {
                    long id = row.getLong("id");
                    if (!row.wasNull()) {
                        people.put(new UserId(id), row.getString("name"));
                    }
                    matters.add(row.getString("matter"));
                });
        return new Facets(people, List.copyOf(matters));
    }

    /**
     * The log of one project, newest first; empty for a viewer who may not read it.
     *
     * @param after {@link Page#next()} of the page before, or null for the first
     * @param size entries to a page
     */
    @Transactional(readOnly = true)
    public Page forProject(ProjectId project, Viewer viewer, Filter filter, @Nullable Long after, int size) {
        return page("and l.project_id = :project", Map.of("project", project.value()), viewer, filter, after, size);
    }

    /**
     * Whether one of some people made an account, gave it a role, opened it again or sent its set-up link: whoever did can
     * have been its only user.
     */
    @Transactional(readOnly = true)
    public boolean handedOut(UserId account, Collection<UserId> by, Instant since) {
        return jdbc.sql("""
                        select exists (select 1 from activity
                                        where subject = 'account' and subject_id = :account and at >= :since
                                          and by_account = any(:by) and by_account <> :self
                                          and action in ('access.user-created', 'access.role-granted',
                                                         'access.user-enabled', 'access.link-issued',
                                                         'access.password-set'))
                        """)
                .param("account", account.toString())
                .param("self", account.value())
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("by", by.stream().map(UserId::value).toArray(Long[]::new))
                .query(Boolean.class)
                .single();
    }

    /**
     * Everybody who did one of some things to what stands where case codes stand, by its code, in one statement: for rules about
     * whose hand must not be in something, which hold whoever asks.
     *
     * @param actions their whole codes
     * @return no entry for what nobody did any of them to
     */
    @Transactional(readOnly = true)
    public Map<String, Set<UserId>> whoDid(Collection<String> caseCodes, Collection<String> actions) {
        Map<String, Set<UserId>> people = new HashMap<>();
        jdbc.sql("""
                        select distinct case_code, by_account from activity
                         where case_code = any(:caseCodes) and action = any(:actions) and by_account is not null
                        """)
                .param("caseCodes", caseCodes.toArray(String[]::new))
                .param("actions", actions.toArray(String[]::new))
                .query(row -> {
                    people.computeIfAbsent(row.getString("case_code"), code -> new HashSet<>())
                            .add(new UserId(row.getLong("by_account")));
                });
        return people;
    }

    /**
     * What was done to a folder of procedures, newest first. It is about no project, so whoever asks has seen to it that the
     * reader may change procedures.
     *
     * @param most as many entries at most
     */
    @Transactional(readOnly = true)
    public List<Activity> ofProcedure(String folder, int most) {
        return jdbc.sql("""
                        select l.id, l.at, l.action, l.project_id, l.case_code, l.subject, l.subject_id, l.by_account,
                               a.name as by_name, l.details
                          from activity l left join account a on a.id = l.by_account
                         where l.subject = 'procedure' and l.subject_id = :folder and l.case_code is null
                         order by l.id desc limit :most
                        """)
                .param("folder", folder)
                .param("most", most)
                .query(this::activity)
                .list();
    }

    /** Writes an entry into the running transaction; without one the change would not be safe either, so it is refused. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(Audited change) {
        UserId by = change.by();
        ProjectId project = change.project();
        jdbc.sql("""
                        insert into activity (at, action, project_id, case_code, subject, subject_id, by_account, details)
                        values (:at, :action, :project, :caseCode, :subject, :subjectId, :by, :details::jsonb)
                        """)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .param("action", change.action())
                .param("project", project == null ? null : project.value())
                .param("caseCode", change.caseCode())
                .param("subject", change.subject())
                .param("subjectId", change.subjectId())
                .param("by", by == null || by.equals(UserId.SYSTEM) ? null : by.value())
                .param("details", json.writeValueAsString(change.details()))
                .update();
    }

    /** As {@link #on(Audited)}, for many changes at once. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(AuditedTogether together) {
        List<Audited> changes = together.changes();
        jdbc.sql("""
                        insert into activity (at, action, project_id, case_code, subject, subject_id, by_account, details)
                        select :at, e.action, e.project, e.case_code, e.subject, e.subject_id, e.by_account, e.details::jsonb
                          from unnest(:actions::text[], :projects::bigint[], :codes::text[], :subjects::text[],
                                      :subjectIds::text[], :accounts::bigint[], :details::text[])
                               as e(action, project, case_code, subject, subject_id, by_account, details)
                        """)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .param("actions", changes.stream().map(Audited::action).toArray(String[]::new))
                .param("projects", changes.stream().map(ActivityLog::project).toArray(Long[]::new))
                .param("codes", changes.stream().map(Audited::caseCode).toArray(String[]::new))
                .param("subjects", changes.stream().map(Audited::subject).toArray(String[]::new))
                .param("subjectIds", changes.stream().map(Audited::subjectId).toArray(String[]::new))
                .param("accounts", changes.stream().map(ActivityLog::account).toArray(Long[]::new))
                .param(
                        "details",
                        changes.stream()
                                .map(change -> json.writeValueAsString(change.details()))
                                .toArray(String[]::new))
                .update();
    }

    private static @Nullable Long project(Audited change) {
        ProjectId project = change.project();
        return project == null ? null : project.value();
    }

    private static @Nullable Long account(Audited change) {
        UserId by = change.by();
        return by == null || by.equals(UserId.SYSTEM) ? null : by.value();
    }

    @EventListener
    @Transactional
    void on(AccessChanged change) {
        on(new Audited(
                change.action(),
                change.project(),
                null,
                "account",
                change.whom().toString(),
                change.by(),
                change.details()));
    }

    private Page page(
            String where,
            Map<String, Object> parameters,
            Viewer viewer,
            Filter filter,
            @Nullable Long after,
            int size) {
        Scope scope = Scope.of(viewer, Permission.READ_ACTIVITY_LOG);
        Map<String, Object> all = new HashMap<>(scope.params());
        all.putAll(parameters);
        StringBuilder sql = new StringBuilder("""
                select l.id, l.at, l.action, l.project_id, l.case_code, l.subject, l.subject_id, l.by_account,
                       a.name as by_name, l.details
                  from activity l left join account a on a.id = l.by_account
                """)
                .append(" where ")
                .append(scope.sql("l.project_id"))
                .append(scope.beyondWalls("l.case_code"))
                .append(' ')
                .append(where);
        if (filter.action() != null) {
            sql.append(" and (l.action = :action or l.action like :actions)");
            all.put("action", filter.action());
            all.put("actions", literal(filter.action()) + ".%");
        }
        if (filter.by() != null) {
            sql.append(" and l.by_account = :by");
            all.put("by", filter.by().value());
        }
        if (filter.from() != null) {
            sql.append(" and l.at >= :from");
            all.put("from", filter.from().atOffset(ZoneOffset.UTC));
        }
        if (filter.until() != null) {
            sql.append(" and l.at < :until");
            all.put("until", filter.until().atOffset(ZoneOffset.UTC));
        }
        if (after != null) {
            sql.append(" and l.id < :after");
            all.put("after", after);
        }
        sql.append(" order by l.id desc limit :limit");
        all.put("limit", size + 1);
        List<Activity> found =
                jdbc.sql(sql.toString()).params(all).query(this::activity).list();
        return found.size() <= size
                ? new Page(found, null)
                : new Page(
                        List.copyOf(found.subList(0, size)), found.get(size - 1).id());
    }

    private Activity activity(ResultSet row, int index) throws SQLException {
        long project = row.getLong("project_id");
        ProjectId projectId = row.wasNull() ? null : new ProjectId(project);
        long by = row.getLong("by_account");
        UserId byId = row.wasNull() ? null : new UserId(by);
        return new Activity(
                row.getLong("id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("action"),
                projectId,
                row.getString("case_code"),
                row.getString("subject"),
                row.getString("subject_id"),
                byId,
                row.getString("by_name"),
                json.readValue(row.getString("details"), DETAILS));
    }

    private static String literal(String prefix) {
        return prefix.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
