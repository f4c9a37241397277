package org.ancora.attention.complaint;

import java.util.Map;
import org.ancora.correspondence.LetterPosted;
import org.ancora.correspondence.Letters;
import org.ancora.process.task.OpenTask;
import org.ancora.process.task.Tasks;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Whoever confirms an answer on the print queue has done the task of posting it; nobody has to say so twice. Only answers count:
 * an acknowledgement that still lies there must not make a promise look broken that was kept.
 */
@Component
class PostedAnswers {

    private final Letters letters;
    private final Tasks tasks;

    PostedAnswers(Letters letters, Tasks tasks) {
        this.letters = letters;
        this.tasks = tasks;
    }

    @EventListener
    void on(LetterPosted posted) {
        boolean answer = letters.message(posted.letter())
                .filter(message -> message.kind().equals(ComplaintLetters.ANSWER.name()))
                .isPresent();
        if (!answer
                || !letters.unposted(posted.caseCode(), ComplaintLetters.ANSWER).isEmpty()) {
            return;
        }
        for (OpenTask task : tasks.of(posted.caseCode())) {
            boolean free = task.assignee() == null
                    || task.assignee().equals(posted.by().id());
            if (task.element().equals("post-answer") && free) {
                tasks.complete(task.id(), posted.by(), Map.of("posted", true));
            }
        }
    }
}
