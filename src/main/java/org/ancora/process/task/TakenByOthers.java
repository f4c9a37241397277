package org.ancora.process.task;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.ancora.access.UserId;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Which tasks somebody leaves to others of the team, as the modules say. */
@Component
class TakenByOthers {

    private final ObjectProvider<KeptOut> modules;

    TakenByOthers(ObjectProvider<KeptOut> modules) {
        this.modules = modules;
    }

    /** Those who must not have the task. */
    Set<UserId> keptOut(WorkItem task) {
        Set<UserId> people = new HashSet<>();
        modules.forEach(module -> module.from(asked(List.of(task))).values().forEach(people::addAll));
        return people;
    }

    /** The ids of the tasks among these that a person must not have. */
    Set<String> among(Collection<WorkItem> tasks, UserId person) {
        Set<String> ids = new HashSet<>();
        modules.forEach(module -> module.from(asked(tasks)).forEach((task, people) -> {
            if (people.contains(person)) {
                ids.add(task);
            }
        }));
        return ids;
    }

    /** Message key that says why a person must not have a task; empty when they may. */
    Optional<String> reason(WorkItem task, UserId person) {
        return modules.stream()
                .filter(module ->
                        module.from(asked(List.of(task))).values().stream().anyMatch(people -> people.contains(person)))
                .map(KeptOut::reason)
                .findFirst();
    }

    private static List<KeptOut.Asked> asked(Collection<WorkItem> tasks) {
        return tasks.stream()
                .filter(task -> task.caseCode() != null && task.project() != null)
                .map(task -> new KeptOut.Asked(
                        task.id(),
                        task.processKey(),
                        task.element(),
                        Objects.requireNonNull(task.caseCode()),
                        Objects.requireNonNull(task.project()),
                        TaskAccess.takers(task)))
                .toList();
    }
}
