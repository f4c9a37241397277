package org.ancora.process.steering;

import java.time.Instant;
import org.ancora.access.ProjectId;
import org.ancora.process.task.TaskSubjects;
import org.jspecify.annotations.Nullable;

/**
 * One procedure as it was started, with everything that it called; the engine calls it by the id of the root instance.
 *
 * @param process key of the diagram
 * @param definition the engine's id of the exact diagram version
 * @param version number of the published version in which it is, as the studio counts those of the folder
 * @param folder to which the diagram belongs
 * @param caseCode what stands where case codes stand: a case code or registration number, or a code of Ancora's own
 * @param ended null while it runs
 * @param state {@code running}, {@code suspended}, {@code finished} or {@code cancelled}
 */
record Run(
        String id,
        String process,
        String definition,
        int version,
        String folder,
        @Nullable String caseCode,
        ProjectId project,
        Instant started,
        @Nullable Instant ended,
        String state) {

    boolean running() {
        return ended == null;
    }

    /** The code of the case or petition, as people know it; null for what Ancora does for nobody's. */
    public @Nullable String subject() {
        return TaskSubjects.isSubject(caseCode) ? caseCode : null;
    }

    boolean suspended() {
        return state.equals("suspended");
    }
}
