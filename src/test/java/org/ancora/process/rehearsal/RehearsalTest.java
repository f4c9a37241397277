package org.ancora.process.rehearsal;

import static org.ancora.process.rehearsal.RehearsalFixtures.answer;
import static org.ancora.process.rehearsal.RehearsalFixtures.nobodyAnswers;
import static org.ancora.process.rehearsal.RehearsalFixtures.now;
import static org.ancora.process.rehearsal.RehearsalFixtures.setting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.ancora.access.Hidden;
import org.ancora.access.UserId;
import org.ancora.process.LetterFilling;
import org.ancora.process.deployment.ShippedFolders;
import org.ancora.process.form.FormCheck;
import org.ancora.process.model.ModelCheck;
import org.ancora.process.model.ProcessFolder;
import org.ancora.process.task.FormsApart;
import org.ancora.testing.AncoraTest;
import org.ancora.time.VirtualClock;
import org.ancora.web.Problem;
import org.camunda.bpm.engine.impl.persistence.entity.TimerEntity;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Procedures are rehearsed as they run: the same steps on the same dates, and nothing real is touched. */
@AncoraTest
class RehearsalTest {

    private static final UserId OLGA = new UserId(9001);
    private static final UserId OMAR = new UserId(9002);
    private static final UserId OTTO = new UserId(9003);
    private static final UserId ONA = new UserId(9004);

    @Autowired
    private Rehearsals rehearsals;

    @Autowired
    private Places places;

    @Autowired
    private ShippedFolders shipped;

    @Autowired
    private Limits limits;

    @Autowired
    private ModelCheck check;

    @Autowired
    private FormsApart forms;

    @Autowired
    private FormCheck formCheck;

    @Autowired
    private ObjectProvider<LetterFilling> letters;

    @Autowired
    private ListableBeanFactory beans;

    @Autowired
    private JdbcClient jdbc;

    private final Map<String, UserId> begun = new HashMap<>();

    @AfterEach
    void endAll() {
        begun.forEach(rehearsals::end);
    }

    private ProcessFolder folder(String name) {
        return RehearsalFixtures.folder(shipped, name);
    }

    private Setting existing(ProcessFolder folder, String... facts) {
        return setting(rehearsals, places, folder, "engagement-existing-client", "2026-03-02T09:30", facts);
    }

    private String begin(UserId owner, ProcessFolder folder, Setting setting) {
        String id = rehearsals.begin(owner, folder, setting);
        begun.put(id, owner);
        return id;
    }

    /** Nobody answers for three months: then the letter, and the file is closed. */
    private static void search(Rehearsal rehearsal) {
        for (int move = 0; move < 200 && !rehearsal.over(); move++) {
            if (rehearsal.task("contact-round", "record-round").isPresent()) {
                assertThat(nobodyAnswers(rehearsal).problems()).isEmpty();
            } else if (rehearsal.task("contact-round", "record-family-contact").isPresent()) {
                assertThat(answer(
                                        rehearsal,
                                        "contact-round/record-family-contact",
                                        "supportContact",
                                        "1",
                                        "familyOutcome",
                                        "passed-on",
                                        "when",
                                        now(rehearsal))
                                .problems())
                        .isEmpty();
            } else if (rehearsal
                    .task("engagement-existing-client", "review-letter")
                    .isPresent()) {
                assertThat(answer(
                                        rehearsal,
                                        "engagement-existing-client/review-letter",
                                        "letterLanguage",
                                        "en",
                                        "letterChannel",
                                        "post")
                                .problems())
                        .isEmpty();
            } else if (rehearsal
                    .task("engagement-existing-client", "print-and-post")
                    .isPresent()) {
                assertThat(answer(
                                        rehearsal,
                                        "engagement-existing-client/print-and-post",
                                        "posting",
                                        "posted",
                                        "postedOn",
                                        now(rehearsal).substring(0, 10))
                                .problems())
                        .isEmpty();
            } else {
                rehearsal.toNext();
            }
        }
    }

    @Test
    void letsWhatCameAboutFirstHappenFirst() {
        List<Job> jobs =
                Stream.of("1000", "999", "98", "1001").map(RehearsalTest::job).toList();

        assertThat(jobs.stream().sorted(Rehearsal.MADE_FIRST))
                .extracting(Job::getId)
                .containsExactly("98", "999", "1000", "1001");
    }

    private static Job job(String id) {
        TimerEntity job = new TimerEntity();
        job.setId(id);
        return job;
    }

    @Test
    void threeMonthsOfAnExistingClientsSearchAreRehearsed() {
        ProcessFolder folder = folder("engagement");

        List<String> trace = rehearsals.apart(folder, existing(folder), rehearsal -> {
            search(rehearsal);
            assertThat(rehearsal.wasStopped()).isFalse();
            assertThat(rehearsal.over()).isTrue();
            return rehearsal.journal().trace();
        });

        assertThat(trace).first().isEqualTo("2026-03-02T09:30 began engagement-existing-client");
        assertThat(trace)
                .contains("2026-03-02T09:30 task contact-round/record-round 2026-03-02T09:30 due 2026-03-03T17:00")
                .anyMatch(line -> line.endsWith("sent please-call-us.en email client"))
                .anyMatch(line -> line.endsWith("sent no-contact.en post client"))
                // three months from the first unanswered attempt, to the end of the last business day in them
                .anyMatch(line -> line.startsWith("2026-06-02T17:00 timer engagement-existing-client/"))
                .anyMatch(line -> line.contains("ended engagement-existing-client"));
        assertThat(trace.stream().filter(line -> line.contains(" task contact-round/record-round")))
                .hasSizeGreaterThan(15);
    }

    @Test
    void lettersReadAsTheyWould() {
        ProcessFolder folder = folder("engagement");

        rehearsals.apart(folder, existing(folder, "language", "es"), rehearsal -> {
            nobodyAnswers(rehearsal);
            JournalLine sent = rehearsal.journal().lines().stream()
                    .filter(line -> line.letter() != null)
                    .findFirst()
                    .orElseThrow();
            assertThat(sent.letter().text()).doesNotContain("{{").contains("[número de teléfono]");
            assertThat(sent.trace()).isEqualTo("sent please-call-us.es email client");
            return rehearsal;
        });
    }

    @Test
    void theFormsOwnRulesHoldAndSoDoTheModules() {
        ProcessFolder folder = folder("engagement");

        rehearsals.apart(folder, existing(folder, "mayLeaveVoicemail", "no"), rehearsal -> {
            assertThat(answer(rehearsal, "contact-round/record-round").problems())
                    .containsKey("mainOutcome");
            assertThat(answer(
                                    rehearsal,
                                    "contact-round/record-round",
                                    "mainOutcome",
                                    "voicemail",
                                    "when",
                                    now(rehearsal))
                            .problems())
                    .containsKey("mainOutcome");
            assertThat(answer(
                                    rehearsal,
                                    "contact-round/record-round",
                                    "mainOutcome",
                                    "spoke",
                                    "spokeOutcome",
                                    "wants-service",
                                    "when",
                                    "2026-03-02T09:31")
                            .problems())
                    .containsKey("when");
            assertThat(rehearsal.moves()).isEmpty();
            assertThat(rehearsal.task("contact-round", "record-round")).isPresent();
            return rehearsal;
        });
    }

    @Test
    void nothingRealIsTouched() {
        ProcessFolder folder = folder("engagement");
        Map<String, Long> before = RehearsalFixtures.rows(jdbc);
        Instant clock = ClockUtil.getCurrentTime().toInstant();

        rehearsals.apart(folder, existing(folder), rehearsal -> {
            search(rehearsal);
            return rehearsal;
        });
        String id = begin(OLGA, folder, existing(folder));
        rehearsals.with(id, "engagement", OLGA, rehearsal -> {
            rehearsal.to(Instant.parse("2026-04-01T12:00:00Z"));
            return rehearsal;
        });

        assertThat(before).hasSizeGreaterThan(100);
        assertThat(RehearsalFixtures.rows(jdbc)).isEqualTo(before);
        assertThat(ClockUtil.getCurrentTime().toInstant()).isBetween(clock, clock.plusSeconds(120));
    }

    @Test
    void twoRehearsalsDoNotSeeEachOther() {
        ProcessFolder folder = folder("engagement");
        String one = begin(OLGA, folder, existing(folder));
        String other = begin(OMAR, folder, existing(folder));

        rehearsals.with(one, "engagement", OLGA, rehearsal -> nobodyAnswers(rehearsal));

        assertThat(rehearsals.<Integer>with(
                        one, "engagement", OLGA, rehearsal -> rehearsal.moves().size()))
                .isEqualTo(1);
        rehearsals.with(other, "engagement", OMAR, rehearsal -> {
            assertThat(rehearsal.moves()).isEmpty();
            assertThat(rehearsal.flow().tasks()).hasSize(1);
            assertThat(rehearsal.journal().trace()).noneMatch(line -> line.contains("done"));
            return rehearsal;
        });
        assertThatThrownBy(() -> rehearsals.with(one, "engagement", OMAR, rehearsal -> rehearsal))
                .isInstanceOf(Hidden.class);
        assertThatThrownBy(() -> rehearsals.with(one, "conduct", OLGA, rehearsal -> rehearsal))
                .isInstanceOf(Hidden.class);
    }

    @Test
    void thereIsRoomForSoManyAndNoMore() {
        ProcessFolder folder = folder("conduct");
        Setting setting = setting(rehearsals, places, folder, "boundary-request", "2026-03-02T09:30");
        List<UserId> owners = List.of(OLGA, OMAR, OTTO);
        for (UserId owner : owners) {
            for (int each = 0; each < limits.perPerson(); each++) {
                begin(owner, folder, setting);
            }
        }

        assertThat(rehearsals.underWay()).isEqualTo(limits.atOnce());
        assertThatThrownBy(() -> begin(OLGA, folder, setting))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.key()).isEqualTo("rehearsal.full.mine"));
        assertThatThrownBy(() -> begin(ONA, folder, setting))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.key()).isEqualTo("rehearsal.full"));

        rehearsals.end(rehearsals.of(OLGA).get(0).id(), OLGA);
        assertThat(begin(ONA, folder, setting)).isNotEmpty();
    }

    /** What can be seen in the drawing never comes to an engine; what follows is for what cannot. */
    @Test
    void aDraftThatGoesRoundOrCallsItselfIsNotBegun() {
        ProcessFolder looping = with(
                folder("engagement"),
                "looping.bpmn",
                Drawn.process("looping")
                        .start("begins")
                        .subProcess("again")
                        .choice("enough", "again", "${worker == 'nobody'}", "over")
                        .end("over")
                        .flow("begins", "again")
                        .flow("again", "enough")
                        .xml());
        ProcessFolder ticking = with(
                folder("engagement"),
                "ticking.bpmn",
                Drawn.process("ticking")
                        .start("begins")
                        .step("look", "checkCapacity")
                        .until("tick", "capacityReminderAt")
                        .choice("enough", "tick", "${worker == 'nobody'}", "over")
                        .end("over")
                        .flow("begins", "look")
                        .flow("look", "tick")
                        .flow("tick", "enough")
                        .xml());

        assertNotBegun(looping, "looping", "endless-loop again");
        assertNotBegun(
                with(folder("engagement"), "flooding.bpmn", calling("flooding", "flooding")),
                "flooding",
                "endless-call again");
        assertNotBegun(
                with(
                        with(folder("engagement"), "flooding.bpmn", calling("flooding", "flooding-back")),
                        "flooding-back.bpmn",
                        calling("flooding-back", "flooding")),
                "flooding",
                "endless-call again");
        assertNotBegun(ticking, "ticking", "endless-date tick");
    }

    private static String calling(String process, String called) {
        return Drawn.process(process)
                .start("begins")
                .call("again", called)
                .end("over")
                .flow("begins", "again")
                .flow("again", "over")
                .xml();
    }

    private void assertNotBegun(ProcessFolder folder, String process, String finding) {
        assertThatThrownBy(() -> begin(OLGA, folder, setting(rehearsals, places, folder, process, "2026-03-02T09:30")))
                .isInstanceOfSatisfying(NotRehearsable.class, refused -> assertThat(refused.findings())
                        .extracting(found -> found.rule() + " " + found.element())
                        .contains(finding));
    }

    /** No circle anywhere: each of three rounds has ten ways side by side, and at the end of each something is called. */
    @Test
    void aDraftThatFloodsIsStoppedWithAReason() {
        ProcessFolder folder = RehearsalFixtures.flooding(folder("engagement"));

        assertStopped(folder, "flooding", "rehearsal.stopped.floods");
    }

    /** Each week is set anew, as it should be; but nobody ever does anything, for years. */
    @Test
    void aDraftThatLoopsForYearsIsStoppedWithAReason() {
        ProcessFolder folder = with(
                folder("engagement"),
                "ticking.bpmn",
                Drawn.process("ticking")
                        .start("begins")
                        .step("look", "checkCapacity")
                        .until("tick", "capacityReminderAt")
                        .choice("enough", "look", "${worker == 'nobody'}", "over")
                        .end("over")
                        .flow("begins", "look")
                        .flow("look", "tick")
                        .flow("tick", "enough")
                        .xml());
        Rehearsals small = with(new Limits(2, 2, limits.idle(), 300, 300, 100, 2000, 100_000, limits.thinking(), 5));

        String id = small.begin(
                OLGA, folder, setting(rehearsals, places, folder, "ticking", "2026-03-02T09:30", "hasCapacity", "no"));
        small.with(id, "engagement", OLGA, rehearsal -> {
            assertThat(rehearsal.wasStopped()).isFalse();
            rehearsal.to(Instant.parse("2029-03-02T12:00:00Z"));
            assertStopped(rehearsal, "rehearsal.stopped.loops");
            return rehearsal;
        });
        small.end(id, OLGA);
    }

    /** The letter is a small book, and each round sends it once more. */
    @Test
    void lettersThatAreALoadStopTheRehearsalWithAReason() {
        ProcessFolder folder = with(
                folder("engagement"),
                "letters/please-call-us.en.html",
                "<html lang=\"en\"><head><title>Please call us</title></head><body><p>" + "Call us. ".repeat(20_000)
                        + "</p></body></html>");
        Rehearsals small = with(new Limits(2, 2, limits.idle(), 5000, 300, 100, 2000, 300_000, limits.thinking(), 5));

        String id = small.begin(OLGA, folder, existing(folder));
        small.with(id, "engagement", OLGA, rehearsal -> {
            assertThat(nobodyAnswers(rehearsal).taken()).isTrue();
            assertThat(rehearsal.wasStopped()).isFalse();
            rehearsal.toNext();
            assertThat(nobodyAnswers(rehearsal).taken()).isTrue();
            assertStopped(rehearsal, "rehearsal.stopped.large");
            return rehearsal;
        });
        small.end(id, OLGA);
    }

    /** Nobody asks for anything any more, and the memory is given back all the same. */
    @Test
    void aForgottenRehearsalGivesItsMemoryBackAndItsOwnerIsTold() {
        VirtualClock wall = new VirtualClock(Instant.parse("2026-03-02T09:00:00Z"));
        Rehearsals small = with(limits, wall);
        ProcessFolder folder = folder("conduct");
        String id =
                small.begin(OLGA, folder, setting(rehearsals, places, folder, "boundary-request", "2026-03-02T09:30"));
        wall.moveTo(wall.instant().plus(limits.idle()));
        small.endIdle();
        assertThat(small.underWay()).isEqualTo(1);

        wall.moveTo(wall.instant().plusSeconds(1));
        small.endIdle();

        assertThat(small.underWay()).isZero();
        assertThat(small.of(OLGA)).isEmpty();
        assertThatThrownBy(() -> small.with(id, "conduct", OLGA, rehearsal -> rehearsal))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.key()).isEqualTo("rehearsal.forgotten");
                    assertThat(problem.status().value()).isEqualTo(410);
                });
        assertThatThrownBy(() -> small.with(id, "conduct", OMAR, rehearsal -> rehearsal))
                .isInstanceOf(Hidden.class);
    }

    /** Ten clicks at once make no ten engines of which eight are then thrown away. */
    @Test
    void manyAtOnceMakeNoMoreEnginesThanThereIsRoomFor() throws Exception {
        AtomicInteger engines = new AtomicInteger();
        ObjectProvider<LetterFilling> counting = new ObjectProvider<>() {
            @Override
            public LetterFilling getObject() {
                engines.incrementAndGet();
                return letters.getObject();
            }
        };
        Rehearsals small = new Rehearsals(check, forms, formCheck, limits, Clock.systemUTC(), counting, beans);
        ProcessFolder folder = folder("conduct");
        Setting setting = setting(rehearsals, places, folder, "boundary-request", "2026-03-02T09:30");
        List<Callable<String>> clicks = Collections.nCopies(10, () -> {
            try {
                return small.begin(OLGA, folder, setting);
            } catch (Problem full) {
                return full.key();
            }
        });
        ExecutorService people = Executors.newFixedThreadPool(10);
        try {
            List<String> answers = new ArrayList<>();
            for (Future<String> each : people.invokeAll(clicks)) {
                answers.add(each.get());
            }

            assertThat(answers).filteredOn("rehearsal.full.mine"::equals).hasSize(10 - limits.perPerson());
            assertThat(engines).hasValue(limits.perPerson());
        } finally {
            people.shutdown();
            small.destroy();
        }
    }

    @Test
    void whoeverClicksAgainWhileItIsBusyIsToldToWait() throws Exception {
        ProcessFolder folder = folder("conduct");
        String id = begin(OLGA, folder, setting(rehearsals, places, folder, "boundary-request", "2026-03-02T09:30"));
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Thread first = new Thread(() -> rehearsals.with(id, "conduct", OLGA, rehearsal -> {
            busy.countDown();
            return await(done);
        }));
        first.start();
        busy.await();

        assertThatThrownBy(() -> rehearsals.with(id, "conduct", OLGA, rehearsal -> rehearsal))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.key()).isEqualTo("rehearsal.busy"));
        done.countDown();
        first.join();
        assertThat(rehearsals.<Boolean>with(id, "conduct", OLGA, Rehearsal::wasStopped))
                .isFalse();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Rehearsals with(Limits other) {
        return with(other, Clock.systemUTC());
    }

    private Rehearsals with(Limits other, Clock wall) {
        return new Rehearsals(check, forms, formCheck, other, wall, letters, beans);
    }

    private static void assertStopped(Rehearsal rehearsal, String reason) {
        assertThat(rehearsal.wasStopped()).isTrue();
        assertThat(rehearsal
                        .journal()
                        .lines()
                        .get(rehearsal.journal().lines().size() - 1)
                        .words()
                        .getCodes())
                .containsExactly(reason);
    }

    private void assertStopped(ProcessFolder folder, String process, String reason) {
        String id = begin(OLGA, folder, setting(rehearsals, places, folder, process, "2026-03-02T09:30"));

        rehearsals.with(id, "engagement", OLGA, rehearsal -> {
            assertStopped(rehearsal, reason);
            assertThat(rehearsal.over()).isTrue();
            rehearsal.toNext();
            assertThat(rehearsal.moves()).isEmpty();
            return rehearsal;
        });
    }

    private static ProcessFolder with(ProcessFolder folder, String path, String content) {
        Map<String, byte[]> files = new TreeMap<>(folder.files());
        files.put(path, content.getBytes(StandardCharsets.UTF_8));
        return new ProcessFolder(folder.name(), files);
    }

    static Stream<Path> attacks() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String kind : List.of("diagrams", "tables")) {
            try (Stream<Path> found =
                    Files.list(Path.of("src/test/resources/security").resolve(kind))) {
                found.sorted().forEach(files::add);
            }
        }
        return files.stream();
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void aHostileDraftNeverReachesAnEngine(Path file) throws IOException {
        String name = file.toString().endsWith(".dmn") ? "attack.dmn" : "attack.bpmn";
        ProcessFolder sound = folder("conduct");
        Map<String, byte[]> files = new TreeMap<>(sound.files());
        files.put(name, Files.readAllBytes(file));
        ProcessFolder hostile = new ProcessFolder("conduct", files);
        int underWay = rehearsals.underWay();

        assertThatThrownBy(() -> rehearsals.begin(
                        OLGA, hostile, setting(rehearsals, places, sound, "attack", "2026-03-02T09:30")))
                .isInstanceOfSatisfying(NotRehearsable.class, refused -> assertThat(refused.findings())
                        .isNotEmpty());
        assertThat(rehearsals.underWay()).isEqualTo(underWay);
    }
}
