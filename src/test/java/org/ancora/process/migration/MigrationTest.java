package org.ancora.process.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.process.DeployedFiles;
import org.ancora.process.migration.Migration.Row;
import org.ancora.process.migration.Migration.State;
import org.ancora.process.migration.Releases.Release;
import org.ancora.process.migration.Releases.Standing;
import org.ancora.process.migration.Town.People;
import org.ancora.testing.AncoraTest;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Cases that wait at every place of a version go on in another one: none is lost, no date moves, and what is said of each is true. */
@AncoraTest
class MigrationTest {

    @Autowired
    private Users users;

    @Autowired
    private org.ancora.access.People accounts;

    @Autowired
    Town town;

    @Autowired
    Releases releases;

    @Autowired
    MigrationRunner runner;

    @Autowired
    MigrationRows rows;

    @Autowired
    Migrations migrations;

    @Autowired
    DeployedFiles files;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @Autowired
    JdbcClient jdbc;

    /** Cases of the engagement that go on at once; those of the other flows make a thousand of them. */
    private static final int MANY = 720;

    private People people;

    @BeforeEach
    void somebody() {
        people = town.people();
    }

    @AfterEach
    void takeBack() {
        town.refuseNothing();
        town.takeBack();
    }

    /** Every other diagram that is shipped: whoever waits anywhere in it waits there in a changed version. */
    @Test
    void whoeverWaitsInAnyShippedDiagramGoesOn() {
        Map<String, Integer> settled = new TreeMap<>();
        int number = 3000;
        for (String folder : town.others()) {
            Release first = town.newest(folder);
            int some = town.settleEverywhere(first, 8, number, people);
            number += some;
            if (some == 0) {
                continue;
            }
            settled.put(folder, some);
            Standing before = releases.standing(first.deployment(), Set.of());
            List<String> timers = town.timers();
            List<String> items = town.items();
            Release second = town.reworded(folder);

            long id = runner.begin(first, second, new Choice(Map.of()), false, people.owner());
            town.work();

            assertThat(rows.counts(id, Set.of())).as(folder).isEqualTo(Map.of(State.MOVED, some));
            assertThat(releases.standing(first.deployment(), Set.of()).waiting())
                    .as(folder)
                    .isEmpty();
            assertThat(releases.standing(second.deployment(), Set.of()).waiting())
                    .as(folder)
                    .isEqualTo(before.waiting());
            assertThat(town.timers()).as(folder).isEqualTo(timers);
            assertThat(town.items()).as(folder).isEqualTo(items);
            assertThat(town.wrongTasks()).as(folder).isEmpty();
            everyResultIsTrue(id, some, first, second);
        }
        assertThat(settled.keySet())
                .as("flows in which cases wait")
                .contains("attention", "complaint", "conduct", "referral");
        assertThat(settled.values().stream().mapToInt(Integer::intValue).sum() + MANY)
                .as("cases that were moved, all in all")
                .isGreaterThan(1_000);
    }

    @Test
    void aThousandCasesGoOn() {
        Release first = town.first();
        Map<String, String> cases = town.settle(MANY, first, people);
        List<String> codes = List.copyOf(cases.keySet());
        assertThat(releases.standing(first.deployment(), Set.of()).waiting().get(Town.ENTRY))
                .containsKeys("accept-intake", "tell-source", "source-news", "await-capacity", "notice-period");
        List<String> timers = town.timers();
        assertThat(timers).hasSizeGreaterThan(350);
        Release second = town.second();
        Standing before = releases.standing(first.deployment(), Set.of());
        List<String> faulty = codes.subList(100, 103).stream().map(cases::get).toList();
        town.refuse(faulty);
        long id = runner.begin(first, second, Town.CHOSEN, false, people.owner());
        runtime.deleteProcessInstances(
                List.of(cases.get(codes.get(400)), cases.get(codes.get(401))), "withdrawn", true, true);
        List<String> timersOfTheOthers = town.timers();

        town.work();

        Map<State, Integer> counts = rows.counts(id, Set.of());
        int staying = before.at(Town.ENTRY, "confirm-refusal");
        assertThat(counts)
                .containsEntry(State.ENDED, 2)
                .containsEntry(State.FAILED, 3)
                .containsEntry(State.LEFT, staying);
        assertThat(counts.get(State.MOVED)).isEqualTo(MANY - 2 - 3 - staying);
        assertThat(rows.find(id).orElseThrow().running()).isFalse();
        assertThat(town.timers()).isEqualTo(timersOfTheOthers);
        assertThat(town.wrongTasks()).isEmpty();
        everyResultIsTrue(id, MANY, first, second);
        assertThat(whyOf(id, State.FAILED)).containsOnly("fault");
        assertThat(whyOf(id, State.LEFT)).containsOnly("stays");
        assertThat(rows.page(id, State.LEFT, "", 1, Viewer.system()).stream()
                        .map(row -> migrations.why(row.outcome(), first.deployment(), Locale.ENGLISH)))
                .containsExactly("It waits at “Confirm the refusal”, and you chose that cases there stay.");
        assertThat(linesOfCases()).hasSize(counts.get(State.MOVED)).doesNotHaveDuplicates();

        town.refuseNothing();
        runner.again(id, people.owner());
        town.work();

        assertThat(rows.counts(id, Set.of())).doesNotContainKey(State.FAILED);
        assertThat(town.timers()).isEqualTo(timersOfTheOthers);
        assertThat(linesOfCases()).hasSize(MANY - 2 - staying).doesNotHaveDuplicates();
        theyWaitWhereTheyWereSent(before, releases.standing(second.deployment(), Set.of()));
        theirTasksAskWhatTheNewVersionAsks();
    }

    /** Everybody waits at the same step or at the one that was chosen for it; who ended is in neither. */
    private void theyWaitWhereTheyWereSent(Standing before, Standing after) {
        int lost = 0;
        for (Map.Entry<String, Map<String, Integer>> process : before.waiting().entrySet()) {
            Map<String, Integer> expected = new TreeMap<>();
            process.getValue().forEach((step, waiting) -> {
                String chosen = Town.CHOSEN
                        .steps()
                        .getOrDefault(process.getKey(), Map.of())
                        .getOrDefault(step, step);
                if (!chosen.equals(Choice.STAY)) {
                    expected.merge(chosen, waiting, Integer::sum);
                }
            });
            Map<String, Integer> found = new TreeMap<>(after.waiting().getOrDefault(process.getKey(), Map.of()));
            assertThat(found.keySet()).isEqualTo(expected.keySet());
            for (Map.Entry<String, Integer> each : expected.entrySet()) {
                int missing = each.getValue() - found.get(each.getKey());
                assertThat(missing).as(each.getKey()).isBetween(0, 2);
                lost += missing;
            }
        }
        assertThat(lost).isBetween(2, 4); // those that were withdrawn, at a call and in what was called
    }

    private void theirTasksAskWhatTheNewVersionAsks() {
        String admission = jdbc.sql("select definition_id from work_item where element = 'admit' limit 1")
                .query(String.class)
                .single();
        assertThat(new String(files.form(admission, "admit").orElseThrow(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("Where to park");
        assertThat(jdbc.sql(
                                "select distinct form, title, teams[1] as team from work_item where element = 'act-on-source-answer'")
                        .query()
                        .listOfRows())
                .containsExactly(Map.of("form", "source-answer", "title", "Act on the answer", "team", "caseworker"));
        assertThat(jdbc.sql("select distinct title from work_item where element = 'call-again'")
                        .query(String.class)
                        .list())
                .containsExactly("Call back at the agreed hour");
    }

    /** What the list says of each case is what the engine says. */
    private void everyResultIsTrue(long id, int many, Release first, Release second) {
        Map<String, String> versions = new HashMap<>();
        jdbc.sql("""
                        select e.id_, p.deployment_id_ from engine.act_ru_execution e
                          join engine.act_re_procdef p on p.id_ = e.proc_def_id_ where e.parent_id_ is null
                        """).query(row -> {
            versions.put(row.getString(1), row.getString(2));
        });
        List<Row> all = rows.page(id, null, "", 2000, Viewer.system());
        assertThat(all).hasSize(many);
        for (Row row : all) {
            String expected =
                    switch (row.outcome().state()) {
                        case MOVED -> second.deployment();
                        case LEFT, FAILED -> first.deployment();
                        default -> null;
                    };
            assertThat(versions.get(row.instance())).as(row.toString()).isEqualTo(expected);
        }
        // Whoever was called stands on the version of its caller.
        assertThat(jdbc.sql("""
                        select count(*) from engine.act_ru_execution e
                          join engine.act_re_procdef p on p.id_ = e.proc_def_id_
                          join engine.act_ru_execution r on r.id_ = e.root_proc_inst_id_
                          join engine.act_re_procdef q on q.id_ = r.proc_def_id_
                         where p.deployment_id_ <> q.deployment_id_ and q.key_ <> 'move-procedures'
                        """).query(Long.class).single()).isZero();
    }

    private List<String> whyOf(long id, State state) {
        return rows.page(id, state, "", 2000, Viewer.system()).stream()
                .map(row -> String.valueOf(row.outcome().why()))
                .toList();
    }

    private List<String> linesOfCases() {
        return jdbc.sql("select case_code from activity where action = 'procedure.moved'")
                .query(String.class)
                .list();
    }

    @Test
    void aTrialSaysWhatThenHappensAndChangesNothing() {
        Release first = town.first();
        town.settle(80, first, people);
        Release second = town.second();
        List<String> timers = town.timers();
        List<String> items = items();

        long trial = runner.begin(first, second, Town.CHOSEN, true, people.owner());
        town.work();

        assertThat(items()).isEqualTo(items);
        assertThat(town.timers()).isEqualTo(timers);
        assertThat(releases.standing(second.deployment(), Set.of()).waiting()).isEmpty();
        assertThat(linesOfCases()).isEmpty();
        long move = runner.begin(first, second, Town.CHOSEN, false, people.owner());
        town.work();
        assertThat(rows.counts(trial, Set.of()))
                .isEqualTo(rows.counts(move, Set.of()))
                .containsKey(State.MOVED);
        assertThat(jdbc.sql("select action from activity where subject = 'procedure' order by id")
                        .query(String.class)
                        .list())
                .containsExactly("procedure.migration-begun", "procedure.migration-finished");
    }

    private List<String> items() {
        return jdbc.sql("select to_jsonb(w)::text from work_item w order by id")
                .query(String.class)
                .list();
    }

    @Test
    void nothingIsMovedInTheNameOfSomebodyWhoIsNoOwnerAnyMore() {
        Release first = town.first();
        town.settle(30, first, people);
        Release second = town.second();
        long id = runner.begin(first, second, Town.CHOSEN, false, people.owner());
        runner.goOn(id);
        users.revoke(people.owner(), people.york().id(), Role.OWNER, UserId.SYSTEM);

        town.work();

        assertThat(rows.counts(id, Set.of())).containsEntry(State.FAILED, 30 - MigrationRunner.CHUNK);
        assertThat(whyOf(id, State.FAILED)).containsOnly("not-allowed");
        assertThat(rows.find(id).orElseThrow().running()).isFalse();
        UserId other = accounts.person("omar", people.york().id(), Role.OWNER);
        runner.again(id, other);
        town.work();
        assertThat(rows.counts(id, Set.of())).doesNotContainKey(State.FAILED).doesNotContainKey(State.WAITING);
    }

    @Test
    void aNodeThatIsKilledMidwayLeavesTheRestToTheNextAndNothingIsDoneTwice() {
        Release first = town.first();
        Map<String, String> cases = town.settle(120, first, people);
        Release second = town.second();
        long id = runner.begin(first, second, Town.CHOSEN, false, people.owner());
        runner.goOn(id);
        runner.goOn(id);
        // A transaction that was under way when the node died never was: some of it is as before.
        assertThat(rows.counts(id, Set.of())).containsEntry(State.WAITING, 120 - 2 * MigrationRunner.CHUNK);
        assertThat(rows.find(id).orElseThrow().running()).isTrue();

        // Two nodes find the job at once.
        List<CompletableFuture<Void>> nodes = new ArrayList<>();
        for (int node = 0; node < 2; node++) {
            nodes.add(CompletableFuture.runAsync(() -> {
                while (runner.goOn(id)) {
                    // until none is left
                }
            }));
        }
        nodes.forEach(CompletableFuture::join);
        town.work();

        assertThat(rows.counts(id, Set.of())).doesNotContainKey(State.WAITING).doesNotContainKey(State.FAILED);
        assertThat(linesOfCases())
                .doesNotHaveDuplicates()
                .hasSize(rows.counts(id, Set.of()).get(State.MOVED));
        assertThat(cases).hasSize(120);
        assertThat(town.wrongTasks()).isEmpty();
    }

    @Test
    void goingBackIsTheSameTheOtherWayRound() {
        Release first = town.first();
        town.settle(60, first, people);
        List<String> timers = town.timers();
        Standing before = releases.standing(first.deployment(), Set.of());
        Release second = town.second();
        runner.begin(first, second, Town.CHOSEN, false, people.owner());
        town.work();

        Choice back = new Choice(Map.of(Town.ROUND, Map.of("call-again", "call-back")));
        long id = runner.begin(second, first, back, false, people.owner());
        town.work();

        assertThat(rows.counts(id, Set.of()).keySet()).containsExactly(State.MOVED);
        assertThat(releases.standing(second.deployment(), Set.of()).waiting()).isEmpty();
        assertThat(town.timers()).isEqualTo(timers);
        Map<String, Integer> rounds =
                releases.standing(first.deployment(), Set.of()).waiting().get(Town.ROUND);
        assertThat(rounds).isEqualTo(before.waiting().get(Town.ROUND));
        assertThat(town.wrongTasks()).isEmpty();
    }

    @Test
    void aReminderThatHasRungDoesNotRingAgainAtAnotherStep() {
        Release first = town.first();
        int place = town.places(first).indexOf("tell-source");
        Map<String, String> cases = town.settle(place + 1, first, people);
        String late = List.copyOf(cases.values()).get(place);
        jdbc.sql("delete from engine.act_ru_job where process_instance_id_ = :instance")
                .param("instance", late)
                .update();
        Release second = town.second();

        runner.begin(first, second, Town.CHOSEN, false, people.owner());
        town.work();

        assertThat(jdbc.sql("select count(*) from engine.act_ru_job where process_instance_id_ = :instance")
                        .param("instance", late)
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(tasks.createTaskQuery()
                        .processInstanceId(late)
                        .singleResult()
                        .getTaskDefinitionKey())
                .isEqualTo("act-on-source-answer");
    }

    @Test
    void tasksThatBeginAfterAMoveAreRemindedOfAsWell() {
        Release first = town.first();
        int places = town.places(first).size();
        town.settle(places, first, people);
        Release second = town.second();
        runner.begin(first, second, Town.CHOSEN, false, people.owner());
        town.work();
        int before = town.timers().size();

        town.settle(town.places(second).size(), second, people);

        // The step that tells the source is gone, and the new one has no reminder.
        assertThat(town.timers()).hasSize(before + before - 1);
    }

    @Test
    void oneCaseIsMovedByItself() {
        Release first = town.first();
        Map<String, String> cases = town.settle(3, first, people);
        List<String> instances = List.copyOf(cases.values());
        Release second = town.second();
        assertThat(migrations.targets(instances.get(0)))
                .extracting(Migrations.Target::number)
                .contains(second.number())
                .doesNotContain(first.number());

        assertThat(migrations.tryOne(instances.get(0), second.deployment(), people.owner(), Locale.ENGLISH))
                .isEqualTo(new Migrations.Moved(true, null));
        assertThat(releases.standing(second.deployment(), Set.of()).running()).isEmpty();
        assertThat(migrations
                        .one(instances.get(0), second.deployment(), people.owner(), Locale.ENGLISH, () -> {
                            throw new IllegalStateException("its reason cannot be kept");
                        })
                        .moved())
                .isFalse();
        assertThat(releases.standing(second.deployment(), Set.of()).running()).isEmpty();
        assertThat(linesOfCases()).isEmpty();
        assertThat(migrations
                        .one(instances.get(0), second.deployment(), people.owner(), Locale.ENGLISH, () -> {})
                        .moved())
                .isTrue();

        assertThat(releases.standing(second.deployment(), Set.of()).running(Town.ENTRY))
                .isEqualTo(1);
        assertThat(linesOfCases()).hasSize(1);
        assertThat(migrations.targets("none")).isEmpty();
    }
}
