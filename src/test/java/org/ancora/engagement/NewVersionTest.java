package org.ancora.engagement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.ancora.process.task.OpenTask;
import org.ancora.testing.AncoraTest;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** An owner publishes a new version while a case is on its way: it finishes where it began, or is moved over whole. */
@AncoraTest
class NewVersionTest {

    @Autowired
    EngagementWalk walks;

    @Autowired
    PatientPolicy patience;

    @Autowired
    RuntimeService runtime;

    @Autowired
    RepositoryService repository;

    private String published = "";

    @AfterEach
    void withdraw() {
        if (!published.isEmpty()) {
            patience.withdraw(published);
        }
    }

    @Test
    void finishesOnTheVersionOnWhichItBegan() {
        Walk walk = Place.WAIT_FOR_SECOND_ROUND.reach(patience.team());
        published = patience.publish();

        walk.toItsOpening()
                .finish("record-round", Said.NOBODY_ANSWERED)
                .toItsOpening()
                .finish("record-family-contact", Said.family("passed-on"))
                .finish("tell-source", Said.TOLD_BY_PHONE)
                .toItsOpening()
                .finish("go-on-without-answer", Map.of())
                .finish("review-letter", Said.LETTER_BY_EMAIL);

        // The new version would give ten days of notice.
        assertThat(walk.ended()).containsExactly("closed-no-contact");
        assertThat(versionsOf(walk)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Place.class,
            names = {"FIRST_ROUND", "WAIT_FOR_SECOND_ROUND", "GO_ON", "HELD", "PRINT_AND_POST"})
    void goesOnAfterItWasMovedToANewVersion(Place place) {
        Walk walk = place.reach(walks.inOntario());
        List<OpenTask> tasks = walk.tasks();
        published = patience.publish();

        migrate(walk);

        assertThat(walk.open()).containsExactly(place.element());
        assertThat(walk.tasks()).isEqualTo(tasks);
        walk.clientGetsInTouch();
        assertThat(walk.open()).containsExactly("admit");
        walk.finish("admit", Said.CONTACT_ADMITTED).finish("complete-documentation", Said.WRITTEN_UP);
        assertThat(walk.ended()).containsExactly("in-service");
    }

    @Test
    void keepsItsTimersWhenItIsMoved() {
        Walk walk = Place.WAIT_FOR_SECOND_ROUND.reach(walks.inOntario());
        published = patience.publish();

        migrate(walk);

        walk.moveTo("2026-11-26T08:59");
        assertThat(walk.open()).containsExactly("wait-for-next-round");
        walk.moveTo("2026-11-26T09:00");
        assertThat(walk.open()).containsExactly("record-round");
        walk.moveTo("2026-11-30T17:00");
        assertThat(walk.noticesOf(walk.team().supervisor())).containsExactly("task-overdue");
    }

    /** Every running part of the case, to the definition of the same name in the newest deployment. */
    private void migrate(Walk walk) {
        for (ProcessInstance instance : runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(walk.code())
                .list()) {
            String key = instance.getProcessDefinitionId().split(":")[0];
            String newest = repository
                    .createProcessDefinitionQuery()
                    .processDefinitionKey(key)
                    .latestVersion()
                    .singleResult()
                    .getId();
            MigrationPlan plan = runtime.createMigrationPlan(instance.getProcessDefinitionId(), newest)
                    .mapEqualActivities()
                    .build();
            runtime.newMigration(plan).processInstanceIds(instance.getId()).execute();
        }
    }

    private List<Integer> versionsOf(Walk walk) {
        return walks.processes.all(walk.code()).stream()
                .filter(process -> process.key().equals("contact-round"))
                .map(process -> process.version())
                .distinct()
                .toList();
    }
}
