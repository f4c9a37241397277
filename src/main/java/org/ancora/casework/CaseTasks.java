package org.ancora.casework;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.ancora.access.Forbidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.process.task.TaskSubjects;
import org.springframework.stereotype.Component;

/** Tells the task list whom its tasks are about, in one statement. */
@Component
class CaseTasks implements TaskSubjects {

    private final Cases cases;
    private final CaseRows rows;
    private final CaseWords words;

    CaseTasks(Cases cases, CaseRows rows, CaseWords words) {
        this.cases = cases;
        this.rows = rows;
        this.words = words;
    }

    /** The form of a task names the client and their numbers, so a protected client's tasks are closed to most. */
    @Override
    public void require(String caseCode, Viewer viewer) {
        if (rows.isConcealed(caseCode, viewer)) {
            throw new Forbidden(Permission.SEE_PROTECTED, cases.byCode(caseCode).project());
        }
    }

    @Override
    public Map<String, Subject> describe(Collection<String> caseCodes, Viewer viewer) {
        Map<String, Subject> subjects = new HashMap<>();
        cases.byCodes(caseCodes, viewer)
                .forEach((code, summary) -> subjects.put(
                        code,
                        new Subject(
                                words.client(summary, viewer.locale()),
                                words.languages(summary.languages(), viewer.locale()))));
        return subjects;
    }
}
