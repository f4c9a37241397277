package org.ancora.process.task;

import java.time.Instant;
import java.util.List;
import org.ancora.access.Viewer;
import org.ancora.process.Deadlines;
import org.ancora.time.Deadline;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The open tasks of one case, for the pages of other modules. */
@Service
public class TaskLinks {

    private final WorkItemTable table;
    private final TaskLabels labels;
    private final Deadlines deadlines;

    TaskLinks(WorkItemTable table, TaskLabels labels, Deadlines deadlines) {
        this.table = table;
        this.labels = labels;
        this.deadlines = deadlines;
    }

    /**
     * One task.
     *
     * @param title its name in the viewer's language
     * @param path its page, or null when it is not for this viewer to open
     * @param person who has it, or null
     * @param why what its date was computed from, or null
     * @param procedure the key of the procedure at the top of the calls
     */
    public record TaskLink(
            String title,
            @Nullable String path,
            @Nullable String person,
            Instant opens,
            @Nullable Instant due,
            @Nullable Deadline why,
            String procedure) {}

    /** The tasks in the order in which they are due, in one statement. The caller has asked who may see the case. */
    public List<TaskLink> of(String caseCode, Viewer viewer) {
        return table.explainedOfCase(caseCode).stream()
                .map(each -> open(each.task(), each.explanation(), viewer))
                .toList();
    }

    private TaskLink open(WorkItem task, @Nullable String explanation, Viewer viewer) {
        Instant opens = task.opens();
        return new TaskLink(
                labels.title(task, viewer.locale()),
                TaskAccess.maySee(task, viewer) ? "/tasks/" + task.id() : null,
                task.assigneeName(),
                opens == null ? task.created() : opens,
                task.due(),
                explanation == null ? null : deadlines.read(explanation),
                task.rootProcessKey());
    }
}
