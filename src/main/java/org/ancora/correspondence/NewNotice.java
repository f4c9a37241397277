package org.ancora.correspondence;

import java.util.List;
import org.ancora.access.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * Something that members of staff are told, on the bell and by e-mail.
 *
 * @param kind a code; its words are the message {@code notice.<kind>}, where {@code {0}} is the case code and
 *     {@code {1}}, {@code {2}}… are the arguments
 * @param caseCode the case it is about and leads to, null for none
 * @param arguments codes, counts, ISO dates and instants (shown in words), or {@code key:<message key>}, with further
 *     keys to fall back on after {@code |}; never a client's name, since notices travel by e-mail
 * @param urgent whether it is e-mailed at once whatever the person chose
 * @param onceKey what makes it unique: nobody is told twice under the same key
 */
public record NewNotice(
        String kind,
        ProjectId projectId,
        @Nullable String caseCode,
        List<String> arguments,
        boolean urgent,
        String onceKey) {

    public NewNotice {
        arguments = List.copyOf(arguments);
    }

    /** A notice about a case that can wait for the daily digest. */
    public static NewNotice of(String kind, ProjectId project, String caseCode, String onceKey, String... arguments) {
        return new NewNotice(kind, project, caseCode, List.of(arguments), false, onceKey);
    }

    /** The same, to be e-mailed at once. */
    public NewNotice urgently() {
        return new NewNotice(kind, projectId, caseCode, arguments, true, onceKey);
    }
}
