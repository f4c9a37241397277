package org.ancora.engagement;

import static org.ancora.engagement.EngagementProcess.CALL_BACK_AT;
import static org.ancora.engagement.EngagementProcess.CAPACITY_OVERRIDDEN;
import static org.ancora.engagement.EngagementProcess.CAPACITY_REMINDER_AT;
import static org.ancora.engagement.EngagementProcess.CAP_DUE;
import static org.ancora.engagement.EngagementProcess.CAP_FIRST;
import static org.ancora.engagement.EngagementProcess.CAP_MONTHS;
import static org.ancora.engagement.EngagementProcess.CAP_OPENS;
import static org.ancora.engagement.EngagementProcess.CASE_ID;
import static org.ancora.engagement.EngagementProcess.DECISION;
import static org.ancora.engagement.EngagementProcess.DECISION_DAYS;
import static org.ancora.engagement.EngagementProcess.DUE;
import static org.ancora.engagement.EngagementProcess.ENDED_BY_HAND;
import static org.ancora.engagement.EngagementProcess.END_REASON;
import static org.ancora.engagement.EngagementProcess.EPISODE_ID;
import static org.ancora.engagement.EngagementProcess.EXTRA_DAYS;
import static org.ancora.engagement.EngagementProcess.FIRST_CONTACT_DAYS;
import static org.ancora.engagement.EngagementProcess.HAS_CAPACITY;
import static org.ancora.engagement.EngagementProcess.HAS_FAMILY;
import static org.ancora.engagement.EngagementProcess.HAS_SOURCE;
import static org.ancora.engagement.EngagementProcess.HAS_WORKER;
import static org.ancora.engagement.EngagementProcess.INTERVAL_EARLIEST;
import static org.ancora.engagement.EngagementProcess.INTERVAL_LATEST;
import static org.ancora.engagement.EngagementProcess.LETTER_BY_POST;
import static org.ancora.engagement.EngagementProcess.LETTER_LANGUAGE;
import static org.ancora.engagement.EngagementProcess.LETTER_OPTIONAL;
import static org.ancora.engagement.EngagementProcess.LETTER_SKIPPED;
import static org.ancora.engagement.EngagementProcess.MODE;
import static org.ancora.engagement.EngagementProcess.NOTICE_DAYS;
import static org.ancora.engagement.EngagementProcess.NOTICE_ENDS;
import static org.ancora.engagement.EngagementProcess.OPENS;
import static org.ancora.engagement.EngagementProcess.OUTCOME;
import static org.ancora.engagement.EngagementProcess.PLACE;
import static org.ancora.engagement.EngagementProcess.RESUME_AT;
import static org.ancora.engagement.EngagementProcess.RISK_FLAG;
import static org.ancora.engagement.EngagementProcess.ROUND;
import static org.ancora.engagement.EngagementProcess.SOURCE_EARLIEST;
import static org.ancora.engagement.EngagementProcess.SOURCE_LATEST;
import static org.ancora.engagement.EngagementProcess.WAITING_SINCE;
import static org.ancora.engagement.EngagementProcess.WINDOW_EARLIEST;
import static org.ancora.engagement.EngagementProcess.WINDOW_LATEST;
import static org.ancora.engagement.EngagementProcess.WORKER;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ancora.access.UserId;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Rehearsable;
import org.ancora.process.Rehearsed;
import org.ancora.process.Variables;
import org.ancora.process.task.Answers;
import org.ancora.process.task.AnswersRejected;
import org.ancora.process.task.Choice;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.Deadline;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The engagement procedures without a case: what their steps and forms leave behind in a rehearsal. Each is the pure half of
 * the step or form of the same name; a test holds both against each other.
 */
@Configuration(proxyBeanMethods = false)
class EngagementRehearsal {

    private static final String CLIENT = "attempt.client";
    private static final String SOURCE = "attempt.source";
    private static final String FIRST_UNANSWERED = "attempt.first-unanswered";
    private static final String REACHED_AT = "attempt.reached";
    private static final int REMINDER_AFTER_DAYS = 7;

    /** What counts as reaching the client; everything else leaves them unanswered. */
    private static final Set<String> REACHED = Set.of("reached", "declined", "call-back");

    @Bean
    static Rehearsable engagementRehearsable() {
        return Rehearsable.folder(EngagementProcess.FOLDER)
                .usually("hasWorker")
                .usually("hasCapacity")
                .usually("hasMainNumber")
                .usually("mayLeaveVoicemail")
                .usually("mayEmail")
                .usually("mayText")
                .seldom("hasOtherNumber")
                .usually("hasFamily")
                .usually("hasSource")
                .usually("sourceHasEmail")
                .usually("mayPost")
                .seldom("riskFlag")
                .hears(EngagementProcess.CLIENT_IN_TOUCH)
                .hears(EngagementProcess.SOURCE_ANSWERED)
                .hears(EngagementProcess.CAPACITY_AVAILABLE)
                .hears(EngagementProcess.SERVICE_MODE_CHANGED)
                .hears(EngagementProcess.SEARCH_ENDED)
                .hears(EngagementProcess.SEARCH_LENGTHENED)
                .hears(ENDED_BY_HAND, END_REASON, "withdrawn", "transferred", "deceased", "closed-by-hand")
                .startsWith(CASE_ID, 1L)
                .startsWith(EPISODE_ID, 1L);
    }

    // Steps

    static void applyPolicy(Rehearsed here) {
        here.set(EngagementProcess.limits(
                here.decide(here.input("decision"), Map.of("project", here.project(), "track", here.input("track")))));
    }

    static void refuseIntake(Rehearsed here) {
        tellSource(here, "source-refused");
    }

    static void checkAssignment(Rehearsed here) {
        here.set(HAS_WORKER, here.is("hasWorker"));
        here.set(WORKER, here.is("hasWorker") ? new UserId(1) : null);
        within(here, DECISION_DAYS);
    }

    static void checkCapacity(Rehearsed here) {
        boolean room = here.find(CAPACITY_OVERRIDDEN).orElse(false) || here.is("hasCapacity");
        here.set(HAS_CAPACITY, room);
        if (!room) {
            BusinessCalendar calendar = here.calendar();
            LocalDate inAWeek = LocalDate.ofInstant(here.now(), calendar.zone()).plusDays(REMINDER_AFTER_DAYS);
            here.set(WAITING_SINCE, here.find(WAITING_SINCE).orElseGet(here::now));
            here.set(CAPACITY_REMINDER_AT, here.opening(inAWeek));
        }
    }

    static void startFirstContact(Rehearsed here) {
        here.set(ROUND, 1);
        within(here, FIRST_CONTACT_DAYS);
    }

    static void planNextRound(Rehearsed here) {
        here.set(ROUND, here.get(ROUND) + 1);
        here.plan(afterAttempt(here, CLIENT, WINDOW_EARLIEST, WINDOW_LATEST), OPENS, DUE);
    }

    static void planCap(Rehearsed here) {
        Instant from = here.remembered(FIRST_UNANSWERED)
                .or(() -> here.remembered(CLIENT))
                .orElseGet(here::now);
        here.plan(here.calendar().months(from, here.get(CAP_MONTHS)), CAP_OPENS, CAP_DUE);
    }

    static void planIntervalRound(Rehearsed here) {
        Deadline deadline = afterAttempt(here, CLIENT, INTERVAL_EARLIEST, INTERVAL_LATEST);
        boolean tooLate = !deadline.opens().isBefore(here.get(CAP_DUE));
        here.set(CAP_FIRST, tooLate);
        if (!tooLate) {
            here.set(ROUND, here.get(ROUND) + 1);
            here.plan(deadline, OPENS, DUE);
        }
    }

    static void planCallBack(Rehearsed here) {
        here.plan(here.calendar().at(here.get(CALL_BACK_AT)), OPENS, DUE);
    }

    static void planFamilyContact(Rehearsed here) {
        here.plan(afterAttempt(here, CLIENT, WINDOW_EARLIEST, WINDOW_LATEST), OPENS, DUE);
    }

    static void checkFamilyContact(Rehearsed here) {
        here.set(HAS_FAMILY, here.is("hasFamily"));
        boolean comesBack = here.find(OUTCOME)
                        .filter(outcome -> outcome.equals("new-number") || outcome.equals("away"))
                        .isPresent()
                && here.find(DUE).isPresent();
        if (here.is("hasFamily") && !here.now().isBefore(here.get(OPENS)) && comesBack) {
            within(here, EXTRA_DAYS);
        }
    }

    static void checkSource(Rehearsed here) {
        here.set(HAS_SOURCE, here.is("hasSource"));
        within(here, DECISION_DAYS);
    }

    static void planSourceWait(Rehearsed here) {
        here.plan(afterAttempt(here, SOURCE, SOURCE_EARLIEST, SOURCE_LATEST), OPENS, DUE);
    }

    static void checkSafety(Rehearsed here) {
        here.set(RISK_FLAG, here.is("riskFlag"));
    }

    static void sendNoContactLetter(Rehearsed here) {
        here.sends(
                "no-contact",
                here.get(LETTER_BY_POST) ? "post" : "email",
                "client",
                here.find(LETTER_LANGUAGE).orElse(here.fact("language")));
        within(here, DECISION_DAYS);
    }

    static void notifyReferralSource(Rehearsed here) {
        tellSource(here, "source-closed");
    }

    static void planNotice(Rehearsed here) {
        int days = here.get(NOTICE_DAYS);
        BusinessCalendar calendar = here.calendar();
        LocalDate last = LocalDate.ofInstant(here.now(), calendar.zone()).plusDays(days);
        Instant ends = days == 0 ? here.now() : calendar.endOf(calendar.plus(last, 0));
        here.set(NOTICE_ENDS, ends);
        here.plan(calendar.within(ends, here.get(DECISION_DAYS)), OPENS, DUE);
    }

    private static void tellSource(Rehearsed here, String letter) {
        if (!here.is("hasSource")) {
            return;
        }
        if (here.is("sourceHasEmail")) {
            here.sends(letter, "email", "source", Map.of());
        } else {
            here.says("rehearsal.engagement.call-source");
        }
    }

    private static void within(Rehearsed here, ProcessVariable<Integer> days) {
        here.plan(here.calendar().within(here.now(), here.get(days)), OPENS, DUE);
    }

    private static Deadline afterAttempt(
            Rehearsed here, String party, ProcessVariable<Integer> earliest, ProcessVariable<Integer> latest) {
        Instant from = here.remembered(party).orElseGet(here::now);
        return here.get(earliest) == 0
                ? here.calendar().within(from, here.get(latest))
                : here.calendar().window(from, here.get(earliest), here.get(latest));
    }

    // Forms

    static Variables assign(Rehearsed task, Answers answers) {
        task.change("hasWorker", "yes");
        return Variables.of(WORKER, UserId.of(answers.text("worker")));
    }

    static Map<String, ?> waysToFindRoom(Rehearsed task) {
        return Map.of(
                "capacityDecisions",
                task.role().equals("supervisor")
                        ? task.choices("await-capacity", "capacityDecision", "override", "reassign")
                        : task.choices("await-capacity", "capacityDecision", "reassign"));
    }

    static Variables findRoom(Rehearsed task, Answers answers) {
        return answers.is("capacityDecision", "override")
                ? Variables.of(CAPACITY_OVERRIDDEN, true)
                : Variables.of(WORKER, UserId.of(answers.text("worker")));
    }

    static Map<String, ?> mainNumber(Rehearsed task, String form) {
        boolean number = task.is("hasMainNumber");
        return Map.of(
                "mainNumber",
                number ? "555 0100" : "",
                "mainOutcomes",
                task.choices(form, "mainOutcome", number ? outcomes(task, true) : new String[] {"no-number"}),
                "when",
                task.localNow());
    }

    static Map<String, ?> round(Rehearsed task) {
        Map<String, Object> shown = new LinkedHashMap<>(mainNumber(task, "contact-round"));
        List<String> lawful = new ArrayList<>();
        if (task.is("mayEmail")) {
            lawful.add("email");
        }
        if (task.is("mayText")) {
            lawful.add("sms");
        }
        if (task.is("hasOtherNumber")) {
            lawful.add("alternate-number");
        }
        List<String> another = new ArrayList<>(lawful.size() < 2 ? List.of("none-on-file") : lawful);
        if (lawful.size() >= 2) {
            another.add("skipped");
        }
        lawful.add(lawful.isEmpty() ? "none-on-file" : "skipped");
        shown.put("furtherChannels", task.choices("contact-round", "furtherChannel", lawful.toArray(String[]::new)));
        shown.put("alternateNumbers", task.is("hasOtherNumber") ? List.of(new Choice("1", "555 0101")) : List.of());
        shown.put("furtherOutcomes", task.choices("contact-round", "furtherOutcome", outcomes(task, true)));
        shown.put("anotherChannels", task.choices("contact-round", "anotherChannel", another.toArray(String[]::new)));
        shown.put("anotherOutcomes", task.choices("contact-round", "anotherOutcome", outcomes(task, false)));
        shown.put("emailPreview", "");
        shown.put("smsPreview", "");
        return shown;
    }

    private static String[] outcomes(Rehearsed task, boolean other) {
        List<String> outcomes = new ArrayList<>(List.of("spoke", "no-answer", "hung-up", "wrong-number"));
        if (task.is("mayLeaveVoicemail")) {
            outcomes.add(2, "voicemail");
        }
        if (other) {
            outcomes.add("other");
        }
        return outcomes.toArray(String[]::new);
    }

    static Variables recordRound(Rehearsed task, Answers answers) {
        for (String way : List.of("further", "another")) {
            boolean sent = way.equals("another") || answers.is("furtherSending", "send");
            if (sent && answers.is(way + "Channel", "email")) {
                task.sends("please-call-us", "email", "client", Map.of());
            } else if (sent && answers.is(way + "Channel", "sms")) {
                task.sends("please-call-us-sms", "sms", "client", Map.of());
            }
        }
        if (answers.has("anotherChannel")
                && answers.is(
                        "anotherChannel", answers.findText("furtherChannel").orElse(""))
                && !answers.is("anotherChannel", "alternate-number")) {
            throw AnswersRejected.because("anotherChannel", "engagement.handler.tried-already");
        }
        return tried(task, answers, contact(task, answers));
    }

    static Variables callBack(Rehearsed task, Answers answers) {
        return tried(task, answers, contact(task, answers));
    }

    private static Variables contact(Rehearsed task, Answers answers) {
        if (answers.has("spokeOutcome")) {
            return spoken(task, answers);
        }
        boolean contact = answers.is("otherIsContact", "contact") || answers.is("furtherOtherIsContact", "contact");
        return Variables.of(OUTCOME, contact ? "reached" : "not-reached");
    }

    private static Variables tried(Rehearsed task, Answers answers, Variables follows) {
        Instant when = when(task, answers);
        task.remember(CLIENT, when);
        boolean reached = REACHED.contains(String.valueOf(follows.asMap().get(OUTCOME.name())));
        if (!reached && task.remembered(FIRST_UNANSWERED).isEmpty()) {
            task.remember(FIRST_UNANSWERED, when);
        }
        return follows;
    }

    private static Variables spoken(Rehearsed task, Answers answers) {
        return switch (answers.text("spokeOutcome")) {
            case "wants-service" -> {
                task.remember(REACHED_AT, task.now());
                yield Variables.of(OUTCOME, "reached");
            }
            case "declines" -> Variables.of(OUTCOME, "declined");
            default -> {
                Instant hour = answers.instant("callBackAt", task.zone());
                if (!hour.isAfter(task.now())) {
                    throw AnswersRejected.because("callBackAt", "engagement.handler.in-the-past");
                }
                yield Variables.of(OUTCOME, "call-back").and(CALL_BACK_AT, hour);
            }
        };
    }

    private static Instant when(Rehearsed task, Answers answers) {
        Instant when = answers.findInstant("when", task.zone()).orElseGet(task::now);
        if (when.isAfter(task.now())) {
            throw AnswersRejected.because("when", "engagement.handler.in-the-future");
        }
        return when;
    }

    static Map<String, ?> family(Rehearsed task) {
        return Map.of(
                "supportContacts", List.of(task.choice("1", "rehearsal.engagement.family")), "when", task.localNow());
    }

    static Variables recordFamily(Rehearsed task, Answers answers) {
        when(task, answers);
        return switch (answers.text("familyOutcome")) {
            case "spoke" -> spoken(task, answers);
            case "passed-on" -> Variables.of(OUTCOME, "passed-on");
            case "new-details" -> Variables.of(OUTCOME, "new-number");
            case "away" -> Variables.of(OUTCOME, "away");
            case "other" -> Variables.of(OUTCOME, answers.is("otherIsContact", "contact") ? "reached" : "not-reached");
            default -> Variables.of(OUTCOME, "not-reached");
        };
    }

    static Map<String, ?> waysToSource(Rehearsed task) {
        return Map.of(
                "sourceChannels",
                task.is("sourceHasEmail")
                        ? task.choices("tell-source", "sourceChannel", "email", "phone", "in-person", "not-reached")
                        : task.choices("tell-source", "sourceChannel", "phone", "in-person", "not-reached"),
                "emailPreview",
                "",
                "when",
                task.localNow());
    }

    static Variables tellSourceForm(Rehearsed task, Answers answers) {
        task.remember(SOURCE, when(task, answers));
        if (answers.is("sourceChannel", "email")) {
            task.sends("source-told-unreachable", "email", "source", Map.of());
        }
        return Variables.none();
    }

    static Variables actOnAnswer(Rehearsed task, Answers answers) {
        task.remember(SOURCE, when(task, answers));
        return Variables.of(
                OUTCOME,
                switch (answers.text("answer")) {
                    case "new-details" -> "new-number";
                    case "away" -> "away";
                    default -> "nothing-new";
                });
    }

    static Map<String, ?> now(Rehearsed task) {
        return Map.of("when", task.localNow());
    }

    static Map<String, ?> letter(Rehearsed task) {
        List<String> channels = new ArrayList<>();
        if (task.is("mayPost")) {
            channels.add("post");
        }
        if (task.is("mayEmail")) {
            channels.add("email");
        }
        if (channels.isEmpty() || task.find(LETTER_OPTIONAL).orElse(true)) {
            channels.add("skip");
        }
        return Map.of(
                "letterEn", "",
                "letterEs", "",
                "letterIt", "",
                "letterLanguage", task.fact("language"),
                "letterChannels", task.choices("review-letter", "letterChannel", channels.toArray(String[]::new)),
                "letterChannel", channels.get(0),
                "postAddress", "",
                "emailAddress", "");
    }

    static Variables reviewLetter(Rehearsed task, Answers answers) {
        String channel = answers.text("letterChannel");
        return Variables.of(LETTER_SKIPPED, channel.equals("skip"))
                .and(LETTER_BY_POST, channel.equals("post"))
                .and(LETTER_LANGUAGE, answers.text("letterLanguage"));
    }

    static Map<String, ?> posting(Rehearsed task) {
        return Map.of("postedOn", task.localNow().substring(0, 10));
    }

    static Variables confirmRefusal(Rehearsed task, Answers answers) {
        return Variables.of(OUTCOME, answers.text("refusal"));
    }

    static Map<String, ?> admission(Rehearsed task) {
        return Map.of(
                "contactKnown", task.remembered(REACHED_AT).isPresent(),
                "serviceFrom", task.localNow().substring(0, 10),
                "when", task.localNow());
    }

    static Variables admit(Rehearsed task, Answers answers) {
        return Variables.of(OUTCOME, answers.text("admission"));
    }

    static Map<String, ?> supervisor(Rehearsed task) {
        return Map.of("place", task.find(PLACE).orElse(task.find(MODE).orElse("")));
    }

    static Variables decide(Rehearsed task, Answers answers) {
        Variables follows = Variables.of(DECISION, answers.text("decision"));
        if (!answers.has("resumeOn")) {
            return follows;
        }
        LocalDate day = answers.date("resumeOn");
        if (!day.isAfter(LocalDate.ofInstant(task.now(), task.zone()))) {
            throw AnswersRejected.because("resumeOn", "engagement.handler.not-ahead");
        }
        Instant until = task.opening(day);
        task.find(CAP_DUE)
                .filter(last -> last.isAfter(task.now()) && !until.isBefore(last))
                .ifPresent(last -> {
                    throw AnswersRejected.because("resumeOn", "engagement.handler.after-the-last-day");
                });
        return follows.and(RESUME_AT, until);
    }
}
