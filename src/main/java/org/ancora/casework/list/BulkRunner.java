package org.ancora.casework.list;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.access.Viewers;
import org.ancora.audit.Audited;
import org.ancora.audit.AuditedTogether;
import org.ancora.casework.CapacityChanged;
import org.ancora.casework.CaseStatusChanged;
import org.ancora.casework.Cases;
import org.ancora.casework.ClosingConditions;
import org.ancora.casework.Flag;
import org.ancora.casework.FlagRaised;
import org.ancora.casework.FlagResolved;
import org.ancora.casework.StatusRefused;
import org.ancora.casework.list.BulkRows.Target;
import org.ancora.network.CaseStatus;
import org.ancora.network.ProjectReason;
import org.ancora.network.ProjectStatus;
import org.ancora.network.StatusId;
import org.ancora.network.Statuses;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes bulk changes, some cases to a transaction: what a transaction changed and that it did so are committed together, so
 * that an interrupted change goes on where it was and no case is changed twice. Rules are asked again once the cases are
 * locked. A case that a procedure follows is changed alone, as by hand, so that the procedure hears of it; all others are
 * changed together, with the same effects in a few statements.
 */
@Service
class BulkRunner {

    /** Chosen so that a transaction takes a tenth of a second or two. */
    static final int CHUNK = 1000;

    /** Of cases that are changed one by one. */
    private static final int CHUNK_ALONE = 50;

    /** How many transactions one step of the procedure makes; below a tenth of the engine's lock on a job. */
    private static final int CHUNKS_A_STEP = 10;

    private static final Logger log = LoggerFactory.getLogger(BulkRunner.class);

    private final BulkRows rows;
    private final Cases cases;
    private final Viewers viewers;
    private final Processes processes;
    private final CaseFields fields;
    private final Statuses statuses;
    private final ClosingConditions conditions;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final TransactionTemplate alone;

    BulkRunner(
            BulkRows rows,
            Cases cases,
            Viewers viewers,
            Processes processes,
            CaseFields fields,
            Statuses statuses,
            ClosingConditions conditions,
            JdbcClient jdbc,
            ApplicationEventPublisher events,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.rows = rows;
        this.cases = cases;
        this.viewers = viewers;
        this.processes = processes;
        this.fields = fields;
        this.statuses = statuses;
        this.conditions = conditions;
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
        this.alone = new TransactionTemplate(transactions);
        alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Goes on in the background until none is left: each job of the engine does some, and leaves the rest to another. */
    void goOnInBackground(long id) {
        if (goOn(id)) {
            begin(rows.find(id).orElseThrow());
        }
    }

    /** Leaves a change to the engine's jobs, in the running transaction. */
    void begin(BulkChange bulk) {
        processes.start(
                BulkSteps.PROCESS, "bulk-" + bulk.id(), bulk.project(), Variables.of(BulkSteps.BULK, bulk.id()));
    }

    /** Changes some of the cases, each transaction committed on its own; returns whether others are left. */
    boolean goOn(long id) {
        for (int chunk = 0; chunk < CHUNKS_A_STEP; chunk++) {
            List<Target> followed = new ArrayList<>();
            boolean left = Boolean.TRUE.equals(alone.execute(transaction -> chunk(id, followed)));
            followed.forEach(target -> one(id, target));
            if (!left) {
                return false;
            }
        }
        return true;
    }

    /** Changes what no procedure follows; hands the others back to be changed alone. */
    private boolean chunk(long id, List<Target> followed) {
        BulkChange bulk = rows.lock(id);
        if (bulk.state() != BulkChange.State.RUNNING) {
            return false;
        }
        List<Long> next = rows.next(bulk, alwaysAlone(bulk) ? CHUNK_ALONE : CHUNK);
        if (next.isEmpty()) {
            rows.finish(bulk);
            return false;
        }
        BulkRules rules = rules(bulk);
        List<Target> targets = rows.lock(next, rules);
        Set<String> underWay = alwaysAlone(bulk)
                ? Set.of()
                : processes.underWay(targets.stream().map(Target::code).toList());
        Map<Long, String> became = new LinkedHashMap<>();
        List<Target> together = new ArrayList<>();
        for (Target target : targets) {
            if (target.why() != null) {
                became.put(target.id(), target.why());
            } else if (alwaysAlone(bulk) || underWay.contains(target.code())) {
                followed.add(target);
            } else {
                together.add(target);
                became.put(target.id(), "");
            }
        }
        if (!together.isEmpty()) {
            change(bulk, together);
        }
        rows.done(bulk, became);
        return true;
    }

    /** A status may start or stop procedures and asks conditions of each case. */
    private static boolean alwaysAlone(BulkChange bulk) {
        return bulk.kind() == BulkChange.Kind.STATUS;
    }

    BulkRules rules(BulkChange bulk) {
        Viewer viewer = viewers.of(bulk.by()).orElse(null);
        return viewer == null
                ? new BulkRules("'" + BulkRules.GONE + "'", Map.of())
                : BulkRules.of(bulk, viewer, isPossible(bulk), () -> statuses.flow(bulk.project()));
    }

    /**
     * The rules as a preview knows them: beside those of {@link #rules}, what is otherwise asked of each case when its turn
     * comes. A condition that cannot say so for a whole project is heard of only then.
     */
    BulkRules preview(BulkChange bulk) {
        BulkRules rules = rules(bulk);
        ProjectStatus to = bulk.kind() != BulkChange.Kind.STATUS
                ? null
                : statuses.flow(bulk.project()).find(StatusId.of(bulk.what())).orElse(null);
        if (to == null) {
            return rules;
        }
        boolean silent = bulk.note().isBlank();
        if (!to.isClosed()) {
            return silent ? rules.unless("c.status = 'closed'", BulkRules.NOTE, Map.of()) : rules;
        }
        boolean needsNote = statuses.reason(bulk.project(), bulk.because())
                .filter(ProjectReason::needsNote)
                .isPresent();
        return rules.unless(String.valueOf(needsNote && silent), BulkRules.NOTE, Map.of())
                .unless(
                        "c.status <> 'closed' and c.code = any(:bulkUnmet)",
                        BulkRules.UNMET,
                        Map.of("bulkUnmet", conditions.unmetIn(bulk.project()).toArray(String[]::new)));
    }

    /** Whether what it gives can still be given. */
    private boolean isPossible(BulkChange bulk) {
        return switch (bulk.kind()) {
            case ASSIGN ->
                fields.workers(bulk.project()).stream()
                        .anyMatch(option -> option.value().equals(bulk.what()));
            case TEAM ->
                isThere(
                        "select count(*) from team where id::text = :what and project_id = :project and retired_at is null",
                        bulk);
            case FLAG ->
                isThere(
                        "select count(*) from flag_kind where key = :what and project_id = :project and retired_at is null",
                        bulk);
            case STATUS ->
                isThere(
                        "select count(*) from project_status where id::text = :what and project_id = :project and retired_at is null",
                        bulk);
            case RESOLVE -> true;
        };
    }

    private boolean isThere(String sql, BulkChange bulk) {
        return jdbc.sql(sql)
                        .param("what", bulk.what())
                        .param("project", bulk.project().value())
                        .query(Long.class)
                        .single()
                > 0;
    }

    private void one(long id, Target target) {
        String became;
        try {
            alone.executeWithoutResult(transaction -> {
                BulkChange bulk = rows.lock(id);
                Target now = rows.lock(List.of(target.id()), rules(bulk)).get(0);
                if (now.why() == null) {
                    changeAlone(bulk, now);
                }
                rows.done(bulk, Map.of(now.id(), Objects.requireNonNullElse(now.why(), "")));
            });
            return;
        } catch (StatusRefused refused) {
            became = switch (refused.key()) {
                case "case.close.unmet" -> BulkRules.UNMET;
                case "case.close.say-why", "case.status.why-open" -> BulkRules.NOTE;
                default -> BulkRules.NOT_ALLOWED;
            };
        } catch (RuntimeException failed) {
            log.warn("Bulk change {} skips case {}", id, target.code(), failed);
            became = BulkRules.FAILED;
        }
        String why = became;
        alone.executeWithoutResult(transaction -> rows.done(rows.lock(id), Map.of(target.id(), why)));
    }

    private void changeAlone(BulkChange bulk, Target target) {
        switch (bulk.kind()) {
            case ASSIGN -> cases.assign(target.code(), UserId.of(bulk.what()), bulk.by(), bulk.note());
            case TEAM -> give(bulk, List.of(target));
            case FLAG -> cases.raiseFlag(target.code(), kind(bulk), bulk.note(), bulk.by());
            case RESOLVE -> cases.resolveFlag(target.code(), kind(bulk), bulk.note(), bulk.by());
            case STATUS ->
                cases.changeStatus(
                        target.code(),
                        null,
                        new StatusId(Long.parseLong(bulk.what())),
                        bulk.because().isEmpty() ? null : bulk.because(),
                        bulk.note(),
                        viewers.of(bulk.by()).orElseThrow());
        }
    }

    private Flag.Kind kind(BulkChange bulk) {
        return cases.flagKind(bulk.project(), bulk.what()).orElseThrow();
    }

    private void change(BulkChange bulk, List<Target> targets) {
        switch (bulk.kind()) {
            case ASSIGN -> assign(bulk, targets);
            case TEAM -> give(bulk, targets);
            case FLAG -> raise(bulk, targets);
            case RESOLVE -> resolve(bulk, targets);
            case STATUS -> throw new IllegalStateException("a status is changed case by case");
        }
    }

    /** As {@link Cases#assign}, for cases that no procedure follows. */
    private void assign(BulkChange bulk, List<Target> targets) {
        UserId to = UserId.of(bulk.what());
        Long[] ids = ids(targets);
        StatusId first =
                statuses.flow(bulk.project()).first(CaseStatus.ASSIGNED).id();
        jdbc.sql("""
                        update case_file
                           set assignee = :to, assigned_at = :now, waiting_since = null, version = version + 1,
                               status = case when status = 'in-progress' then status else 'assigned' end,
                               status_id = case when status in ('assigned', 'in-progress') then status_id else :first end
                         where id = any(:ids)
                        """)
                .param("to", to.value())
                .param("first", first.value())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("ids", ids)
                .update();
        jdbc.sql("""
                        insert into case_assignment (case_id, kind, given_to, given_by, given_at, reason)
                        select c, 'assigned', :to, :by, :now, :reason from unnest(:ids::bigint[]) c
                        """)
                .param("to", to.value())
                .param("by", bulk.by().value())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("reason", bulk.note())
                .param("ids", ids)
                .update();
        tell(bulk, targets, target -> {
            Audited told = audited("case.assigned", bulk, target).with("to", to);
            UserId from = target.assignee();
            return from == null ? told : told.with("from", from);
        });
        targets.stream()
                .filter(target ->
                        target.category() != CaseStatus.ASSIGNED && target.category() != CaseStatus.IN_PROGRESS)
                .filter(target -> !target.status().equals(first))
                .forEach(target -> events.publishEvent(
                        new CaseStatusChanged(target.code(), bulk.project(), target.status(), first, bulk.by())));
        Set<UserId> relieved = new HashSet<>();
        targets.stream()
                .filter(Target::load)
                .map(Target::assignee)
                .filter(Objects::nonNull)
                .forEach(relieved::add);
        relieved.forEach(worker -> events.publishEvent(new CapacityChanged(worker, bulk.project())));
    }

    private void give(BulkChange bulk, List<Target> targets) {
        jdbc.sql("update case_file set team_id = :team, version = version + 1 where id = any(:ids)")
                .param("team", Long.valueOf(bulk.what()))
                .param("ids", ids(targets))
                .update();
        tell(bulk, targets, target -> audited("case.given-to-team", bulk, target)
                .with("team", bulk.what()));
    }

    private void raise(BulkChange bulk, List<Target> targets) {
        jdbc.sql("""
                        insert into case_flag (case_id, kind, note, raised_at, raised_by)
                        select c, :flag, :note, :now, :by from unnest(:ids::bigint[]) c
                        on conflict (case_id, kind) where resolved_at is null do nothing
                        """).params(flagging(bulk, targets)).update();
        tell(bulk, targets, target -> audited("case.flag-raised", bulk, target).with("flag", bulk.what()));
        Flag.Kind kind = kind(bulk);
        targets.forEach(target -> events.publishEvent(new FlagRaised(target.code(), bulk.project(), kind, bulk.by())));
    }

    private void resolve(BulkChange bulk, List<Target> targets) {
        jdbc.sql("""
                        update case_flag set resolved_at = :now, resolved_by = :by, resolution = :note
                         where case_id = any(:ids) and kind = :flag and resolved_at is null
                        """).params(flagging(bulk, targets)).update();
        tell(bulk, targets, target -> audited("case.flag-resolved", bulk, target)
                .with("flag", bulk.what()));
        Flag.Kind kind = kind(bulk);
        targets.forEach(
                target -> events.publishEvent(new FlagResolved(target.code(), bulk.project(), kind, bulk.by())));
    }

    private Map<String, Object> flagging(BulkChange bulk, List<Target> targets) {
        Map<String, Object> params = new HashMap<>();
        params.put("flag", bulk.what());
        params.put("note", bulk.note());
        params.put("by", bulk.by().value());
        params.put("now", clock.instant().atOffset(ZoneOffset.UTC));
        params.put("ids", ids(targets));
        return params;
    }

    private void tell(BulkChange bulk, List<Target> targets, java.util.function.Function<Target, Audited> entry) {
        events.publishEvent(new AuditedTogether(targets.stream()
                .map(target -> entry.apply(target).with("bulk", bulk.id()))
                .toList()));
    }

    private static Audited audited(String action, BulkChange bulk, Target target) {
        return Audited.ofCase(action, bulk.project(), target.code(), bulk.by());
    }

    private static Long[] ids(List<Target> targets) {
        return targets.stream().map(Target::id).toArray(Long[]::new);
    }
}
