package org.ancora.conduct;

import static org.ancora.conduct.ConductProcess.REQUEST;

import java.util.Locale;
import java.util.Set;
import org.ancora.access.Permission;
import org.ancora.casework.record.CaseRecord;
import org.ancora.conduct.BoundaryRequest.Kind;
import org.ancora.process.Variables;
import org.ancora.process.task.Answers;
import org.ancora.process.task.TaskContext;
import org.ancora.process.task.TaskHandler;
import org.springframework.stereotype.Component;

/** What a supervisor decides on a worry for a client's safety (B8): told to whoever worried, and on the client's record. */
@Component
class SafetyForm implements TaskHandler {

    private final BoundaryRequests requests;
    private final BoundaryNotices notices;
    private final BoundaryWords words;
    private final CaseRecord clientRecord;

    SafetyForm(BoundaryRequests requests, BoundaryNotices notices, BoundaryWords words, CaseRecord clientRecord) {
        this.requests = requests;
        this.notices = notices;
        this.words = words;
        this.clientRecord = clientRecord;
    }

    @Override
    public String form() {
        return "boundary-safety";
    }

    @Override
    public Set<String> fields() {
        return Set.of("decision", "words");
    }

    @Override
    public Variables complete(TaskContext task, Answers answers) {
        task.viewer().require(Permission.DECIDE_AS_SUPERVISOR, task.projectId());
        String decision = answers.text("decision");
        String said = answers.text("words");
        Locale language = task.viewer().locale();
        requests.settle(
                task.get(REQUEST), Kind.SAFETY, decision, said, task.viewer().id());
        clientRecord.note(
                task.caseCode(),
                words.text(
                        "conduct.note.decided",
                        language,
                        words.text("form.boundary-safety.decision." + decision, language),
                        said),
                null,
                "",
                task.viewer().id());
        notices.tellAuthor("boundary-decided", task);
        return Variables.none();
    }
}
