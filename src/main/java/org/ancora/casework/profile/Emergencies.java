package org.ancora.casework.profile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Scope;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.audit.Audited;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.GlassBroken;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Access in an emergency: a case is opened by its code, for a reason and for a while; the privacy officer is told at once
 * and looks into it afterwards. Whoever may not do this learns nothing about any code, and nobody may try many.
 */
@Service
class Emergencies {

    /** So many codes may be mistyped in an hour. */
    static final int MISSES = 5;

    private static final Duration FORGIVEN_AFTER = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final Cases cases;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Emergencies(JdbcClient jdbc, Cases cases, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.events = events;
        this.clock = clock;
    }

    /** Why a case is opened although it is closed to the reader. */
    enum Kind {
        DANGER,
        HEALTH,
        SAFEGUARDING,
        COVER,
        OTHER;

        String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * One emergency access, for the review.
     *
     * @param reads how many things were read under it
     */
    record Access(
            long id,
            ProjectId project,
            String caseCode,
            UserId by,
            String byName,
            String kind,
            String reason,
            Instant openedAt,
            Instant until,
            @Nullable Instant endedAt,
            @Nullable Instant reviewedAt,
            @Nullable String reviewedBy,
            @Nullable String finding,
            String remark,
            int reads) {

        /** When it stopped, or will. */
        Instant end() {
            return endedAt == null ? until : endedAt;
        }
    }

    /** Refuses whoever may do this nowhere, before anything is looked up. */
    void require(Viewer viewer) {
        if (viewer.projects(Permission.BREAK_GLASS).isEmpty()) {
            throw new Forbidden(Permission.BREAK_GLASS, null);
        }
    }

    /**
     * Opens a case.
     *
     * @param code as it was typed
     * @return the case; empty when there is none with this code where the viewer may do this, which is never told apart
     * @throws Problem with 429 after too many codes that led nowhere
     */
    @Transactional
    Optional<CaseSummary> open(String code, Kind kind, String reason, Viewer viewer) {
        require(viewer);
        requirePatience(viewer);
        Optional<CaseSummary> found = cases.find(code.strip().toUpperCase(java.util.Locale.ROOT))
                .filter(caseFile -> isOfNetwork(caseFile, viewer));
        if (found.isEmpty()) {
            jdbc.sql("insert into break_glass_miss (account_id, at) values (:account, :now)")
                    .param("account", viewer.id().value())
                    .param("now", now())
                    .update();
            return found;
        }
        CaseSummary caseFile = found.get();
        if (!isOpenTo(caseFile, viewer) && viewer.glass(caseFile.code()).isEmpty()) {
            breakGlass(caseFile, kind, reason.strip(), viewer);
        }
        return found;
    }

    /** Ends one's own access before its time; an access of somebody else is not there. */
    @Transactional
    void end(long id, Viewer viewer) {
        String code = jdbc.sql("""
                        update break_glass set ended_at = :now
                         where id = :id and account_id = :account and ended_at is null and until > :now
                        returning case_code
                        """)
                .param("now", now())
                .param("id", id)
                .param("account", viewer.id().value())
                .query(String.class)
                .optional()
                .orElseThrow(() -> new Hidden("emergency access", id));
        cases.find(code)
                .ifPresent(caseFile ->
                        events.publishEvent(Audited.ofCase("case.glass-ended", caseFile.project(), code, viewer.id())));
    }

    /** What was opened where the viewer reviews: what nobody looked into first, then the newest. */
    @Transactional(readOnly = true)
    List<Access> toReview(Viewer viewer, int limit) {
        Scope scope = Scope.of(viewer, Permission.REVIEW_BREAK_GLASS);
        Map<String, Object> params = new HashMap<>(scope.params());
        params.put("limit", limit);
        return jdbc.sql(ACCESS + " where " + scope.sql("g.project_id") + """
                         order by g.reviewed_at is not null, g.id desc limit :limit
                        """)
                .params(params)
                .query(Emergencies::access)
                .list();
    }

    /**
     * Notes what came of looking into an access.
     *
     * @throws Hidden when the viewer reviews nothing there, or it was their own
     */
    @Transactional
    void review(long id, boolean justified, String remark, Viewer viewer) {
        Access access = jdbc.sql(ACCESS + " where g.id = :id")
                .param("id", id)
                .query(Emergencies::access)
                .optional()
                .filter(each -> viewer.may(Permission.REVIEW_BREAK_GLASS, each.project()))
                .orElseThrow(() -> new Hidden("emergency access", id));
        if (access.by().equals(viewer.id())) {
            throw new Problem(HttpStatus.FORBIDDEN, "profile.review.own");
        }
        jdbc.sql("""
                        update break_glass set reviewed_at = :now, reviewed_by = :by, finding = :finding, remark = :remark
                         where id = :id
                        """)
                .param("now", now())
                .param("by", viewer.id().value())
                .param("finding", justified ? "justified" : "questioned")
                .param("remark", remark.strip())
                .param("id", id)
                .update();
        events.publishEvent(Audited.ofCase("case.glass-reviewed", access.project(), access.caseCode(), viewer.id())
                .with("finding", justified ? "justified" : "questioned"));
    }

    private static final String ACCESS = """
            select g.*, a.name as by_name, r.name as reviewer,
                   (select count(*) from read_access read where read.break_glass = g.id) as reads
              from break_glass g
              join account a on a.id = g.account_id
              left join account r on r.id = g.reviewed_by
            """;

    private static Access access(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        return new Access(
                row.getLong("id"),
                new ProjectId(row.getLong("project_id")),
                row.getString("case_code"),
                new UserId(row.getLong("account_id")),
                row.getString("by_name"),
                row.getString("kind"),
                row.getString("reason"),
                instant(row.getObject("opened_at", OffsetDateTime.class)),
                instant(row.getObject("until", OffsetDateTime.class)),
                instantOrNull(row.getObject("ended_at", OffsetDateTime.class)),
                instantOrNull(row.getObject("reviewed_at", OffsetDateTime.class)),
                row.getString("reviewer"),
                row.getString("finding"),
                row.getString("remark"),
                row.getInt("reads"));
    }

    private void breakGlass(CaseSummary caseFile, Kind kind, String reason, Viewer viewer) {
        Instant now = clock.instant();
        var opened = jdbc.sql("""
                        insert into break_glass (account_id, project_id, case_code, kind, reason, opened_at, until)
                        select :account, p.id, :code, :kind, :reason, :now, :now + make_interval(mins => p.emergency_minutes)
                          from project p where p.id = :project
                        returning id, until
                        """)
                .param("account", viewer.id().value())
                .param("project", caseFile.project().value())
                .param("code", caseFile.code())
                .param("kind", kind.code())
                .param("reason", reason)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new GlassBroken(
                        row.getLong("id"),
                        caseFile.code(),
                        caseFile.project(),
                        viewer.id(),
                        instant(row.getObject("until", OffsetDateTime.class))))
                .single();
        events.publishEvent(Audited.ofCase("case.glass-broken", caseFile.project(), caseFile.code(), viewer.id())
                .with("emergency", kind.code())
                .with("until", opened.until()));
        events.publishEvent(opened);
    }

    /** The permission is held in a project and covers the cases of all projects of its network. */
    private boolean isOfNetwork(CaseSummary caseFile, Viewer viewer) {
        return jdbc.sql("""
                        select exists (select from project home join project other using (network_id)
                                        where other.id = :project and home.id = any(:homes))
                        """)
                .param("project", caseFile.project().value())
                .param(
                        "homes",
                        viewer.projects(Permission.BREAK_GLASS).stream()
                                .map(ProjectId::value)
                                .toArray(Long[]::new))
                .query(Boolean.class)
                .single();
    }

    private boolean isOpenTo(CaseSummary caseFile, Viewer viewer) {
        CaseSummary seen = cases.byCodes(List.of(caseFile.code()), viewer).get(caseFile.code());
        return seen != null && !seen.concealed();
    }

    private void requirePatience(Viewer viewer) {
        int misses = jdbc.sql("select count(*) from break_glass_miss where account_id = :account and at > :since")
                .param("account", viewer.id().value())
                .param("since", clock.instant().minus(FORGIVEN_AFTER).atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
        if (misses >= MISSES) {
            throw new Problem(HttpStatus.TOO_MANY_REQUESTS, "profile.emergency.too-many");
        }
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(OffsetDateTime time) {
        return time.toInstant();
    }

    private static @Nullable Instant instantOrNull(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
