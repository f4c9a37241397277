package org.ancora.casework;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.network.CaseStatus;
import org.ancora.network.Project;
import org.ancora.network.ProjectStatus;
import org.ancora.network.StatusId;
import org.ancora.network.Statuses;
import org.ancora.testing.AncoraTest;
import org.ancora.time.VirtualClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whatever a project's statuses, transitions, reasons and reopening rule are, and whoever tries whatever change in
 * whatever order: no case is ever closed without a reason, opened again without one, or moved along a way that is not
 * open to the person. What ought to happen is worked out here from the rules as they were made up, not from the product.
 */
@AncoraTest
class StatusFlowPropertyTest {

    private static final int FLOWS = 14;
    private static final int CHANGES = 60;
    private static final List<Role> WHO =
            List.of(Role.CASEWORKER, Role.COORDINATOR, Role.SUPERVISOR, Role.RECEPTION, Role.MANAGER);
    private static final Set<Role> MAY_CHANGE = EnumSet.of(Role.CASEWORKER, Role.COORDINATOR, Role.SUPERVISOR);

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Cases cases;

    @Autowired
    private Statuses statuses;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Clock clock;

    /** A way that a made-up flow leaves open. */
    private record Way(StatusId from, StatusId to, Role role) {}

    /** A made-up flow, as the project was told it. */
    private record Rules(
            List<ProjectStatus> statuses,
            Set<Way> ways,
            Set<Role> reopen,
            @Nullable Integer days) {}

    private record Somebody(UserId id, Role role) {}

    @Test
    void noPathSkipsAReasonOrTakesAForbiddenWay() {
        Random random = new Random(20261123);
        Project york = fixtures.aProjectInOntario();
        Project torino = fixtures.aProjectInItaly();
        int made = 0;
        int refused = 0;
        int closed = 0;
        int opened = 0;
        for (int round = 0; round < FLOWS; round++) {
            Project project = fixtures.aSisterOf(york, "p" + round, "P" + (char) ('A' + round) + "X");
            Rules rules = makeUp(project, random);
            List<Somebody> people = new ArrayList<>();
            for (Role role : WHO) {
                people.add(new Somebody(fixtures.aPerson(role + " " + round, project, role), role));
            }
            Viewer outsider = fixtures.viewer(fixtures.aPerson("Outsider " + round, torino, Role.values()));
            CaseSummary file = random.nextBoolean()
                    ? fixtures.aClient(project).openCase()
                    : fixtures.aClient(project).openCaseFor(people.get(0).id());
            for (int change = 0; change < CHANGES; change++) {
                if (random.nextInt(12) == 0) {
                    ((VirtualClock) clock).startAt(clock.instant().plus(Duration.ofDays(random.nextInt(5))));
                }
                Somebody somebody = people.get(random.nextInt(people.size()));
                ProjectStatus target = random.nextInt(3) == 0
                        ? statuses.flow(project.id()).first(CaseStatus.CLOSED)
                        : rules.statuses().get(random.nextInt(rules.statuses().size()));
                @Nullable
                String reason = pick(
                        random, null, "withdrawn", "withdrawn", "withdrawn", "closed-by-hand", "no-contact", "made-up");
                String note = random.nextInt(3) == 0 ? "" : "Because it is so";
                CaseSummary before = cases.byCode(file.code());
                boolean ought = ought(rules, before, target, somebody.role(), reason, note);
                boolean did = tries(file.code(), target, reason, note, fixtures.viewer(somebody.id()));
                CaseSummary after = cases.byCode(file.code());

                assertThat(did)
                        .as(
                                "%s: %s → %s as %s, reason %s, note '%s', %s",
                                file.code(), before.projectStatus().key(), target.key(), somebody, reason, note, rules)
                        .isEqualTo(ought);
                if (!did) {
                    assertThat(after).isEqualTo(before);
                    refused++;
                } else {
                    assertThat(after.projectStatus().id()).isEqualTo(target.id());
                    made++;
                    closed += after.isClosed() && !before.isClosed() ? 1 : 0;
                    opened += before.isClosed() && !after.isClosed() ? 1 : 0;
                }
                assertThat(after.status()).isEqualTo(after.projectStatus().category());
                assertThat(after.isClosed()).isEqualTo(after.closingReason() != null);
                assertThat(cases.nextStatuses(after, fixtures.viewer(somebody.id())))
                        .as("what is offered is what is possible")
                        .containsExactlyElementsOf(rules.statuses().stream()
                                .filter(each ->
                                        !each.id().equals(after.projectStatus().id()))
                                .filter(each -> ought(rules, after, each, somebody.role(), "withdrawn", "Because"))
                                .toList());
            }
            CaseSummary last = cases.byCode(file.code());
            for (ProjectStatus target : rules.statuses()) {
                assertThat(tries(file.code(), target, "withdrawn", "Because", outsider))
                        .isFalse();
            }
            assertThat(cases.byCode(file.code())).isEqualTo(last);
        }
        assertThat(jdbc.sql("""
                        select count(*) from case_file c join project_status s on s.id = c.status_id
                         where s.project_id <> c.project_id or s.category <> c.status
                            or (c.status = 'closed') <> (c.closing_reason is not null)
                        """).query(Long.class).single()).isZero();
        assertThat(jdbc.sql("select count(*) from case_reopening where reason <> ''")
                        .query(Integer.class)
                        .single())
                .isEqualTo(opened);
        assertThat(List.of(made, refused, closed, opened))
                .as("every outcome was met")
                .allMatch(count -> count > 12);
    }

    /** The rules said once more, from their text: C48, C51, C55, C56, A-R1. */
    private boolean ought(
            Rules rules, CaseSummary file, ProjectStatus to, Role role, @Nullable String reason, String note) {
        ProjectStatus from = file.projectStatus();
        if (from.id().equals(to.id())) {
            return true;
        }
        boolean possible =
                switch (to.category()) {
                    case NEW -> file.assignee() == null;
                    case ASSIGNED -> file.assignee() != null;
                    case WAITING_FOR_CAPACITY -> file.waitingSince() != null;
                    default -> true;
                };
        boolean open = rules.ways().contains(new Way(from.id(), to.id(), role)) && MAY_CHANGE.contains(role);
        if (to.retired() || !possible || !open) {
            return false;
        }
        if (to.isClosed()) {
            return "withdrawn".equals(reason) || ("closed-by-hand".equals(reason) && !note.isBlank());
        }
        if (!from.isClosed()) {
            return true;
        }
        Integer days = rules.days();
        boolean inTime =
                days == null || !clock.instant().isAfter(file.closedAt().plus(Duration.ofDays(days)));
        return rules.reopen().contains(role) && inTime && !note.isBlank();
    }

    private boolean tries(String code, ProjectStatus to, @Nullable String reason, String note, Viewer by) {
        try {
            cases.changeStatus(code, null, to.id(), reason, note, by);
            return true;
        } catch (StatusRefused refused) {
            assertThat(refused.status().is4xxClientError()).isTrue();
            return false;
        } catch (Forbidden | Hidden refused) {
            return false;
        }
    }

    /** A flow that no administrator would think of. */
    private Rules makeUp(Project project, Random random) {
        jdbc.sql("delete from project_transition where project_id = :id")
                .param("id", project.id().value())
                .update();
        for (int extra = 0; extra < 4; extra++) {
            CaseStatus category = pick(random, CaseStatus.values());
            jdbc.sql("""
                            insert into project_status (project_id, key, category, name_en, name_es, name_it, colour, position)
                            values (:id, :key, :category, 'Made up', 'Inventado', 'Inventato', 'calm', :position)
                            """)
                    .param("id", project.id().value())
                    .param("key", "extra-" + extra)
                    .param("category", category.code())
                    .param("position", random.nextInt(100))
                    .update();
        }
        jdbc.sql("update project_status set retired_at = now() where project_id = :id and key = 'extra-1'")
                .param("id", project.id().value())
                .update();
        Set<Role> reopen = EnumSet.noneOf(Role.class);
        WHO.stream().filter(role -> random.nextInt(3) > 0).forEach(reopen::add);
        Integer days = random.nextInt(3) == 0 ? null : random.nextInt(10);
        jdbc.sql("update project set reopen_roles = :roles, reopen_days = :days where id = :id")
                .param("roles", reopen.stream().map(Role::code).toArray(String[]::new))
                .param("days", days)
                .param("id", project.id().value())
                .update();
        List<ProjectStatus> all = statuses.of(project.id());
        Set<Way> ways = new HashSet<>();
        for (ProjectStatus from : all) {
            for (ProjectStatus to : all) {
                for (Role role : WHO) {
                    if (!from.equals(to) && random.nextInt(3) > 0) {
                        ways.add(new Way(from.id(), to.id(), role));
                        jdbc.sql("insert into project_transition values (:project, :from, :to, :role)")
                                .param("project", project.id().value())
                                .param("from", from.id().value())
                                .param("to", to.id().value())
                                .param("role", role.code().toLowerCase(Locale.ROOT))
                                .update();
                    }
                }
            }
        }
        return new Rules(all, ways, reopen, days);
    }

    @SafeVarargs
    private static <T extends @Nullable Object> T pick(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
