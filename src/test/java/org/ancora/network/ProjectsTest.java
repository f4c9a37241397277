package org.ancora.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Role;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.SqlCount;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.ExtraDay;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

@AncoraTest
@RecordApplicationEvents
class ProjectsTest {

    private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 27);

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Projects projects;

    @Autowired
    private ApplicationEvents events;

    @Test
    void keepsWhatWasSetUp() {
        Project torino = fixtures.aProjectInItaly();

        assertThat(projects.get(torino.id())).isEqualTo(torino);
        assertThat(projects.byKey("torino")).contains(torino);
        assertThat(torino.country()).isEqualTo("IT");
        assertThat(torino.calendar().jurisdiction()).isEqualTo("IT-TO");
        assertThat(torino.settings().letterhead().phone()).isEqualTo("011 555 0100");
    }

    @Test
    void readsAnyNumberOfProjectsInOneStatement() throws Exception {
        List<ProjectId> ids = List.of(
                fixtures.aProjectInOntario().id(), fixtures.aProjectInItaly().id());

        assertThat(SqlCount.during(() -> assertThat(projects.withIds(ids)).hasSize(2)))
                .hasSize(1);
    }

    @Test
    void refusesATakenPrefixAndAnUnknownJurisdiction() {
        Project york = fixtures.aProjectInOntario();

        assertThatThrownBy(() -> fixtures.aSisterOf(york, "other", "YRK"))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThatThrownBy(() -> fixtures.aSisterOf(york, "Not a key!", "XYZ"))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void countsItsCalendarsVersionUpWhenADayIsAdded() {
        Project york = fixtures.aProjectInOntario();
        BusinessCalendar before = projects.calendar(york.id());

        Project changed = projects.addExtraDay(york.id(), new ExtraDay(FRIDAY, true, Map.of("en", "Moving house")));

        BusinessCalendar after = projects.calendar(york.id());
        assertThat(before.isBusinessDay(FRIDAY)).isTrue();
        assertThat(after.isBusinessDay(FRIDAY)).isFalse();
        assertThat(after.version()).isEqualTo(before.version() + 1);
        assertThat(changed.calendar().extraDays())
                .containsExactly(new ExtraDay(FRIDAY, true, Map.of("en", "Moving house")));
        assertThat(events.stream(ProjectChanged.class)).containsExactly(new ProjectChanged(york.id(), true));
    }

    @Test
    void letsTheLastWordAboutADayHold() {
        Project york = fixtures.aProjectInOntario();
        projects.addExtraDay(york.id(), new ExtraDay(FRIDAY, true, Map.of("en", "Moving house")));

        projects.addExtraDay(york.id(), new ExtraDay(FRIDAY, false, Map.of("en", "Not moving after all")));

        assertThat(projects.calendar(york.id()).isBusinessDay(FRIDAY)).isTrue();
        assertThat(projects.get(york.id()).calendar().extraDays()).hasSize(1);
    }

    @Test
    void showsOnlyProjectsThatOneMayEnter() {
        Project york = fixtures.aProjectInOntario();
        Project torino = fixtures.aProjectInItaly();
        Viewer sam = fixtures.viewer(fixtures.aPerson("Sam", york, Role.CASEWORKER));

        assertThat(projects.visibleTo(sam)).containsExactly(york);
        assertThat(projects.byKey("york", sam)).isEqualTo(york);
        assertThatThrownBy(() -> projects.byKey("torino", sam)).isInstanceOf(Hidden.class);
        assertThatThrownBy(() -> projects.byKey("nowhere", sam)).isInstanceOf(Hidden.class);
        assertThat(projects.visibleTo(Viewer.system())).containsExactly(york, torino);
    }

    @Test
    void tellsWhichProjectsBelongTogether() {
        Project york = fixtures.aProjectInOntario();
        Project peel = fixtures.aSisterOf(york, "peel", "PEL");
        Project torino = fixtures.aProjectInItaly();
        Viewer manager = fixtures.viewer(fixtures.aPerson("Max", york, Role.MANAGER));
        Viewer admin = fixtures.viewer(fixtures.aPerson("Ada", york, Role.ADMIN));

        assertThat(manager.projects(Permission.READ_FIGURES)).containsExactlyInAnyOrder(york.id(), peel.id());
        assertThat(manager.projects(Permission.READ_CASE)).containsExactly(york.id());
        assertThat(admin.projects(Permission.MANAGE_PROJECT))
                .containsExactlyInAnyOrder(york.id(), peel.id())
                .doesNotContain(torino.id());
    }
}
