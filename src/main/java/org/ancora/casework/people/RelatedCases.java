package org.ancora.casework.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Scope;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.audit.Audited;
import org.ancora.audit.ReadLog;
import org.ancora.casework.CaseRows;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.SearchText;
import org.ancora.network.Project;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Cases that have to do with one another (C65 to C68). A relation is seen from both cases, by each viewer only as far as they
 * may see the other one: whole, by its least data for those who may search the network, or not at all.
 */
@Service
class RelatedCases {

    static final int PAGE = 25;

    /** How long a search of the network, with its reason, lets somebody relate what it found. */
    private static final Duration SEARCHED_LATELY = Duration.ofHours(12);

    private static final String FOUND = """
            c.id, c.code, c.project_id, j.name as project_name, c.status, c.opened_at, c.closed_at,
            p.id as profile_id, p.anonymous, p.given_name, p.family_name
            """;

    private final JdbcClient jdbc;
    private final ReadLog reads;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    RelatedCases(JdbcClient jdbc, ReadLog reads, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.reads = reads;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A case as far as somebody may see it.
     *
     * @param visible whether they may open it
     * @param concealed whether the client is protected from the viewer
     * @param name the client's name, or initials where it is not visible; empty for a client who gives or shows none
     */
    record Found(
            long id,
            long profile,
            String code,
            ProjectId projectId,
            String project,
            String status,
            Instant openedAt,
            @Nullable Instant closedAt,
            boolean visible,
            boolean concealed,
            String name) {}

    /** A relation seen from one of its cases. */
    record Related(long id, Relation relation, boolean fromHere, String note, Found other) {}

    /** One page of a search, and where the next begins. */
    record Page(List<Found> found, @Nullable Place next) {}

    /** The last case of a page. */
    record Place(long profile, long caseId) {}

    /** The relations of a case as far as the viewer may see the others. */
    List<Related> of(CaseSummary caseFile, Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.READ_CASE);
        boolean network = viewer.may(Permission.SEARCH_NETWORK, caseFile.project());
        return jdbc
                .sql("select " + FOUND + """
                               , r.id as relation_id, r.kind, r.case_id = :case as from_here, r.note,
                               %s as concealed, %s as visible
                          from related_case r
                          join case_file c on c.id = case when r.case_id = :case then r.other_id else r.case_id end
                          join project j on j.id = c.project_id
                          join profile p on p.id = c.profile_id
                         where (r.case_id = :case or r.other_id = :case) and r.removed_at is null
                         order by r.added_at, r.id
                        """.formatted(CaseRows.CONCEALED, scope.sql("c.project_id", CaseRows.OWN)))
                .params(scope.params())
                .param("case", caseFile.id().value())
                .query((row, number) -> new Related(
                        row.getLong("relation_id"),
                        Relation.of(row.getString("kind")).orElse(Relation.OTHER),
                        row.getBoolean("from_here"),
                        row.getBoolean("visible") && !row.getBoolean("concealed") ? row.getString("note") : "",
                        found(row)))
                .list()
                .stream()
                .filter(related -> related.other().visible() || network)
                .toList();
    }

    /**
     * Looks for cases by the client's name, among those that the viewer may open (C66).
     *
     * @param name part of a given or family name, with or without accents; not blank
     */
    List<Found> search(CaseSummary caseFile, Project project, String name, Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.READ_CASE);
        return jdbc.sql("select " + FOUND + """
                               , false as concealed, true as visible
                          from case_file c
                          join project j on j.id = c.project_id
                          join profile p on p.id = c.profile_id
                         where j.network_id = :network and not p.anonymous and c.id <> :case and %s and not %s
                           and p.search_name like :name
                         order by c.opened_at desc, c.id desc limit :limit
                        """.formatted(scope.sql("c.project_id", CaseRows.OWN), CaseRows.CONCEALED))
                .params(scope.params())
                .param("network", project.network().id())
                .param("case", caseFile.id().value())
                .param("name", SearchText.anywhere(name))
                .param("limit", PAGE)
                .query((row, number) -> found(row))
                .list();
    }

    /**
     * Looks in the whole network (C67): every client who gave a name and is not protected from the viewer. The reason goes to
     * the read log of the case from which the search began, and of every case that it found (C-R3).
     *
     * @param name part of a name, or blank for everybody
     * @param reason why; not blank
     * @param after the end of the page before, or null
     * @throws Forbidden when the viewer may not search the network of this case
     */
    @Transactional
    Page searchNetwork(
            CaseSummary caseFile, Project project, String name, String reason, @Nullable Place after, Viewer viewer) {
        viewer.require(Permission.SEARCH_NETWORK, caseFile.project());
        Scope scope = Scope.of(viewer, Permission.READ_CASE);
        Map<String, Object> params = new HashMap<>(scope.params());
        params.put("network", project.network().id());
        params.put("case", caseFile.id().value());
        params.put("limit", PAGE + 1);
        String more = "";
        if (!name.isBlank()) {
            more += " and p.search_name like :name";
            params.put("name", SearchText.anywhere(name));
        }
        if (after != null) {
            more += " and (p.id, c.id) < (:afterProfile, :afterCase)";
            params.put("afterProfile", after.profile());
            params.put("afterCase", after.caseId());
        }
        List<Found> found = jdbc.sql(
                        "select " + FOUND + """
                               , false as concealed, %s as visible
                          from profile p
                          join case_file c on c.profile_id = p.id
                          join project j on j.id = c.project_id
                         where p.network_id = :network and not p.anonymous and c.id <> :case and not %s
                        """.formatted(scope.sql("c.project_id", CaseRows.OWN), CaseRows.CONCEALED)
                                + more + " order by p.id desc, c.id desc limit :limit")
                .params(params)
                .query((row, number) -> found(row))
                .list();
        List<Found> shown = List.copyOf(found.subList(0, Math.min(PAGE, found.size())));
        Map<String, ProjectId> seen = new LinkedHashMap<>();
        seen.put(caseFile.code(), caseFile.project());
        shown.forEach(each -> seen.put(each.code(), each.projectId()));
        reads.recordSearch(viewer, caseFile.code(), seen, reason);
        Found last = shown.isEmpty() ? null : shown.get(shown.size() - 1);
        return new Page(shown, found.size() > PAGE && last != null ? new Place(last.profile(), last.id()) : null);
    }

    /**
     * Relates two cases; relating those that are related already changes nothing.
     *
     * @param other the code of the other case
     * @throws Problem 409 when the case's client gave no name (C65), or 400 when it is the same case
     * @throws Hidden when the viewer may not see the other case, and did not find it lately in a search with a reason
     */
    @Transactional
    void relate(CaseSummary caseFile, String other, Relation relation, String note, Viewer viewer) {
        Target target = target(other, viewer);
        if (target.id() == caseFile.id().value()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "related.same");
        }
        if (isAnonymous(caseFile)) {
            throw new Problem(HttpStatus.CONFLICT, "related.anonymous");
        }
        int added = jdbc.sql("""
                        insert into related_case (case_id, other_id, kind, note, added_by, added_at)
                        values (:case, :other, :kind, :note, :by, :now) on conflict do nothing
                        """)
                .param("case", caseFile.id().value())
                .param("other", target.id())
                .param("kind", relation.code())
                .param("note", note)
                .param("by", TeamRows.account(viewer.id()))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        if (added > 0) {
            tell("case.related", caseFile, target, viewer.id(), relation);
        }
    }

    /** Ends a relation of the case; {@link #undo} brings it back. */
    @Transactional
    void remove(CaseSummary caseFile, Related related, Viewer viewer) {
        int removed = jdbc.sql("""
                        update related_case set removed_at = :now, removed_by = :by
                         where id = :id and removed_at is null
                        """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("by", TeamRows.account(viewer.id()))
                .param("id", related.id())
                .update();
        if (removed > 0) {
            tell("case.no-longer-related", caseFile, byId(related.other().id()), viewer.id(), related.relation());
        }
    }

    /**
     * Brings back what this person removed.
     *
     * @throws Hidden when they removed no such relation of this case
     */
    @Transactional
    void undo(CaseSummary caseFile, long id, Viewer viewer) {
        Relation relation = jdbc.sql("""
                        select kind from related_case
                         where id = :id and (case_id = :case or other_id = :case) and removed_by = :by
                        """)
                .param("id", id)
                .param("case", caseFile.id().value())
                .param("by", viewer.id().value())
                .query(String.class)
                .optional()
                .flatMap(Relation::of)
                .orElseThrow(() -> new Hidden("relation", id));
        Optional<Long> back = jdbc.sql("""
                        update related_case r set removed_at = null, removed_by = null
                         where id = :id and removed_at is not null
                           and not exists (select from related_case o
                                            where o.removed_at is null
                                              and least(o.case_id, o.other_id) = least(r.case_id, r.other_id)
                                              and greatest(o.case_id, o.other_id) = greatest(r.case_id, r.other_id))
                        returning case when case_id = :case then other_id else case_id end
                        """)
                .param("id", id)
                .param("case", caseFile.id().value())
                .query(Long.class)
                .optional();
        back.ifPresent(other -> tell("case.related", caseFile, byId(other), viewer.id(), relation));
    }

    boolean isAnonymous(CaseSummary caseFile) {
        return jdbc.sql("select p.anonymous from profile p where p.id = :id")
                .param("id", caseFile.profile().value())
                .query(Boolean.class)
                .single();
    }

    private record Target(long id, String code, ProjectId project) {}

    private Target target(String code, Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.READ_CASE);
        return jdbc.sql("""
                        select c.id, c.code, c.project_id from case_file c join profile p on p.id = c.profile_id
                         where c.code = :code and not p.anonymous
                           and (%s or exists (select from read_access l
                                               where l.by_account = :scopeViewer and l.case_code = c.code
                                                 and l.how = 'search' and l.reason is not null and l.at > :since))
                        """.formatted(scope.sql("c.project_id", CaseRows.OWN)))
                .params(scope.params())
                .param("code", code)
                .param("since", clock.instant().minus(SEARCHED_LATELY).atOffset(ZoneOffset.UTC))
                .query(RelatedCases::target)
                .optional()
                .orElseThrow(() -> new Hidden("case", code));
    }

    private Target byId(long id) {
        return jdbc.sql("select c.id, c.code, c.project_id from case_file c where c.id = :id")
                .param("id", id)
                .query(RelatedCases::target)
                .single();
    }

    /** Both logs say so, neither which case the other is: their readers differ. */
    private void tell(String action, CaseSummary caseFile, Target other, UserId by, Relation relation) {
        events.publishEvent(
                Audited.ofCase(action, caseFile.project(), caseFile.code(), by).with("relation", relation.code()));
        events.publishEvent(
                Audited.ofCase(action, other.project(), other.code(), by).with("relation", relation.code()));
    }

    private static Target target(ResultSet row, int number) throws SQLException {
        return new Target(row.getLong("id"), row.getString("code"), new ProjectId(row.getLong("project_id")));
    }

    private static Found found(ResultSet row) throws SQLException {
        OffsetDateTime closed = row.getObject("closed_at", OffsetDateTime.class);
        boolean visible = row.getBoolean("visible");
        boolean concealed = row.getBoolean("concealed");
        boolean named = !concealed && !row.getBoolean("anonymous");
        String given = row.getString("given_name");
        String family = row.getString("family_name");
        return new Found(
                row.getLong("id"),
                row.getLong("profile_id"),
                row.getString("code"),
                new ProjectId(row.getLong("project_id")),
                row.getString("project_name"),
                row.getString("status"),
                Objects.requireNonNull(row.getObject("opened_at", OffsetDateTime.class))
                        .toInstant(),
                closed == null ? null : closed.toInstant(),
                visible,
                concealed,
                !named ? "" : visible ? (given + " " + family).strip() : (initial(given) + initial(family)).strip());
    }

    private static String initial(String name) {
        return name.isBlank()
                ? ""
                : new StringBuilder()
                        .appendCodePoint(name.strip().codePointAt(0))
                        .append(". ")
                        .toString();
    }
}
