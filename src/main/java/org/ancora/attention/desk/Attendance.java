package org.ancora.attention.desk;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who came or called.
 *
 * @param code {@code V-0001} or {@code C-0001}, the key of its procedure
 * @param who the person as reception or the agent wrote them down
 * @param reason why they come, in a few words; may be empty
 * @param priorityGroups codes of the groups that the law attends first
 * @param withinHours whether the office was open when they came
 * @param comeBackAt when they were told to come back, or null
 * @param coordinator who was asked to decide on an emergency, or null
 * @param decidedBy who decided, or null
 * @param callBackAt the hour that was promised last, or null
 * @param agreed what was agreed on the phone; may be empty
 * @param attendedBy who filled in the form, or null
 * @param answers the form as far as it was filled in, as JSON
 */
record Attendance(
        long id,
        Kind kind,
        String code,
        ProjectId project,
        State state,
        Who who,
        String reason,
        boolean authority,
        List<String> priorityGroups,
        boolean emergency,
        boolean withinHours,
        @Nullable Instant comeBackAt,
        @Nullable UserId coordinator,
        @Nullable UserId decidedBy,
        @Nullable Instant decidedAt,
        String decisionNote,
        @Nullable Instant callBackAt,
        String agreed,
        Instant beganAt,
        @Nullable UserId receivedBy,
        @Nullable UserId attendedBy,
        @Nullable Instant endedAt,
        String answers) {

    /** Of the law on preferential attention: the codes stand in the message keys {@code desk.priority.<code>}. */
    static final List<String> PRIORITY_GROUPS = List.of("pregnant", "small-child", "older", "disability");

    Attendance {
        priorityGroups = List.copyOf(priorityGroups);
    }

    enum Kind {
        VISIT,
        CALL;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    enum State {
        COME_BACK,
        AWAITING_AUTHORISATION,
        REFUSED,
        WAITING,
        ATTENDED,
        LEFT,
        TALKING,
        CALL_BACK,
        UNREACHABLE,
        NOTHING;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static State of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** A person as far as the entry list asks (J7), and the number on which they can be called. */
    record Who(
            String document,
            String givenName,
            String familyName,
            String district,
            String province,
            String region,
            String callBackNumber) {

        public String name() {
            return (givenName + " " + familyName).strip();
        }

        public String home() {
            return Stream.of(district, province, region)
                    .filter(part -> !part.isBlank())
                    .distinct()
                    .collect(Collectors.joining(", "));
        }
    }

    /** Where its page is; it names nobody. */
    public String path() {
        return "/desk/attended/" + code;
    }

    public boolean isOpen() {
        return endedAt == null;
    }
}
