package org.ancora.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ancora.access.People;
import org.ancora.access.ProjectId;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.audit.ActivityLog.Filter;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;

@AncoraTest
class ActivityLogTest {

    private static final ProjectId YORK = new ProjectId(1);
    private static final ProjectId TORINO = new ProjectId(2);
    private static final String CASE = "YRK-2026-0001";

    @Autowired
    ActivityLog log;

    @Autowired
    ReadLog reads;

    @Autowired
    People people;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    Clock clock;

    UserId nora;

    @BeforeEach
    void nora() {
        nora = people.person("nora", YORK, Role.CASEWORKER);
    }

    @Test
    void keepsWhoDidWhatWhen() {
        happened(Audited.ofCase("case.assigned", YORK, CASE, nora).with("to", nora));
        happened(Audited.ofCase("letter.sent", YORK, CASE, UserId.SYSTEM));

        List<Activity> entries =
                log.forCase(CASE, people.viewer(nora), Filter.NONE, null, 10).entries();

        assertThat(entries).extracting(Activity::key).containsExactly("activity.letter.sent", "activity.case.assigned");
        assertThat(entries.get(0).by()).isNull();
        assertThat(entries.get(1).byName()).isEqualTo("Name of nora");
        assertThat(entries.get(1).at()).isEqualTo(clock.instant());
        assertThat(entries.get(1).details()).isEqualTo(Map.of("to", nora.toString()));
    }

    @Test
    void turnsPagesWithoutLosingOrRepeating() {
        for (int i = 0; i < 23; i++) {
            happened(Audited.ofCase("case.flagged", YORK, CASE, nora).with("n", i));
        }
        Viewer viewer = people.viewer(nora);
        List<String> seen = new ArrayList<>();
        Long next = null;
        int pages = 0;
        do {
            ActivityLog.Page page = log.forCase(CASE, viewer, Filter.NONE, next, 5);
            page.entries().forEach(entry -> seen.add(entry.details().get("n")));
            happened(Audited.ofCase("case.flagged", YORK, CASE, nora).with("n", "later"));
            next = page.next();
            pages++;
        } while (next != null);

        assertThat(pages).isEqualTo(5);
        assertThat(seen)
                .hasSize(23)
                .doesNotHaveDuplicates()
                .startsWith("22", "21")
                .endsWith("0");
    }

    @Test
    void leavesInWhatIsAskedFor() {
        happened(Audited.ofCase("letter.sent", YORK, CASE, nora));
        happened(Audited.ofCase("letter.sent.again", YORK, CASE, UserId.SYSTEM));
        happened(Audited.ofCase("letterhead.changed", YORK, CASE, nora));
        Viewer viewer = people.viewer(nora);

        assertThat(actions(viewer, new Filter("letter", null, null, null)))
                .containsExactly("letter.sent.again", "letter.sent");
        assertThat(actions(viewer, new Filter("letter", nora, null, null))).containsExactly("letter.sent");
        assertThat(actions(viewer, new Filter("%", null, null, null))).isEmpty();
        assertThat(actions(viewer, new Filter(null, null, clock.instant(), null)))
                .hasSize(3);
        assertThat(actions(viewer, new Filter(null, null, null, clock.instant())))
                .isEmpty();
    }

    @Test
    void showsNothingToOtherProjectsAndToRolesWithoutTheRight() {
        happened(Audited.ofCase("case.closed", YORK, CASE, nora));
        reads.record(people.viewer(nora), YORK, CASE, "profile", "7", "page");
        Viewer elsewhere = people.viewer(people.person("marta", TORINO, Role.SUPERVISOR));
        Viewer desk = people.viewer(people.person("rosa", YORK, Role.RECEPTION));
        Viewer privacy = people.viewer(people.person("priya", YORK, Role.PRIVACY));

        assertThat(actions(elsewhere, Filter.NONE)).isEmpty();
        assertThat(actions(desk, Filter.NONE)).isEmpty();
        assertThat(actions(privacy, Filter.NONE)).containsExactly("case.closed");
        assertThat(log.forProject(YORK, elsewhere, Filter.NONE, null, 10).entries())
                .isEmpty();
        assertThat(reads.forCase(CASE, elsewhere, null, 10).entries()).isEmpty();
        assertThat(reads.forCase(CASE, people.viewer(nora), null, 10).entries()).isEmpty();
        assertThat(reads.forCase(CASE, privacy, null, 10).entries())
                .singleElement()
                .satisfies(read -> {
                    assertThat(read.byName()).isEqualTo("Name of nora");
                    assertThat(read.how()).isEqualTo("page");
                });
    }

    private List<String> actions(Viewer viewer, Filter filter) {
        return log.forCase(CASE, viewer, filter, null, 50).entries().stream()
                .map(Activity::action)
                .toList();
    }

    private void happened(Audited change) {
        transactions.executeWithoutResult(transaction -> events.publishEvent(change));
    }
}
