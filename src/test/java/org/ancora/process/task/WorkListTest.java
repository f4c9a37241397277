package org.ancora.process.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.ancora.access.People;
import org.ancora.access.ProjectId;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.task.TaskQuery.Tab;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Lists over several projects in several time zones, held against the same lists sorted and counted in Java. */
@AncoraTest
class WorkListTest {

    private static final UserId SOMEBODY = new UserId(4711);

    @Autowired
    WorkList list;

    @Autowired
    WorkItemTable table;

    @Autowired
    TaskProjects projects;

    @Autowired
    CaseworkFixtures fixtures;

    @Autowired
    People people;

    @Autowired
    Users users;

    @Autowired
    Clock clock;

    private final List<WorkItem> all = new ArrayList<>();
    private final Map<ProjectId, ZoneId> zones = new HashMap<>();
    private Viewer viewer;

    @BeforeEach
    void threeHundredTasksInFourProjects() {
        Project york = fixtures.aProjectInOntario();
        UserId sam = people.person("sam", york.id(), Role.CASEWORKER);
        users.grant(sam, fixtures.aProjectInPeru().id(), Role.CASEWORKER, UserId.SYSTEM);
        Project turin = fixtures.aProjectInItaly();
        users.grant(sam, turin.id(), Role.COORDINATOR, UserId.SYSTEM);
        Project elsewhere = fixtures.aSisterOf(york, "elsewhere", "ELS");
        viewer = people.viewer(sam);
        projects.describe(viewer.projects())
                .forEach((project, facts) -> zones.put(project, facts.calendar().zone()));
        List<ProjectId> where = new ArrayList<>(viewer.projects());
        where.add(elsewhere.id());
        Random random = new Random(7);
        for (int number = 0; number < 300; number++) {
            WorkItem task = task(number, where.get(random.nextInt(where.size())), sam, random);
            table.insert(task);
            all.add(task);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mine, due",
        "mine, newest",
        "mine, case",
        "team, due",
        "team, newest",
        "team, case",
        "unassigned, due",
        "unassigned, newest",
        "unassigned, case",
        "calls, due",
        "upcoming, due"
    })
    void pagesTogetherAreTheWholeListInItsOrder(String tab, String sort) {
        List<String> read = new ArrayList<>();
        TaskQuery query = TaskQuery.of(tab, null, null, null, null, sort, null);
        for (TaskQuery.Place place = null; ; ) {
            WorkList.Page page = list.page(query.from(place), viewer, zones);
            page.rows().forEach(row -> read.add(row.task().id()));
            place = page.next();
            if (place == null) {
                break;
            }
        }

        assertThat(read)
                .isNotEmpty()
                .containsExactlyElementsOf(all.stream()
                        .filter(seen())
                        .filter(in(query.tab()))
                        .sorted(order(query.sort()))
                        .map(WorkItem::id)
                        .toList());
    }

    @Test
    void countsAreThoseOfTheLists() {
        for (Tab tab : Tab.values()) {
            WorkList.Counts counts =
                    list.counts(TaskQuery.of(tab.code(), null, null, null, null, null, null), viewer, zones);
            for (Tab each : Tab.values()) {
                assertThat(counts.tabs().get(each)).as(each.code()).isEqualTo(count(in(each)));
            }
            assertThat(counts.groups().get(WorkList.Group.LATE))
                    .isEqualTo(count(
                            in(tab).and(task -> task.due() != null && task.due().isBefore(clock.instant()))));
            assertThat(counts.groups().get(WorkList.Group.TODAY))
                    .isEqualTo(count(in(tab).and(task -> task.due() != null
                            && !task.due().isBefore(clock.instant())
                            && task.due().isBefore(dayEnds(task)))));
            assertThat(counts.groups().get(WorkList.Group.WEEK))
                    .isEqualTo(count(in(tab).and(task -> task.due() == null
                            || !task.due().isBefore(dayEnds(task)) && task.due().isBefore(weekEnds(task)))));
        }
    }

    private int count(Predicate<WorkItem> which) {
        return (int) all.stream().filter(seen()).filter(which).count();
    }

    /** The viewer coordinates in Turin and works on cases elsewhere; one project is none of theirs. */
    private Predicate<WorkItem> seen() {
        return task -> viewer.projects().contains(task.project())
                && (viewer.roles(task.project()).contains(Role.COORDINATOR)
                        || task.isOf(viewer)
                        || task.teams().contains("caseworker"));
    }

    private Predicate<WorkItem> in(Tab tab) {
        return switch (tab) {
            case MINE ->
                task -> task.isOf(viewer) && (task.due() == null || task.due().isBefore(weekEnds(task)));
            case UPCOMING ->
                task -> task.isOf(viewer) && task.due() != null && !task.due().isBefore(weekEnds(task));
            case TEAM -> task -> true;
            case UNASSIGNED -> task -> task.assignee() == null;
            case CALLS -> task -> task.kind() == WorkItem.Kind.CALL;
        };
    }

    private static Comparator<WorkItem> order(TaskQuery.Sort sort) {
        return switch (sort) {
            case DUE ->
                Comparator.comparing((WorkItem task) -> task.due() == null ? Instant.MAX : task.due())
                        .thenComparing(WorkItem::id);
            case NEWEST ->
                Comparator.comparing(WorkItem::created)
                        .thenComparing(WorkItem::id)
                        .reversed();
            case CASE -> Comparator.comparing(WorkItem::caseCode).thenComparing(WorkItem::id);
        };
    }

    private Instant dayEnds(WorkItem task) {
        return today(task).plusDays(1).toInstant();
    }

    private Instant weekEnds(WorkItem task) {
        return today(task).with(TemporalAdjusters.next(DayOfWeek.MONDAY)).toInstant();
    }

    private ZonedDateTime today(WorkItem task) {
        ZoneId zone = zones.get(task.project());
        return LocalDate.ofInstant(clock.instant(), zone).atStartOfDay(zone);
    }

    private WorkItem task(int number, ProjectId project, UserId sam, Random random) {
        // Few different dates, so that many tasks share one and the id decides.
        Instant due = random.nextInt(10) == 0
                ? null
                : clock.instant().truncatedTo(ChronoUnit.HOURS).plus(random.nextInt(40) * 7 - 100, ChronoUnit.HOURS);
        Instant opens = due == null || random.nextInt(6) == 0 ? due : due.minus(2, ChronoUnit.DAYS);
        UserId assignee =
                switch (random.nextInt(3)) {
                    case 0 -> sam;
                    case 1 -> SOMEBODY;
                    default -> null;
                };
        return new WorkItem(
                "task-%04d".formatted(random.nextInt(10_000) * 1000 + number),
                "i",
                "i",
                "d",
                "d",
                "p",
                "p",
                "e",
                null,
                "e",
                null,
                "t",
                List.of(),
                "C-%02d".formatted(random.nextInt(60)),
                project,
                List.of(random.nextInt(4) == 0 ? "supervisor" : "caseworker"),
                assignee,
                opens,
                due,
                clock.instant().minus(random.nextInt(50), ChronoUnit.HOURS),
                50,
                null);
    }
}
