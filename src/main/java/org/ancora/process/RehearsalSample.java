package org.ancora.process;

import java.time.Instant;
import java.util.Map;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;

/**
 * Takes what is true of a real record over into a rehearsal: the facts that {@link Rehearsable} names, and nothing by which
 * anybody could be known. A module that ships a folder may publish one; it asks whether the viewer may see the record, and
 * logs that it was read. Nothing of it is stored.
 */
public interface RehearsalSample {

    /** The folder's name under {@code processes/}. */
    String folder();

    /**
     * What is true of a record now.
     *
     * @param code a case's code or a registration number
     * @throws org.ancora.access.Hidden when there is none that this viewer may know of
     * @throws org.ancora.access.Forbidden when the viewer may know of it, but not what would be taken over
     */
    Sample of(String code, Viewer viewer);

    /**
     * A record without its person.
     *
     * @param project by whose calendar it is counted
     * @param process the procedure that it took
     * @param began when that began
     * @param facts by the names of {@link Rehearsable}; whatever is missing is as usual
     */
    record Sample(ProjectId project, String process, Instant began, Map<String, String> facts) {

        /** A yes or no. */
        public static String flag(boolean is) {
            return is ? "yes" : "no";
        }
    }
}
