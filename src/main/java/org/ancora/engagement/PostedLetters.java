package org.ancora.engagement;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.ancora.access.Viewer;
import org.ancora.casework.Cases;
import org.ancora.correspondence.LetterPosted;
import org.ancora.correspondence.Letters;
import org.ancora.network.Projects;
import org.ancora.process.task.OpenTask;
import org.ancora.process.task.Tasks;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Whoever confirms a letter on the print queue has done the task of posting it; nobody has to say so twice. */
@Component
class PostedLetters {

    private final Letters letters;
    private final Tasks tasks;
    private final Cases cases;
    private final Projects projects;
    private final Clock clock;

    PostedLetters(Letters letters, Tasks tasks, Cases cases, Projects projects, Clock clock) {
        this.letters = letters;
        this.tasks = tasks;
        this.cases = cases;
        this.projects = projects;
        this.clock = clock;
    }

    @EventListener
    void on(LetterPosted posted) {
        if (!letters.unposted(posted.caseCode()).isEmpty()) {
            return;
        }
        List<OpenTask> waiting = tasks.of(posted.caseCode()).stream()
                .filter(task -> task.element().equals("print-and-post") && isFreeFor(task, posted.by()))
                .toList();
        if (waiting.isEmpty()) {
            return;
        }
        LocalDate today = LocalDate.ofInstant(
                clock.instant(),
                projects.calendar(cases.byCode(posted.caseCode()).project()).zone());
        waiting.forEach(task ->
                tasks.complete(task.id(), posted.by(), Map.of("posting", "posted", "postedOn", today.toString())));
    }

    /** A task that a colleague has taken is left to them: they may be writing down what went wrong. */
    private static boolean isFreeFor(OpenTask task, Viewer viewer) {
        return task.assignee() == null || task.assignee().equals(viewer.id());
    }
}
