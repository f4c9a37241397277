package org.ancora.process.steering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.ancora.access.People;
import org.ancora.access.Viewer;
import org.ancora.process.AskSteps;
import org.ancora.process.Clockwork;
import org.ancora.process.deployment.Deployments;
import org.ancora.process.model.ModelFixtures;
import org.ancora.process.monitor.EngineTruth;
import org.ancora.process.steering.SteeringFixtures.Office;
import org.ancora.testing.AncoraTest;
import org.ancora.web.Problem;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What managers watch stays the engine's truth, whatever they do to procedures and in whatever order (X3). */
@AncoraTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SteeredTruthTest {

    private static final ZoneId TORONTO = ZoneId.of("America/Toronto");

    private static final int MOVES = 70;

    @Autowired
    private SteeringFixtures fixtures;

    @Autowired
    private EngineTruth truth;

    @Autowired
    private Steering steering;

    @Autowired
    private TimerDates timers;

    @Autowired
    private Tokens tokens;

    @Autowired
    private RoutingValues values;

    @Autowired
    private DiagramVersions versions;

    @Autowired
    private Deployments deployments;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private Clock clock;

    @Autowired
    private TaskService tasks;

    @Autowired
    private People people;

    @Autowired
    private JdbcClient jdbc;

    private Office office;
    private Viewer susan;
    private int cases;
    private int published;

    @BeforeEach
    void live() {
        office = fixtures.open();
        susan = people.viewer(office.susan());
        cases = 0;
    }

    @AfterAll
    void forget() {
        fixtures.forget();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void staysEqualToTheEngineWhateverIsDoneToProcedures(long seed) {
        Random random = new Random(seed);
        Map<Deed, Integer> done = new EnumMap<>(Deed.class);
        begin();

        for (int move = 0; move < MOVES; move++) {
            switch (random.nextInt(12)) {
                case 0, 1 -> begin();
                case 2 -> finishOne(random);
                case 3 -> clockwork.moveTo(clock.instant().plus(Duration.ofHours(random.nextInt(40))));
                case 4 -> AskSteps.OUTAGES.set(random.nextBoolean() ? 1_000 : 0);
                case 5 -> publish();
                default -> steer(random, done);
            }
            truth.assertWatched();
        }

        assertThat(done.keySet())
                .as("a walk on which little was done proves little")
                .hasSizeGreaterThan(6);
        assertThat(jdbc.sql("select count(*) from steering_deed where action <> 'begun'")
                        .query(Integer.class)
                        .single())
                .as("each once, and once more in the journal of what began again")
                .isEqualTo(done.values().stream().mapToInt(Integer::intValue).sum());
        truth.assertRebuilt();
    }

    private void begin() {
        fixtures.start(office, SteeringFixtures.code(cases++));
    }

    private void finishOne(Random random) {
        List<Task> open = tasks.createTaskQuery().active().list().stream()
                .sorted(Comparator.comparing(Task::getCreateTime).thenComparing(Task::getId))
                .toList();
        if (!open.isEmpty()) {
            tasks.complete(
                    open.get(random.nextInt(open.size())).getId(),
                    Map.of("outcome", random.nextBoolean() ? "reached" : "no-answer"));
        }
    }

    private void publish() {
        String changed = new String(
                        Objects.requireNonNull(ModelFixtures.sound().files().get("ask.bpmn")), UTF_8)
                .replace("Call the main number first.", "Call " + ++published + " times.");
        deployments.seed(ModelFixtures.with(ModelFixtures.sound(), "ask.bpmn", changed.getBytes(UTF_8)));
    }

    /** Does something that fits to one of them; what is refused must have changed nothing. */
    private void steer(Random random, Map<Deed, Integer> done) {
        List<String> all = jdbc.sql("select id from procedure_run order by case_code, began_at, id")
                .query(String.class)
                .list();
        Run run = steering.open(all.get(random.nextInt(all.size())), susan);
        List<Deed> fitting = new ArrayList<>(
                List.of(Deed.values()).stream().filter(deed -> deed.fits(run)).toList());
        Deed deed = fitting.get(random.nextInt(fitting.size()));
        try {
            steering.act(run.id(), order(deed, run, random), null, susan);
            done.merge(deed, 1, Integer::sum);
        } catch (Problem refused) {
            assertThat(refused.status().value()).isIn(400, 409);
        }
    }

    private Order order(Deed deed, Run run, Random random) {
        Locale language = susan.locale();
        return switch (deed) {
            case RESCHEDULE ->
                order(
                        deed,
                        any(timers.choices(run, language), random),
                        random.nextBoolean()
                                ? "now"
                                : LocalDateTime.ofInstant(clock.instant(), TORONTO)
                                        .plusDays(random.nextInt(9) + 1L)
                                        .truncatedTo(ChronoUnit.MINUTES)
                                        .toString());
            case MOVE ->
                order(deed, any(tokens.waits(run, language), random), any(tokens.targets(run, language), random));
            case CORRECT -> order(deed, any(correctable(run, language), random), random.nextBoolean() ? "2" : "true");
            case MIGRATE -> order(deed, any(versions.choices(run, language), random), "");
            default -> Order.plain(deed, "It was agreed so");
        };
    }

    private List<Choice> correctable(Run run, Locale language) {
        return values.choices(run, Map.of(), language).stream()
                .map(value -> new Choice(value.value(), value.words()))
                .toList();
    }

    private static Order order(Deed deed, String what, String to) {
        return new Order(deed, what, to, Map.of(), "It was agreed so");
    }

    private static String any(List<Choice> choices, Random random) {
        return choices.isEmpty()
                ? ""
                : choices.get(random.nextInt(choices.size())).value();
    }
}
