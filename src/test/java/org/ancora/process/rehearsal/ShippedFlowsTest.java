package org.ancora.process.rehearsal;

import static org.ancora.process.rehearsal.RehearsalFixtures.now;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.process.deployment.ShippedFolders;
import org.ancora.process.model.ProcessFolder;
import org.ancora.process.steering.Outline;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every procedure that comes with a release, rehearsed with its own forms, decisions and letters to each of its ends: owners who
 * try one out get to all of them, and read what would have been sent, in their language. The shipped scenarios go some of the
 * ways ({@link ScenariosTest}), this goes the others.
 */
@AncoraTest
class ShippedFlowsTest {

    private static final List<String> LANGUAGES = List.of("en", "es", "it");

    /** What a reader must never see: a placeholder of ours, of the engine's or of a message, a missing message, a key. */
    private static final Pattern UNREADABLE = Pattern.compile(
            "\\{\\{|}}|\\$\\{|\\{\\d|\\?\\?|\\[[a-z]+[A-Z]\\w*]|\\bnull\\b|\\btrue\\b|\\bfalse\\b|\\b[a-z]+(?:\\.[a-z][a-z-]*){2,}\\b(?!/)");

    /** Codes of tables and of reasons, as they stand in diagrams; in English some of them are words as well. */
    private static final Pattern CODE = Pattern.compile(
            "\\b(?:[a-z]+-(?:policy|deadline)|no-contact|handed-over|transferred-to-group|closed-by-hand|declined|withdrawn)\\b");

    /** Addresses and file names may look like keys. */
    private static final Pattern ADDRESS = Pattern.compile("\\S+@\\S+|https?://\\S+");

    /** Sent from a page when somebody fills it in, or as the calendar changes, not by a step: no rehearsal comes past it. */
    private static final Set<String> FROM_PAGES =
            Set.of("complaint-extended", "complaint-information-needed", "complaint-moved", "referral-to-client-sms");

    /** The frame around it ends at the same instant by its own limit, which comes first. */
    private static final Set<String> NEVER_FIRST = Set.of("engagement-existing-client/time-over");

    @Autowired
    private Rehearsals rehearsals;

    @Autowired
    private RehearsalWords words;

    @Autowired
    private RehearsalPages pages;

    @Autowired
    private Scenarios scenarios;

    @Autowired
    private Places places;

    @Autowired
    private ShippedFolders shipped;

    @Autowired
    private JdbcClient jdbc;

    private final Set<String> ends = new TreeSet<>();
    private final Set<String> letters = new TreeSet<>();

    /**
     * A way through a procedure.
     *
     * @param facts names and values by turns
     * @param ends those it is about, as {@code process/element}
     */
    private record Way(
            String folder,
            String process,
            String start,
            List<String> facts,
            Consumer<Rehearsal> moves,
            List<String> ends) {}

    private static Way way(
            String folder, String process, List<String> facts, Consumer<Rehearsal> moves, String... ends) {
        return new Way(folder, process, "2026-03-02T09:30", facts, moves, List.of(ends));
    }

    @Test
    void everyEndOfEveryShippedFlowIsReachedAndNothingRealIsTouched() {
        Map<String, Long> before = RehearsalFixtures.rows(jdbc);

        List<Way> ways = ways();
        ways.forEach(way -> go(way, "en"));
        ways.stream().filter(ShippedFlowsTest::writes).forEach(way -> {
            go(way, "es");
            go(way, "it");
        });

        assertThat(RehearsalFixtures.rows(jdbc)).isEqualTo(before);
        assertThat(before).hasSizeGreaterThan(100);
        assertThat(before.keySet()).anyMatch(table -> table.startsWith("engine.act_ru_"));

        Set<String> all = allEnds();
        all.removeAll(NEVER_FIRST);
        ends.addAll(endsOfShippedScenarios());
        assertThat(ends).containsAll(all);
        assertThat(letters).isEqualTo(allLetters());
    }

    private static boolean writes(Way way) {
        return Stream.of("engagement", "complaint", "referral").anyMatch(way.folder()::equals);
    }

    private void go(Way way, String language) {
        ProcessFolder folder = RehearsalFixtures.folder(shipped, way.folder());
        List<String> facts = new ArrayList<>(way.facts());
        facts.addAll(List.of("language", language));
        Setting setting = RehearsalFixtures.setting(
                rehearsals, places, folder, way.process(), way.start(), facts.toArray(String[]::new));
        rehearsals.apart(folder, setting, rehearsal -> {
            String about = way.process() + " to " + way.ends() + " in " + language;
            way.moves().accept(rehearsal);
            List<String> trace = rehearsal.journal().trace();
            assertThat(rehearsal.wasStopped()).as("%s%n%s", about, trace).isFalse();
            Set<String> reached = reached(trace);
            assertThat(reached).as("%s%n%s", about, trace).containsAll(way.ends());
            ends.addAll(reached);
            readable(rehearsal, about, way.folder(), language);
            return about;
        });
    }

    private static Set<String> reached(List<String> trace) {
        return trace.stream()
                .map(line -> line.split(" ", 3))
                .filter(parts -> parts[1].equals("end"))
                .map(parts -> parts[2])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every line in every language of its readers, and every letter in the language of whoever would have got it. */
    private void readable(Rehearsal rehearsal, String about, String folder, String language) {
        for (JournalLine line : rehearsal.journal().lines()) {
            for (String reader : LANGUAGES) {
                String said = words.line(line, rehearsal, Locale.forLanguageTag(reader));
                readable(said, about + " read in " + reader);
                assertThat(!reader.equals("en") && CODE.matcher(said).find())
                        .as("a code in %s: %s", reader, said)
                        .isFalse();
            }
            JournalLine.Letter letter = line.letter();
            if (line.kind() == JournalLine.Kind.SENT) {
                assertThat(letter).as("%s: %s", about, line.trace()).isNotNull();
                readable(letter.text(), about + ": " + line.trace());
                assertThat(letter.text().lines().filter(each -> !each.isBlank()).count())
                        .as(letter.text())
                        .isGreaterThan(1);
                letters.add(folder + "/" + letter.template() + "." + language);
            }
        }
        for (String reader : LANGUAGES) {
            Locale locale = Locale.forLanguageTag(reader);
            RehearsalPages.View view =
                    pages.view("1", rehearsal, "", rehearsals.facts(RehearsalFixtures.folder(shipped, folder)), locale);
            Stream.of(
                            Stream.of(view.title(), view.now()),
                            view.facts().stream().map(RehearsalPages.FactView::label),
                            view.facts().stream().map(RehearsalPages.FactView::valueLabel),
                            view.tabs().stream().map(RehearsalPages.Tab::title),
                            view.outline().lines().stream().map(Outline.Line::title))
                    .flatMap(words -> words)
                    .forEach(words -> readable(words, about + " read in " + reader));
        }
    }

    private static void readable(String text, String about) {
        String bare = ADDRESS.matcher(text).replaceAll("");
        Matcher found = UNREADABLE.matcher(bare);
        assertThat(text).as(about).isNotBlank();
        assertThat(found.find() && !text.startsWith("«"))
                .as("%s: %s", about, text)
                .isFalse();
    }

    private Set<String> allEnds() {
        Set<String> all = new TreeSet<>();
        Pattern end = Pattern.compile("<bpmn:endEvent id=\"([^\"]+)\"");
        for (ProcessFolder folder : shipped.all()) {
            folder.files().forEach((path, content) -> {
                if (path.endsWith(".bpmn")) {
                    Matcher found = end.matcher(new String(content, StandardCharsets.UTF_8));
                    while (found.find()) {
                        all.add(path.replace(".bpmn", "") + "/" + found.group(1));
                    }
                }
            });
        }
        return all;
    }

    private Set<String> endsOfShippedScenarios() {
        return scenarios.shipped().stream()
                .flatMap(scenario -> reached(scenario.expect()).stream())
                .collect(Collectors.toSet());
    }

    private Set<String> allLetters() {
        Set<String> all = new TreeSet<>();
        for (ProcessFolder folder : shipped.all()) {
            folder.files().keySet().stream()
                    .filter(path -> path.startsWith("letters/"))
                    .map(path -> path.substring("letters/".length()).replace(".html", ""))
                    .filter(letter -> !FROM_PAGES.contains(letter.replaceFirst("\\..*", "")))
                    .forEach(letter -> all.add(folder.name() + "/" + letter));
        }
        return all;
    }

    // Ways

    private static void does(Rehearsal rehearsal, String task, Object... answers) {
        assertThat(RehearsalFixtures.answer(rehearsal, task, answers).problems())
                .as(task)
                .isEmpty();
    }

    private static void accepts(Rehearsal entry) {
        does(entry, "engagement-on-entry/accept-intake", "decision", "accept");
    }

    private static void speaks(Rehearsal rehearsal, String outcome) {
        does(
                rehearsal,
                "contact-round/record-round",
                "mainOutcome",
                "spoke",
                "spokeOutcome",
                outcome,
                "when",
                now(rehearsal));
    }

    private static void writesAText(Rehearsal rehearsal) {
        does(
                rehearsal,
                "contact-round/record-round",
                "mainOutcome",
                "no-answer",
                "furtherChannel",
                "sms",
                "furtherSending",
                "send",
                "when",
                now(rehearsal));
    }

    private static void family(Rehearsal rehearsal, String... more) {
        List<Object> answers = new ArrayList<>(List.of("supportContact", "1", "when", now(rehearsal)));
        answers.addAll(List.of(more));
        does(rehearsal, "contact-round/record-family-contact", answers.toArray());
    }

    /** Two rounds without an answer, then the family says that the client is in hospital. */
    private static void awayOnEntry(Rehearsal entry) {
        accepts(entry);
        writesAText(entry);
        entry.toNext();
        RehearsalFixtures.nobodyAnswers(entry);
        entry.toNext();
        family(entry, "familyOutcome", "away", "awayReason", "hospital");
    }

    private static void handsOver(Rehearsal rehearsal) {
        does(
                rehearsal,
                "supervisor-decision/decide",
                "decision",
                "hand-over-service",
                "serviceName",
                "Lakeside Clinic",
                "reason",
                "They know her.",
                "riskLookedAt",
                true);
    }

    private static void confirmsTheRefusal(Rehearsal rehearsal, String process) {
        does(rehearsal, process + "/confirm-refusal", "refusal", "confirm", "refusalReason", "not-now");
    }

    private static void admits(Rehearsal rehearsal, String process) {
        does(
                rehearsal,
                process + "/admit",
                "admission",
                "admitted",
                "serviceFrom",
                now(rehearsal).substring(0, 10),
                "contactHow",
                "phone",
                "when",
                now(rehearsal));
        does(rehearsal, process + "/complete-documentation", "complete", true);
    }

    private static void changesToGroup(Rehearsal rehearsal, String process, String decision) {
        rehearsal.hear("service-mode-changed", Map.of());
        does(
                rehearsal,
                process + "/group-service-decision",
                "groupDecision",
                decision,
                "reason",
                "The client asks for it.");
    }

    private static List<Way> ways() {
        List<Way> ways = new ArrayList<>();
        entry(ways);
        existing(ways);
        for (String process : List.of("engagement-on-entry", "engagement-existing-client")) {
            for (String reason : List.of("withdrawn", "transferred", "deceased", "closed-by-hand")) {
                String end = reason.equals("closed-by-hand") ? reason : "closed-" + reason;
                ways.add(way(
                        "engagement",
                        process,
                        List.of(),
                        each -> each.hear("ended-by-hand", Map.of("endReason", reason)),
                        process + "/" + end));
            }
            ways.add(way(
                    "engagement",
                    process,
                    List.of(),
                    each -> {
                        changesToGroup(each, process, "continue");
                        changesToGroup(each, process, "stop");
                    },
                    process + "/goes-on",
                    process + "/stops",
                    process + "/closed-group-service"));
        }
        complaint(ways);
        attention(ways);
        others(ways);
        return ways;
    }

    private static void entry(List<Way> ways) {
        String process = "engagement-on-entry";
        ways.add(way(
                "engagement",
                process,
                List.of(),
                each -> does(
                        each,
                        process + "/accept-intake",
                        "decision",
                        "refuse",
                        "refusalReason",
                        "outside-area",
                        "refusalText",
                        "She lives in Guelph."),
                process + "/refused"));
        ways.add(way(
                "engagement",
                process,
                List.of(),
                each -> {
                    accepts(each);
                    speaks(each, "declines");
                    confirmsTheRefusal(each, process);
                },
                "contact-round/client-declined",
                process + "/closed-declined"));
        ways.add(way(
                "engagement",
                process,
                List.of("sourceHasEmail", "yes"),
                each -> {
                    awayOnEntry(each);
                    does(
                            each,
                            "supervisor-decision/decide",
                            "decision",
                            "hand-over",
                            "worker",
                            "1",
                            "reason",
                            "Sam is on leave.");
                    family(each, "familyOutcome", "passed-on");
                    does(each, process + "/tell-source", "sourceChannel", "email");
                    each.toNext();
                    each.toNext();
                    does(
                            each,
                            process + "/review-letter",
                            "letterLanguage",
                            each.facts().get("language"),
                            "letterChannel",
                            "post");
                    does(
                            each,
                            process + "/print-and-post",
                            "posting",
                            "posted",
                            "postedOn",
                            now(each).substring(0, 10));
                },
                "supervisor-decision/back-to-the-flow",
                process + "/every-way-tried",
                process + "/file-closed",
                process + "/closed-no-contact"));
        ways.add(way(
                "engagement",
                process,
                List.of(),
                each -> {
                    awayOnEntry(each);
                    handsOver(each);
                },
                "supervisor-decision/handed-over",
                process + "/closed-handed-over"));
        ways.add(way(
                "engagement",
                process,
                List.of(),
                each -> {
                    accepts(each);
                    each.hear("client-in-touch", Map.of());
                    admits(each, process);
                },
                process + "/in-service"));
    }

    private static void existing(List<Way> ways) {
        String process = "engagement-existing-client";
        ways.add(way(
                "engagement",
                process,
                List.of(),
                each -> {
                    speaks(each, "declines");
                    confirmsTheRefusal(each, process);
                },
                process + "/closed-declined"));
        ways.add(way(
                "engagement",
                process,
                List.of("riskFlag", "yes"),
                each -> {
                    each.hear("search-ended", Map.of());
                    handsOver(each);
                },
                process + "/closed-handed-over"));
        ways.add(way(
                "engagement",
                process,
                List.of(),
                each -> {
                    each.hear("client-in-touch", Map.of());
                    admits(each, process);
                },
                process + "/in-service"));
    }

    private static void routes(Rehearsal complaint) {
        does(complaint, "complaint/route");
    }

    private static void complaint(List<Way> ways) {
        ways.add(way(
                "complaint",
                "complaint",
                List.of(),
                each -> {
                    routes(each);
                    each.hear("clock-stopped", Map.of("infoDue", "5"));
                    does(each, "complaint/await-information", "arrived", "yes");
                    each.to(LocalDateTime.parse("2026-05-15T12:00")
                            .atZone(each.setting().calendar().zone())
                            .toInstant());
                    each.hear("complaint-ended", Map.of("endReason", "withdrawn"));
                },
                "complaint/withdrawn"));
        for (String reason : List.of("merged", "redirected")) {
            ways.add(way(
                    "complaint",
                    "complaint",
                    List.of("petitionerHasEmail", "no"),
                    each -> each.hear("complaint-ended", Map.of("endReason", reason)),
                    "complaint/" + reason));
        }
        ways.add(way(
                "complaint",
                "complaint",
                List.of("petitionerHasEmail", "no"),
                each -> {
                    routes(each);
                    does(each, "complaint/prepare", "answer", "We are sorry.");
                    does(each, "complaint/approve", "decision", "approve");
                    does(each, "complaint/post-answer", "posted", true);
                    does(
                            each,
                            "complaint/confirm",
                            "reached",
                            "yes",
                            "understood",
                            "yes",
                            "satisfied",
                            "appeal",
                            "reason",
                            "Nobody was asked.");
                },
                "complaint/answer-out",
                "complaint/appealed"));
    }

    private static void attention(List<Way> ways) {
        String visit = "attention-in-person";
        ways.add(new Way(
                "attention",
                visit,
                "2026-03-01T11:00",
                List.of(),
                each -> {},
                List.of(visit + "/come-back-in-office-hours")));
        ways.add(new Way(
                "attention",
                visit,
                "2026-03-01T11:00",
                List.of("emergency", "yes", "authority", "yes"),
                each -> {
                    does(each, visit + "/authorise", "decision", "authorise");
                    does(
                            each,
                            visit + "/attend-authority",
                            "givenName",
                            "Rosa",
                            "outcome",
                            "escalate",
                            "destination",
                            "central-unit",
                            "kind",
                            "complaint",
                            "office",
                            "1",
                            "level",
                            "local",
                            "motive",
                            "The queue.");
                },
                List.of(visit + "/petition-registered")));
        ways.add(way(
                "attention", visit, List.of(), each -> each.hear("visitor-left", Map.of()), visit + "/visitor-left"));
        String call = "attention-by-phone";
        ways.add(way(
                "attention",
                call,
                List.of(),
                each -> does(
                        each,
                        call + "/take-call",
                        "givenName",
                        "Rosa",
                        "callBackNumber",
                        "555 0100",
                        "outcome",
                        "escalate",
                        "destination",
                        "regional-team",
                        "kind",
                        "query",
                        "level",
                        "local",
                        "motive",
                        "The queue.",
                        "office",
                        "1"),
                call + "/petition-registered"));
        ways.add(way(
                "attention",
                call,
                List.of(),
                each -> does(
                        each,
                        call + "/take-call",
                        "givenName",
                        "Rosa",
                        "callBackNumber",
                        "555 0100",
                        "outcome",
                        "nothing",
                        "office",
                        "1"),
                call + "/nothing-registered"));
    }

    private static void others(List<Way> ways) {
        ways.add(way(
                "referral",
                "referral-follow-up",
                List.of("referralToAgency", "yes"),
                each -> {
                    each.hear("referral-send-asked", Map.of());
                    each.hear("referral-case-closed", Map.of());
                },
                "referral-follow-up/messages-written",
                "referral-follow-up/ended-with-case"));
        ways.add(way(
                "referral",
                "referral-follow-up",
                List.of(),
                each -> each.hear("referral-recorded", Map.of("finished", "yes")),
                "referral-follow-up/nothing-left"));
        ways.add(way(
                "correspondence",
                "deliver-message",
                List.of("deliveryState", "failed"),
                each -> does(each, "deliver-message/check-delivery", "delivery", "arrived", "found", "She has it."),
                "deliver-message/delivery-settled"));
        ways.add(way("correspondence", "notice-digest", List.of(), Rehearsal::toNext, "notice-digest/told"));
        ways.add(way("correspondence", "paper-reminder", List.of(), Rehearsal::toNext, "paper-reminder/told"));
        ways.add(way(
                "casework",
                "case-reminder",
                List.of("remindAt", "30"),
                each -> each.hear("reminder-finished", Map.of()),
                "case-reminder/not-needed"));
        ways.add(way(
                "conduct",
                "boundary-request",
                List.of(),
                each -> does(
                        each,
                        "boundary-request/record-request",
                        "askedOn",
                        "2026-03-02",
                        "channel",
                        "phone",
                        "asked",
                        "private-number",
                        "note",
                        "Asked for my number."),
                "boundary-request/documented"));
        for (String step : List.of(
                "calendar/move-dates/some-moved",
                "casework/bulk-change/some-changed",
                "directory/directory-load/file-done",
                "marks/attribute-load/some-done",
                "migration/move-procedures/next-moved",
                "status/continue-in-progress/continued",
                "steering/steer-many/some-steered")) {
            String[] path = step.split("/");
            ways.add(way(path[0], path[1], List.of(), each -> {}, path[1] + "/" + path[2]));
        }
    }
}
