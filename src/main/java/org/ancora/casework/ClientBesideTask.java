package org.ancora.casework;

import java.util.Map;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.process.task.TaskContext;
import org.ancora.process.task.TaskPanel;
import org.springframework.stereotype.Component;

/** Beside every task about a case: who the client is and how they may be reached. */
@Component
class ClientBesideTask implements TaskPanel {

    private final Cases cases;
    private final ClientCards cards;

    ClientBesideTask(Cases cases, ClientCards cards) {
        this.cases = cases;
        this.cards = cards;
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public Column column() {
        return Column.LEFT;
    }

    @Override
    public boolean concerns(TaskContext task) {
        Viewer viewer = task.viewer();
        return viewer.may(Permission.READ_PROFILE, task.projectId(), viewer.id().equals(task.assignee()));
    }

    @Override
    public String fragment() {
        return "casework/panels :: task-client";
    }

    /** Nothing for a task that is not about a case. */
    @Override
    public Map<String, ?> model(TaskContext task, Viewer viewer) {
        return cases.find(task.caseCode())
                .map(caseFile -> Map.of("caseworkClient", cards.card(caseFile, viewer, true)))
                .orElseGet(Map::of);
    }
}
