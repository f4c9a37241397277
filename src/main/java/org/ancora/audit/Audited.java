package org.ancora.audit;

import java.util.HashMap;
import java.util.Map;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A change that the activity log keeps; published as an event inside the transaction of the change.
 *
 * @param action code such as {@code case.assigned}; its words are the message {@code activity.case.assigned}
 * @param subject what kind of record changed: {@code case}, {@code letter}, {@code profile}
 * @param by who did it; null or {@link UserId#SYSTEM} for Ancora itself
 * @param details codes, ids, dates and numbers for the words of the entry; never what somebody typed about a person
 */
public record Audited(
        String action,
        @Nullable ProjectId project,
        @Nullable String caseCode,
        String subject,
        @Nullable String subjectId,
        @Nullable UserId by,
        Map<String, String> details) {

    /** Longer than any code, id or date: what exceeds it is free text in the wrong place. */
    static final int LONGEST_DETAIL = 120;

    public Audited {
        details = Map.copyOf(details);
        details.forEach((key, value) -> {
            if (value.length() > LONGEST_DETAIL) {
                throw new IllegalArgumentException("the activity log takes no free text: " + action + " " + key);
            }
        });
    }

    /** A change to a case, without details yet. */
    public static Audited ofCase(String action, ProjectId project, String caseCode, @Nullable UserId by) {
        return new Audited(action, project, caseCode, "case", caseCode, by, Map.of());
    }

    /** The same with one more detail. */
    public Audited with(String key, Object value) {
        Map<String, String> more = new HashMap<>(details);
        more.put(key, String.valueOf(value));
        return new Audited(action, project, caseCode, subject, subjectId, by, more);
    }
}
