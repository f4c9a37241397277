package org.ancora.process.rehearsal;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ancora.access.Hidden;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.process.DeclaredVariables;
import org.ancora.process.LetterFilling;
import org.ancora.process.ProcessVariable;
import org.ancora.process.ProcessVariable.Kind;
import org.ancora.process.Rehearsable;
import org.ancora.process.RehearsalSample;
import org.ancora.process.Step;
import org.ancora.process.TaskStep;
import org.ancora.process.Variables;
import org.ancora.process.form.FormCheck;
import org.ancora.process.model.ModelCheck;
import org.ancora.process.model.ProcessFolder;
import org.ancora.process.task.FormsApart;
import org.ancora.time.BusinessCalendar;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.util.function.SingletonSupplier;

/**
 * The rehearsals that are under way on this node: so many and no more, each its owner's alone, and gone when it is left alone.
 */
@Service
@EnableConfigurationProperties(Limits.class)
class Rehearsals implements DisposableBean {

    /** Scenarios that are run at the same time beside the rehearsals of people. */
    private static final int SCENARIOS_AT_ONCE = 2;

    private static final int PATIENCE_SECONDS = 30;
    private static final int TURN_SECONDS = 3;

    /** How many of those that nobody touched are remembered, so that whoever comes back is told. */
    private static final int REMEMBERED = 100;

    private static final Pattern STEP = Pattern.compile("elegateExpression\\s*=\\s*[\"']\\$\\{(\\w+)}[\"']");

    private final ModelCheck check;
    private final FormsApart forms;
    private final FormCheck formCheck;
    private final Limits limits;
    private final Clock wallClock;
    private final ObjectProvider<LetterFilling> letters;
    private final Supplier<Known> known;
    private final Map<String, Held> held = new LinkedHashMap<>();
    private final List<UserId> opening = new ArrayList<>();
    private final Map<String, UserId> forgotten = new LinkedHashMap<>();
    private @Nullable ScheduledExecutorService thread;
    private final Semaphore scenarios = new Semaphore(SCENARIOS_AT_ONCE, true);

    Rehearsals(
            ModelCheck check,
            FormsApart forms,
            FormCheck formCheck,
            Limits limits,
            @Qualifier("wallClock") Clock wallClock,
            ObjectProvider<LetterFilling> letters,
            ListableBeanFactory beans) {
        this.check = check;
        this.forms = forms;
        this.formCheck = formCheck;
        this.limits = limits;
        this.wallClock = wallClock;
        this.letters = letters;
        // Asked for late, because steps use services that in turn start procedures.
        this.known = SingletonSupplier.of(() -> Known.in(beans));
    }

    /** What every module declares. */
    private record Known(
            Map<String, Step> steps,
            Map<String, TaskStep> taskSteps,
            Map<String, Map<String, ProcessVariable<?>>> variables,
            Map<String, Rehearsable> folders,
            Map<String, RehearsalSample> samples) {

        static Known in(ListableBeanFactory beans) {
            Map<String, Map<String, ProcessVariable<?>>> variables = new HashMap<>();
            beans.getBeansOfType(DeclaredVariables.class).values().forEach(declared -> declared.variables()
                    .forEach(variable -> variables
                            .computeIfAbsent(declared.folder(), any -> new TreeMap<>())
                            .put(variable.name(), variable)));
            return new Known(
                    beans.getBeansOfType(Step.class),
                    beans.getBeansOfType(TaskStep.class),
                    variables,
                    beans.getBeansOfType(Rehearsable.class).values().stream()
                            .collect(Collectors.toMap(Rehearsable::folder, each -> each)),
                    beans.getBeansOfType(RehearsalSample.class).values().stream()
                            .collect(Collectors.toMap(RehearsalSample::folder, each -> each)));
        }
    }

    private static final class Held {

        private final String id;
        private final UserId owner;
        private final Rehearsal rehearsal;
        private final ReentrantLock turn = new ReentrantLock();
        private volatile Instant touched;

        Held(String id, UserId owner, Rehearsal rehearsal, Instant touched) {
            this.id = id;
            this.owner = owner;
            this.rehearsal = rehearsal;
            this.touched = touched;
        }
    }

    /** A rehearsal in a list. */
    record Summary(String id, String folder, String process, Instant at, boolean over) {}

    /** What may be true of a record of this folder: what its module says, and what its steps would otherwise look up. */
    List<Rehearsable.Fact> facts(ProcessFolder folder) {
        List<Rehearsable.Fact> facts = new ArrayList<>(of(folder.name()).facts());
        Set<String> said = facts.stream().map(Rehearsable.Fact::name).collect(Collectors.toCollection(TreeSet::new));
        folder.files().forEach((path, content) -> {
            Matcher step = STEP.matcher(path.endsWith(".bpmn") ? new String(content, StandardCharsets.UTF_8) : "");
            while (step.find()) {
                Step named = known.get().steps().get(step.group(1));
                if (named != null && !named.hasRehearsal()) {
                    named.writes().stream()
                            .filter(variable -> variable.kind() == Kind.FLAG)
                            .map(ProcessVariable::name)
                            .filter(said::add)
                            .forEach(name -> facts.add(new Rehearsable.Fact(name, List.of("yes", "no"))));
                }
            }
        });
        facts.add(new Rehearsable.Fact("language", List.of("en", "es", "it")));
        return facts;
    }

    /** What may happen from outside, as the folder's module says. */
    Map<String, Rehearsable.Event> events(String folder) {
        return of(folder).events().stream().collect(Collectors.toMap(Rehearsable.Event::message, each -> each));
    }

    /** Whether real records of a folder can be taken as samples. */
    boolean takesSamples(String folder) {
        return known.get().samples().containsKey(folder);
    }

    /**
     * What is true of a real record that this viewer may see; that it was read is logged.
     *
     * @throws Hidden when there is no such record for the viewer
     */
    RehearsalSample.Sample sample(String folder, String code, Viewer viewer) {
        RehearsalSample samples = known.get().samples().get(folder);
        if (samples == null) {
            throw new Hidden("sample", code);
        }
        return samples.of(code, viewer);
    }

    private Rehearsable of(String folder) {
        return known.get().folders().getOrDefault(folder, Rehearsable.folder(folder));
    }

    /** Facts as they were chosen; whatever was not, or cannot be, is as usual. */
    Map<String, String> chosen(ProcessFolder folder, Map<String, String> choices) {
        Map<String, String> facts = new TreeMap<>();
        for (Rehearsable.Fact fact : facts(folder)) {
            String chosen = choices.getOrDefault(fact.name(), fact.usual());
            facts.put(fact.name(), fact.takes(chosen) ? chosen : fact.usual());
        }
        return facts;
    }

    /**
     * Begins a rehearsal.
     *
     * @return its id
     * @throws NotRehearsable when the folder may not run
     * @throws Problem when there are too many already
     */
    String begin(UserId owner, ProcessFolder folder, Setting setting) {
        takeRoom(owner);
        try {
            Rehearsal rehearsal = open(folder, setting);
            String id = UUID.randomUUID().toString();
            synchronized (held) {
                held.put(id, new Held(id, owner, rehearsal, wallClock.instant()));
            }
            return id;
        } finally {
            synchronized (held) {
                opening.remove(owner);
            }
        }
    }

    /** Before the engine is made, so that many requests at once make no more of them than there is room for. */
    private void takeRoom(UserId owner) {
        endIdle();
        synchronized (held) {
            long mine = held.values().stream()
                            .filter(each -> each.owner.equals(owner))
                            .count()
                    + opening.stream().filter(owner::equals).count();
            if (mine >= limits.perPerson()) {
                throw new Problem(HttpStatus.CONFLICT, "rehearsal.full.mine", limits.perPerson());
            }
            if (held.size() + opening.size() >= limits.atOnce()) {
                throw new Problem(HttpStatus.SERVICE_UNAVAILABLE, "rehearsal.full", limits.atOnce());
            }
            opening.add(owner);
        }
    }

    /**
     * Does something with a rehearsal of one's own; nobody else's is ever found.
     *
     * @throws Problem 410 when it was ended because nobody touched it, 409 while it is busy with something else
     */
    <T> T with(String id, String folder, UserId owner, Function<Rehearsal, T> work) {
        endIdle();
        Held found;
        synchronized (held) {
            found = held.get(id);
            if (found == null && owner.equals(forgotten.get(id))) {
                throw new Problem(
                        HttpStatus.GONE, "rehearsal.forgotten", limits.idle().toMinutes());
            }
        }
        if (found == null
                || !found.owner.equals(owner)
                || !found.rehearsal.setting().folder().equals(folder)) {
            throw new Hidden("rehearsal", id);
        }
        takeTurn(found);
        try {
            found.touched = wallClock.instant();
            return work.apply(found.rehearsal);
        } finally {
            found.turn.unlock();
        }
    }

    /** One move may take long, and whoever clicks again meanwhile must not fill the server with waiting requests. */
    private static void takeTurn(Held held) {
        try {
            if (held.turn.tryLock(TURN_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        throw new Problem(HttpStatus.CONFLICT, "rehearsal.busy");
    }

    /** One's own, the latest first. */
    List<Summary> of(UserId owner) {
        endIdle();
        List<Held> mine;
        synchronized (held) {
            mine = held.values().stream()
                    .filter(each -> each.owner.equals(owner))
                    .toList();
        }
        return mine.stream()
                .sorted(Comparator.comparing((Held each) -> each.touched).reversed())
                .map(each -> new Summary(
                        each.id,
                        each.rehearsal.setting().folder(),
                        each.rehearsal.setting().process(),
                        each.rehearsal.now(),
                        each.rehearsal.over()))
                .toList();
    }

    /** Ends a rehearsal of one's own; one that is gone already stays gone. */
    void end(String id, UserId owner) {
        Held gone;
        synchronized (held) {
            gone = held.get(id);
            if (gone == null || !gone.owner.equals(owner)) {
                return;
            }
            held.remove(id);
        }
        close(gone);
    }

    /** After how many minutes one ends that nobody touches. */
    long idleMinutes() {
        return limits.idle().toMinutes();
    }

    /** How many are under way on this node. */
    int underWay() {
        synchronized (held) {
            return held.size();
        }
    }

    /**
     * Runs something on a rehearsal that nobody holds, such as a scenario's.
     *
     * @throws NotRehearsable when the folder may not run
     * @throws Problem when too many run already
     */
    <T> T apart(ProcessFolder folder, Setting setting, Function<Rehearsal, T> work) {
        boolean turn = false;
        try {
            turn = scenarios.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!turn) {
                throw new Problem(HttpStatus.SERVICE_UNAVAILABLE, "rehearsal.full", SCENARIOS_AT_ONCE);
            }
            try (Rehearsal rehearsal = open(folder, setting)) {
                return work.apply(rehearsal);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new Problem(HttpStatus.SERVICE_UNAVAILABLE, "rehearsal.full", SCENARIOS_AT_ONCE);
        } finally {
            if (turn) {
                scenarios.release();
            }
        }
    }

    private Rehearsal open(ProcessFolder folder, Setting setting) {
        ModelCheck.Result result = check.check(folder);
        if (result.refused()) {
            throw new NotRehearsable(folder.name(), result.findings());
        }
        if (!result.files().containsKey(setting.process() + ".bpmn")) {
            throw new Hidden("procedure", setting.process());
        }
        Known all = known.get();
        Map<String, ProcessVariable<?>> variables = all.variables().getOrDefault(folder.name(), Map.of());
        return new Rehearsal(
                setting,
                result.files(),
                new Rehearsal.Parts(
                        all.steps(),
                        all.taskSteps(),
                        variables,
                        begins(of(folder.name()), variables, setting),
                        forms,
                        formCheck,
                        letters.getIfAvailable(() -> (template, source, values) -> source),
                        limits));
    }

    /** Facts that have the name of a variable are known from the beginning; a date is so many business days away. */
    @SuppressWarnings("unchecked")
    private static Variables begins(Rehearsable folder, Map<String, ProcessVariable<?>> variables, Setting setting) {
        Variables start = Variables.none();
        BusinessCalendar calendar = setting.calendar();
        LocalDate today = LocalDate.ofInstant(setting.start(), calendar.zone());
        for (Map.Entry<String, String> fact : setting.facts().entrySet()) {
            ProcessVariable<?> variable = variables.get(fact.getKey());
            if (variable != null && variable.kind() == Kind.FLAG) {
                start = start.and(
                        (ProcessVariable<Boolean>) variable, fact.getValue().equals("yes"));
            } else if (variable != null && variable.kind() == Kind.CODE) {
                start = start.and((ProcessVariable<String>) variable, fact.getValue());
            } else if (variable != null && variable.kind() == Kind.INSTANT) {
                start = start.and(
                        (ProcessVariable<Instant>) variable,
                        calendar.startOf(calendar.plus(today, Integer.parseInt(fact.getValue()))));
            }
        }
        return start.and(folder.start());
    }

    /** Gives the memory of forgotten ones back, whether anybody asks for rehearsals or not. */
    @EventListener(ApplicationReadyEvent.class)
    void mindIdle() {
        ScheduledExecutorService minding = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "rehearsals");
            daemon.setDaemon(true);
            return daemon;
        });
        var unused = minding.scheduleWithFixedDelay(this::endIdle, 1, 1, TimeUnit.MINUTES);
        thread = minding;
    }

    void endIdle() {
        Instant before = wallClock.instant().minus(limits.idle());
        List<String> idle;
        synchronized (held) {
            idle = held.values().stream()
                    .filter(each -> each.touched.isBefore(before))
                    .map(each -> each.id)
                    .toList();
        }
        idle.forEach(this::forget);
    }

    /** Ends one that nobody touches any more; its owner is told when they come back. */
    void forget(String id) {
        Held gone;
        synchronized (held) {
            gone = held.remove(id);
            if (gone == null) {
                return;
            }
            forgotten.put(id, gone.owner);
            if (forgotten.size() > REMEMBERED) {
                forgotten.remove(forgotten.keySet().iterator().next());
            }
        }
        close(gone);
    }

    private static void close(Held gone) {
        gone.turn.lock();
        try {
            gone.rehearsal.close();
        } finally {
            gone.turn.unlock();
        }
    }

    @Override
    public void destroy() {
        ScheduledExecutorService minding = thread;
        if (minding != null) {
            minding.shutdownNow();
        }
        List<Held> all;
        synchronized (held) {
            all = List.copyOf(held.values());
            held.clear();
        }
        all.forEach(Rehearsals::close);
    }
}
