package org.ancora.bench;

import java.util.Set;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Variables;
import org.ancora.process.task.Answers;
import org.ancora.process.task.TaskContext;
import org.ancora.process.task.TaskHandler;
import org.springframework.stereotype.Component;

/** Understands the form of the visit that is completed in P6, as a module would: its fields and one variable. */
@Component
class VisitForm implements TaskHandler {

    static final ProcessVariable<String> OUTCOME = ProcessVariable.code("outcome");

    @Override
    public String form() {
        return "bench-visit";
    }

    @Override
    public Set<String> fields() {
        return Set.of("outcome", "note", "minutes");
    }

    @Override
    public Variables complete(TaskContext task, Answers answers) {
        return Variables.of(OUTCOME, answers.text("outcome"));
    }
}
