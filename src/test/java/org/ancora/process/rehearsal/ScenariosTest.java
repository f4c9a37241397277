package org.ancora.process.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.process.deployment.ShippedFolders;
import org.ancora.process.model.ProcessFolder;
import org.ancora.process.studio.Drafts;
import org.ancora.process.studio.ProcedurePublished;
import org.ancora.process.studio.PublishingCheck;
import org.ancora.process.studio.Version;
import org.ancora.process.studio.Versions;
import org.ancora.testing.AncoraTest;
import org.ancora.web.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Scenarios tell an owner what a change makes different, before it is published. */
@AncoraTest
class ScenariosTest {

    @Autowired
    private Versions versions;

    @Autowired
    private Scenarios scenarios;

    @Autowired
    private ScenarioRun run;

    @Autowired
    private ScenariosBeforePublishing check;

    @Autowired
    private ShippedFolders shipped;

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Drafts drafts;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private ListableBeanFactory beans;

    @Autowired
    private JdbcClient jdbc;

    @AfterEach
    void tidy() {
        jdbc.sql("delete from rehearsal_scenario").update();
    }

    private ProcessFolder folder(String name) {
        return RehearsalFixtures.folder(shipped, name);
    }

    static Stream<String> folders() {
        return new ShippedFolders().all().stream().map(ProcessFolder::name);
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyShippedScenarioGoesAsBefore(String folder) {
        List<Scenario> all = scenarios.shipped().stream()
                .filter(scenario -> scenario.folder().equals(folder))
                .toList();
        assertThat(all).isNotEmpty();

        for (ScenarioRun.Played played : run.playAll(all, folder(folder))) {
            assertThat(played.trace())
                    .as(played.scenario().key())
                    .isEqualTo(played.scenario().expect());
            assertThat(played.same()).isTrue();
            assertThat(played.trace()).noneMatch(line -> line.contains(" stopped "));
        }
    }

    /** A called procedure is rehearsed by those that call it. */
    @Test
    void everyShippedProcedureHasAScenario() {
        Set<String> rehearsed = scenarios.shipped().stream()
                .flatMap(scenario -> scenario.expect().stream())
                .filter(line -> line.contains(" began "))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> all = shipped.all().stream()
                .flatMap(folder -> folder.files().keySet().stream())
                .filter(path -> path.endsWith(".bpmn"))
                .map(path -> path.replace(".bpmn", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(rehearsed).isEqualTo(all);
    }

    /** The first call is due in five business days; the draft says four. */
    private ProcessFolder withAShorterLimit() {
        Map<String, byte[]> files = new TreeMap<>(folder("engagement").files());
        String table = new String(files.get("engagement-policy.dmn"), StandardCharsets.UTF_8);
        String changed = table.replaceFirst("(rule-on-entry-first-contact-days\">\\s*<text>)5(</text>)", "$14$2");
        assertThat(changed).isNotEqualTo(table);
        files.put("engagement-policy.dmn", changed.getBytes(StandardCharsets.UTF_8));
        return new ProcessFolder("engagement", files);
    }

    @Test
    void aChangedLimitIsToldAndStandsInTheWayUntilItIsAccepted() {
        UserId olga = fixtures.aPerson("Olga Owner", fixtures.aProjectInOntario(), Role.OWNER);
        ProcessFolder draft = withAShorterLimit();
        assertThat(check.obstacles(folder("engagement"), "engagement", Locale.ENGLISH))
                .isEmpty();

        List<PublishingCheck.Obstacle> obstacles = check.obstacles(draft, "engagement", Locale.ENGLISH);
        assertThat(obstacles).isNotEmpty().allSatisfy(obstacle -> {
            assertThat(obstacle.words()).contains("9 Mar 2026", "6 Mar 2026").doesNotContain("rehearsal.");
            assertThat(obstacle.path()).isEqualTo("/studio/engagement/scenarios");
        });

        for (Scenario scenario : scenarios.shipped()) {
            if (scenario.folder().equals("engagement")) {
                ScenarioRun.Played played = run.play(scenario, draft);
                if (!played.same()) {
                    scenarios.accept(scenario, played.trace(), olga);
                }
            }
        }
        assertThat(check.obstacles(draft, "engagement", Locale.ENGLISH)).isEmpty();
        assertThat(check.obstacles(folder("engagement"), "engagement", Locale.ENGLISH))
                .isEmpty();

        // Whoever says that it is meant so has a part in the draft, and the log knows who.
        assertThat(jdbc.sql(
                                "select by_account from activity where action = 'scenario.accepted' and subject_id = 'engagement'")
                        .query(Long.class)
                        .list())
                .isNotEmpty()
                .containsOnly(olga.value());

        Version version = new Version("any", 2, "engagement", "owner", olga, Instant.EPOCH, "");
        events.publishEvent(new ProcedurePublished(version, version, olga, null));
        assertThat(check.obstacles(draft, "engagement", Locale.ENGLISH)).isEmpty();
        assertThat(check.obstacles(folder("engagement"), "engagement", Locale.ENGLISH))
                .isNotEmpty();

        // Whoever goes back to an earlier version wants what it did; nobody has to accept it again.
        Version running = versions.running("engagement").orElseThrow();
        events.publishEvent(new ProcedurePublished(version, running, olga, "first"));
        assertThat(check.obstacles(folder("engagement"), "engagement", Locale.ENGLISH))
                .isEmpty();
        assertThat(check.obstacles(draft, "engagement", Locale.ENGLISH)).isNotEmpty();
    }

    /** Files that nobody has played yet, and that go as those which run. */
    private ProcessFolder neverPlayed(String mark) {
        Map<String, byte[]> files = new TreeMap<>(folder("conduct").files());
        files.put("labels/en.properties", ("process.boundary-request = " + mark).getBytes(StandardCharsets.UTF_8));
        return new ProcessFolder("conduct", files);
    }

    private void begin(ProcessFolder draft) {
        check.begin(draft, draft.name());
    }

    private Optional<PublishingCheck.Progress> underWay(ProcessFolder draft) {
        return check.underWay(draft, draft.name(), Locale.ENGLISH);
    }

    private long rounds() {
        return jdbc.sql("select count(*) from scenario_round").query(Long.class).single();
    }

    private long outcomes() {
        return jdbc.sql("select count(*) from scenario_outcome")
                .query(Long.class)
                .single();
    }

    /** The page answers at once and says what is played; what came of it is there for whoever comes later, on any node. */
    @Test
    void arePlayedInTheBackgroundAndStay() {
        ProcessFolder draft = neverPlayed("Beyond the line");
        int all = scenarios.of("conduct").size();

        // Looking begins nothing, however often somebody looks.
        for (int look = 0; look < 2; look++) {
            assertThat(underWay(draft))
                    .contains(new PublishingCheck.Progress("Nothing is being run just now.", 0, all, false));
        }
        assertThat(rounds()).isZero();
        begin(draft);
        PublishingCheck.Progress begun = underWay(draft).orElseThrow();
        assertThat(begun.going()).isTrue();
        assertThat(begun.total()).isEqualTo(all);
        assertThat(begun.done()).isLessThan(all);
        assertThat(begun.words())
                .startsWith("Now the scenario “")
                .doesNotContain("“”")
                .doesNotContain("rehearsal.");
        await().until(() -> underWay(draft).isEmpty());

        assertThat(outcomes()).isEqualTo(all);
        assertThat(rounds()).isZero();
        assertThat(check.obstacles(draft, "conduct", Locale.ENGLISH)).isEmpty();
        // A publication that does not wait for anybody plays what is left by itself.
        ProcessFolder other = neverPlayed("Far beyond the line");
        assertThat(check.obstacles(other, "conduct", Locale.ENGLISH)).isEmpty();
        assertThat(outcomes()).isEqualTo(2L * all);
        assertThat(underWay(other)).isEmpty();
    }

    @Test
    void whatADeadNodeLeftIsPlayedByWhoeverBeginsNext() {
        ProcessFolder draft = neverPlayed("Left behind");
        String key = scenarios.of("conduct").get(0).scenario().key();
        jdbc.sql("""
                        insert into scenario_round (folder, files, node, playing, stirred_at)
                        values ('conduct', :files, gen_random_uuid(), :key, clock_timestamp() - interval '30 seconds')
                        """).param("files", draft.hash()).param("key", key).update();

        begin(draft);
        assertThat(underWay(draft)).as("somebody plays it").hasValueSatisfying(progress -> assertThat(progress.going())
                .isTrue());
        assertThat(outcomes()).isZero();
        jdbc.sql("update scenario_round set stirred_at = clock_timestamp() - interval '2 minutes'")
                .update();
        assertThat(underWay(draft))
                .as("nobody stirs any more")
                .hasValueSatisfying(progress -> assertThat(progress.going()).isFalse());

        begin(draft);
        await().until(() -> underWay(draft).isEmpty());
        assertThat(outcomes()).isEqualTo(scenarios.of("conduct").size());
    }

    /** Attack 12: what a draft is held to is part of what the second pair of eyes approves. */
    @Test
    void whoeverSaysWhatIsExpectedOfADraftIsOneOfItsAuthors() {
        UserId olga = fixtures.aPerson("Olga Owner", fixtures.aProjectInOntario(), Role.OWNER);
        UserId omar = fixtures.aPerson("Omar Owner", fixtures.aProjectInPeru(), Role.OWNER);
        UserId ona = fixtures.aPerson("Ona Owner", fixtures.aProjectInItaly(), Role.OWNER);
        Scenario scenario = scenarios.shipped().stream()
                .filter(each -> each.folder().equals("conduct"))
                .findFirst()
                .orElseThrow();
        drafts.begin("conduct", ona);

        scenarios.accept(scenario, List.of("2026-03-02T09:30 began boundary-request"), olga);
        scenarios.remove("conduct", scenario.key(), omar);

        assertThat(drafts.authors("conduct")).containsExactlyInAnyOrder(olga, omar);
        drafts.discard("conduct", ona);
    }

    @Test
    void aScenarioOfATaskThatIsGoneSaysSo() {
        Scenario scenario = scenarios.shipped().stream()
                .filter(each -> each.key().equals("solved-at-the-desk"))
                .findFirst()
                .orElseThrow();
        Map<String, byte[]> files = new TreeMap<>(folder("attention").files());
        String form = new String(files.get("forms/fua-in-person.form"), StandardCharsets.UTF_8);
        files.put(
                "forms/fua-in-person.form",
                form.replace("\"value\": \"solved\"", "\"value\": \"settled\"").getBytes(StandardCharsets.UTF_8));

        ScenarioRun.Played played = run.play(scenario, new ProcessFolder("attention", files));

        assertThat(played.difference())
                .isNotNull()
                .extracting(ScenarioRun.Difference::expected)
                .asString()
                .contains("done");

        // Whoever means it says so once; it stays so from one publication to the next.
        UserId olga = fixtures.aPerson("Olga Owner", fixtures.aProjectInOntario(), Role.OWNER);
        ProcessFolder draft = new ProcessFolder("attention", files);
        assertThat(check.obstacles(draft, "attention", Locale.ENGLISH)).isNotEmpty();
        for (Scenarios.Kept kept : scenarios.of("attention")) {
            ScenarioRun.Played other = run.play(kept.scenario(), draft);
            if (!other.same()) {
                scenarios.accept(kept.scenario(), other.trace(), olga);
            }
        }
        Version version = new Version("any", 2, "attention", "owner", olga, Instant.EPOCH, "");
        for (int publication = 0; publication < 2; publication++) {
            assertThat(check.obstacles(draft, "attention", Locale.ENGLISH))
                    .as("before publication %d", publication + 1)
                    .isEmpty();
            events.publishEvent(new ProcedurePublished(version, version, olga, null));
        }
        assertThat(check.obstacles(draft, "attention", Locale.ENGLISH)).isEmpty();
    }

    /** What floods is not to run, whoever means it: nobody can accept it, keep it, or publish it. */
    @Test
    void aScenarioThatHadToBeStoppedIsNeverWhatIsExpected() {
        UserId olga = fixtures.aPerson("Olga Owner", fixtures.aProjectInOntario(), Role.OWNER);
        ProcessFolder draft = RehearsalFixtures.flooding(folder("conduct"));
        Scenario scenario = new Scenario(
                "flooding",
                "Flooding",
                "conduct",
                "flooding",
                "CA-ON",
                "2026-03-02T09:30",
                Map.of(),
                List.of(),
                List.of("2026-03-02T09:30 began flooding"));
        scenarios.save(scenario, olga);

        ScenarioRun.Played played = run.play(scenario, draft);

        assertThat(played.stopped()).isTrue();
        assertThat(played.difference())
                .isNotNull()
                .extracting(ScenarioRun.Difference::key)
                .isEqualTo("rehearsal.difference.stopped");
        assertThatThrownBy(() -> scenarios.accept(scenario, played.trace(), olga))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.key()).isEqualTo("rehearsal.scenario.stopped"));
        assertThatThrownBy(() -> scenarios.save(scenario.expecting(played.trace()), olga))
                .isInstanceOf(Problem.class);
        // Not even what was accepted before this was refused, nor what was kept.
        jdbc.sql("update rehearsal_scenario set accepted = cast(:lines as jsonb), accepted_by = :by"
                        + " where key = 'flooding'")
                .param("by", olga.value())
                .param("lines", JsonMapper.shared().writeValueAsString(played.trace()))
                .update();
        assertFloods(draft);
        scenarios.published("conduct");
        assertFloods(draft);
    }

    private void assertFloods(ProcessFolder draft) {
        assertThat(check.obstacles(draft, "conduct", Locale.ENGLISH))
                .extracting(PublishingCheck.Obstacle::words)
                .singleElement()
                .asString()
                .contains("Flooding", "had to be stopped", "More than 300 procedures were begun")
                .doesNotContain("rehearsal.", "{", "..");
    }

    /** The database in memory is the private engines' alone; the application has one data source, and it is PostgreSQL. */
    @Test
    void theApplicationsDatabaseIsNotTheOneInMemory() throws Exception {
        Map<String, DataSource> sources = beans.getBeansOfType(DataSource.class);

        assertThat(sources).hasSize(1);
        try (var connection = sources.values().iterator().next().getConnection()) {
            assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("PostgreSQL");
        }
    }
}
