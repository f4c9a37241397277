package org.ancora.engagement;

import java.time.Clock;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Caseloads;
import org.ancora.casework.Cases;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.Channel;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.ancora.process.Deadlines;
import org.ancora.process.Processes;
import org.ancora.process.task.Tasks;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Walks cases through the engagement on the virtual clock, through the same forms and checks as the pages. Injected
 * wherever a test runs on the whole application:
 *
 * <pre>{@code
 * Walk dana = walks.inOntario().beginWithEverything().accepted().assigned();
 * dana.finish("record-round", Said.NOBODY_ANSWERED);
 * assertThat(dana.planned()).isEqualTo("2026-11-26T09:00/2026-11-30T17:00");
 * }</pre>
 */
@Component
class EngagementWalk {

    final CaseworkFixtures fixtures;
    final Cases cases;
    final Caseloads caseloads;
    final Episodes episodes;
    final News news;
    final Searches searches;
    final Tasks tasks;
    final Processes processes;
    final Deadlines deadlines;
    final Clockwork clockwork;
    final Clock clock;
    final JdbcClient jdbc;

    EngagementWalk(
            CaseworkFixtures fixtures,
            Cases cases,
            Caseloads caseloads,
            Episodes episodes,
            News news,
            Searches searches,
            Tasks tasks,
            Processes processes,
            Deadlines deadlines,
            Clockwork clockwork,
            Clock clock,
            JdbcClient jdbc) {
        this.fixtures = fixtures;
        this.cases = cases;
        this.caseloads = caseloads;
        this.episodes = episodes;
        this.news = news;
        this.searches = searches;
        this.tasks = tasks;
        this.processes = processes;
        this.deadlines = deadlines;
        this.clockwork = clockwork;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    /** York's team: Sam the caseworker, Cora the coordinator, Susan the supervisor, Rita at reception. */
    Team inOntario() {
        return in(fixtures.aProjectInOntario());
    }

    Team inPeru() {
        return in(fixtures.aProjectInPeru());
    }

    Team inItaly() {
        return in(fixtures.aProjectInItaly());
    }

    Team in(Project project) {
        return new Team(
                this,
                project,
                fixtures.aPerson("Sam Bouchard", project, Role.CASEWORKER),
                fixtures.aPerson("Cora Lindqvist", project, Role.COORDINATOR),
                fixtures.aPerson("Susan Okafor", project, Role.SUPERVISOR),
                fixtures.aPerson("Rita Falk", project, Role.RECEPTION));
    }

    /** The people who work on a project's cases. */
    record Team(
            EngagementWalk walks,
            Project project,
            UserId worker,
            UserId coordinator,
            UserId supervisor,
            UserId reception) {

        /** Dana Whitfield, not yet with a case. */
        CaseworkFixtures.Client client() {
            return walks.fixtures.aClient(project);
        }

        /** A client who agreed to everything, has an aunt who may be spoken to, and was referred by a clinic. */
        CaseworkFixtures.Client clientWithEverything() {
            return client().consentingTo(Channel.VOICEMAIL, Channel.SMS, Channel.EMAIL, Channel.POST, Channel.FAMILY)
                    .withSupportContact(true)
                    .referredBy("Maple Street Clinic");
        }

        Walk beginWithEverything() {
            return begin(clientWithEverything().openCase());
        }

        Walk begin(CaseSummary file) {
            walks.episodes.start(file, Track.ENTRY, coordinator);
            return new Walk(this, file.code());
        }

        /** A client in service, of whom nothing is heard any more; in the first round of the search. */
        Walk lose() {
            return lose(clientWithEverything());
        }

        Walk lose(CaseworkFixtures.Client client) {
            return lose(admitted(client.openCaseFor(worker)));
        }

        /** The client is in service: only then can contact be lost. */
        CaseSummary admitted(CaseSummary file) {
            walks.cases.admit(file.code(), worker);
            return walks.cases.byCode(file.code());
        }

        Walk lose(CaseSummary file) {
            walks.searches.begin(file, "Missed two appointments", walks.fixtures.viewer(worker));
            return new Walk(this, file.code());
        }

        /** Another caseworker of the project. */
        UserId another(String name) {
            return another(name, Role.CASEWORKER);
        }

        /** Somebody else of the project. */
        UserId another(String name, Role role) {
            return walks.fixtures.aPerson(name, project, role);
        }

        void limit(UserId caseworker, int cases) {
            walks.caseloads.setLimit(caseworker, project.id(), cases, supervisor);
        }
    }
}
