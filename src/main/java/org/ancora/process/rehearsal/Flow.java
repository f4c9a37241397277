package org.ancora.process.rehearsal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ancora.process.rehearsal.JournalLine.Kind;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.task.IdentityLink;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.DefaultMessageSourceResolvable;

/**
 * Watches every step that a rehearsal's engine takes: where the tokens are, which tasks are open, and whether it has become
 * too much. No diagram names these listeners and none can leave them out.
 */
final class Flow extends AbstractBpmnParseListener {

    private final Journal journal;
    private final Limits limits;
    private final Map<String, OpenStep> tasks = new LinkedHashMap<>();
    private final Map<String, Map<String, Integer>> present = new TreeMap<>();
    private final Map<String, Set<String>> passed = new TreeMap<>();
    private int entered;
    private int instances;
    private int running;
    private long thinkingSince;

    Flow(Journal journal, Limits limits) {
        this.journal = journal;
        this.limits = limits;
    }

    /** A move begins: from now on it has so long and no longer. */
    void think() {
        thinkingSince = System.nanoTime();
    }

    List<OpenStep> tasks() {
        return new ArrayList<>(tasks.values());
    }

    /** The procedures that were begun, in alphabetical order. */
    Set<String> processes() {
        return new LinkedHashSet<>(passed.keySet());
    }

    List<String> present(String process) {
        return present.getOrDefault(process, Map.of()).entrySet().stream()
                .filter(element -> element.getValue() > 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    List<String> passed(String process) {
        List<String> here = present(process);
        return passed.getOrDefault(process, Set.of()).stream()
                .filter(element -> !here.contains(element))
                .toList();
    }

    boolean over() {
        return running == 0;
    }

    /** @throws Stopped when it has become too much */
    void watch() {
        if (++entered > limits.entered()) {
            throw new Stopped("rehearsal.stopped.loops", limits.entered());
        }
        if (System.nanoTime() - thinkingSince > limits.thinking().toNanos()) {
            throw new Stopped("rehearsal.stopped.slow", limits.thinking().toSeconds());
        }
    }

    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity process) {
        process.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) this::began);
        process.addBuiltInListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) this::ended);
    }

    private void began(DelegateExecution execution) {
        watch();
        running++;
        if (++instances > limits.instances()) {
            throw new Stopped("rehearsal.stopped.floods", limits.instances());
        }
        String process = key(execution);
        passed.computeIfAbsent(process, any -> new LinkedHashSet<>());
        journal.add(
                Kind.BEGAN, process, "", "began " + process, words("rehearsal.journal.began", new Named(process, "")));
    }

    private void ended(DelegateExecution execution) {
        running--;
        String process = key(execution);
        journal.add(
                Kind.ENDED, process, "", "ended " + process, words("rehearsal.journal.ended", new Named(process, "")));
    }

    private void follow(ActivityImpl activity) {
        activity.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) this::entered);
        activity.addBuiltInListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) this::left);
    }

    private void entered(DelegateExecution execution) {
        watch();
        String process = key(execution);
        present.computeIfAbsent(process, any -> new TreeMap<>())
                .merge(execution.getCurrentActivityId(), 1, Integer::sum);
        passed.computeIfAbsent(process, any -> new LinkedHashSet<>()).add(execution.getCurrentActivityId());
    }

    private void left(DelegateExecution execution) {
        present.computeIfAbsent(key(execution), any -> new TreeMap<>())
                .merge(execution.getCurrentActivityId(), -1, Integer::sum);
    }

    private void reached(DelegateExecution execution) {
        String process = key(execution);
        String element = execution.getCurrentActivityId();
        journal.add(
                Kind.EVENT,
                process,
                element,
                "end " + process + "/" + element,
                words("rehearsal.journal.end", new Named(process, element)));
    }

    private void opened(DelegateTask task) {
        OpenStep step = describe((TaskEntity) task);
        tasks.put(step.id(), step);
        if (tasks.size() > limits.tasks()) {
            throw new Stopped("rehearsal.stopped.tasks", limits.tasks());
        }
        String dates = journal.local(step.opens()) + (step.due() == null ? "" : " due " + journal.local(step.due()));
        Instant due = step.due();
        journal.add(
                Kind.OPENED,
                step.process(),
                step.element(),
                ("task " + step.process() + "/" + step.element() + " " + dates).strip(),
                due == null
                        ? words("rehearsal.journal.opened", new Named(step.process(), step.element()))
                        : words("rehearsal.journal.opened.due", new Named(step.process(), step.element()), due));
    }

    private void closed(DelegateTask task, boolean done) {
        OpenStep step = tasks.remove(task.getId());
        if (step != null) {
            journal.add(
                    done ? Kind.DONE : Kind.DROPPED,
                    step.process(),
                    step.element(),
                    (done ? "done " : "dropped ") + step.process() + "/" + step.element(),
                    words(
                            done ? "rehearsal.journal.done" : "rehearsal.journal.dropped",
                            new Named(step.process(), step.element())));
        }
    }

    private static OpenStep describe(TaskEntity task) {
        ExecutionEntity instance = task.getExecution().getProcessInstance();
        ExecutionEntity caller = instance.getSuperExecution();
        TaskDefinition definition = task.getTaskDefinition();
        String description = task.getDescription();
        return new OpenStep(
                task.getId(),
                instance.getProcessDefinition().getKey(),
                task.getTaskDefinitionKey(),
                caller == null ? null : caller.getActivityId(),
                Objects.requireNonNullElse(task.getName(), task.getTaskDefinitionKey()),
                description == null ? "" : description,
                definition.getCamundaFormDefinitionKey() == null
                        ? null
                        : definition.getCamundaFormDefinitionKey().getExpressionText(),
                task.getCandidates().stream()
                        .map(IdentityLink::getGroupId)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toCollection(TreeSet::new))
                        .stream()
                        .toList(),
                instant(task.getFollowUpDate()),
                instant(task.getDueDate()));
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }

    static String key(DelegateExecution execution) {
        return ((ExecutionEntity) execution).getProcessDefinition().getKey();
    }

    static DefaultMessageSourceResolvable words(String key, Object... arguments) {
        return new DefaultMessageSourceResolvable(new String[] {key}, arguments);
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        follow(activity);
        TaskDefinition task = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, this::opened);
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, done -> closed(done, true));
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_DELETE, gone -> closed(gone, false));
    }

    @Override
    public void parseEndEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
        follow(activity);
        activity.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) this::reached);
    }

    @Override
    public void parseStartEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
        follow(activity);
    }

    @Override
    public void parseServiceTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        follow(activity);
    }

    @Override
    public void parseBusinessRuleTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        follow(activity);
    }

    @Override
    public void parseCallActivity(Element element, ScopeImpl scope, ActivityImpl activity) {
        follow(activity);
    }

    @Override
    public void parseSubProcess(Element element, ScopeImpl scope, ActivityImpl activity) {
        follow(activity);
    }

    @Override
    public void parseExclusiveGateway(Element element, ScopeImpl scope, ActivityImpl activity) {
        follow(activity);
    }

    @Override
    public void parseInclusiveGateway(Element element, ScopeImpl scope, ActivityImpl activity) {
        follow(activity);
    }

    @Override
    public void parseParallelGateway(Element element, ScopeImpl scope, ActivityImpl activity) {
        follow(activity);
    }

    @Override
    public void parseEventBasedGateway(Element element, ScopeImpl scope, ActivityImpl activity) {
        follow(activity);
    }

    @Override
    public void parseIntermediateCatchEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
        follow(activity);
    }

    @Override
    public void parseIntermediateThrowEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
        follow(activity);
    }

    @Override
    public void parseBoundaryEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
        follow(activity);
    }
}
