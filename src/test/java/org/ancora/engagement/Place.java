package org.ancora.engagement;

import java.util.Map;
import java.util.function.Function;
import org.ancora.casework.Flag;
import org.ancora.casework.ServiceMode;
import org.ancora.engagement.EngagementWalk.Team;

/** Every task and every wait of the engagement on entering service, and the way there. */
enum Place {
    INTAKE("accept-intake", team -> team.beginWithEverything()),
    ASSIGNMENT("assign-caseworker", team -> team.beginWithEverything().accepted()),
    CAPACITY("await-capacity", team -> {
        team.limit(team.worker(), 0);
        return team.beginWithEverything().accepted().assigned();
    }),
    FIRST_ROUND("record-round", team -> team.beginWithEverything().toFirstRound()),
    CALL_BACK("call-back", team -> team.beginWithEverything()
            .toFirstRound()
            .finish("record-round", Said.callBackAt("2026-11-24T18:30"))),
    WAIT_FOR_SECOND_ROUND(
            "wait-for-next-round", team -> team.beginWithEverything().toWaitForSecondRound()),
    SECOND_ROUND("record-round", team -> team.beginWithEverything().toSecondRound()),
    WAIT_FOR_FAMILY(
            "wait-for-family-contact", team -> team.beginWithEverything().toWaitForFamily()),
    FAMILY_CONTACT("record-family-contact", team -> team.beginWithEverything().toFamily()),
    CALL_BACK_FROM_FAMILY("call-back", team -> team.beginWithEverything()
            .toFamily()
            .finish(
                    "record-family-contact",
                    Said.with(
                            Said.family("spoke"),
                            Map.of("spokeOutcome", "call-back", "callBackAt", "2026-12-02T18:30")))),
    EXTRA_ROUND_AFTER_FAMILY(
            "record-round",
            team -> team.beginWithEverything().toFamily().finish("record-family-contact", Said.NEW_NUMBER_FROM_FAMILY)),
    SUPERVISOR_ON_FAMILY("decide", Place::supervisorOnFamily),
    HELD("held-until", team -> supervisorOnFamily(team).finish("decide", Said.decision("hold", "2026-12-14"))),
    UNTIL_ANOTHER_TRY("try-again-on", team -> supervisorOnFamily(team)
            .finish("decide", Said.decision("try-again", "2026-12-14"))),
    EXTRA_ROUND_FOR_SUPERVISOR("record-round", team -> supervisorOnFamily(team)
            .finish("decide", Said.decision("try-again", "2026-12-14"))
            .moveTo("2026-12-14T09:00")),
    TELL_SOURCE("tell-source", team -> team.beginWithEverything().toTellSource()),
    WAIT_FOR_SOURCE("source-news", team -> team.beginWithEverything().toWaitForSource()),
    GO_ON("go-on-without-answer", team -> team.beginWithEverything().toGoOn()),
    SOURCE_ANSWER("act-on-source-answer", team -> team.beginWithEverything().toSourceAnswer()),
    EXTRA_ROUND_AFTER_ANSWER("record-round", team -> team.beginWithEverything()
            .toSourceAnswer()
            .finish("act-on-source-answer", Said.NEW_NUMBER_FROM_SOURCE)),
    SUPERVISOR_ON_SOURCE("decide", team -> team.beginWithEverything()
            .toSourceAnswer()
            .finish("act-on-source-answer", Said.AWAY_SAYS_THE_SOURCE)),
    SAFETY_STOP("decide", team -> {
        Walk walk = team.beginWithEverything();
        team.walks().cases.raiseFlag(walk.code(), Flag.Kind.RISK, "", team.worker());
        return walk.toLetter();
    }),
    LETTER("review-letter", team -> team.beginWithEverything().toLetter()),
    PRINT_AND_POST(
            "print-and-post",
            team -> team.beginWithEverything().toLetter().finish("review-letter", Said.LETTER_BY_POST)),
    NOTICE("notice-period", Place::notice),
    CONFIRM_CLOSING("confirm-closing", team -> notice(team).toItsOpening()),
    ADMISSION("admit", team -> team.beginWithEverything().toFirstRound().finish("record-round", Said.WANTS_SERVICE)),
    DOCUMENTATION("complete-documentation", team -> team.beginWithEverything()
            .toFirstRound()
            .finish("record-round", Said.WANTS_SERVICE)
            .finish("admit", Said.CONTACT_ADMITTED)),
    REFUSAL("confirm-refusal", team -> team.beginWithEverything().toFirstRound().finish("record-round", Said.DECLINES)),
    GROUP_SERVICE("group-service-decision", team -> {
        Walk walk = team.beginWithEverything().toFirstRound();
        team.walks().cases.changeServiceMode(walk.code(), ServiceMode.GROUP, team.worker());
        return walk;
    });

    private final String element;
    private final Function<Team, Walk> way;

    Place(String element, Function<Team, Walk> way) {
        this.element = element;
        this.way = way;
    }

    /** The task that is open there, or where the case waits without one. */
    String element() {
        return element;
    }

    /** A new case of the team, brought here; for the last places before closing, of a team of {@link PatientPolicy}. */
    Walk reach(Team team) {
        return way.apply(team);
    }

    /** Whether the project must give notice before closing for a case to come here. */
    boolean needsPatience() {
        return this == NOTICE || this == CONFIRM_CLOSING;
    }

    /** Whether "the client got in touch" is heard here: from the accepted intake until somebody spoke with the client. */
    boolean isPartOfTheSearch() {
        return this != INTAKE && this != ADMISSION && this != DOCUMENTATION && this != REFUSAL;
    }

    /** Whether a task is open here, and not only a wait. */
    boolean isTask() {
        return !Walk.WAITS.contains(element);
    }

    private static Walk supervisorOnFamily(Team team) {
        return team.beginWithEverything().toFamily().finish("record-family-contact", Said.AWAY_SAYS_THE_FAMILY);
    }

    private static Walk notice(Team team) {
        return team.beginWithEverything().toLetter().finish("review-letter", Said.LETTER_BY_EMAIL);
    }
}
