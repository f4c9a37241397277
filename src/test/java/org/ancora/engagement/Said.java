package org.ancora.engagement;

import java.util.HashMap;
import java.util.Map;

/** What people write into the forms of the engagement, as the browser sends it. */
final class Said {

    /** Stands for the present hour in the project's zone; {@link Walk} puts it in. */
    static final String NOW = "now";

    static final Map<String, Object> NOBODY_ANSWERED = Map.of(
            "mainOutcome",
            "no-answer",
            "furtherChannel",
            "sms",
            "furtherSending",
            "written",
            "when",
            NOW,
            "note",
            "Dana may be at work until six");

    static final Map<String, Object> WANTS_SERVICE =
            Map.of("mainOutcome", "spoke", "spokeOutcome", "wants-service", "when", NOW);

    static final Map<String, Object> DECLINES = Map.of("mainOutcome", "spoke", "spokeOutcome", "declines", "when", NOW);

    static final Map<String, Object> STILL_NOBODY = Map.of("mainOutcome", "no-answer", "when", NOW);

    static final Map<String, Object> ACCEPTED = Map.of("decision", "accept");

    static final Map<String, Object> NOTHING_NEW = Map.of("answer", "nothing-new", "when", NOW);

    static final Map<String, Object> NEW_NUMBER_FROM_SOURCE =
            Map.of("answer", "new-details", "newKind", "phone", "newValue", "905 555 0188", "when", NOW);

    static final Map<String, Object> AWAY_SAYS_THE_SOURCE =
            Map.of("answer", "away", "awayReason", "hospital", "when", NOW);

    static final Map<String, Object> TOLD_BY_PHONE = Map.of("sourceChannel", "phone", "when", NOW);

    static final Map<String, Object> LETTER_BY_POST = Map.of("letterLanguage", "en", "letterChannel", "post");

    static final Map<String, Object> LETTER_BY_EMAIL = Map.of("letterLanguage", "en", "letterChannel", "email");

    static final Map<String, Object> LETTER_SKIPPED =
            Map.of("letterLanguage", "en", "letterChannel", "skip", "skipReason", "The address is a shelter's");

    static final Map<String, Object> CONTACT_ADMITTED = Map.of("admission", "admitted", "serviceFrom", "2026-11-23");

    static final Map<String, Object> CALLED_AND_ADMITTED =
            with(CONTACT_ADMITTED, Map.of("contactHow", "phone", "when", NOW));

    static final Map<String, Object> WRITTEN_UP = Map.of("complete", true);

    static final Map<String, Object> REFUSAL_CONFIRMED =
            Map.of("refusal", "confirm", "refusalReason", "help-elsewhere", "doorOpenTold", true);

    private Said() {}

    static Map<String, Object> callBackAt(String hour) {
        return Map.of("mainOutcome", "spoke", "spokeOutcome", "call-back", "callBackAt", hour, "when", NOW);
    }

    /** What the family contact said; {@link Walk} names the contact. */
    static Map<String, Object> family(String outcome) {
        return Map.of("familyOutcome", outcome, "when", NOW);
    }

    static final Map<String, Object> NEW_NUMBER_FROM_FAMILY =
            with(family("new-details"), Map.of("newKind", "phone", "newValue", "905 555 0188"));

    static final Map<String, Object> AWAY_SAYS_THE_FAMILY = with(family("away"), Map.of("awayReason", "hospital"));

    static Map<String, Object> decision(String decision) {
        return Map.of("decision", decision, "reason", "As talked over with the team");
    }

    static Map<String, Object> decision(String decision, String resumeOn) {
        return with(decision(decision), Map.of("resumeOn", resumeOn));
    }

    /** The supervisor has looked at the risk, as the safety stop asks. */
    static Map<String, Object> riskLookedAt(Map<String, Object> decision) {
        return with(decision, Map.of("riskLookedAt", true));
    }

    static Map<String, Object> posted(String day) {
        return Map.of("posting", "posted", "postedOn", day);
    }

    static Map<String, Object> with(Map<String, Object> said, Map<String, ?> more) {
        Map<String, Object> all = new HashMap<>(said);
        all.putAll(more);
        return Map.copyOf(all);
    }
}
