package org.ancora.attention.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.attention.Beneficiary;
import org.ancora.attention.Destination;
import org.ancora.attention.NewPetition;
import org.ancora.attention.NewPetitioner;
import org.ancora.attention.Offices;
import org.ancora.attention.Petition;
import org.ancora.attention.PetitionChannel;
import org.ancora.attention.PetitionKind;
import org.ancora.attention.PetitionLevel;
import org.ancora.attention.Petitions;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.ancora.process.Deadlines;
import org.ancora.process.Processes;
import org.ancora.process.RunningProcess;
import org.ancora.process.task.OpenTask;
import org.ancora.process.task.Tasks;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Walks complaints through their procedure on the virtual clock, through the same forms and checks as the pages:
 *
 * <pre>{@code
 * Walk rosa = walks.inPeru().byEmail().register();
 * rosa.routed().answered("…").approved();
 * }</pre>
 */
@Component
class ComplaintWalks {

    final CaseworkFixtures fixtures;
    final Petitions petitions;
    final Offices offices;
    final Complaints complaints;
    final ComplaintRows rows;
    final ComplaintClock dates;
    final Tasks tasks;
    final Processes processes;
    final Deadlines deadlines;
    final Clockwork clockwork;
    final Clock clock;
    final JdbcClient jdbc;

    ComplaintWalks(
            CaseworkFixtures fixtures,
            Petitions petitions,
            Offices offices,
            Complaints complaints,
            ComplaintRows rows,
            ComplaintClock dates,
            Tasks tasks,
            Processes processes,
            Deadlines deadlines,
            Clockwork clockwork,
            Clock clock,
            JdbcClient jdbc) {
        this.fixtures = fixtures;
        this.petitions = petitions;
        this.offices = offices;
        this.complaints = complaints;
        this.rows = rows;
        this.dates = dates;
        this.tasks = tasks;
        this.processes = processes;
        this.deadlines = deadlines;
        this.clockwork = clockwork;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    Team inPeru() {
        return in(fixtures.aProjectInPeru());
    }

    Team in(Project project) {
        return new Team(
                this,
                project,
                fixtures.aPerson("Ana Quispe", project, Role.AGENT),
                fixtures.aPerson("Ulises Rojas", project, Role.UNIT),
                fixtures.aPerson("Sara Mendoza", project, Role.SUPERVISOR),
                fixtures.aPerson("Manuel Prado", project, Role.MANAGER));
    }

    /** The people who answer a project's complaints. */
    record Team(ComplaintWalks walks, Project project, UserId agent, UserId unit, UserId supervisor, UserId manager) {

        /** Whoever has this role among them. */
        UserId whoDoes(Role role) {
            return switch (role) {
                case UNIT -> unit;
                case SUPERVISOR -> supervisor;
                case MANAGER -> manager;
                default -> agent;
            };
        }

        /** Rosa Huamán complains, and can be written to by e-mail. */
        Walk byEmail() {
            return online(PetitionKind.COMPLAINT, Destination.REGIONAL_TEAM, null);
        }

        /** The same to the central unit. */
        Walk toCentralUnit() {
            return online(PetitionKind.COMPLAINT, Destination.CENTRAL_UNIT, null);
        }

        Walk byPost() {
            return register(
                    PetitionChannel.LETTERBOX,
                    PetitionKind.COMPLAINT,
                    Destination.REGIONAL_TEAM,
                    null,
                    "rosa@example.org",
                    "Jr. Cusco 45, Ayacucho");
        }

        /** A request may be put off, a complaint to the regional team stands at its cap. */
        Walk request() {
            return online(PetitionKind.REQUEST, Destination.REGIONAL_TEAM, null);
        }

        Walk about(UserId person) {
            return online(PetitionKind.COMPLAINT, Destination.REGIONAL_TEAM, person);
        }

        private Walk online(PetitionKind kind, Destination destination, @Nullable UserId about) {
            return register(PetitionChannel.WEB, kind, destination, about, "rosa@example.org", "");
        }

        Walk register(
                PetitionChannel channel,
                PetitionKind kind,
                Destination destination,
                @Nullable UserId about,
                String email,
                String address) {
            return register(channel, kind, destination, about, email, address, "966555014");
        }

        Walk register(
                PetitionChannel channel,
                PetitionKind kind,
                Destination destination,
                @Nullable UserId about,
                String email,
                String address,
                String phone) {
            return register(PetitionLevel.LOCAL, channel, kind, destination, about, email, address, phone);
        }

        /** A complaint that reaches so far. */
        Walk reaching(PetitionLevel level) {
            return register(
                    level,
                    PetitionChannel.WEB,
                    PetitionKind.COMPLAINT,
                    Destination.REGIONAL_TEAM,
                    null,
                    "rosa@example.org",
                    "",
                    "966555014");
        }

        private Walk register(
                PetitionLevel level,
                PetitionChannel channel,
                PetitionKind kind,
                Destination destination,
                @Nullable UserId about,
                String email,
                String address,
                String phone) {
            Petition petition = walks.petitions.register(
                    new NewPetition(
                            project.id(),
                            walks.offices.home(project).id(),
                            kind,
                            channel,
                            level,
                            new NewPetitioner(
                                    "12345678",
                                    "Rosa",
                                    "Huamán",
                                    Beneficiary.UNKNOWN,
                                    "",
                                    "",
                                    "",
                                    "",
                                    "",
                                    phone,
                                    "",
                                    email,
                                    address,
                                    "",
                                    Locale.forLanguageTag("es")),
                            "No me pagaron en octubre.",
                            "",
                            about,
                            false,
                            destination,
                            null),
                    agent);
            walks.clockwork.runDueJobs();
            return new Walk(this, petition.number());
        }
    }

    /** One complaint on its way. Hours are the project's. */
    record Walk(Team team, String number) {

        private ComplaintWalks walks() {
            return team.walks();
        }

        Walk finish(String element, UserId who, Map<String, ?> answers) {
            walks().tasks.complete(task(element).id(), viewer(who), answers);
            walks().clockwork.runDueJobs();
            return this;
        }

        Walk routed() {
            return finish("route", team.agent(), Map.of());
        }

        Walk written() {
            return finish(
                    "prepare", team.unit(), Map.of("answer", "Se le pagó el 2 de diciembre.\nPerdone la demora."));
        }

        Walk approved() {
            return finish("approve", team.supervisor(), Map.of("decision", "approve"));
        }

        Walk confirmed() {
            return finish("confirm", team.agent(), Map.of("reached", "yes", "understood", "yes", "satisfied", "yes"));
        }

        Walk moveTo(String hour) {
            return moveTo(instant(hour));
        }

        Walk moveTo(Instant instant) {
            walks().clockwork.moveTo(instant);
            return this;
        }

        Complaint complaint() {
            return walks().rows.find(number).orElseThrow();
        }

        List<OpenTask> tasks() {
            return walks().tasks.of(number).stream()
                    .filter(task -> task.process().equals("complaint"))
                    .toList();
        }

        List<String> open() {
            return tasks().stream().map(OpenTask::element).sorted().toList();
        }

        OpenTask task(String element) {
            List<OpenTask> found = tasks().stream()
                    .filter(task -> task.element().equals(element))
                    .toList();
            assertThat(found).as("open tasks %s among %s", element, open()).hasSize(1);
            return found.get(0);
        }

        String due(String element) {
            return hour(Objects.requireNonNull(task(element).due()));
        }

        String promised() {
            return hour(complaint().terms().due());
        }

        /** How the procedure ended, by its end event. */
        List<String> ended() {
            return walks().processes.all(number).stream()
                    .filter(process -> process.key().equals("complaint") && !process.running())
                    .flatMap(process -> process.at().stream())
                    .toList();
        }

        /** The engine's id of the procedure that runs. */
        String procedure() {
            return walks().processes.running(number).stream()
                    .filter(process -> process.key().equals("complaint"))
                    .map(RunningProcess::id)
                    .findFirst()
                    .orElseThrow();
        }

        boolean running() {
            return walks().processes.running(number).stream()
                    .map(RunningProcess::key)
                    .anyMatch("complaint"::equals);
        }

        /** "complaint-acknowledged email", in the order in which they were written. */
        List<String> letters() {
            return walks().jdbc
                    .sql("""
                            select kind || ' ' || channel from message
                             where case_code = :number and recipient = 'petitioner' order by id
                            """)
                    .param("number", number)
                    .query(String.class)
                    .list();
        }

        /** "complaint-answer queued": how far what is written to the person has come, in the order of writing. */
        List<String> mails() {
            return walks().jdbc
                    .sql("""
                            select kind || ' ' || state from message
                             where case_code = :number and recipient = 'petitioner' order by id
                            """)
                    .param("number", number)
                    .query(String.class)
                    .list();
        }

        List<String> noticesOf(UserId person) {
            return walks().jdbc
                    .sql("select kind from notice where user_id = :person and case_code = :number order by id")
                    .param("person", person.value())
                    .param("number", number)
                    .query(String.class)
                    .list();
        }

        /** The letter of this kind that was written last, as its reader sees it. */
        String text(String kind) {
            return walks().jdbc
                    .sql(
                            "select body_text from message where case_code = :number and kind = :kind order by id desc limit 1")
                    .param("number", number)
                    .param("kind", kind)
                    .query(String.class)
                    .single();
        }

        List<String> log() {
            return walks().jdbc
                    .sql("select action from activity where case_code = :number order by id")
                    .param("number", number)
                    .query(String.class)
                    .list();
        }

        Viewer viewer(UserId person) {
            return walks().fixtures.viewer(person);
        }

        Instant instant(String hour) {
            return LocalDateTime.parse(hour).atZone(zone()).toInstant();
        }

        String hour(Instant instant) {
            return LocalDateTime.ofInstant(instant, zone())
                    .truncatedTo(ChronoUnit.MINUTES)
                    .toString();
        }

        private ZoneId zone() {
            return team.project().calendar().zone();
        }
    }
}
