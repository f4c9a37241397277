package org.ancora.process.migration;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.process.DeployedFiles;
import org.ancora.process.migration.Migration.Outcome;
import org.ancora.process.migration.Migration.State;
import org.ancora.process.migration.Plans.Plan;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.jobexecutor.TimerDeclarationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.TimerTaskListenerJobHandler;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.migration.MigratingProcessInstanceValidationException;
import org.camunda.bpm.engine.migration.MigratingProcessInstanceValidationReport;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Moves procedures to another version, each with the procedures that it called, inside a running command of the engine: a
 * procedure is moved whole or its command fails. What the engine leaves as it was is put right: what a task is called, who may
 * take it, what was typed into its form; its dates stay, and so do all timers.
 */
@Component
class Mover {

    private final Releases releases;
    private final Plans plans;
    private final DeployedFiles files;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final JdbcClient jdbc;

    Mover(
            Releases releases,
            Plans plans,
            DeployedFiles files,
            RuntimeService runtime,
            TaskService tasks,
            JdbcClient jdbc) {
        this.releases = releases;
        this.plans = plans;
        this.files = files;
        this.runtime = runtime;
        this.tasks = tasks;
        this.jdbc = jdbc;
    }

    /** A procedure could not be moved, for a reason that is known; nothing of it may be kept. */
    static final class NotMoved extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Outcome outcome;

        NotMoved(Outcome outcome) {
            super(String.valueOf(outcome));
            this.outcome = outcome;
        }

        Outcome outcome() {
            return outcome;
        }
    }

    private record Instance(
            String id, String root, @Nullable String caller, String definition, String key) {}

    private record OpenTask(String id, String instance, String element) {}

    /** The plans of one move, each made once. */
    final class Journey {

        private final Map<String, String> targets;
        private final Choice choice;
        private final Map<String, Plan> made = new HashMap<>();

        Journey(String toDeployment, Choice choice) {
            this.targets = releases.definitions(toDeployment);
            this.choice = choice;
        }

        /** Whether it is there already. */
        boolean isDone(Instance instance) {
            return instance.definition().equals(targets.get(instance.key()));
        }

        Plan plan(Instance instance) {
            String target = targets.get(instance.key());
            if (target == null) {
                throw new NotMoved(new Outcome(State.FAILED, "no-procedure", instance.key(), null));
            }
            return made.computeIfAbsent(instance.definition(), from -> plans.plan(from, target, choice));
        }
    }

    Journey journey(String toDeployment, Choice choice) {
        return new Journey(toDeployment, choice);
    }

    /**
     * Moves some procedures with all that they called. Must run in a command of the engine.
     *
     * @param roots ids of procedures that nobody called
     * @param stop whether the first failure ends it all
     */
    Map<String, Outcome> move(Collection<String> roots, Journey journey, boolean stop) {
        Map<String, List<Instance>> trees = trees(roots);
        Map<String, List<OpenTask>> open = tasks(trees);
        Map<String, List<String>> standing = standing(trees);
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        for (String root : roots) {
            List<Instance> tree = trees.get(root);
            if (tree == null) {
                outcomes.put(root, Outcome.ENDED);
                continue;
            }
            Outcome foreseen = foreseen(tree, journey, standing);
            if (foreseen != null) {
                outcomes.put(root, foreseen);
                continue;
            }
            try {
                tree.forEach(instance -> move(instance, journey, open.getOrDefault(instance.id(), List.of())));
                outcomes.put(root, Outcome.MOVED);
            } catch (NotMoved reason) {
                if (stop) {
                    throw reason;
                }
                outcomes.put(root, reason.outcome());
            }
        }
        return outcomes;
    }

    /** Why a procedure cannot go along, as far as that can be seen without the engine; null where nothing is in its way. */
    private @Nullable Outcome foreseen(List<Instance> tree, Journey journey, Map<String, List<String>> standing) {
        for (Instance instance : tree) {
            if (journey.isDone(instance)) {
                continue;
            }
            if (!journey.targets.containsKey(instance.key())) {
                return new Outcome(State.FAILED, "no-procedure", instance.key(), null);
            }
            Plan plan = journey.plan(instance);
            Set<String> nowhere = standing.getOrDefault(instance.id(), List.of()).stream()
                    .filter(step -> !plan.steps().containsKey(step))
                    .filter(step -> releases.diagram(instance.definition())
                            .find(step)
                            .filter(Place::waits)
                            .isPresent())
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!nowhere.isEmpty()) {
                return why(nowhere, instance, plan, journey.choice);
            }
        }
        return null;
    }

    /** The places at which each procedure stands; in one statement. */
    private Map<String, List<String>> standing(Map<String, List<Instance>> trees) {
        Map<String, List<String>> standing = new HashMap<>();
        jdbc.sql("""
                        select e.proc_inst_id_, e.act_id_ from engine.act_ru_execution e
                         where e.proc_inst_id_ = any(:instances) and e.act_id_ is not null
                           and not exists (select 1 from engine.act_ru_execution b where b.parent_id_ = e.id_)
                        """).param("instances", instances(trees)).query(row -> {
            standing.computeIfAbsent(row.getString("proc_inst_id_"), any -> new ArrayList<>())
                    .add(row.getString("act_id_"));
        });
        return standing;
    }

    private void move(Instance instance, Journey journey, List<OpenTask> open) {
        if (journey.isDone(instance)) {
            return;
        }
        Plan plan = journey.plan(instance);
        Map<String, TaskDefinition> before = definitions(open);
        Map<String, List<Date>> reminders = reminders(instance, plan, open);
        try {
            runtime.newMigration(plan.engine())
                    .processInstanceIds(instance.id())
                    .execute();
        } catch (MigratingProcessInstanceValidationException refused) {
            throw new NotMoved(outcome(refused.getValidationReport(), instance, plan, journey.choice));
        }
        for (OpenTask task : open) {
            putRight(instance, task, Objects.requireNonNull(before.get(task.id())), plan, reminders);
        }
    }

    private static Outcome outcome(
            MigratingProcessInstanceValidationReport report, Instance instance, Plan plan, Choice choice) {
        return why(
                Stream.concat(
                                report.getActivityInstanceReports().stream().map(each -> each.getSourceScopeId()),
                                report.getTransitionInstanceReports().stream().map(each -> each.getSourceScopeId()))
                        .collect(Collectors.toCollection(TreeSet::new)),
                instance,
                plan,
                choice);
    }

    private static Outcome why(Set<String> steps, Instance instance, Plan plan, Choice choice) {
        for (String step : steps) {
            if (choice.stays(instance.key(), step)) {
                return new Outcome(State.LEFT, "stays", instance.key(), step);
            }
        }
        for (String step : steps) {
            if (!plan.steps().containsKey(step) && !plan.refused().contains(step)) {
                return new Outcome(State.LEFT, "nowhere", instance.key(), step);
            }
        }
        return new Outcome(
                State.FAILED,
                "refused",
                instance.key(),
                steps.stream().findFirst().orElse(null));
    }

    /** What the tasks were before, as their diagram has them. */
    private static Map<String, TaskDefinition> definitions(List<OpenTask> open) {
        Map<String, TaskDefinition> found = new HashMap<>();
        for (OpenTask each : open) {
            found.put(each.id(), task(each).getTaskDefinition());
        }
        return found;
    }

    private static TaskEntity task(OpenTask task) {
        return Objects.requireNonNull(
                Context.getCommandContext().getTaskManager().findTaskById(task.id()), "a task was finished just now");
    }

    private void putRight(
            Instance instance, OpenTask open, TaskDefinition before, Plan plan, Map<String, List<Date>> reminders) {
        TaskEntity task = task(open);
        TaskDefinition after = task.getTaskDefinition();
        Expression form = after.getCamundaFormDefinitionKey();
        if (form != null && files.findForm(plan.to(), form.getExpressionText()).isEmpty()) {
            throw new NotMoved(new Outcome(State.FAILED, "no-form", instance.key(), task.getTaskDefinitionKey()));
        }
        boolean elsewhere = !open.element().equals(task.getTaskDefinitionKey());
        if (elsewhere) {
            keepReminders(open, task, plan, reminders);
            keepDrafts(open, task, before, after);
        }
        Set<String> groups = texts(after.getCandidateGroupIdExpressions());
        if (!groups.equals(texts(before.getCandidateGroupIdExpressions()))) {
            offer(task, groups, after);
        }
        String name = after.getNameExpression() == null
                ? null
                : after.getNameExpression().getExpressionText();
        if (name != null && !name.equals(task.getName())) {
            tasks.setName(task.getId(), name);
        }
    }

    /** Whoever may do the step in the new version may take its open tasks. */
    private void offer(TaskEntity task, Set<String> groups, TaskDefinition after) {
        Set<String> now = task.getCandidates().stream()
                .map(link -> link.getGroupId())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        now.stream()
                .filter(group -> !groups.contains(group))
                .forEach(group -> tasks.deleteCandidateGroup(task.getId(), group));
        groups.stream()
                .filter(group -> !now.contains(group))
                .forEach(group -> tasks.addCandidateGroup(task.getId(), group));
        if (task.getAssignee() != null && after.getAssigneeExpression() == null) {
            tasks.setAssignee(task.getId(), null);
        }
    }

    /** When a task that goes on as another one would have been called late, by its place before. */
    private Map<String, List<Date>> reminders(Instance instance, Plan plan, List<OpenTask> open) {
        boolean elsewhere = open.stream()
                .anyMatch(task -> !task.element().equals(plan.steps().getOrDefault(task.element(), task.element())));
        Map<String, List<Date>> found = new HashMap<>();
        if (elsewhere) {
            jdbc.sql("""
                            select d.act_id_, j.duedate_ from engine.act_ru_job j
                              join engine.act_ru_jobdef d on d.id_ = j.job_def_id_
                             where j.process_instance_id_ = :instance and j.handler_type_ = :kind
                             order by j.duedate_
                            """)
                    .param("instance", instance.id())
                    .param("kind", TimerTaskListenerJobHandler.TYPE)
                    .query(row -> {
                        found.computeIfAbsent(row.getString("act_id_"), any -> new ArrayList<>())
                                .add(Date.from(row.getTimestamp("duedate_").toInstant()));
                    });
        }
        return found;
    }

    /** The engine sets the reminders of another step anew; they keep their instants, and what has rung does not ring again. */
    private static void keepReminders(OpenTask open, TaskEntity task, Plan plan, Map<String, List<Date>> reminders) {
        Deque<Date> kept = new ArrayDeque<>(reminders.getOrDefault(open.element(), List.of()));
        boolean rang = kept.isEmpty() && hadReminders(plan, open);
        for (JobEntity timer : List.copyOf(task.getExecution().getJobs())) {
            if (!TimerTaskListenerJobHandler.TYPE.equals(timer.getJobHandlerType())
                    || !open.instance().equals(timer.getProcessInstanceId())
                    || !task.getTaskDefinitionKey().equals(timer.getActivityId())) {
                continue;
            }
            if (rang) {
                timer.delete();
            } else if (!kept.isEmpty()) {
                timer.setDuedate(kept.remove());
            }
        }
    }

    private static boolean hadReminders(Plan plan, OpenTask open) {
        return !TimerDeclarationImpl.getTimeoutListenerDeclarationsForScope(Context.getProcessEngineConfiguration()
                        .getDeploymentCache()
                        .findDeployedProcessDefinitionById(plan.from())
                        .findActivity(open.element()))
                .isEmpty();
    }

    /** What somebody typed stays, where the form asks the same. */
    private void keepDrafts(OpenTask open, TaskEntity task, TaskDefinition before, TaskDefinition after) {
        if (Objects.equals(text(before.getCamundaFormDefinitionKey()), text(after.getCamundaFormDefinitionKey()))) {
            jdbc.sql("""
                            update task_draft d set element = :to
                             where d.process_instance_id = :instance and d.element = :from
                               and not exists (select 1 from task_draft o
                                                where o.process_instance_id = d.process_instance_id and o.element = :to
                                                  and o.account_id = d.account_id)
                            """)
                    .param("to", task.getTaskDefinitionKey())
                    .param("instance", open.instance())
                    .param("from", open.element())
                    .update();
        }
    }

    private static @Nullable String text(@Nullable Expression expression) {
        return expression == null ? null : expression.getExpressionText();
    }

    private static Set<String> texts(Collection<Expression> expressions) {
        return expressions.stream().map(Expression::getExpressionText).collect(Collectors.toSet());
    }

    /** Each procedure with what it called, callers first; one that has ended is left out. In one statement. */
    private Map<String, List<Instance>> trees(Collection<String> roots) {
        Map<String, List<Instance>> unordered = new HashMap<>();
        jdbc.sql("""
                        select e.id_, e.root_proc_inst_id_, e.proc_def_id_, p.key_, c.proc_inst_id_ as caller
                          from engine.act_ru_execution e
                          join engine.act_re_procdef p on p.id_ = e.proc_def_id_
                          left join engine.act_ru_execution c on c.id_ = e.super_exec_
                         where e.root_proc_inst_id_ = any(:roots) and e.parent_id_ is null
                         order by e.id_
                        """)
                .param("roots", roots.toArray(String[]::new))
                .query(Mover::instance)
                .list()
                .forEach(each -> unordered
                        .computeIfAbsent(each.root(), any -> new ArrayList<>())
                        .add(each));
        Map<String, List<Instance>> trees = new HashMap<>();
        unordered.forEach((root, all) -> trees.put(root, callersFirst(all)));
        return trees;
    }

    private static List<Instance> callersFirst(List<Instance> all) {
        List<Instance> ordered = new ArrayList<>();
        Deque<String> callers = new ArrayDeque<>();
        all.stream().filter(each -> each.caller() == null).forEach(each -> {
            ordered.add(each);
            callers.add(each.id());
        });
        while (!callers.isEmpty()) {
            String caller = callers.remove();
            all.stream().filter(each -> Objects.equals(caller, each.caller())).forEach(each -> {
                ordered.add(each);
                callers.add(each.id());
            });
        }
        return ordered;
    }

    private static Instance instance(ResultSet row, int number) throws SQLException {
        return new Instance(
                row.getString("id_"),
                row.getString("root_proc_inst_id_"),
                row.getString("caller"),
                row.getString("proc_def_id_"),
                row.getString("key_"));
    }

    private static String[] instances(Map<String, List<Instance>> trees) {
        return trees.values().stream().flatMap(List::stream).map(Instance::id).toArray(String[]::new);
    }

    private Map<String, List<OpenTask>> tasks(Map<String, List<Instance>> trees) {
        return jdbc
                .sql(
                        "select id_, proc_inst_id_, task_def_key_ from engine.act_ru_task where proc_inst_id_ = any(:instances)")
                .param("instances", instances(trees))
                .query((row, number) -> new OpenTask(row.getString(1), row.getString(2), row.getString(3)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(OpenTask::instance));
    }
}
