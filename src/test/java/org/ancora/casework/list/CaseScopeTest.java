package org.ancora.casework.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ancora.access.Permission;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.Flag;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.LinkedMultiValueMap;

/**
 * Whatever roles somebody has, and however they ask, no list, count, search, export or bulk choice ever holds a case that is
 * not theirs to see, and together the pages hold every case that is.
 */
@AncoraTest
class CaseScopeTest {

    private static final Role[] ROLES = {
        Role.CASEWORKER,
        Role.COORDINATOR,
        Role.MANAGER,
        Role.OWNER,
        Role.UNIT,
        Role.CONTRIBUTOR,
        Role.ADMIN,
        Role.PRIVACY
    };

    private static final List<String> QUESTIONS = List.of(
            "status=all",
            "",
            "q=ana&status=all",
            "q=YRK&status=all",
            "q=an&status=all",
            "q=905 555 0142&status=all",
            "status=!new",
            "assigned=mine&status=all",
            "assigned=none,any&status=all",
            "flag=*",
            "flag=-&status=all",
            "mode=!group&status=all",
            "opened=2020-01-01..&closed=-&status=all",
            "waiting=-&reason=-&status=all");

    private static final List<String> ORDERS = List.of(
            "",
            "sort=opened",
            "sort=client",
            "sort=-client",
            "sort=code",
            "sort=closed",
            "sort=waiting",
            "sort=assigned");

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Users users;

    @Autowired
    private Cases cases;

    @Autowired
    private CaseQueries queries;

    @Autowired
    private CaseFinder finder;

    @Autowired
    private CaseExports exports;

    @Autowired
    private JdbcClient jdbc;

    private record Known(
            Project project, String name, @Nullable UserId assignee, Set<UserId> shared) {}

    @Test
    void showsExactlyWhatIsTheirsHoweverTheyAsk() {
        Random random = new Random(20261123);
        List<Project> projects = new ArrayList<>(
                List.of(fixtures.aProjectInOntario(), fixtures.aProjectInPeru(), fixtures.aProjectInItaly()));
        projects.add(fixtures.aSisterOf(projects.get(0), "york-north", "YRN"));
        List<UserId> people = new ArrayList<>();
        for (int each = 0; each < 12; each++) {
            UserId person = fixtures.aPerson("Person " + each, projects.get(each % 4));
            people.add(person);
            for (int membership = random.nextInt(4); membership > 0; membership--) {
                Project project = projects.get(random.nextInt(projects.size()));
                try {
                    users.grant(person, project.id(), ROLES[random.nextInt(ROLES.length)], UserId.SYSTEM);
                } catch (org.springframework.dao.DuplicateKeyException twice) {
                    continue;
                }
            }
        }
        Map<Long, Known> all = cases(random, projects, people);

        int held = 0;
        int kept = 0;
        for (UserId person : people) {
            Viewer viewer = fixtures.viewer(person);
            Set<Long> theirs = all.entrySet().stream()
                    .filter(each -> viewer.may(
                            Permission.READ_CASE,
                            each.getValue().project().id(),
                            person.equals(each.getValue().assignee())
                                    || each.getValue().shared().contains(person)))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            held += theirs.size();
            kept += all.size() - theirs.size();
            List<@Nullable Project> places = new ArrayList<>(projects);
            places.add(null);
            for (Project place : places) {
                Set<Long> here = theirs.stream()
                        .filter(id -> place == null || all.get(id).project().equals(place))
                        .collect(Collectors.toCollection(TreeSet::new));
                for (String question : QUESTIONS) {
                    String order = ORDERS.get(random.nextInt(ORDERS.size()));
                    String asked = question + "&" + order;
                    CaseQuery query = query(place, asked, viewer);
                    Set<Long> shown = pages(query, viewer);
                    assertThat(here)
                            .as("%s asks %s in %s", person, asked, place)
                            .containsAll(shown);
                    assertThat(finder.exactCount(query, viewer)).as(asked).isEqualTo(shown.size());
                    assertThat(finder.count(query, viewer)).as(asked).isEqualTo(shown.size());
                    assertThat(ids(finder.idStatement(query, viewer, 1000)))
                            .as(asked)
                            .isEqualTo(shown);
                    if (question.equals("status=all")) {
                        assertThat(shown).as("%s in %s", person, place).isEqualTo(here);
                    }
                    if (place != null && viewer.may(Permission.EXPORT_CASES, place.id())) {
                        assertThat(new TreeSet<>(exports.prepare(query, place, "csv", viewer)
                                        .ids()))
                                .as(asked)
                                .isEqualTo(shown);
                    }
                }
            }
        }
        assertThat(held).isGreaterThan(200);
        assertThat(kept).isGreaterThan(200);
    }

    private Map<Long, Known> cases(Random random, List<Project> projects, List<UserId> people) {
        Map<Long, Known> all = new LinkedHashMap<>();
        for (int each = 0; each < 90; each++) {
            Project project = projects.get(random.nextInt(projects.size()));
            String name = List.of("Ana", "Omar", "Yana", "Lena").get(random.nextInt(4));
            UserId worker = random.nextInt(3) == 0 ? null : people.get(random.nextInt(people.size()));
            CaseworkFixtures.Client client = fixtures.aClient(project).named(name, "Nr" + each);
            CaseSummary opened = worker == null ? client.openCase() : client.openCaseFor(worker);
            Set<UserId> shared = new HashSet<>();
            while (random.nextInt(3) == 0) {
                UserId other = people.get(random.nextInt(people.size()));
                if (shared.add(other)) {
                    jdbc.sql("insert into case_collaborator (case_id, user_id, added_at) values (:case, :user, now())")
                            .param("case", opened.id().value())
                            .param("user", other.value())
                            .update();
                }
            }
            if (random.nextInt(4) == 0) {
                cases.raiseFlag(opened.code(), Flag.Kind.RISK, "", UserId.SYSTEM);
            }
            if (random.nextInt(4) == 0) {
                cases.close(opened.code(), "declined", UserId.SYSTEM);
            }
            all.put(opened.id().value(), new Known(project, name, worker, shared));
        }
        return all;
    }

    private Set<Long> pages(CaseQuery query, Viewer viewer) {
        Set<Long> shown = new TreeSet<>();
        CaseQuery.@Nullable Place next = null;
        do {
            CaseFinder.Page page = finder.page(query.from(next), viewer);
            for (CaseSummary each : page.cases()) {
                assertThat(shown.add(each.id().value())).as("each once").isTrue();
            }
            next = page.next();
        } while (next != null);
        return shown;
    }

    private Set<Long> ids(CaseFinder.Statement statement) {
        return new TreeSet<>(jdbc.sql(statement.sql())
                .params(statement.params())
                .query(Long.class)
                .list());
    }

    private CaseQuery query(@Nullable Project project, String asked, Viewer viewer) {
        LinkedMultiValueMap<String, String> given = new LinkedMultiValueMap<>();
        for (String pair : asked.split("&")) {
            if (!pair.isEmpty()) {
                given.add(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
        }
        return queries.read(project, given, viewer);
    }
}
