package org.ancora.process.task;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Variables;
import org.springframework.stereotype.Component;

/** Understands the form {@code task-test} of the test procedures. */
@Component
class TestFormHandler implements TaskHandler {

    static final ProcessVariable<String> OUTCOME = ProcessVariable.code("outcome");
    static final ProcessVariable<Integer> ROUND = ProcessVariable.number("round");

    final AtomicInteger completions = new AtomicInteger();

    @Override
    public String form() {
        return "task-test";
    }

    @Override
    public Set<String> fields() {
        return Set.of("outcome", "note", "way", "code");
    }

    @Override
    public Map<String, ?> prepare(TaskContext task) {
        return Map.of(
                "code",
                task.caseCode(),
                "ways",
                List.of(new Choice("sms", "Text message"), new Choice("email", "E-mail").disabled("no consent")));
    }

    @Override
    public Variables complete(TaskContext task, Answers answers) {
        if (answers.findText("note").filter("impossible"::equals).isPresent()) {
            throw AnswersRejected.because("note", "form.error.past").and("", "task.changed");
        }
        if (answers.has("ownersOwn") || answers.has("code")) {
            throw new IllegalStateException("a handler sees only its own open fields");
        }
        completions.incrementAndGet();
        return Variables.of(OUTCOME, answers.text("outcome"));
    }

    @Override
    public Object[] titleArguments(TaskContext task) {
        return task.find(ROUND).map(round -> new Object[] {round}).orElseGet(() -> new Object[0]);
    }
}
