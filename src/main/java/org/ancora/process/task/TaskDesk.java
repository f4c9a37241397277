package org.ancora.process.task;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.User;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.access.Walls;
import org.ancora.audit.Audited;
import org.ancora.process.Procedures;
import org.ancora.process.Variables;
import org.ancora.process.form.Checked;
import org.ancora.process.form.FormCheck;
import org.ancora.process.form.FormSchema;
import org.ancora.time.Dates;
import org.ancora.web.Problem;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.camunda.bpm.engine.TaskService;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.MessageSource;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What people do with one task: take it, put it back, give it away, keep a draft, finish it. */
@Service
class TaskDesk {

    private final WorkItemTable table;
    private final WorkDone done;
    private final TaskForms forms;
    private final FormCheck check;
    private final TaskHandlers handlers;
    private final Drafts drafts;
    private final FormAnswers formAnswers;
    private final TaskProjects projects;
    private final TaskService tasks;
    private final Procedures procedures;
    private final ObjectProvider<TaskSubjects> subjects;
    private final Users users;
    private final Walls walls;
    private final TakenByOthers others;
    private final MessageSource messages;
    private final Dates dates;
    private final Clock clock;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final JsonMapper canonical;

    TaskDesk(
            WorkItemTable table,
            WorkDone done,
            TaskForms forms,
            FormCheck check,
            TaskHandlers handlers,
            Drafts drafts,
            FormAnswers formAnswers,
            TaskProjects projects,
            TaskService tasks,
            Procedures procedures,
            ObjectProvider<TaskSubjects> subjects,
            Users users,
            Walls walls,
            TakenByOthers others,
            MessageSource messages,
            Dates dates,
            Clock clock,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            JsonMapper json) {
        this.table = table;
        this.done = done;
        this.forms = forms;
        this.check = check;
        this.handlers = handlers;
        this.drafts = drafts;
        this.formAnswers = formAnswers;
        this.projects = projects;
        this.tasks = tasks;
        this.procedures = procedures;
        this.subjects = subjects;
        this.users = users;
        this.walls = walls;
        this.others = others;
        this.messages = messages;
        this.dates = dates;
        this.clock = clock;
        this.events = events;
        this.transaction = transaction;
        this.canonical = json.rebuild()
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .build();
    }

    /** What became of an attempt to finish a task. */
    sealed interface Outcome {

        /** It is finished, now or by the same request before; {@code path} is where to go on. */
        record Finished(String path) implements Outcome {}

        /** Some answers need another look: by field, and for the form as a whole under the empty key. */
        record Refused(Map<String, List<String>> errors) implements Outcome {}
    }

    /** An open task that the viewer may see. */
    Optional<WorkItem> find(String id, Viewer viewer) {
        return table.find(id).filter(task -> TaskAccess.maySee(task, viewer));
    }

    /** The form with which a task was opened. */
    FormSchema form(WorkItem task) {
        return forms.schema(task);
    }

    /**
     * As {@link #find}; says who was faster when the task is no longer open.
     *
     * @throws Forbidden when it is about somebody whom the viewer may not know
     */
    WorkItem open(String id, Viewer viewer) {
        WorkItem task = find(id, viewer).orElseThrow(() -> gone(id, viewer));
        requireKnown(task, viewer);
        return task;
    }

    /** A task that is no longer open, for whoever could have seen it. */
    Optional<WorkDone.Ended> ended(String id, Viewer viewer) {
        return done.find(id).filter(task -> task.isVisibleTo(viewer));
    }

    TaskContext context(WorkItem task, Viewer viewer) {
        Map<String, Map<String, Object>> variables =
                procedures.variablesOf(List.of(task.processInstance(), task.rootInstance()));
        return task.context(
                viewer,
                variables.getOrDefault(task.processInstance(), Map.of()),
                variables.getOrDefault(task.rootInstance(), Map.of()));
    }

    /**
     * Finishes a task: the answers are checked against the deployed form, the module writes what they mean, the
     * procedure goes on; all of it or nothing.
     *
     * @throws Hidden when there is no such task for this viewer
     * @throws Forbidden when the viewer may see it, but not finish it
     * @throws Problem when it is somebody else's, or was finished or dropped meanwhile
     */
    Outcome complete(String id, Viewer viewer, Map<String, ?> answers) {
        try {
            return Objects.requireNonNull(transaction.execute(status -> {
                Outcome outcome = finish(id, viewer, answers);
                if (outcome instanceof Outcome.Refused) {
                    status.setRollbackOnly();
                }
                return outcome;
            }));
        } catch (AnswersRejected rejected) {
            return new Outcome.Refused(words(rejected, viewer));
        } catch (SuspendedEntityInteractionException suspended) {
            throw suspended(suspended);
        } catch (OptimisticLockingException | ConcurrencyFailureException overtaken) {
            throw overtaken(id, viewer, overtaken);
        }
    }

    /** Its procedure stands still until somebody lets it go on. */
    private static Problem suspended(SuspendedEntityInteractionException cause) {
        return new Problem(HttpStatus.CONFLICT, "task.suspended").causedBy(cause);
    }

    private Outcome finish(String id, Viewer viewer, Map<String, ?> answers) {
        Optional<WorkItem> held = table.findAndHold(id);
        String digest = digest(answers);
        if (held.isEmpty()) {
            return repeated(id, viewer, digest);
        }
        WorkItem task = held.get();
        requireSeen(task, viewer);
        requireMine(task, viewer);
        requireNotKeptOut(task, viewer);
        TaskContext context = context(task, viewer);
        FormSchema form = forms.schema(task);
        Checked checked = check.check(form, forms.prepared(context), answers, () -> today(context.projectId()));
        if (!checked.accepted()) {
            return new Outcome.Refused(words(checked, viewer));
        }
        Optional<TaskHandler> handler = handlers.find(task.form());
        Set<String> known = handler.map(TaskHandler::fields).orElse(Set.of());
        Map<String, Object> left = formAnswers.keepUnknown(task, form, known, checked.values(), viewer);
        Variables variables =
                handler.map(found -> found.complete(context, new Answers(left))).orElse(Variables.none());
        if (task.assignee() == null) {
            tasks.setAssignee(id, viewer.id().toString());
        }
        events.publishEvent(Audited.ofCase("task.completed", context.projectId(), context.caseCode(), viewer.id())
                .with("process", task.processKey())
                .with("element", task.element()));
        String then = handler.flatMap(found -> found.then(context)).orElse("/tasks");
        tasks.complete(id, variables.asMap());
        return new Outcome.Finished(done.completedBy(task, viewer.id(), digest, then, clock.instant()));
    }

    /** The same request once more is answered as the first one was; anybody else is told who was faster. */
    private Outcome repeated(String id, Viewer viewer, String digest) {
        WorkDone.Ended task = ended(id, viewer).orElseThrow(() -> new Hidden("task", id));
        String path = task.nextPath();
        if (viewer.id().equals(task.completedBy()) && digest.equals(task.digest()) && path != null) {
            return new Outcome.Finished(path);
        }
        throw tooLate(task, viewer);
    }

    /** Takes a task that is nobody's. */
    void claim(String id, Viewer viewer) {
        change(id, viewer, task -> {
            if (task.isOf(viewer)) {
                return;
            }
            if (task.assignee() != null) {
                throw new Problem(HttpStatus.CONFLICT, "task.taken", name(task));
            }
            if (!TaskAccess.mayTake(task, viewer)) {
                throw new Forbidden(Permission.WORK_TASK, task.project());
            }
            requireNotKeptOut(task, viewer);
            assign(task, viewer.id(), "task.claimed", viewer);
        });
    }

    /** Puts a task back for others of the team. */
    void release(String id, Viewer viewer) {
        change(id, viewer, task -> {
            if (task.assignee() == null) {
                return;
            }
            if (task.teams().isEmpty()) {
                throw new Problem(HttpStatus.CONFLICT, "task.cannot-release");
            }
            if (!TaskAccess.mayRelease(task, viewer)) {
                throw new Forbidden(Permission.WORK_TASK, task.project());
            }
            assign(task, null, "task.released", viewer);
        });
    }

    /** Gives a task to somebody of its team. */
    void assign(String id, UserId to, Viewer viewer) {
        change(id, viewer, task -> {
            if (!TaskAccess.mayAssign(task, viewer)) {
                throw new Forbidden(Permission.WORK_TASK, task.project());
            }
            if (takers(task).stream().noneMatch(user -> user.id().equals(to))) {
                throw new Problem(HttpStatus.BAD_REQUEST, "task.cannot-have");
            }
            if (!to.equals(task.assignee())) {
                assign(task, to, "task.assigned", viewer);
            }
        });
    }

    /** Those to whom the task could be given, by name. */
    List<User> takers(WorkItem task) {
        ProjectId project = Objects.requireNonNull(task.project());
        Set<UserId> never = new HashSet<>(walls.around(String.valueOf(task.caseCode())));
        never.addAll(others.keptOut(task));
        Map<String, User> byName = new TreeMap<>();
        TaskAccess.takers(task).forEach(role -> users.withRole(project, role).stream()
                .filter(user -> !never.contains(user.id()))
                .forEach(user -> byName.put(user.name() + user.id(), user)));
        return List.copyOf(byName.values());
    }

    /**
     * Keeps a half-filled form, whatever it says, and tells when.
     */
    Instant keepDraft(String id, Viewer viewer, Map<String, ?> answers) {
        WorkItem task = open(id, viewer);
        requireMine(task, viewer);
        return drafts.keep(task, viewer.id(), check.draft(forms.schema(task), answers));
    }

    private void change(String id, Viewer viewer, Consumer<WorkItem> change) {
        try {
            transaction.executeWithoutResult(status -> {
                WorkItem task = table.findAndHold(id).orElseThrow(() -> gone(id, viewer));
                requireSeen(task, viewer);
                change.accept(task);
            });
        } catch (SuspendedEntityInteractionException suspended) {
            throw suspended(suspended);
        } catch (OptimisticLockingException | ConcurrencyFailureException overtaken) {
            throw overtaken(id, viewer, overtaken);
        }
    }

    private void assign(WorkItem task, @Nullable UserId to, String action, Viewer viewer) {
        tasks.setAssignee(task.id(), to == null ? null : to.toString());
        Audited change = Audited.ofCase(
                        action,
                        Objects.requireNonNull(task.project()),
                        Objects.requireNonNull(task.caseCode()),
                        viewer.id())
                .with("process", task.processKey())
                .with("element", task.element());
        events.publishEvent(to == null ? change : change.with("to", to));
    }

    private void requireSeen(WorkItem task, Viewer viewer) {
        if (!TaskAccess.maySee(task, viewer)) {
            throw new Hidden("task", task.id());
        }
        requireKnown(task, viewer);
    }

    /** Whoever may not read a task, since it is about somebody protected from them, neither takes nor changes it. */
    private void requireKnown(WorkItem task, Viewer viewer) {
        String caseCode = task.caseCode();
        if (caseCode != null) {
            subjects.forEach(each -> each.require(caseCode, viewer));
        }
    }

    private void requireMine(WorkItem task, Viewer viewer) {
        if (TaskAccess.mayFinish(task, viewer)) {
            return;
        }
        if (task.assignee() != null && !task.isOf(viewer) && TaskAccess.mayTake(task, viewer)) {
            throw new Problem(HttpStatus.CONFLICT, "task.taken", name(task));
        }
        throw new Forbidden(Permission.WORK_TASK, task.project());
    }

    /** Why the viewer must leave this task to others, in words; empty when they need not. */
    Optional<String> keptOut(WorkItem task, Viewer viewer) {
        return others.reason(task, viewer.id()).map(key -> messages.getMessage(key, null, viewer.locale()));
    }

    private void requireNotKeptOut(WorkItem task, Viewer viewer) {
        others.reason(task, viewer.id()).ifPresent(key -> {
            throw new Problem(HttpStatus.CONFLICT, key);
        });
    }

    private RuntimeException gone(String id, Viewer viewer) {
        return ended(id, viewer)
                .<RuntimeException>map(task -> tooLate(task, viewer))
                .orElseGet(() -> new Hidden("task", id));
    }

    private Problem tooLate(WorkDone.Ended task, Viewer viewer) {
        ZoneId zone = projects.zone(Objects.requireNonNull(task.project()));
        String when = dates.moment(task.endedAt(), zone, viewer.locale());
        String who = task.completedByName();
        return who == null
                ? new Problem(HttpStatus.CONFLICT, "task.not-needed", when)
                : new Problem(HttpStatus.CONFLICT, "task.finished", who, when);
    }

    private RuntimeException overtaken(String id, Viewer viewer, RuntimeException cause) {
        RuntimeException told =
                table.find(id).isPresent() ? new Problem(HttpStatus.CONFLICT, "task.changed") : gone(id, viewer);
        told.addSuppressed(cause);
        return told;
    }

    private LocalDate today(ProjectId project) {
        return LocalDate.ofInstant(clock.instant(), projects.zone(project));
    }

    private static String name(WorkItem task) {
        return Objects.requireNonNullElse(task.assigneeName(), String.valueOf(task.assignee()));
    }

    private Map<String, List<String>> words(Checked checked, Viewer viewer) {
        Map<String, List<String>> words = new LinkedHashMap<>();
        checked.problems()
                .forEach((field, problems) -> words.put(
                        field,
                        problems.stream()
                                .map(problem -> messages.getMessage(problem, viewer.locale()))
                                .toList()));
        return words;
    }

    private Map<String, List<String>> words(AnswersRejected rejected, Viewer viewer) {
        Map<String, List<String>> words = new LinkedHashMap<>();
        for (AnswersRejected.Reason reason : rejected.reasons()) {
            words.computeIfAbsent(reason.field(), any -> new ArrayList<>())
                    .add(messages.getMessage(reason.key(), reason.arguments().toArray(), viewer.locale()));
        }
        return words;
    }

    private String digest(Map<String, ?> answers) {
        try {
            byte[] bytes = canonical.writeValueAsString(answers).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
