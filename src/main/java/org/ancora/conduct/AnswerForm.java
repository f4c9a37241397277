package org.ancora.conduct;

import static org.ancora.conduct.ConductProcess.REQUEST;

import java.util.Set;
import org.ancora.conduct.BoundaryRequest.Kind;
import org.ancora.process.Variables;
import org.ancora.process.task.Answers;
import org.ancora.process.task.TaskContext;
import org.ancora.process.task.TaskHandler;
import org.springframework.stereotype.Component;

/** What a colleague or supervisor answers to somebody who was unsure (B10). */
@Component
class AnswerForm implements TaskHandler {

    private final BoundaryRequests requests;
    private final BoundaryNotices notices;

    AnswerForm(BoundaryRequests requests, BoundaryNotices notices) {
        this.requests = requests;
        this.notices = notices;
    }

    @Override
    public String form() {
        return "boundary-answer";
    }

    @Override
    public Set<String> fields() {
        return Set.of("answer");
    }

    @Override
    public Variables complete(TaskContext task, Answers answers) {
        requests.settle(
                task.get(REQUEST),
                Kind.QUESTION,
                "",
                answers.text("answer"),
                task.viewer().id());
        notices.tellAuthor("boundary-answered", task);
        return Variables.none();
    }
}
