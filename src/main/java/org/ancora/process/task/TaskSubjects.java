package org.ancora.process.task;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.ancora.access.Viewer;
import org.jspecify.annotations.Nullable;

/** Who or what tasks are about, in one query however many they are. Several modules may answer, each for its own. */
public interface TaskSubjects {

    /** Subjects by case code; codes that are not this module's, or hidden from the viewer, are left out. */
    Map<String, Subject> describe(Collection<String> caseCodes, Viewer viewer);

    /**
     * Refuses to show a task that is about somebody whom this viewer may not know.
     *
     * @throws org.ancora.access.Forbidden saying what would be needed
     */
    default void require(String caseCode, Viewer viewer) {}

    /** Where the page of a subject is; empty for codes that are not this module's, told by their shape alone. */
    default Optional<String> path(String caseCode) {
        return Optional.empty();
    }

    /** Where the page of a subject is, whoever knows it; that of a case where nobody claims it. */
    static String path(Iterable<TaskSubjects> modules, String caseCode) {
        for (TaskSubjects module : modules) {
            Optional<String> path = module.path(caseCode);
            if (path.isPresent()) {
                return path.get();
            }
        }
        return "/cases/" + caseCode;
    }

    /**
     * Whether this is written as the code of a case or petition is; what Ancora does for nobody's case, such as reminding or
     * bringing a letter away, bears a code of its own there, which says nothing to people.
     */
    static boolean isSubject(@Nullable String code) {
        return code != null && code.matches("[A-Z]{2,}.*[0-9]");
    }

    /**
     * One subject.
     *
     * @param title whom the task is about, such as the client's name
     * @param detail what helps to recognise or to prepare, such as the languages spoken; may be empty
     */
    record Subject(String title, String detail) {}
}
