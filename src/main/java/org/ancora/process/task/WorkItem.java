package org.ancora.process.task;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.ProjectId;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.jspecify.annotations.Nullable;

/**
 * One open task as lists and pages need it.
 *
 * @param definition the engine's id of the exact diagram version
 * @param title the task's name in the diagram, for want of words of our own
 * @param teams the role codes whose people may take it
 * @param caseCode null only for a procedure that was started without a case
 * @param project null as {@code caseCode}; nobody sees such a task
 * @param assigneeName as it is today; known where a row was read, not where one is written
 */
record WorkItem(
        String id,
        String processInstance,
        String rootInstance,
        String definition,
        String rootDefinition,
        String processKey,
        String rootProcessKey,
        String element,
        @Nullable String callingElement,
        String rootElement,
        @Nullable String form,
        String title,
        List<Object> titleArguments,
        @Nullable String caseCode,
        @Nullable ProjectId project,
        List<String> teams,
        @Nullable UserId assignee,
        @Nullable Instant opens,
        @Nullable Instant due,
        Instant created,
        int priority,
        @Nullable String assigneeName) {

    /** What kind of work a task is. */
    enum Kind {
        TASK,
        /** An hour was promised to somebody: the task opens and is due at one instant. */
        CALL;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Kind kind() {
        return due != null && due.equals(opens) ? Kind.CALL : Kind.TASK;
    }

    /** The same task with what its name takes as arguments. */
    WorkItem titled(List<Object> arguments) {
        return new WorkItem(
                id,
                processInstance,
                rootInstance,
                definition,
                rootDefinition,
                processKey,
                rootProcessKey,
                element,
                callingElement,
                rootElement,
                form,
                title,
                arguments,
                caseCode,
                project,
                teams,
                assignee,
                opens,
                due,
                created,
                priority,
                assigneeName);
    }

    /** The task as modules see it; only for one that belongs to a case. */
    TaskContext context(Viewer viewer, Map<String, Object> variables, Map<String, Object> rootVariables) {
        return new TaskContext(
                id,
                processInstance,
                processKey,
                rootProcessKey,
                element,
                callingElement,
                rootElement,
                form,
                Objects.requireNonNull(caseCode),
                Objects.requireNonNull(project),
                viewer,
                opens,
                due,
                created,
                assignee,
                variables,
                rootVariables);
    }

    boolean isOf(Viewer viewer) {
        return viewer.id().equals(assignee);
    }

    /** Whether one of the viewer's roles in the project is among those that may take the task. */
    boolean isOfTeamOf(Viewer viewer) {
        return project != null && viewer.roles(project).stream().map(Role::code).anyMatch(teams::contains);
    }
}
