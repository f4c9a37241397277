package org.ancora.engagement;

import java.util.function.Function;
import org.ancora.casework.Flag;
import org.ancora.casework.ServiceMode;
import org.ancora.engagement.EngagementWalk.Team;

/** Every task and every wait of the search for an existing client, and the way there. */
enum ExistingPlace {
    ASSIGNMENT(
            "assign-caseworker",
            team -> team.lose(team.admitted(team.clientWithEverything().openCase()))),
    FIRST_ROUND("record-round", Team::lose),
    CALL_BACK("call-back", team -> team.lose().finish("record-round", Said.callBackAt("2026-11-24T18:30"))),
    WAIT_FOR_SECOND_ROUND("wait-for-second-round", team -> team.lose().finish("record-round", Said.NOBODY_ANSWERED)),
    SECOND_ROUND("record-round", team -> team.lose().toSecondRoundAtOnce()),
    FAMILY_CONTACT("record-family-contact", team -> team.lose().toFamilyAtOnce()),
    EXTRA_ROUND(
            "record-round",
            team -> team.lose().toFamilyAtOnce().finish("record-family-contact", Said.NEW_NUMBER_FROM_FAMILY)),
    SUPERVISOR_ON_FAMILY("decide", ExistingPlace::away),
    HELD("held-until", team -> away(team).finish("decide", Said.decision("hold", "2026-12-14"))),
    UNTIL_ANOTHER_TRY("try-again-on", team -> away(team).finish("decide", Said.decision("try-again", "2026-12-14"))),
    WAIT_BY_INTERVAL("wait-for-next-round", team -> team.lose().toWaitByInterval()),
    ROUND_BY_INTERVAL("record-round", team -> team.lose().toWaitByInterval().toItsOpening()),
    LAST_DAYS("rounds-over", team -> team.lose().toLastDays()),
    SAFETY_STOP("decide", team -> {
        Walk walk = team.lose().toLastDays();
        team.walks().cases.raiseFlag(walk.code(), Flag.Kind.RISK, "", team.worker());
        return walk.moveTo("2027-02-23T17:00");
    }),
    LETTER("review-letter", team -> team.lose().pastTheLastDay()),
    PRINT_AND_POST("print-and-post", team -> team.lose().pastTheLastDay().finish("review-letter", Said.LETTER_BY_POST)),
    NOTICE("notice-period", ExistingPlace::notice),
    CONFIRM_CLOSING("confirm-closing", team -> notice(team).toItsOpening()),
    GROUP_SERVICE("group-service-decision", team -> {
        Walk walk = team.lose();
        team.walks().cases.changeServiceMode(walk.code(), ServiceMode.GROUP, team.worker());
        return walk;
    }),
    ADMISSION("admit", team -> team.lose().finish("record-round", Said.WANTS_SERVICE)),
    DOCUMENTATION(
            "complete-documentation",
            team -> team.lose().finish("record-round", Said.WANTS_SERVICE).finish("admit", Said.CONTACT_ADMITTED)),
    REFUSAL("confirm-refusal", team -> team.lose().finish("record-round", Said.DECLINES));

    private final String element;
    private final Function<Team, Walk> way;

    ExistingPlace(String element, Function<Team, Walk> way) {
        this.element = element;
        this.way = way;
    }

    /** The element at which the case stands there. */
    String element() {
        return element;
    }

    /** A new case of the team, brought here; where notice is needed, of a team of {@link PatientPolicy}. */
    Walk reach(Team team) {
        return way.apply(team);
    }

    /** Whether only the {@link PatientPolicy} leads here: it waits before the second round, and gives notice. */
    boolean needsPatience() {
        return this == WAIT_FOR_SECOND_ROUND || this == NOTICE || this == CONFIRM_CLOSING;
    }

    /** Whether a task is open here, and not only a wait. */
    boolean isTask() {
        return !Walk.WAITS.contains(element);
    }

    /** Whether the client is still being sought there. */
    boolean isPartOfTheSearch() {
        return compareTo(ADMISSION) < 0;
    }

    /** Whether the search can be ended early there: before its last day. */
    boolean isBeforeTheLastDay() {
        return this != ASSIGNMENT && compareTo(SAFETY_STOP) < 0;
    }

    /** Whether a supervisor has the search in hand there, so that nobody else ends it. */
    boolean isWithSupervisor() {
        return this == SUPERVISOR_ON_FAMILY || this == HELD || this == UNTIL_ANOTHER_TRY;
    }

    /** The programme of the {@link PatientPolicy} seeks for one month: until Wed 23 December. */
    private static Walk notice(Team team) {
        return team.lose()
                .moveTo("2026-11-23T10:00")
                .finish("record-round", Said.NOBODY_ANSWERED)
                .moveTo("2026-12-23T17:00")
                .finish("review-letter", Said.LETTER_BY_EMAIL);
    }

    private static Walk away(Team team) {
        return team.lose().toFamilyAtOnce().finish("record-family-contact", Said.AWAY_SAYS_THE_FAMILY);
    }
}
