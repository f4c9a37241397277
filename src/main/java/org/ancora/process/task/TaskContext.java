package org.ancora.process.task;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.process.ProcessVariable;
import org.jspecify.annotations.Nullable;

/**
 * One open task as its handler, panels and actions see it.
 *
 * @param id the task's id in the engine
 * @param processInstance the running procedure (the called one, where the task belongs to a called one)
 * @param processKey the procedure to which the task belongs, such as {@code contact-round}
 * @param rootProcessKey the procedure at the top of the calls, such as {@code engagement-on-entry}
 * @param element the task's element in the diagram, such as {@code record-round}
 * @param callingElement the call activity that called the task's procedure, such as {@code next-round}, or null
 * @param rootElement where the procedure at the top stands: the element itself, or the call activity at the top
 * @param form the id of the form, or null for a task without one
 * @param viewer who looks at or completes the task; the system while the task is being created
 * @param opens not before, or null
 * @param due due end, or null
 * @param assignee who has the task, or null
 * @param variables the procedure's variables as the engine returns them; read them by {@link #get} or {@link #find}
 * @param rootVariables those of the procedure at the top, the same ones where that is the task's own
 */
public record TaskContext(
        String id,
        String processInstance,
        String processKey,
        String rootProcessKey,
        String element,
        @Nullable String callingElement,
        String rootElement,
        @Nullable String form,
        String caseCode,
        ProjectId projectId,
        Viewer viewer,
        @Nullable Instant opens,
        @Nullable Instant due,
        Instant created,
        @Nullable UserId assignee,
        Map<String, Object> variables,
        Map<String, Object> rootVariables) {

    /** A task of a procedure that nothing called. */
    public TaskContext(
            String id,
            String processInstance,
            String processKey,
            String rootProcessKey,
            String element,
            @Nullable String callingElement,
            String rootElement,
            @Nullable String form,
            String caseCode,
            ProjectId projectId,
            Viewer viewer,
            @Nullable Instant opens,
            @Nullable Instant due,
            Instant created,
            @Nullable UserId assignee,
            Map<String, Object> variables) {
        this(
                id,
                processInstance,
                processKey,
                rootProcessKey,
                element,
                callingElement,
                rootElement,
                form,
                caseCode,
                projectId,
                viewer,
                opens,
                due,
                created,
                assignee,
                variables,
                variables);
    }

    /** The variable's value; a missing one is a fault of the diagram. */
    public <T> T get(ProcessVariable<T> variable) {
        return variable.in(variables);
    }

    /** The variable's value, or empty when it is missing or null. */
    public <T> Optional<T> find(ProcessVariable<T> variable) {
        return variable.find(variables);
    }
}
