package org.ancora.conduct;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ancora.access.User;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.conduct.BoundaryRequest.Kind;
import org.ancora.process.Processes;
import org.ancora.process.task.OpenTask;
import org.ancora.process.task.Tasks;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whom a worry or a question waits for, and until when: whoever asked reads it where the answer will stand (B8, B10). */
@Component
class BoundaryWaits {

    private static final Map<String, Kind> TASKS = Map.of(
            "decide-on-safety", Kind.SAFETY,
            "answer-as-supervisor", Kind.QUESTION,
            "answer-as-colleague", Kind.QUESTION);

    private final Tasks tasks;
    private final Processes processes;
    private final Users users;
    private final BoundaryWords words;
    private final CaseWords caseWords;
    private final Clock clock;

    BoundaryWaits(
            Tasks tasks, Processes processes, Users users, BoundaryWords words, CaseWords caseWords, Clock clock) {
        this.tasks = tasks;
        this.processes = processes;
        this.users = users;
        this.words = words;
        this.caseWords = caseWords;
        this.clock = clock;
    }

    /** A worry or a question of one request. */
    record Matter(long request, Kind kind) {}

    /** The open tasks in which these requests of a case are settled; nothing is asked where nothing is open. */
    Map<Matter, OpenTask> of(CaseSummary caseFile, List<BoundaryRequest> requests) {
        Map<Matter, OpenTask> open = new HashMap<>();
        if (requests.stream()
                .flatMap(request -> request.followUps().stream())
                .anyMatch(each -> each.settledBy() == null)) {
            for (OpenTask task : tasks.of(caseFile.code())) {
                Kind kind = task.process().equals(ConductProcess.KEY) ? TASKS.get(task.element()) : null;
                if (kind != null) {
                    processes
                            .find(task.instance(), ConductProcess.REQUEST)
                            .ifPresent(request -> open.put(new Matter(request, kind), task));
                }
            }
        }
        return open;
    }

    /**
     * "Tom Reyes answers it, by Tue 24 Nov, 17:00."
     *
     * @param task in which it is settled; null where none is left, as after a procedure was ended by hand
     */
    String words(Kind kind, @Nullable OpenTask task, ZoneId zone, Locale language) {
        Instant due = task == null ? null : task.due();
        if (task == null || due == null) {
            return words.text("conduct.follow.open", language);
        }
        String key = "conduct.follow." + kind.code() + (due.isBefore(clock.instant()) ? ".overdue" : ".waits");
        return words.text(key, language, who(task, language), caseWords.moment(due, zone, language));
    }

    private String who(OpenTask task, Locale language) {
        UserId assignee = task.assignee();
        return assignee == null
                ? words.text("conduct.follow.who." + task.element(), language)
                : users.find(assignee).map(User::name).orElse("");
    }
}
