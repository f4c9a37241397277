package org.ancora.process.steering;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.audit.Audited;
import org.ancora.process.DeclaredVariables;
import org.ancora.process.MovingDates;
import org.ancora.process.ProcedureCancelled;
import org.ancora.process.ProcedureRestarted;
import org.ancora.process.ProcessVariable;
import org.ancora.process.guide.GuideWords;
import org.ancora.process.guide.Plan;
import org.ancora.process.migration.Migrations;
import org.ancora.process.task.ProjectFacts;
import org.ancora.time.Dates;
import org.ancora.web.Problem;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstanceModificationBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * What people may do to a running procedure (X3): each deed is foreseen in words before it is done, is done in one transaction
 * with its reason and its entry in the case's log, and is refused when the procedure has gone on since it was looked at.
 */
@Service
class Steering {

    static final int SHORTEST_REASON = 3;
    static final int LONGEST_REASON = 500;

    /** No date of a procedure is set further ahead. */
    private static final Duration FURTHEST = Duration.ofDays(5 * 366L);

    /** Values by which procedures choose their way; dates are rescheduled, people and records are chosen on their own pages. */
    static final Set<ProcessVariable.Kind> CORRECTABLE =
            Set.of(ProcessVariable.Kind.NUMBER, ProcessVariable.Kind.FLAG, ProcessVariable.Kind.CODE);

    /** Where a token may be put: what waits, acts or calls; never where ways part, meet or end. */
    private static final Set<Plan.Kind> TARGETS =
            Set.of(Plan.Kind.TASK, Plan.Kind.STEP, Plan.Kind.CALL, Plan.Kind.TIMER, Plan.Kind.MESSAGE, Plan.Kind.GROUP);

    private final RunRows rows;
    private final Outlines outlines;
    private final GuideWords words;
    private final MovingDates dates;
    private final Dates said;
    private final RuntimeService runtime;
    private final ManagementService management;
    private final ObjectProvider<DeclaredVariables> declared;
    private final ObjectProvider<ProjectFacts> projects;
    private final Migrations migrations;
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Steering(
            RunRows rows,
            Outlines outlines,
            GuideWords words,
            MovingDates dates,
            Dates said,
            RuntimeService runtime,
            ManagementService management,
            ObjectProvider<DeclaredVariables> declared,
            ObjectProvider<ProjectFacts> projects,
            Migrations migrations,
            JdbcClient jdbc,
            JsonMapper json,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            Clock clock) {
        this.rows = rows;
        this.outlines = outlines;
        this.words = words;
        this.dates = dates;
        this.said = said;
        this.runtime = runtime;
        this.management = management;
        this.declared = declared;
        this.projects = projects;
        this.migrations = migrations;
        this.jdbc = jdbc;
        this.json = json;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * A deed that can be done now.
     *
     * @param effects what will happen, in words
     * @param details codes and dates for the log
     * @param act does it; returns the id of the procedure to look at afterwards
     */
    private record Prepared(List<String> effects, Map<String, String> details, Supplier<String> act) {}

    /** A choice, with its words. */
    record Choice(String value, String words) {}

    /** The procedure, for whoever may watch those of its project; hidden from all others, and behind a wall. */
    Run open(String id, Viewer viewer) {
        return rows.find(id).filter(run -> maySee(run, viewer)).orElseThrow(() -> new Hidden("procedure", id));
    }

    static boolean maySee(Run run, Viewer viewer) {
        return viewer.may(Permission.WATCH_PROCEDURES, run.project()) && !viewer.walledOff(run.caseCode());
    }

    static boolean maySteer(Run run, Viewer viewer) {
        return maySee(run, viewer) && viewer.may(Permission.STEER_PROCEDURES, run.project());
    }

    ZoneId zone(Run run) {
        ProjectFacts.Facts facts =
                projects.getObject().describe(Set.of(run.project())).get(run.project());
        return facts == null ? ZoneOffset.UTC : facts.calendar().zone();
    }

    /** What would happen, in words; refused as the deed itself would be. */
    List<String> foresee(Run run, Order order, Viewer viewer) {
        viewer.require(Permission.STEER_PROCEDURES, run.project());
        requireReason(order.reason());
        return prepare(run, order, viewer).effects();
    }

    /**
     * Does it.
     *
     * @param seen {@link RunRows#fingerprint} of what the person saw; null where nobody looked at this one by itself
     * @return the procedure to look at afterwards
     * @throws Problem when it has gone on since, is over, or cannot do it
     */
    String act(String id, Order order, @Nullable String seen, Viewer viewer) {
        Run run = open(id, viewer);
        viewer.require(Permission.STEER_PROCEDURES, run.project());
        requireReason(order.reason());
        try {
            return order.deed() == Deed.MIGRATE
                    ? migrate(id, order, seen, viewer)
                    : Objects.requireNonNull(transaction.execute(running -> actNow(id, order, seen, viewer)));
        } catch (OptimisticLockingException | ConcurrencyFailureException overtaken) {
            throw caused(new Problem(HttpStatus.CONFLICT, "steering.overtaken"), overtaken);
        } catch (ProcessEngineException failed) {
            throw caused(new Problem(HttpStatus.CONFLICT, "steering.failed"), failed);
        }
    }

    private String actNow(String id, Order order, @Nullable String seen, Viewer viewer) {
        boolean runs = rows.hold(id);
        Run run = open(id, viewer);
        if (runs && seen != null && !seen.equals(rows.fingerprint(id))) {
            throw new Problem(HttpStatus.CONFLICT, "steering.overtaken");
        }
        Prepared prepared = prepare(run, order, viewer);
        String then = prepared.act().get();
        record(run, order, prepared.details(), viewer);
        return then;
    }

    private void record(Run run, Order order, Map<String, String> details, Viewer viewer) {
        jdbc.sql("""
                        insert into steering_deed (root_instance_id, project_id, case_code, action, by_account, at, reason, details)
                        values (:root, :project, :case, :action, :by, :now, :reason, :details::jsonb)
                        """)
                .param("root", run.id())
                .param("project", run.project().value())
                .param("case", run.caseCode())
                .param("action", order.deed().code())
                .param("by", viewer.id().value())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("reason", order.reason().strip())
                .param("details", json.writeValueAsString(details))
                .update();
        String code = Objects.requireNonNullElse(run.caseCode(), run.id());
        Audited change = audited(order.deed(), run, code, viewer).with("process", run.process());
        for (Map.Entry<String, String> detail : details.entrySet()) {
            change = change.with(detail.getKey(), detail.getValue());
        }
        events.publishEvent(change);
    }

    private static Audited audited(Deed deed, Run run, String code, Viewer viewer) {
        return switch (deed) {
            case RESCHEDULE -> Audited.ofCase("steering.reschedule", run.project(), code, viewer.id());
            case MOVE -> Audited.ofCase("steering.move", run.project(), code, viewer.id());
            case RETRY -> Audited.ofCase("steering.retry", run.project(), code, viewer.id());
            case SUSPEND -> Audited.ofCase("steering.suspend", run.project(), code, viewer.id());
            case RESUME -> Audited.ofCase("steering.resume", run.project(), code, viewer.id());
            case CORRECT -> Audited.ofCase("steering.correct", run.project(), code, viewer.id());
            case MIGRATE -> Audited.ofCase("steering.migrate", run.project(), code, viewer.id());
            case CANCEL -> Audited.ofCase("steering.cancel", run.project(), code, viewer.id());
            case RESTART -> Audited.ofCase("steering.restart", run.project(), code, viewer.id());
        };
    }

    static void requireReason(String reason) {
        int length = reason.strip().length();
        if (length < SHORTEST_REASON || length > LONGEST_REASON || reason.indexOf('\0') >= 0) {
            throw new Problem(HttpStatus.BAD_REQUEST, "steering.reason.needed", LONGEST_REASON);
        }
    }

    private Prepared prepare(Run run, Order order, Viewer viewer) {
        if (!order.deed().fits(run)) {
            throw unfit(run, order.deed());
        }
        Locale language = viewer.locale();
        return switch (order.deed()) {
            case RESCHEDULE -> reschedule(run, order, viewer);
            case MOVE -> move(run, order, language);
            case RETRY -> retry(run, order, language);
            case SUSPEND -> suspend(run, language);
            case RESUME -> resume(run, language);
            case CORRECT -> correct(run, order, language);
            case MIGRATE -> migration(run, order, viewer);
            case CANCEL -> cancel(run, viewer);
            case RESTART -> restart(run, order, viewer);
        };
    }

    private static Problem unfit(Run run, Deed deed) {
        if (!run.running()) {
            return new Problem(HttpStatus.CONFLICT, "steering.over");
        }
        return deed == Deed.RESUME
                ? new Problem(HttpStatus.CONFLICT, "steering.not-suspended")
                : deed == Deed.RESTART
                        ? new Problem(HttpStatus.CONFLICT, "steering.still-running")
                        : new Problem(HttpStatus.CONFLICT, "steering.suspended");
    }

    // -- dates

    /** The timers that wait, with their dates. */
    List<Choice> timers(Run run, Locale language) {
        ZoneId zone = zone(run);
        return timers(run).stream()
                .map(job -> new Choice(
                        job.id(),
                        words.text(
                                "steering.choice.timer",
                                language,
                                timer(job, language),
                                said.moment(Objects.requireNonNull(job.due()), zone, language))))
                .toList();
    }

    private List<RunRows.Job> timers(Run run) {
        return rows.jobs(run.id()).stream()
                .filter(job -> job.timer() && job.due() != null && job.retries() > 0)
                .toList();
    }

    String timer(RunRows.Job job, Locale language) {
        String title = outlines.title(job.definition(), job.element(), language);
        return job.ofTask() ? words.text("steering.timer.of-task", language, title) : title;
    }

    private Prepared reschedule(Run run, Order order, Viewer viewer) {
        RunRows.Job job = timers(run).stream()
                .filter(each -> each.id().equals(order.what()))
                .findFirst()
                .orElseThrow(() -> new Problem(HttpStatus.CONFLICT, "steering.choose.timer"));
        Locale language = viewer.locale();
        ZoneId zone = zone(run);
        Instant old = Objects.requireNonNull(job.due());
        boolean atOnce = order.to().equals("now");
        Instant now = clock.instant();
        Instant to = atOnce ? now : instant(order.to(), zone);
        if (!atOnce && !to.isAfter(now)) {
            throw new Problem(HttpStatus.BAD_REQUEST, "steering.past");
        }
        if (to.isAfter(now.plus(FURTHEST))) {
            throw new Problem(HttpStatus.BAD_REQUEST, "steering.far");
        }
        String title = timer(job, language);
        String before = said.moment(old, zone, language);
        List<String> effects = new ArrayList<>();
        effects.add(
                atOnce
                        ? words.text("steering.will.fire", language, title, before)
                        : words.text(
                                "steering.will.reschedule", language, title, before, said.moment(to, zone, language)));
        effects.add(words.text("steering.will.move-dates", language));
        return new Prepared(
                effects, Map.of("element", job.element(), "was", old.toString(), "becomes", to.toString()), () -> {
                    dates.steer(
                            run.caseCode(),
                            job.id(),
                            to,
                            viewer.name(),
                            order.reason().strip());
                    return run.id();
                });
    }

    private static Instant instant(String typed, ZoneId zone) {
        try {
            return LocalDateTime.parse(typed).atZone(zone).toInstant();
        } catch (DateTimeException unreadable) {
            throw caused(new Problem(HttpStatus.BAD_REQUEST, "steering.choose.date"), unreadable);
        }
    }

    // -- the way

    /**
     * A token of a procedure, or of one that it called.
     *
     * @param token the engine's id of it
     * @param queued whether it stands before a step that Ancora has yet to take, and is in none
     * @param called the procedure that was called there, or null
     */
    private record Wait(
            String instance,
            String definition,
            String element,
            String token,
            boolean queued,
            @Nullable String called) {

        String value() {
            return instance + "/" + token;
        }
    }

    /** Where it waits, in itself and in what it called. */
    List<Choice> waits(Run run, Locale language) {
        return waiting(run).stream()
                .map(wait -> new Choice(wait.value(), outlines.title(wait.definition(), wait.element(), language)))
                .toList();
    }

    private List<Wait> waiting(Run run) {
        List<Wait> waits = new ArrayList<>();
        rows.visits(run.id()).stream()
                .filter(visit -> visit.left() == null && !visit.isFrame())
                .forEach(visit -> waits.add(new Wait(
                        visit.instance(), visit.definition(), visit.element(), visit.id(), false, visit.called())));
        rows.jobs(run.id()).stream()
                .filter(job -> !job.timer())
                .forEach(job -> waits.add(
                        new Wait(job.instance(), job.definition(), job.element(), job.execution(), true, null)));
        return waits;
    }

    /** Steps from which each waiting procedure could go on, by procedure, in the order in which one reads them. */
    Map<String, List<Choice>> targets(Run run, Locale language) {
        Map<String, List<Choice>> targets = new java.util.LinkedHashMap<>();
        Map<String, Set<String>> known = known(run);
        for (Wait wait : waiting(run)) {
            targets.computeIfAbsent(wait.instance(), instance -> targets(wait, known, language));
        }
        return targets;
    }

    private List<Choice> targets(Wait wait, Map<String, Set<String>> known, Locale language) {
        Plan plan = outlines.plan(wait.definition());
        Set<String> safe = safe(plan, known.getOrDefault(wait.instance(), Set.of()));
        return outlines.of(wait.definition(), language)
                .steps()
                .filter(line -> safe.contains(line.id()))
                .map(line -> new Choice(wait.instance() + "/" + line.id(), line.number() + " " + line.title()))
                .toList();
    }

    /** Steps of which everything that they need is known: a task without its dates would be due never. */
    private static Set<String> safe(Plan plan, Set<String> known) {
        return plan.byId().values().stream()
                .filter(node -> TARGETS.contains(node.kind()))
                .filter(node -> needs(node).stream().allMatch(known::contains))
                .map(Plan.Node::id)
                .collect(Collectors.toSet());
    }

    private static List<String> needs(Plan.Node node) {
        List<String> needs = new ArrayList<>();
        for (String variable : new String[] {node.opens(), node.due()}) {
            if (variable != null && variable.matches("[A-Za-z]\\w*")) {
                needs.add(variable);
            }
        }
        node.events().forEach(event -> {
            String due = event.due();
            if (due != null && due.matches("[A-Za-z]\\w*")) {
                needs.add(due);
            }
        });
        return needs;
    }

    /** Names of the variables that have a value, by procedure. */
    private Map<String, Set<String>> known(Run run) {
        Map<String, Set<String>> known = new HashMap<>();
        rows.values(run.id()).stream().filter(value -> value.value() != null).forEach(value -> known.computeIfAbsent(
                        value.instance(), any -> new HashSet<>())
                .add(value.name()));
        return known;
    }

    private Prepared move(Run run, Order order, Locale language) {
        Wait from = waiting(run).stream()
                .filter(wait -> wait.value().equals(order.what()))
                .findFirst()
                .orElseThrow(() -> new Problem(HttpStatus.CONFLICT, "steering.choose.wait"));
        String prefix = from.instance() + "/";
        String element = order.to().startsWith(prefix) ? order.to().substring(prefix.length()) : "";
        Plan plan = outlines.plan(from.definition());
        if (!safe(plan, known(run).getOrDefault(from.instance(), Set.of())).contains(element)) {
            throw new Problem(HttpStatus.BAD_REQUEST, "steering.choose.target");
        }
        String was = outlines.title(from.definition(), from.element(), language);
        String becomes = outlines.title(from.definition(), element, language);
        List<String> effects = new ArrayList<>();
        effects.add(words.text("steering.will.move", language, becomes, was));
        switch (Objects.requireNonNull(plan.byId().get(element)).kind()) {
            case STEP -> effects.add(words.text("steering.will.act", language, becomes));
            case TASK -> effects.add(words.text("steering.will.open-task", language, becomes));
            default -> {
                // it waits there, as the first sentence says
            }
        }
        if (from.called() != null) {
            effects.add(words.text("steering.will.end-called", language, was));
        }
        rows.tasks(run.id()).stream()
                .filter(task -> isOf(task, from))
                .forEach(task -> effects.add(words.text(
                        "steering.will.drop-task",
                        language,
                        outlines.title(task.definition(), task.element(), language))));
        return new Prepared(effects, Map.of("element", from.element(), "target", element), () -> {
            ProcessInstanceModificationBuilder change =
                    runtime.createProcessInstanceModification(from.instance()).startBeforeActivity(element);
            (from.queued()
                            ? change.cancelTransitionInstance(from.token())
                            : change.cancelActivityInstance(from.token()))
                    .execute();
            return run.id();
        });
    }

    private static boolean isOf(RunRows.Task task, Wait from) {
        return task.instance().equals(from.called())
                || (task.instance().equals(from.instance()) && task.element().equals(from.element()));
    }

    // -- failures

    private Prepared retry(Run run, Order order, Locale language) {
        List<RunRows.Job> failed = rows.jobs(run.id()).stream()
                .filter(job -> job.retries() <= 0)
                .filter(job -> order.what().isEmpty() || order.what().equals(job.id()))
                .toList();
        if (failed.isEmpty()) {
            throw new Problem(HttpStatus.CONFLICT, "steering.nothing-failed");
        }
        return new Prepared(
                failed.stream()
                        .map(job -> words.text(
                                "steering.will.retry",
                                language,
                                outlines.title(job.definition(), job.element(), language)))
                        .distinct()
                        .toList(),
                Map.of("element", failed.get(0).element(), "steps", String.valueOf(failed.size())),
                () -> {
                    failed.forEach(job -> {
                        management.setJobRetries(job.id(), 1);
                        management.setJobDuedate(job.id(), Date.from(clock.instant()));
                    });
                    return run.id();
                });
    }

    // -- a pause

    private Prepared suspend(Run run, Locale language) {
        int tasks = rows.tasks(run.id()).size();
        List<String> effects = new ArrayList<>();
        effects.add(words.text("steering.will.suspend", language));
        if (tasks > 0) {
            effects.add(words.text("steering.will.suspend-tasks", language, tasks));
        }
        return new Prepared(effects, Map.of(), () -> {
            instances(run).forEach(runtime::suspendProcessInstanceById);
            return run.id();
        });
    }

    private Prepared resume(Run run, Locale language) {
        Instant now = clock.instant();
        long missed = rows.jobs(run.id()).stream()
                .filter(job ->
                        job.retries() > 0 && job.due() != null && !job.due().isAfter(now))
                .count();
        List<String> effects = new ArrayList<>();
        effects.add(words.text("steering.will.resume", language));
        if (missed > 0) {
            effects.add(words.text("steering.will.catch-up", language, missed));
        }
        return new Prepared(effects, Map.of(), () -> {
            instances(run).forEach(runtime::activateProcessInstanceById);
            return run.id();
        });
    }

    /** Itself and what it called. */
    private List<String> instances(Run run) {
        return jdbc.sql("""
                        select id_ from engine.act_ru_execution
                         where root_proc_inst_id_ = :root and parent_id_ is null order by sequence_counter_, id_
                        """).param("root", run.id()).query(String.class).list();
    }

    // -- values

    /** The values that may be put right. */
    List<Choice> corrections(Run run, Locale language) {
        Map<String, ProcessVariable<?>> variables = variables(run);
        return rows.values(run.id()).stream()
                .filter(value -> isCorrectable(variables.get(value.name())))
                .map(value -> new Choice(
                        value.instance() + "/" + value.name(),
                        words.text(
                                "steering.choice.value",
                                language,
                                name(value.name(), language),
                                show(value.value(), zone(run), language),
                                outlines.procedure(value.process(), language))))
                .toList();
    }

    private static boolean isCorrectable(@Nullable ProcessVariable<?> variable) {
        return variable != null && CORRECTABLE.contains(variable.kind());
    }

    /** What the folder's diagrams may name. */
    Map<String, ProcessVariable<?>> variables(Run run) {
        Map<String, ProcessVariable<?>> variables = new HashMap<>();
        declared.stream()
                .filter(each -> each.folder().equals(run.folder()))
                .flatMap(each -> each.variables().stream())
                .forEach(variable -> variables.put(variable.name(), variable));
        return variables;
    }

    /** What a value is called; by its own name where nobody gave it another. */
    String name(String variable, Locale language) {
        return outlines.variable(variable, language);
    }

    /** A value in words. */
    String show(@Nullable Object value, ZoneId zone, Locale language) {
        if (value == null) {
            return words.text("steering.value.none", language);
        }
        if (value instanceof Boolean flag) {
            return words.text(flag ? "guide.true" : "guide.false", language);
        }
        return value instanceof Date date ? said.moment(date.toInstant(), zone, language) : String.valueOf(value);
    }

    private Prepared correct(Run run, Order order, Locale language) {
        RunRows.Value value = rows.values(run.id()).stream()
                .filter(each -> (each.instance() + "/" + each.name()).equals(order.what()))
                .findFirst()
                .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "steering.choose.value"));
        ProcessVariable<?> variable = variables(run).get(value.name());
        if (variable == null || !isCorrectable(variable)) {
            throw new Problem(HttpStatus.BAD_REQUEST, "steering.choose.value");
        }
        Object corrected = read(variable, order.to().strip());
        ZoneId zone = zone(run);
        return new Prepared(
                List.of(words.text(
                        "steering.will.correct",
                        language,
                        name(value.name(), language),
                        show(value.value(), zone, language),
                        show(corrected, zone, language))),
                Map.of("variable", value.name(), "was", String.valueOf(value.value()), "becomes", corrected.toString()),
                () -> {
                    runtime.setVariable(value.instance(), value.name(), corrected);
                    return run.id();
                });
    }

    /** What somebody typed, as the engine keeps it. */
    private static Object read(ProcessVariable<?> variable, String typed) {
        switch (variable.kind()) {
            case NUMBER -> {
                if (typed.matches("-?[0-9]{1,6}")) {
                    return Integer.valueOf(typed);
                }
            }
            case FLAG -> {
                if (typed.equals("true") || typed.equals("false")) {
                    return Boolean.valueOf(typed);
                }
            }
            case CODE -> {
                if (typed.matches("[a-z][a-z0-9-]{0,63}")) {
                    return typed;
                }
            }
            default -> {
                // dates, people and records are not typed
            }
        }
        throw new Problem(
                HttpStatus.BAD_REQUEST,
                switch (variable.kind()) {
                    case NUMBER -> "steering.value.number";
                    case FLAG -> "steering.value.flag";
                    default -> "steering.value.code";
                });
    }

    // -- another version

    /** The versions in which it could go on, the newest first. */
    List<Choice> versions(Run run, Locale language) {
        ZoneId zone = zone(run);
        return migrations.targets(run.id()).stream()
                .map(target -> new Choice(
                        target.deployment(),
                        words.text(
                                target.newest() ? "steering.choice.version.newest" : "steering.choice.version",
                                language,
                                target.number(),
                                said.moment(target.at(), zone, language))))
                .toList();
    }

    private Prepared migration(Run run, Order order, Viewer viewer) {
        Locale language = viewer.locale();
        Choice version = versions(run, language).stream()
                .filter(choice -> choice.value().equals(order.what()))
                .findFirst()
                .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "steering.choose.version"));
        Migrations.Moved moved = migrations.tryOne(run.id(), version.value(), viewer.id(), language);
        if (!moved.moved()) {
            throw new Problem(HttpStatus.CONFLICT, "steering.migrate.refused", String.valueOf(moved.why()));
        }
        return new Prepared(
                List.of(words.text("steering.will.migrate", language, version.words())),
                Map.of("version", version.value()),
                run::id);
    }

    /** It has a transaction of its own, for the engine moves what was called as well; its reason is kept right after it. */
    private String migrate(String id, Order order, @Nullable String seen, Viewer viewer) {
        Run run = open(id, viewer);
        if (seen != null && !seen.equals(rows.fingerprint(id))) {
            throw new Problem(HttpStatus.CONFLICT, "steering.overtaken");
        }
        Prepared prepared = prepare(run, order, viewer);
        Migrations.Moved moved = migrations.one(id, order.what(), viewer.id(), viewer.locale());
        if (!moved.moved()) {
            throw new Problem(HttpStatus.CONFLICT, "steering.migrate.refused", String.valueOf(moved.why()));
        }
        transaction.executeWithoutResult(running -> record(run, order, prepared.details(), viewer));
        return id;
    }

    // -- the end, and the beginning

    private Prepared cancel(Run run, Viewer viewer) {
        Locale language = viewer.locale();
        List<String> effects = new ArrayList<>();
        effects.add(words.text("steering.will.cancel", language));
        rows.tasks(run.id())
                .forEach(task -> effects.add(words.text(
                        "steering.will.drop-task",
                        language,
                        outlines.title(task.definition(), task.element(), language))));
        effects.add(words.text("steering.will.keep-case", language));
        return new Prepared(effects, Map.of(), () -> {
            if (run.suspended()) {
                instances(run).forEach(runtime::activateProcessInstanceById);
            }
            runtime.deleteProcessInstance(run.id(), "steering.cancel", false, true, false, false);
            String code = run.caseCode();
            if (code != null) {
                events.publishEvent(new ProcedureCancelled(code, run.project(), run.process(), run.id(), viewer.id()));
            }
            return run.id();
        });
    }

    /** With what it began, for whoever lets it begin again. */
    List<RunRows.Value> beginning(Run run) {
        Map<String, ProcessVariable<?>> variables = variables(run);
        return rows.beginning(run.id()).stream()
                .filter(value -> isCorrectable(variables.get(value.name())))
                .toList();
    }

    private Prepared restart(Run run, Order order, Viewer viewer) {
        Locale language = viewer.locale();
        String code = run.caseCode();
        if (code != null && runsAlready(run, code)) {
            throw new Problem(HttpStatus.CONFLICT, "steering.runs-already");
        }
        Map<String, ProcessVariable<?>> declaredHere = variables(run);
        Map<String, @Nullable Object> values = new HashMap<>();
        rows.beginning(run.id()).forEach(value -> values.put(value.name(), value.value()));
        List<String> effects = new ArrayList<>();
        effects.add(words.text("steering.will.restart", language));
        order.values().forEach((name, typed) -> {
            ProcessVariable<?> variable = declaredHere.get(name);
            if (variable == null || !isCorrectable(variable) || !values.containsKey(name)) {
                throw new Problem(HttpStatus.BAD_REQUEST, "steering.choose.value");
            }
            if (typed.isBlank()) {
                return;
            }
            Object corrected = read(variable, typed.strip());
            if (!corrected.equals(values.get(name))) {
                effects.add(words.text(
                        "steering.will.correct",
                        language,
                        name(name, language),
                        show(values.get(name), zone(run), language),
                        show(corrected, zone(run), language)));
                values.put(name, corrected);
            }
        });
        return new Prepared(effects, Map.of(), () -> {
            String begun = runtime.createProcessInstanceByKey(run.process())
                    .businessKey(code)
                    .setVariables(values)
                    .execute()
                    .getId();
            if (code != null) {
                events.publishEvent(new ProcedureRestarted(code, run.project(), run.process(), begun, viewer.id()));
            }
            return begun;
        });
    }

    private boolean runsAlready(Run run, String code) {
        return runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(code)
                        .processDefinitionKey(run.process())
                        .count()
                > 0;
    }

    private static Problem caused(Problem problem, Throwable cause) {
        problem.initCause(cause);
        return problem;
    }
}
