package org.ancora.process.rehearsal;

import static org.ancora.process.rehearsal.RehearsalFixtures.answer;
import static org.ancora.process.rehearsal.RehearsalFixtures.nobodyAnswers;
import static org.ancora.process.rehearsal.RehearsalFixtures.now;
import static org.ancora.process.rehearsal.RehearsalFixtures.setting;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.function.Consumer;
import org.ancora.process.deployment.ShippedFolders;
import org.ancora.process.model.ProcessFolder;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@AncoraTest
class ScenarioWriterTest {

    @Autowired
    private Rehearsals rehearsals;

    @Autowired
    private Places places;

    @Autowired
    private ShippedFolders shipped;

    @Autowired
    private Scenarios scenarios;

    private void write(
            String folder,
            String key,
            String name,
            String process,
            String start,
            Consumer<Rehearsal> walk,
            String... facts) {
        try {
            ProcessFolder files = RehearsalFixtures.folder(shipped, folder);
            rehearsals.apart(files, setting(rehearsals, places, files, process, start, facts), rehearsal -> {
                RuntimeException wrong = null;
                try {
                    walk.accept(rehearsal);
                } catch (RuntimeException | AssertionError failure) {
                    System.out.println("WALK FAILED " + key + " " + failure);
                }
                System.out.println(
                        "== " + key + " stopped=" + rehearsal.wasStopped() + " over=" + rehearsal.over() + " open="
                                + rehearsal.flow().tasks().stream()
                                        .map(t -> t.process() + "/" + t.element())
                                        .toList() + " awaited=" + rehearsal.awaited());
                System.out.println(String.join("\n", rehearsal.journal().trace()));
                if (rehearsal.wasStopped()) {
                    rehearsal.journal().lines().forEach(line -> {
                        if (line.kind() == JournalLine.Kind.STOPPED) System.out.println("STOP " + line.words());
                    });
                }
                Scenario scenario = new Scenario(
                        key,
                        name,
                        folder,
                        process,
                        "CA-ON",
                        rehearsal.journal().local(rehearsal.setting().start()),
                        rehearsal.facts(),
                        rehearsal.moves(),
                        rehearsal.journal().trace());
                try {
                    Path file = Path.of("/tmp/ancora/rehearse/scenarios/" + folder + "/" + key + ".json");
                    Files.createDirectories(file.getParent());
                    Files.writeString(file, scenarios.file(scenario) + "\n");
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
                return rehearsal;
            });
        } catch (RuntimeException bad) {
            System.out.println("BAD " + key + " " + bad);
        }
    }

    private static void ok(Rehearsal.Outcome outcome) {
        if (!outcome.taken()) {
            throw new IllegalStateException(outcome.problems().toString());
        }
    }

    private static void nexts(Rehearsal r, String task) {
        String[] p = task.split("/");
        for (int i = 0; i < 60 && r.task(p[0], p[1]).isEmpty() && !r.over(); i++) {
            r.toNext();
        }
    }

    @Test
    void write() {
        long began = System.nanoTime();
        String eo = "engagement-on-entry/";
        write(
                "engagement",
                "reached-after-two-rounds",
                "Reached in the second round, admitted",
                "engagement-on-entry",
                "2026-03-02T09:30",
                r -> {
                    ok(answer(r, eo + "accept-intake", "decision", "accept"));
                    ok(nobodyAnswers(r));
                    nexts(r, "contact-round/record-round");
                    ok(answer(
                            r,
                            "contact-round/record-round",
                            "mainOutcome",
                            "spoke",
                            "spokeOutcome",
                            "wants-service",
                            "when",
                            now(r)));
                    ok(answer(r, eo + "admit", "admission", "admitted", "serviceFrom", now(r).substring(0, 10)));
                    ok(answer(r, eo + "complete-documentation", "complete", true));
                });
        write(
                "engagement",
                "no-contact-on-entry",
                "Nobody reached on entry: letter and closing",
                "engagement-on-entry",
                "2026-03-02T09:30",
                r -> {
                    ok(answer(r, eo + "accept-intake", "decision", "accept"));
                    ok(nobodyAnswers(r));
                    nexts(r, "contact-round/record-round");
                    ok(nobodyAnswers(r));
                    nexts(r, "contact-round/record-family-contact");
                    ok(answer(
                            r,
                            "contact-round/record-family-contact",
                            "supportContact",
                            "1",
                            "familyOutcome",
                            "passed-on",
                            "when",
                            now(r)));
                    ok(answer(r, eo + "tell-source", "sourceChannel", "email"));
                    for (int i = 0;
                            i < 20
                                    && r.task("engagement-on-entry", "review-letter")
                                            .isEmpty();
                            i++) {
                        r.toNext();
                    }
                    ok(answer(r, eo + "review-letter", "letterLanguage", "en", "letterChannel", "post"));
                    ok(answer(r, eo + "print-and-post", "posting", "posted", "postedOn", now(r).substring(0, 10)));
                });
        write(
                "engagement",
                "three-months-of-search",
                "An existing client is sought for three months",
                "engagement-existing-client",
                "2026-03-02T09:30",
                r -> {
                    String ex = "engagement-existing-client";
                    for (int i = 0; i < 200 && !r.over(); i++) {
                        if (r.task("contact-round", "record-round").isPresent()) {
                            ok(nobodyAnswers(r));
                        } else if (r.task("contact-round", "record-family-contact")
                                .isPresent()) {
                            ok(answer(
                                    r,
                                    "contact-round/record-family-contact",
                                    "supportContact",
                                    "1",
                                    "familyOutcome",
                                    "passed-on",
                                    "when",
                                    now(r)));
                        } else if (r.task(ex, "review-letter").isPresent()) {
                            ok(answer(r, ex + "/review-letter", "letterLanguage", "en", "letterChannel", "post"));
                        } else if (r.task(ex, "print-and-post").isPresent()) {
                            ok(answer(
                                    r,
                                    ex + "/print-and-post",
                                    "posting",
                                    "posted",
                                    "postedOn",
                                    now(r).substring(0, 10)));
                        } else if (!r.flow().tasks().isEmpty() && r.next().isEmpty()) {
                            return;
                        } else {
                            r.toNext();
                        }
                    }
                });
        System.out.println("MS " + (System.nanoTime() - began) / 1_000_000);
        write(
                "referral",
                "followed-up-twice",
                "A referral is sent and followed up",
                "referral-follow-up",
                "2026-03-02T09:30",
                r -> {
                    r.hear("referral-send-asked", Map.of());
                    r.toNext();
                    ok(answer(
                            r,
                            "referral-follow-up/follow-up",
                            "status",
                            "sent",
                            "outcome",
                            "unknown",
                            "nextOn",
                            "2026-03-30"));
                    r.hear("referral-agency-answered", Map.of());
                    ok(answer(r, "referral-follow-up/follow-up", "status", "completed", "outcome", "attended"));
                });
        write(
                "attention",
                "solved-at-the-desk",
                "A visitor is helped at once",
                "attention-in-person",
                "2026-03-02T09:30",
                r -> ok(answer(
                        r,
                        "attention-in-person/attend",
                        "givenName",
                        "Rosa",
                        "outcome",
                        "solved",
                        "office",
                        "1",
                        "kind",
                        "query",
                        "level",
                        "local",
                        "motive",
                        "x",
                        "orientation",
                        "y",
                        "familyName",
                        "Quispe")));
        write(
                "attention",
                "promised-call",
                "A call is promised and made",
                "attention-by-phone",
                "2026-03-02T09:30",
                r -> {
                    ok(answer(
                            r,
                            "attention-by-phone/take-call",
                            "givenName",
                            "Rosa",
                            "callBackNumber",
                            "555 0100",
                            "outcome",
                            "call-back",
                            "callBackAt",
                            "2026-03-03T10:00",
                            "office",
                            "1"));
                    r.toNext();
                    ok(answer(
                            r,
                            "attention-by-phone/call-back",
                            "givenName",
                            "Rosa",
                            "callBackNumber",
                            "555 0100",
                            "outcome",
                            "solved",
                            "office",
                            "1"));
                });
        String c = "complaint/";
        write(
                "complaint",
                "answered-by-email",
                "A complaint is answered in time",
                "complaint",
                "2026-03-02T09:30",
                r -> {
                    ok(answer(r, c + "route"));
                    ok(answer(r, c + "prepare", "answer", "We are sorry."));
                    ok(answer(r, c + "approve", "decision", "send-back", "comment", "Say when."));
                    r.to(LocalDateTime.parse("2026-03-20T12:00")
                            .atZone(r.setting().calendar().zone())
                            .toInstant());
                    ok(answer(r, c + "prepare", "answer", "We are sorry. From Monday."));
                    ok(answer(r, c + "approve", "decision", "approve"));
                    ok(answer(r, c + "confirm", "reached", "yes", "understood", "yes", "satisfied", "yes"));
                });
        write(
                "complaint",
                "clock-stopped",
                "A complaint waits for something from the person",
                "complaint",
                "2026-03-02T09:30",
                r -> {
                    ok(answer(r, c + "route"));
                    r.to(LocalDateTime.parse("2026-03-05T12:00")
                            .atZone(r.setting().calendar().zone())
                            .toInstant());
                    r.hear("clock-stopped", Map.of("infoDue", "5"));
                    r.to(LocalDateTime.parse("2026-03-10T12:00")
                            .atZone(r.setting().calendar().zone())
                            .toInstant());
                    ok(answer(r, c + "await-information", "arrived", "yes"));
                    r.to(LocalDateTime.parse("2026-04-30T12:00")
                            .atZone(r.setting().calendar().zone())
                            .toInstant());
                    r.hear("complaint-ended", Map.of("endReason", "withdrawn"));
                });
        String b = "boundary-request/";
        write(
                "conduct",
                "worry-and-question",
                "A boundary request with a worry and a question",
                "boundary-request",
                "2026-03-02T09:30",
                r -> {
                    ok(answer(
                            r,
                            b + "record-request",
                            "askedOn",
                            "2026-03-02",
                            "channel",
                            "in-person",
                            "asked",
                            "gift",
                            "note",
                            "A cake.",
                            "safetyWorry",
                            true,
                            "safetyWords",
                            "x",
                            "unsure",
                            true,
                            "question",
                            "May I?",
                            "askWhom",
                            "2"));
                    ok(answer(r, b + "decide-on-safety", "decision", "no-danger", "words", "Fine."));
                    ok(answer(r, b + "answer-as-colleague", "answer", "No."));
                });
        write(
                "correspondence",
                "checked-by-a-person",
                "A message of which nobody knows is sent again",
                "deliver-message",
                "2026-03-02T09:30",
                r -> ok(answer(
                        r,
                        "deliver-message/check-delivery",
                        "delivery",
                        "send-again",
                        "found",
                        "The server says it never came.")),
                "deliveryState",
                "unknown");
        write(
                "correspondence",
                "next-morning",
                "What is unread is mailed the next morning",
                "notice-digest",
                "2026-03-02T09:30",
                r -> r.toNext());
        write("casework", "reminder-moved", "A reminder is moved, and told", "case-reminder", "2026-03-02T09:30", r -> {
            r.hear("reminder-moved", Map.of("remindAt", "1"));
            r.toNext();
        });
        write("casework", "many-cases", "Many cases are changed", "bulk-change", "2026-03-02T09:30", r -> {});
        write("status", "set-in-progress", "A status is set", "continue-in-progress", "2026-03-02T09:30", r -> {});
        write("marks", "rows-loaded", "Rows are loaded", "attribute-load", "2026-03-02T09:30", r -> {});
        write("directory", "file-loaded", "A file is loaded", "directory-load", "2026-03-02T09:30", r -> {});
        write("calendar", "dates-moved", "Dates are moved", "move-dates", "2026-03-02T09:30", r -> {});
        System.out.println("MS all " + (System.nanoTime() - began) / 1_000_000);
    }
}
