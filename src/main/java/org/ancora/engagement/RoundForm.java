package org.ancora.engagement;

import static org.ancora.engagement.EngagementProcess.EPISODE_ID;
import static org.ancora.engagement.EngagementProcess.MODE;
import static org.ancora.engagement.EngagementProcess.OUTCOME;
import static org.ancora.engagement.EngagementProcess.ROUND;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ancora.casework.Cases;
import org.ancora.casework.Channel;
import org.ancora.casework.ContactKind;
import org.ancora.casework.ContactPoint;
import org.ancora.casework.Flag;
import org.ancora.casework.LawfulWays;
import org.ancora.casework.LawfulWays.Way;
import org.ancora.casework.Profile;
import org.ancora.correspondence.LetterKind;
import org.ancora.correspondence.Letters;
import org.ancora.correspondence.MessageId;
import org.ancora.correspondence.NewLetter;
import org.ancora.correspondence.RecipientKind;
import org.ancora.engagement.ContactRecord.Tried;
import org.ancora.process.Variables;
import org.ancora.process.task.Answers;
import org.ancora.process.task.AnswersRejected;
import org.ancora.process.task.Choice;
import org.ancora.process.task.TaskContext;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * One contact round: the main number, then one further lawful way, and another one at once when that leads nowhere
 * (A7–A9, A11–A13, A-R3, A-R4). Also the promised call back, which is the first half of it.
 */
@Configuration(proxyBeanMethods = false)
class RoundForm {

    private final FormParts parts;
    private final ContactRecord record;
    private final Letters letters;
    private final Cases cases;

    RoundForm(FormParts parts, ContactRecord record, Letters letters, Cases cases) {
        this.parts = parts;
        this.record = record;
        this.letters = letters;
        this.cases = cases;
    }

    @Bean
    FormHandler contactRoundForm() {
        return FormHandler.of(
                        "contact-round",
                        this::complete,
                        "mainOutcome",
                        "otherText",
                        "otherIsContact",
                        "furtherChannel",
                        "furtherSending",
                        "alternateNumber",
                        "furtherOutcome",
                        "furtherOtherText",
                        "furtherOtherIsContact",
                        "anotherChannel",
                        "anotherNumber",
                        "anotherOutcome",
                        "skipReason",
                        "spokeOutcome",
                        "callBackAt",
                        "when",
                        "note")
                .showing(this::prepare)
                .titled(task -> new Object[] {task.find(ROUND).orElse(1)})
                .rehearsing(EngagementRehearsal::round, EngagementRehearsal::recordRound);
    }

    @Bean
    FormHandler callBackForm() {
        return FormHandler.of(
                        "call-back",
                        this::completeCallBack,
                        "mainOutcome",
                        "otherText",
                        "otherIsContact",
                        "spokeOutcome",
                        "callBackAt",
                        "when",
                        "note")
                .showing(this::prepareMain)
                .rehearsing(task -> EngagementRehearsal.mainNumber(task, "call-back"), EngagementRehearsal::callBack);
    }

    private Map<String, ?> prepareMain(TaskContext task) {
        LawfulWays ways = record.client(task).lawfulWays();
        ContactPoint main = mainNumber(ways);
        Stream<String> outcomes = main == null ? Stream.of("no-number") : outcomes(ways);
        return Map.of(
                "mainNumber", main == null ? "" : main.display(),
                "mainOutcomes", parts.choices(task, "mainOutcome", outcomes),
                "when", parts.now(task));
    }

    private Map<String, ?> prepare(TaskContext task) {
        Profile client = record.client(task);
        LawfulWays ways = client.lawfulWays();
        List<String> lawful = further(ways);
        List<ContactPoint> numbers = alternates(client);
        Map<String, Object> shown = new LinkedHashMap<>(prepareMain(task));
        shown.put("furtherChannels", furtherChannels(task, ways, lawful));
        shown.put("alternateNumbers", numbers.stream().map(RoundForm::choice).toList());
        shown.put("furtherOutcomes", parts.choices(task, "furtherOutcome", outcomes(ways)));
        shown.put("anotherChannels", parts.choices(task, "anotherChannel", another(lawful, numbers)));
        shown.put(
                "anotherOutcomes",
                parts.choices(task, "anotherOutcome", outcomes(ways).filter(outcome -> !outcome.equals("other"))));
        shown.put("emailPreview", ways.may(Way.EMAIL) ? preview(task, EngagementLetters.PLEASE_CALL_US) : "");
        shown.put("smsPreview", ways.may(Way.SMS) ? preview(task, EngagementLetters.PLEASE_CALL_US_SMS) : "");
        return shown;
    }

    /** Lawful ways can be chosen, unlawful ones are shown with the reason; "none on file" stands alone (A-R4). */
    private List<Choice> furtherChannels(TaskContext task, LawfulWays ways, List<String> lawful) {
        List<Choice> channels = new ArrayList<>(parts.choices(
                task,
                "furtherChannel",
                Stream.concat(lawful.stream(), Stream.of(lawful.isEmpty() ? "none-on-file" : "skipped"))));
        for (Way way : List.of(Way.EMAIL, Way.SMS)) {
            LawfulWays.Verdict verdict = ways.verdict(way);
            if (!verdict.isLawful() && verdict.why() != LawfulWays.Why.NONE_ON_FILE) {
                channels.add(parts.unlawful(task, "furtherChannel", verdict));
            }
        }
        return channels;
    }

    private Variables complete(TaskContext task, Answers answers) {
        Instant when = parts.when(task, answers);
        String note = answers.findText("note").orElse("");
        String place = task.find(MODE).filter("extra"::equals).orElse("round");
        List<Tried> tried = new ArrayList<>();
        main(task, answers).ifPresent(tried::add);
        further(task, answers).ifPresent(tried::add);
        another(task, answers).ifPresent(tried::add);
        for (Tried each : tried) {
            record.attempt(task, place, "client", each, when, note);
        }
        if (answers.has("spokeOutcome")) {
            return record.spoken(task, answers);
        }
        boolean contact = answers.is("otherIsContact", "contact") || answers.is("furtherOtherIsContact", "contact");
        if (!contact && tried.stream().allMatch(RoundForm::leadsNowhere)) {
            cases.raiseFlag(
                    task.caseCode(),
                    Flag.Kind.FIND_ANOTHER_NUMBER,
                    "",
                    task.viewer().id());
        }
        return Variables.of(OUTCOME, contact ? "reached" : "not-reached");
    }

    private Variables completeCallBack(TaskContext task, Answers answers) {
        Instant when = parts.when(task, answers);
        String note = answers.findText("note").orElse("");
        main(task, answers).ifPresent(tried -> record.attempt(task, "call-back", "client", tried, when, note));
        if (answers.has("spokeOutcome")) {
            return record.spoken(task, answers);
        }
        return Variables.of(OUTCOME, answers.is("otherIsContact", "contact") ? "reached" : "not-reached");
    }

    private Optional<Tried> main(TaskContext task, Answers answers) {
        ContactPoint number = mainNumber(record.client(task).lawfulWays());
        return Optional.of(Tried.of(number == null ? "none" : "call-main", number, outcome(answers, "mainOutcome"))
                .because(answers.findText("otherText").orElse("")));
    }

    private Optional<Tried> further(TaskContext task, Answers answers) {
        String reason = answers.findText("skipReason").orElse("");
        return answers.findText("furtherChannel").map(channel -> switch (channel) {
            case "email", "sms" -> written(task, channel, answers.text("furtherSending"));
            case "alternate-number" ->
                Tried.of("call-alternate", number(task, answers, "alternateNumber"), outcome(answers, "furtherOutcome"))
                        .because(answers.findText("furtherOtherText").orElse(""));
            default -> Tried.of("none", null, channel).because(reason);
        });
    }

    /** The way tried at once because the further one led nowhere (A-R3). */
    private Optional<Tried> another(TaskContext task, Answers answers) {
        String further = answers.findText("furtherChannel").orElse("");
        String reason = answers.findText("skipReason").orElse("");
        return answers.findText("anotherChannel").map(channel -> {
            boolean number = channel.equals("alternate-number");
            boolean same = channel.equals(further)
                    && (!number || answers.text("anotherNumber").equals(answers.text("alternateNumber")));
            if (same) {
                throw AnswersRejected.because(
                        number ? "anotherNumber" : "anotherChannel", "engagement.handler.tried-already");
            }
            return switch (channel) {
                case "email", "sms" -> written(task, channel, "send");
                case "alternate-number" ->
                    Tried.of(
                            "call-alternate",
                            number(task, answers, "anotherNumber"),
                            outcome(answers, "anotherOutcome"));
                default -> Tried.of("none", null, channel).because(reason);
            };
        });
    }

    /** Sends "please call us", or notes that the worker wrote themselves, or that it could not be delivered. */
    private Tried written(TaskContext task, String channel, String sending) {
        Way way = channel.equals("email") ? Way.EMAIL : Way.SMS;
        ContactPoint point = record.client(task).lawfulWays().verdict(way).point();
        return switch (sending) {
            case "send" ->
                new Tried(channel, point, "sent", "", send(task, channel).value());
            case "written" -> Tried.of(channel, point, "written");
            default -> Tried.of(channel, point, "undelivered");
        };
    }

    private MessageId send(TaskContext task, String channel) {
        boolean email = channel.equals("email");
        return letters.send(new NewLetter(
                        email ? EngagementLetters.PLEASE_CALL_US : EngagementLetters.PLEASE_CALL_US_SMS,
                        task.caseCode(),
                        RecipientKind.CLIENT,
                        email ? Channel.EMAIL : Channel.SMS,
                        Map.of(),
                        task.caseCode() + "/" + task.get(EPISODE_ID) + "/" + task.id() + "/" + channel,
                        task.viewer().id()))
                .message();
    }

    private ContactPoint number(TaskContext task, Answers answers, String field) {
        String chosen = answers.text(field);
        return alternates(record.client(task)).stream()
                .filter(point -> point.id().toString().equals(chosen))
                .findFirst()
                .orElseThrow(() -> AnswersRejected.because(field, "engagement.handler.number-gone"));
    }

    private String preview(TaskContext task, LetterKind kind) {
        return FormParts.plain(letters.preview(kind, task.caseCode(), RecipientKind.CLIENT, Map.of())
                .text());
    }

    /** Speaking is kept with what the client said, so that the list of attempts reads without the form. */
    private static String outcome(Answers answers, String field) {
        return answers.is(field, "spoke") ? answers.text("spokeOutcome") : answers.text(field);
    }

    private static boolean leadsNowhere(Tried tried) {
        return tried.failure() != null
                || tried.outcome().equals("none-on-file")
                || tried.outcome().equals("no-number");
    }

    private static @Nullable ContactPoint mainNumber(LawfulWays ways) {
        return ways.may(Way.CALL_MAIN) ? ways.verdict(Way.CALL_MAIN).point() : null;
    }

    private static Stream<String> outcomes(LawfulWays ways) {
        return Stream.of("spoke", "no-answer", "voicemail", "hung-up", "wrong-number", "other")
                .filter(outcome -> !outcome.equals("voicemail") || ways.may(Way.VOICEMAIL));
    }

    private static List<String> further(LawfulWays ways) {
        return Stream.of(
                        ways.may(Way.EMAIL) ? "email" : "",
                        ways.may(Way.SMS) ? "sms" : "",
                        ways.may(Way.CALL_ALTERNATE) ? "alternate-number" : "")
                .filter(channel -> !channel.isEmpty())
                .toList();
    }

    /** What is left when the further way led nowhere; with nothing left the round can still be finished. */
    private static Stream<String> another(List<String> lawful, List<ContactPoint> numbers) {
        boolean onlyOne = lawful.size() < 2 && numbers.size() < 2;
        return onlyOne ? Stream.of("none-on-file") : Stream.concat(lawful.stream(), Stream.of("skipped"));
    }

    private static List<ContactPoint> alternates(Profile client) {
        return client.contactPoints(ContactKind.PHONE)
                .filter(point -> !point.main() && point.isUsable())
                .toList();
    }

    private static Choice choice(ContactPoint point) {
        String label = point.label().isBlank() ? point.display() : point.display() + " · " + point.label();
        return new Choice(point.id().toString(), label);
    }
}
