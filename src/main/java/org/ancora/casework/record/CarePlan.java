package org.ancora.casework.record;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.ancora.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * The care plan of a case as it stands now (C-R9).
 *
 * @param reviewOn when it is to be looked at again, or null
 * @param version rises with every change to it, its goals and its actions; 0 before the first
 */
record CarePlan(
        @Nullable LocalDate reviewOn,
        @Nullable Instant changedAt,
        @Nullable String changedByName,
        int version,
        List<Goal> goals) {

    static final CarePlan NONE = new CarePlan(null, null, null, 0, List.of());

    CarePlan {
        goals = List.copyOf(goals);
    }

    /** What the client wants to reach. */
    record Goal(long id, String text, GoalStatus status, int version, List<Action> actions) {

        Goal {
            actions = List.copyOf(actions);
        }
    }

    enum GoalStatus {
        OPEN,
        REACHED,
        DROPPED;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static GoalStatus of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /** What somebody does for a goal. */
    record Action(long id, What what, ActionStatus status, int version) {}

    /**
     * What is done, by whom and by when.
     *
     * @param ownerName who does it where neither the client nor the caseworker does; else empty
     * @param due by when; null when no day was set
     */
    record What(
            String text,
            Owner owner,
            String ownerName,
            @Nullable Due due) {

        What {
            text = text.strip();
            ownerName = owner == Owner.OTHER ? ownerName.strip() : "";
        }
    }

    /**
     * By when.
     *
     * @param at the end of the office day
     * @param why what it was computed from; null where a day was chosen
     */
    record Due(LocalDate on, Instant at, @Nullable Deadline why) {}

    enum Owner {
        CLIENT,
        WORKER,
        OTHER;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Owner of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    enum ActionStatus {
        OPEN,
        DONE,
        DROPPED;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static ActionStatus of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /** How a plan was signed: with the name typed before a witness, or on paper. */
    enum Manner {
        TYPED,
        PAPER;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Manner of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * A signature.
     *
     * @param by the name as it was signed
     * @param witness who saw it, where that was somebody else than who recorded it; may be empty
     */
    record Signature(String by, LocalDate on, Manner manner, String witness) {

        Signature {
            by = by.strip();
            witness = witness.strip();
        }
    }

    /**
     * A version that was signed, as it stood then.
     *
     * @param number 1 for the first
     * @param planVersion the plan's version then
     */
    record Signed(
            int number,
            Signature signature,
            String recordedByName,
            Instant recordedAt,
            int planVersion,
            Content content) {}

    /** What a signed version says; kept as JSON, so its parts are plain. */
    record Content(@Nullable LocalDate reviewOn, List<SignedGoal> goals) {

        Content {
            goals = List.copyOf(goals);
        }
    }

    record SignedGoal(String text, String status, List<SignedAction> actions) {

        SignedGoal {
            actions = List.copyOf(actions);
        }
    }

    /** @param ownerName empty for the client and for the caseworker */
    record SignedAction(
            String text,
            String owner,
            String ownerName,
            @Nullable LocalDate due,
            String status) {}

    /** What would be signed now: whatever was given up is no part of it. */
    Content content() {
        return new Content(
                reviewOn,
                goals.stream()
                        .filter(goal -> goal.status() != GoalStatus.DROPPED)
                        .map(goal -> new SignedGoal(
                                goal.text(),
                                goal.status().code(),
                                goal.actions().stream()
                                        .filter(action -> action.status() != ActionStatus.DROPPED)
                                        .map(CarePlan::signed)
                                        .toList()))
                        .toList());
    }

    private static SignedAction signed(Action action) {
        What what = action.what();
        Due due = what.due();
        return new SignedAction(
                what.text(),
                what.owner().code(),
                what.ownerName(),
                due == null ? null : due.on(),
                action.status().code());
    }
}
