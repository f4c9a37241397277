package org.ancora.process.task;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.process.Processes;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.entitymanager.DbEntityManager;
import org.camunda.bpm.engine.impl.history.event.HistoricProcessInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricTaskInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.IdentityLinkEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.IdentityLinkType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keeps {@code work_item} equal to the engine's tasks, in the engine's own transaction. The listeners are built in: no
 * diagram names them, none can leave them out, and a deletion that skips listeners does not skip these.
 */
@Component
class WorkItemListeners extends AbstractProcessEnginePlugin {

    private final WorkItemTable table;
    private final TaskHandlers handlers;
    private final Drafts drafts;

    WorkItemListeners(WorkItemTable table, TaskHandlers handlers, Drafts drafts) {
        this.table = table;
        this.handlers = handlers;
        this.drafts = drafts;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        List<BpmnParseListener> listeners =
                new ArrayList<>(Objects.requireNonNullElse(engine.getCustomPostBPMNParseListeners(), List.of()));
        listeners.add(new OnEveryUserTask());
        engine.setCustomPostBPMNParseListeners(listeners);
        engine.getCustomHistoryEventHandlers().add(new OnMigration());
    }

    /** No listener of a task hears that its procedure moves to a new version of the diagram, but the history does. */
    private final class OnMigration implements HistoryEventHandler {

        @Override
        public void handleEvent(HistoryEvent event) {
            // All migrations are events of one name; what moves, only the class of the event tells.
            if (!event.isEventOfType(HistoryEventTypes.PROCESS_INSTANCE_MIGRATE)) {
                return;
            }
            if (event instanceof HistoricTaskInstanceEventEntity moved) {
                TaskEntity task = Context.getCommandContext().getTaskManager().findTaskById(moved.getTaskId());
                table.put(item(task));
            } else if (event instanceof HistoricProcessInstanceEventEntity moved) {
                table.moveRoot(moved.getProcessInstanceId(), moved.getProcessDefinitionId());
            }
        }

        @Override
        public void handleEvents(List<HistoryEvent> events) {
            events.forEach(this::handleEvent);
        }
    }

    private final class OnEveryUserTask extends AbstractBpmnParseListener {

        @Override
        public void parseProcess(Element element, ProcessDefinitionEntity process) {
            process.addBuiltInListener(ExecutionListener.EVENTNAME_END, (ExecutionListener)
                    ended -> drafts.forgetAll(ended.getProcessInstanceId()));
        }

        @Override
        public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
            TaskDefinition task = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
            // A change of assignee also counts as an update, so no listener for assignments is needed.
            task.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, created -> table.insert(item(created)));
            task.addBuiltInTaskListener(TaskListener.EVENTNAME_UPDATE, changed -> table.update(item(changed)));
            task.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, done -> table.end(done.getId(), true));
            task.addBuiltInTaskListener(TaskListener.EVENTNAME_DELETE, gone -> table.end(gone.getId(), false));
        }
    }

    /** The row of a task as the engine has it now. */
    WorkItem item(DelegateTask task) {
        ExecutionEntity instance = ((ExecutionEntity) task.getExecution()).getProcessInstance();
        ExecutionEntity caller = instance.getSuperExecution();
        ExecutionEntity root = instance;
        String rootElement = task.getTaskDefinitionKey();
        for (ExecutionEntity above = caller; above != null; above = root.getSuperExecution()) {
            rootElement = above.getActivityId();
            root = above.getProcessInstance();
        }
        WorkItem item = new WorkItem(
                task.getId(),
                instance.getId(),
                root.getId(),
                task.getProcessDefinitionId(),
                root.getProcessDefinitionId(),
                key(instance),
                key(root),
                task.getTaskDefinitionKey(),
                caller == null ? null : caller.getActivityId(),
                rootElement,
                form(task),
                Objects.requireNonNullElse(task.getName(), task.getTaskDefinitionKey()),
                List.of(),
                instance.getBusinessKey() == null ? root.getBusinessKey() : instance.getBusinessKey(),
                project(task),
                teams(task),
                task.getAssignee() == null ? null : UserId.of(task.getAssignee()),
                instant(task.getFollowUpDate()),
                instant(task.getDueDate()),
                task.getCreateTime().toInstant(),
                task.getPriority(),
                null);
        return withTitleArguments(item, task);
    }

    private WorkItem withTitleArguments(WorkItem item, DelegateTask task) {
        if (item.caseCode() == null || item.project() == null) {
            return item;
        }
        return handlers.find(item.form())
                .map(handler -> handler.titleArguments(item.context(Viewer.system(), task.getVariables(), Map.of())))
                .map(arguments -> item.titled(List.of(arguments)))
                .orElse(item);
    }

    private static String key(ExecutionEntity instance) {
        return instance.getProcessDefinition().getKey();
    }

    private static @Nullable String form(DelegateTask task) {
        Expression form = ((TaskEntity) task).getTaskDefinition().getCamundaFormDefinitionKey();
        return form == null ? null : form.getExpressionText();
    }

    private static @Nullable ProjectId project(DelegateTask task) {
        Object project = task.getVariable(Processes.PROJECT_ID.name());
        return project == null ? null : new ProjectId(((Number) project).longValue());
    }

    private static List<String> teams(DelegateTask task) {
        // A candidate that is being taken away is still read from the database until the engine flushes.
        DbEntityManager session = Context.getCommandContext().getDbEntityManager();
        return task.getCandidates().stream()
                .filter(link -> !session.isDeleted((IdentityLinkEntity) link))
                .filter(link -> IdentityLinkType.CANDIDATE.equals(link.getType()))
                .map(IdentityLink::getGroupId)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .toList();
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
