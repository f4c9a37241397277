package org.ancora.process.task;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.springframework.stereotype.Service;

/** The open tasks of a case, and finishing one as its page does, for other modules. */
@Service
public class Tasks {

    private final TaskDesk desk;
    private final WorkItemTable table;

    Tasks(TaskDesk desk, WorkItemTable table) {
        this.desk = desk;
        this.table = table;
    }

    /** The open tasks of a case, the one due first first. */
    public List<OpenTask> of(String caseCode) {
        return table.ofCase(caseCode).stream().map(OpenTask::of).toList();
    }

    /**
     * The codes of a project's cases that wait at one of these elements of a diagram.
     *
     * @param elements their ids
     */
    public Set<String> casesAt(ProjectId project, Collection<String> elements) {
        return table.casesAt(project, elements);
    }

    /**
     * Finishes a task as if the viewer had sent its form: the same checks, the same rights, the same transaction.
     *
     * @param answers by field key, as the form in the browser sends them
     * @throws Refused when the form or the domain refuses an answer; nothing is kept
     * @throws org.ancora.access.Hidden when there is no such task for this viewer
     * @throws org.ancora.access.Forbidden when the viewer may see it, but not finish it
     * @throws org.ancora.web.Problem when it is somebody else's, or was finished or dropped meanwhile
     */
    public void complete(String taskId, Viewer viewer, Map<String, ?> answers) {
        if (desk.complete(taskId, viewer, answers) instanceof TaskDesk.Outcome.Refused refused) {
            throw new Refused(refused.errors());
        }
    }

    /** Some answers need another look. */
    public static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Map<String, List<String>> errors;

        Refused(Map<String, List<String>> errors) {
            super(errors.toString());
            this.errors = Map.copyOf(errors);
        }

        /** What is wrong, in the viewer's language, by field; for the form as a whole under the empty key. */
        public Map<String, List<String>> errors() {
            return errors;
        }
    }
}
