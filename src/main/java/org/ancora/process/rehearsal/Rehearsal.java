package org.ancora.process.rehearsal;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.access.UserId;
import org.ancora.process.LetterFilling;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Processes;
import org.ancora.process.RehearsalRecord;
import org.ancora.process.Step;
import org.ancora.process.TaskStep;
import org.ancora.process.Variables;
import org.ancora.process.engine.PrivateEngine;
import org.ancora.process.form.Checked;
import org.ancora.process.form.FormCheck;
import org.ancora.process.rehearsal.JournalLine.Kind;
import org.ancora.process.task.AnswersRejected;
import org.ancora.process.task.FormsApart;
import org.camunda.bpm.dmn.engine.DmnDecisionResultEntries;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.MessageEntity;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.runtime.EventSubscription;
import org.camunda.bpm.engine.runtime.Job;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;

/**
 * One rehearsal: a folder on an engine of its own, a record in memory, and a journal. One thread at a time; whoever shares it
 * takes turns.
 */
final class Rehearsal implements AutoCloseable {

    /** Who works on the record; there is no such person. */
    private static final UserId SOMEBODY = new UserId(1);

    /**
     * Of jobs that are due at one instant: in the order in which they came about. Their ids are numbers, of which “1000” stands
     * before “999” as a text; a scenario that is played again would go another way.
     */
    static final Comparator<Job> MADE_FIRST =
            Comparator.comparing((Job job) -> job.getId().length()).thenComparing(Job::getId);

    private final Setting setting;
    private final Map<String, byte[]> files;
    private final Parts parts;
    private final RehearsalRecord record;
    private final Journal journal;
    private final Flow flow;
    private final PrivateEngine engine;
    private final List<Move> moves = new ArrayList<>();
    private final Names names;
    private final TaskForms forms;
    private final Letters letters;
    private boolean stopped;

    /**
     * What a rehearsal needs of the application; none of it is reached from a diagram.
     *
     * @param variables by name, those that diagrams of the folder may use
     * @param start with what a procedure of the folder begins
     */
    record Parts(
            Map<String, Step> steps,
            Map<String, TaskStep> taskSteps,
            Map<String, ProcessVariable<?>> variables,
            Variables start,
            FormsApart forms,
            FormCheck check,
            LetterFilling letters,
            Limits limits) {}

    /** What became of filling in a form: refused by field, or empty when it was taken. */
    record Outcome(Map<String, List<MessageSourceResolvable>> problems) {

        boolean taken() {
            return problems.isEmpty();
        }
    }

    /**
     * Sets a rehearsal up and starts its procedure.
     *
     * @param files what the model check let through
     */
    Rehearsal(Setting setting, Map<String, byte[]> files, Parts parts) {
        this.setting = setting;
        this.files = Map.copyOf(files);
        this.names = Names.of(files);
        this.parts = parts;
        this.record = new RehearsalRecord(
                "R-0001", setting.project(), setting.calendar(), setting.start(), setting.facts(), this::said);
        this.journal = new Journal(setting.calendar(), record::now, parts.limits());
        this.flow = new Flow(journal, parts.limits());
        this.engine = new PrivateEngine(
                new Doubles(parts.steps(), parts.taskSteps(), record, journal, this::decide).byName(), flow);
        this.forms = new TaskForms(this.files, parts, record, setting.calendar(), task -> engine.tasks()
                .getVariables(task.id()));
        this.letters = new Letters(setting, this.files, parts.letters(), record, journal);
        begin();
    }

    private void begin() {
        try {
            DeploymentBuilder deployment =
                    engine.repository().createDeployment().name(setting.folder());
            files.forEach((path, content) -> {
                if (path.endsWith(".bpmn") || path.endsWith(".dmn") || path.endsWith(".form")) {
                    deployment.addInputStream(path, new ByteArrayInputStream(content));
                }
            });
            deployment.deploy();
        } catch (RuntimeException refused) {
            engine.close();
            throw refused;
        }
        move(() -> engine.runtime()
                .createProcessInstanceByKey(setting.process())
                .businessKey(record.caseCode())
                .setVariables(Variables.of(
                                Processes.WORKER,
                                record.fact("hasWorker").orElse("yes").equals("no") ? null : SOMEBODY)
                        .and(parts.start())
                        .and(Processes.PROJECT_ID, 1L)
                        .asMap())
                .execute());
    }

    Setting setting() {
        return setting;
    }

    /** What was done in it so far, in order. */
    List<Move> moves() {
        return List.copyOf(moves);
    }

    Names names() {
        return names;
    }

    Journal journal() {
        return journal;
    }

    TaskForms forms() {
        return forms;
    }

    Flow flow() {
        return flow;
    }

    Instant now() {
        return record.now();
    }

    Map<String, String> facts() {
        return record.facts();
    }

    /** Whether it came to its end, by itself or because it had to be stopped. */
    boolean over() {
        return stopped || flow.over();
    }

    boolean wasStopped() {
        return stopped;
    }

    byte[] file(String path) {
        return Objects.requireNonNull(files.get(path), path);
    }

    Optional<OpenStep> task(String id) {
        return flow.tasks().stream().filter(task -> task.id().equals(id)).findFirst();
    }

    /** The first open task of an element. */
    Optional<OpenStep> task(String process, String element) {
        return flow.tasks().stream()
                .filter(task -> task.process().equals(process) && task.element().equals(element))
                .findFirst();
    }

    /** The number that a task's name takes, where it takes one. */
    Object[] titleArguments(OpenStep task) {
        Object round = engine.tasks().getVariable(task.id(), "round");
        return new Object[] {round == null ? 1 : round};
    }

    /** Fills a task's form in: the form's own rules first, then the module's, then the procedure goes on. */
    Outcome answer(OpenStep task, TaskForms.Reader reader, Map<String, ?> answers) {
        Checked checked = forms.checked(task, reader, answers);
        if (!checked.accepted()) {
            return new Outcome(checked.problems());
        }
        Map<String, @Nullable Object> follows;
        try {
            follows = forms.meaning(task, reader, checked.values());
        } catch (AnswersRejected rejected) {
            Map<String, List<MessageSourceResolvable>> problems = new LinkedHashMap<>();
            rejected.reasons().forEach(reason -> problems.computeIfAbsent(reason.field(), any -> new ArrayList<>())
                    .add(Flow.words(reason.key(), reason.arguments().toArray())));
            return new Outcome(problems);
        } catch (Stopped full) {
            stop(full);
            return new Outcome(Map.of());
        } catch (IllegalStateException | IllegalArgumentException cannot) {
            // A draft may leave out what the form's module counts on, such as the step that plans its dates.
            stop(new Stopped(
                    "rehearsal.stopped.step", new Named(task.process(), task.element()), Doubles.reason(cannot)));
            return new Outcome(Map.of());
        }
        move(() -> {
            journal.makeRoom(answers.toString().length());
            moves.add(Move.answer(task.process() + "/" + task.element(), reader.role(), answers));
            engine.tasks().complete(task.id(), new HashMap<>(follows));
        });
        return new Outcome(Map.of());
    }

    /** When the next timer is due; empty when nothing waits for a date. */
    Optional<Instant> next() {
        return over() ? Optional.empty() : timers().findFirst().map(Rehearsal::due);
    }

    /** Goes to the next timer, and runs it and whatever follows at once. */
    void toNext() {
        next().ifPresent(due -> {
            moves.add(Move.next());
            go(due);
        });
    }

    /** Goes to a moment; every timer due until then runs at its own. */
    void to(Instant moment) {
        Instant furthest = furthest();
        moves.add(Move.until(journal.local(moment)));
        go(moment.isAfter(furthest) ? furthest : moment);
    }

    private Instant furthest() {
        return setting.start()
                .atOffset(ZoneOffset.UTC)
                .plusYears(parts.limits().years())
                .toInstant();
    }

    private void go(Instant moment) {
        if (moment.isAfter(furthest())) {
            stop(new Stopped("rehearsal.stopped.far", parts.limits().years()));
            return;
        }
        move(() -> {
            for (Optional<Instant> due = next(); due.isPresent() && !due.get().isAfter(moment); due = next()) {
                record.moveTo(due.get());
                runDue();
            }
            record.moveTo(moment);
        });
    }

    /** The messages for which some procedure of the rehearsal waits. */
    Set<String> awaited() {
        Set<String> names = new TreeSet<>();
        if (!over()) {
            engine.runtime().createEventSubscriptionQuery().eventType("message").list().stream()
                    .map(EventSubscription::getEventName)
                    .forEach(names::add);
        }
        return names;
    }

    /** Something happens outside. */
    void hear(String message, Map<String, String> values) {
        moves.add(Move.message(message, values));
        Map<String, Object> variables = new HashMap<>();
        forms.byName(values).forEach((name, value) -> variables.put(name, Objects.requireNonNull(value)));
        move(() -> {
            journal.add(
                    Kind.HEARD, "", "", "heard " + message, Flow.words("rehearsal.journal.heard", new Event(message)));
            EventSubscription first =
                    engine
                            .runtime()
                            .createEventSubscriptionQuery()
                            .eventType("message")
                            .eventName(message)
                            .list()
                            .stream()
                            .findFirst()
                            .orElseThrow(() -> new Stopped("rehearsal.stopped.unheard", new Event(message)));
            record.happened(message);
            engine.runtime().messageEventReceived(message, first.getExecutionId(), variables);
        });
    }

    /** A message in a journal line. */
    record Event(String message) {}

    /** A fact in a journal line. */
    record Fact(String name, String value) {}

    /** Makes something else true of the record from now on. */
    void change(String fact, String value) {
        if (!value.equals(record.fact(fact).orElse(""))) {
            moves.add(Move.fact(fact, value));
            move(() -> {
                record.change(fact, value);
                journal.add(Kind.CHANGED, "", "", "", Flow.words("rehearsal.journal.changed", new Fact(fact, value)));
            });
        }
    }

    private Stream<JobEntity> timers() {
        return engine.jobs().createJobQuery().active().list().stream()
                .map(JobEntity.class::cast)
                .filter(job -> !isStep(job))
                .sorted(Comparator.comparing((Job job) -> job.getDuedate()).thenComparing(MADE_FIRST));
    }

    private static Instant due(Job job) {
        return job.getDuedate().toInstant();
    }

    private void move(Runnable move) {
        if (stopped) {
            return;
        }
        flow.think();
        try {
            move.run();
            runDue();
        } catch (StackOverflowError deep) {
            stop(new Stopped("rehearsal.stopped.floods", parts.limits().instances()));
        } catch (RuntimeException failure) {
            Stopped reason = Stopped.in(failure);
            if (reason == null && !(failure instanceof ProcessEngineException)) {
                throw failure;
            }
            stop(
                    reason == null
                            ? new Stopped("rehearsal.stopped.engine", String.valueOf(failure.getMessage()))
                            : reason);
        }
    }

    private void stop(Stopped reason) {
        stopped = true;
        journal.add(
                Kind.STOPPED,
                "",
                "",
                "stopped " + reason.key() + numbers(reason),
                Flow.words(reason.key(), reason.arguments().toArray()));
    }

    private static String numbers(Stopped reason) {
        return reason.arguments().stream()
                .filter(Number.class::isInstance)
                .map(number -> " " + number)
                .collect(Collectors.joining());
    }

    /** Asynchronous steps first, then timers that are due, each in a transaction of its own, until nothing is left to do. */
    private void runDue() {
        for (Optional<JobEntity> job = due(); job.isPresent(); job = due()) {
            flow.watch();
            JobEntity due = job.get();
            if (!isStep(due)) {
                String process = due.getProcessDefinitionKey();
                String element = element(due);
                journal.add(
                        Kind.EVENT,
                        process,
                        element,
                        "timer " + process + "/" + element,
                        Flow.words("rehearsal.journal.timer", new Named(process, element)));
            }
            engine.jobs().executeJob(due.getId());
        }
    }

    /** An asynchronous step is due at once, whatever the engine's own clock says. */
    private static boolean isStep(Job job) {
        return job instanceof MessageEntity;
    }

    private String element(Job timer) {
        return engine.jobs()
                .createJobDefinitionQuery()
                .jobDefinitionId(timer.getJobDefinitionId())
                .singleResult()
                .getActivityId();
    }

    private Optional<JobEntity> due() {
        return engine.jobs().createJobQuery().active().list().stream()
                .map(JobEntity.class::cast)
                .filter(job -> isStep(job) || !due(job).isAfter(record.now()))
                .min(Comparator.comparing((JobEntity job) -> isStep(job) ? Instant.MIN : due(job))
                        .thenComparing(MADE_FIRST));
    }

    private Map<String, Object> decide(String decision, Map<String, ?> given) {
        flow.watch();
        @Nullable
        DmnDecisionResultEntries row = engine.decisions()
                .evaluateDecisionByKey(decision)
                .variables(new HashMap<>(given))
                .evaluate()
                .getSingleResult();
        if (row == null) {
            throw new IllegalStateException("The decision " + decision + " has no row for " + given);
        }
        return row.getEntryMap();
    }

    private void said(RehearsalRecord.Said said) {
        if (said instanceof RehearsalRecord.Said.Line line) {
            journal.add(Kind.SAID, "", "", "", line.words());
        } else if (said instanceof RehearsalRecord.Said.Letter letter) {
            letters.send(letter);
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
