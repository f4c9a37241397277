package org.ancora.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whatever roles somebody has, a list shows exactly the rows that each permission reaches, never one more. */
@AncoraTest
class ScopeTest {

    private static final int PROJECTS = 8;
    private static final int PEOPLE = 4;

    @Autowired
    JdbcClient jdbc;

    private record Row(long project, long owner) {}

    /** Projects 1–4 and 5–8 are a network each; within one, two and two belong to an organisation. */
    private static final ProjectTree TREE = new ProjectTree() {
        @Override
        public Set<ProjectId> all() {
            return range(1, PROJECTS);
        }

        @Override
        public Set<ProjectId> ofSameOrganisation(ProjectId project) {
            return block(project, 2);
        }

        @Override
        public Set<ProjectId> ofSameNetwork(ProjectId project) {
            return block(project, 4);
        }
    };

    private static final String ROWS = """
            (select p as project_id, o as owner from generate_series(1, 8) p, generate_series(1, 4) o) r
            """;

    @Test
    void letsThroughExactlyWhatEachPermissionReaches() {
        Random random = new Random(20261123);
        int shown = 0;
        int kept = 0;
        for (int round = 0; round < 60; round++) {
            long person = 1 + random.nextInt(PEOPLE);
            List<Membership> memberships = memberships(random);
            Viewer viewer = Viewer.of(user(person), memberships, TREE, List.of(), Set.of());
            for (Permission permission : Permission.values()) {
                Set<Row> whole = new HashSet<>();
                Set<Row> withOwn = new HashSet<>();
                for (Row row : everyRow()) {
                    Reach reach = widest(memberships, permission, row.project());
                    if (reach == Reach.PROJECT) {
                        whole.add(row);
                    }
                    if (reach == Reach.PROJECT || (reach == Reach.OWN && row.owner() == person)) {
                        withOwn.add(row);
                    }
                    assertThat(viewer.may(permission, new ProjectId(row.project()), row.owner() == person))
                            .isEqualTo(withOwn.contains(row));
                }
                Scope scope = Scope.of(viewer, permission);

                assertThat(rows(scope, scope.sql("r.project_id"))).isEqualTo(whole);
                assertThat(rows(scope, scope.sql("r.project_id", "r.owner = :scopeViewer")))
                        .as("%s by %s for %s", permission, memberships, person)
                        .isEqualTo(withOwn);
                assertThat(scope.isEmpty() && !withOwn.isEmpty()).isFalse();
                shown += withOwn.size();
                kept += everyRow().size() - withOwn.size();
            }
        }
        assertThat(shown).isGreaterThan(1000);
        assertThat(kept).isGreaterThan(1000);
    }

    @Test
    void keepsItsBracketsWhereverItStands() {
        Viewer viewer =
                Viewer.of(user(1), List.of(new Membership(new ProjectId(1), Role.UNIT)), TREE, List.of(), Set.of());
        Scope scope = Scope.of(viewer, Permission.READ_CASE);

        assertThat(rows(scope, "r.project_id = 3 and " + scope.sql("r.project_id", "r.owner = 1 or true")))
                .isEmpty();
        assertThat(rows(scope, "not " + scope.sql("r.project_id", "r.owner = :scopeViewer")))
                .hasSize(PROJECTS * PEOPLE - 1);
    }

    @Test
    void showsNothingToSomebodyWithoutRolesAndAllToAncoraItself() {
        Viewer stranger = Viewer.of(user(1), List.of(), TREE, List.of(), Set.of());

        for (Permission permission : Permission.values()) {
            Scope scope = Scope.of(stranger, permission);
            assertThat(scope.isEmpty()).isTrue();
            assertThat(rows(scope, scope.sql("r.project_id", "true"))).isEmpty();
            Scope all = Scope.of(Viewer.system(), permission);
            assertThat(rows(all, all.sql("r.project_id"))).hasSize(PROJECTS * PEOPLE);
        }
    }

    /** The model: written from the words of the design, apart from the code under test. */
    private static Reach widest(List<Membership> memberships, Permission permission, long project) {
        Reach widest = null;
        for (Membership membership : memberships) {
            Reach reach = permission.reach(membership.role());
            if (reach == null) {
                continue;
            }
            ProjectId home = membership.project();
            boolean here = home == null
                    || switch (reach) {
                        case OWN, PROJECT -> home.value() == project;
                        case ORGANISATION -> (home.value() - 1) / 2 == (project - 1) / 2;
                        case NETWORK -> (home.value() - 1) / 4 == (project - 1) / 4;
                    };
            if (here && reach != Reach.OWN) {
                return Reach.PROJECT;
            }
            widest = here ? Reach.OWN : widest;
        }
        return widest;
    }

    private static List<Membership> memberships(Random random) {
        List<Membership> memberships = new ArrayList<>();
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            boolean everywhere = random.nextInt(20) == 0;
            Role role = everywhere ? Role.ADMIN : Role.values()[random.nextInt(Role.values().length)];
            memberships.add(new Membership(everywhere ? null : new ProjectId(1 + random.nextInt(PROJECTS)), role));
        }
        return memberships;
    }

    private Set<Row> rows(Scope scope, String where) {
        return Set.copyOf(jdbc.sql("select r.project_id, r.owner from " + ROWS + " where " + where)
                .params(scope.params())
                .query((row, index) -> new Row(row.getLong(1), row.getLong(2)))
                .list());
    }

    private static List<Row> everyRow() {
        List<Row> rows = new ArrayList<>();
        for (long project = 1; project <= PROJECTS; project++) {
            for (long owner = 1; owner <= PEOPLE; owner++) {
                rows.add(new Row(project, owner));
            }
        }
        return rows;
    }

    private static User user(long id) {
        return new User(new UserId(id), "u" + id, "U", null, null, Theme.AUTO, NoticeChoice.DAILY, true);
    }

    private static Set<ProjectId> block(ProjectId project, int size) {
        long first = (project.value() - 1) / size * size + 1;
        return range(first, first + size - 1);
    }

    private static Set<ProjectId> range(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(ProjectId::new)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
