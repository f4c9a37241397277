package org.ancora.casework;

import java.util.Map;
import java.util.regex.Pattern;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.process.task.TaskContext;
import org.ancora.process.task.TaskPanel;
import org.springframework.stereotype.Component;

/** Beside every task about a case: who the client is and how they may be reached. */
@Component
class ClientBesideTask implements TaskPanel {

    /** Tasks of user service are about visits and petitions, whose codes look otherwise: no case is looked for. */
    private static final Pattern CASE_CODE = Pattern.compile("[A-Z]{2,6}-[0-9]{4}-[0-9]{4,}");

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
        return CASE_CODE.matcher(task.caseCode()).matches()
                && viewer.may(
                        Permission.READ_PROFILE, task.projectId(), viewer.id().equals(task.assignee()));
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
