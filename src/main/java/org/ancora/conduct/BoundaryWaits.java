package org.ancora.conduct;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
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

    /**
     * An open task in which one is settled.
     *
     * @param name of whoever has it; null while nobody does
     */
    record Waiting(OpenTask task, @Nullable String name) {}

    /** Where these requests of a case are settled, in as few statements however many they are; none where nothing is open. */
    Map<Matter, Waiting> of(CaseSummary caseFile, List<BoundaryRequest> requests) {
        if (requests.stream()
                .flatMap(request -> request.followUps().stream())
                .noneMatch(each -> each.settledBy() == null)) {
            return Map.of();
        }
        List<OpenTask> open = tasks.of(caseFile.code()).stream()
                .filter(task -> task.process().equals(ConductProcess.KEY) && TASKS.containsKey(task.element()))
                .toList();
        Map<String, Long> asked =
                processes.find(open.stream().map(OpenTask::instance).toList(), ConductProcess.REQUEST);
        Map<UserId, String> names = users.names(open.stream()
                .flatMap(task -> Stream.ofNullable(task.assignee()))
                .toList());
        Map<Matter, Waiting> waiting = new HashMap<>();
        for (OpenTask task : open) {
            Long request = asked.get(task.instance());
            Kind kind = TASKS.get(task.element());
            UserId assignee = task.assignee();
            if (request != null && kind != null) {
                waiting.put(
                        new Matter(request, kind),
                        new Waiting(task, assignee == null ? null : names.getOrDefault(assignee, "")));
            }
        }
        return waiting;
    }

    /**
     * "Tom Reyes answers it, by Tue 24 Nov, 17:00."
     *
     * @param waiting where it is settled; null where none is left, as after a procedure was ended by hand
     */
    String words(Kind kind, @Nullable Waiting waiting, ZoneId zone, Locale language) {
        Instant due = waiting == null ? null : waiting.task().due();
        if (waiting == null || due == null) {
            return words.text("conduct.follow.open", language);
        }
        String key = "conduct.follow." + kind.code() + (due.isBefore(clock.instant()) ? ".overdue" : ".waits");
        return words.text(key, language, who(waiting, language), caseWords.moment(due, zone, language));
    }

    private String who(Waiting waiting, Locale language) {
        String name = waiting.name();
        return name == null ? words.text("conduct.follow.who." + waiting.task().element(), language) : name;
    }
}
