package org.ancora.attention.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.ancora.access.Pages;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.attention.Petition;
import org.ancora.attention.PetitionRegistered;
import org.ancora.attention.Petitions;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.ancora.process.Processes;
import org.ancora.process.RunningProcess;
import org.ancora.process.task.OpenTask;
import org.ancora.process.task.Tasks;
import org.ancora.time.VirtualClock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Walks visits and calls through their procedures on the virtual clock, through the same forms and checks as the pages. */
@Component
class DeskWalk {

    static final Map<String, Object> SOLVED = Map.of(
            "givenName", "Teresa",
            "familyName", "Ccori Mendoza",
            "beneficiary", "yes",
            "kind", "query",
            "level", "local",
            "motive", "No figura en el padrón",
            "orientation", "Se le explicó el trámite",
            "outcome", "solved",
            "office", "AYA1");

    final CaseworkFixtures fixtures;
    final Attendances attendances;
    final DeskLists lists;
    final Petitions petitions;
    final Tasks tasks;
    final Processes processes;
    final Clockwork clockwork;
    final Clock clock;
    final JdbcClient jdbc;
    final Pages pages;
    final MessageSource messages;

    /** Numbers of the petitions that somebody else has to answer, as they were announced. */
    final List<String> announced = new java.util.concurrent.CopyOnWriteArrayList<>();

    DeskWalk(
            CaseworkFixtures fixtures,
            Attendances attendances,
            DeskLists lists,
            Petitions petitions,
            Tasks tasks,
            Processes processes,
            Clockwork clockwork,
            Clock clock,
            JdbcClient jdbc,
            Pages pages,
            MessageSource messages) {
        this.fixtures = fixtures;
        this.attendances = attendances;
        this.lists = lists;
        this.petitions = petitions;
        this.tasks = tasks;
        this.processes = processes;
        this.clockwork = clockwork;
        this.clock = clock;
        this.jdbc = jdbc;
        this.pages = pages;
        this.messages = messages;
    }

    @EventListener
    void hear(PetitionRegistered registered) {
        announced.add(
                registered.petition().number() + " " + registered.destination().code());
    }

    Team inPeru() {
        return in(fixtures.aProjectInPeru());
    }

    Team in(Project project) {
        announced.clear();
        return new Team(
                this,
                project,
                fixtures.aPerson("Luz Condori", project, Role.RECEPTION),
                fixtures.aPerson("Raúl Vargas", project, Role.AGENT),
                fixtures.aPerson("Julia Huamán", project, Role.COORDINATOR),
                fixtures.aPerson("Carmen Quispe", project, Role.SUPERVISOR),
                fixtures.aPerson("Elsa Ticona", project, Role.MANAGER));
    }

    static Map<String, Object> said(Map<String, ?> before, Object... pairs) {
        Map<String, Object> answers = new HashMap<>(before);
        for (int pair = 0; pair < pairs.length; pair += 2) {
            answers.put(String.valueOf(pairs[pair]), pairs[pair + 1]);
        }
        return answers;
    }

    static Map<String, Object> escalated() {
        return said(SOLVED, "kind", "request", "outcome", "escalate", "destination", "regional-team");
    }

    static Map<String, Object> onThePhone() {
        return said(SOLVED, "callBackNumber", "966 000 123");
    }

    /** The people of a desk. */
    record Team(
            DeskWalk walk,
            Project project,
            UserId reception,
            UserId agent,
            UserId coordinator,
            UserId supervisor,
            UserId manager) {

        Path visitor() {
            return visitor(false, false, List.of());
        }

        Path visitor(boolean authority, boolean emergency, List<String> priority) {
            return visitor(authority, priority, emergency ? coordinator : null);
        }

        /** An emergency on which this coordinator decides. */
        Path emergencyFor(UserId decides) {
            return visitor(false, List.of(), decides);
        }

        private Path visitor(boolean authority, List<String> priority, @Nullable UserId decides) {
            return begin(
                    new Attendances.Arrival(
                            Attendance.Kind.VISIT,
                            teresa(""),
                            "No figura en el padrón",
                            authority,
                            priority,
                            decides != null,
                            decides),
                    reception);
        }

        Path caller() {
            return begin(Attendances.Arrival.call(teresa("966 000 123"), "Pago de agosto"), agent);
        }

        private Path begin(Attendances.Arrival arrival, UserId by) {
            String code = walk.attendances.receive(UUID.randomUUID(), project, arrival, by);
            walk.clockwork.runDueJobs();
            return new Path(this, code);
        }

        /** Codes of the visits and calls that the desk shows now. */
        List<String> listed() {
            return walk.lists.today(project, walk.fixtures.viewer(agent)).stream()
                    .map(row -> row.attendance().code())
                    .toList();
        }

        /** How many petitions were ever registered. */
        int petitions() {
            return walk.jdbc
                    .sql("select count(*) from petition")
                    .query(Integer.class)
                    .single();
        }

        Instant at(String hour) {
            return LocalDateTime.parse(hour).atZone(project.calendar().zone()).toInstant();
        }

        Team startingAt(String hour) {
            ((VirtualClock) walk.clock).startAt(at(hour));
            return this;
        }

        private static Attendance.Who teresa(String number) {
            return new Attendance.Who("40123456", "Teresa", "Ccori Mendoza", "Huanta", "Huanta", "Ayacucho", number);
        }
    }

    /** One visit or call on its way. */
    record Path(Team team, String code) {

        Path finish(String element, UserId who, Map<String, ?> answers) {
            return complete(task(element), who, answers);
        }

        Path complete(OpenTask task, UserId who, Map<String, ?> answers) {
            walk().tasks.complete(task.id(), walk().fixtures.viewer(who), answers);
            walk().clockwork.runDueJobs();
            return this;
        }

        /** Whoever has the task puts it back for their team. */
        OpenTask putBack(String element, UserId who) throws Exception {
            OpenTask task = task(element);
            if (task.assignee() != null) {
                walk().pages.form("/tasks/" + task.id() + "/release", who);
            }
            assertThat(task(element).assignee()).isNull();
            return task;
        }

        Path moveTo(Instant instant) {
            walk().clockwork.moveTo(instant);
            return this;
        }

        Path moveTo(String hour) {
            return moveTo(team.at(hour));
        }

        void leaves() {
            walk().attendances.left(attendance(), team.reception());
        }

        Attendance attendance() {
            return walk().attendances.byCode(code);
        }

        OpenTask task(String element) {
            List<OpenTask> found = walk().tasks.of(code).stream()
                    .filter(task -> task.element().equals(element))
                    .toList();
            assertThat(found).as("open tasks %s among %s", element, open()).hasSize(1);
            return found.get(0);
        }

        List<String> open() {
            return walk().tasks.of(code).stream().map(OpenTask::element).toList();
        }

        /** The engine's id of the procedure that runs. */
        String procedure() {
            List<RunningProcess> running = walk().processes.running(code);
            assertThat(running).as("running procedures of %s", code).hasSize(1);
            return running.get(0).id();
        }

        /** By which end event the procedure ended; empty while it runs. */
        List<String> ended() {
            return walk().processes.all(code).stream()
                    .filter(process -> !process.running())
                    .map(RunningProcess::at)
                    .flatMap(List::stream)
                    .toList();
        }

        @Nullable
        Petition petition() {
            return walk().petitions.ofAttendance(code, Viewer.system()).stream()
                    .findFirst()
                    .orElse(null);
        }

        /** "notice sent": the e-mails to the staff about it, in the order in which they were queued. */
        List<String> mails() {
            return walk().jdbc
                    .sql("select kind || ' ' || state from message where case_code = :code order by id")
                    .param("code", code)
                    .query(String.class)
                    .list();
        }

        List<String> noticesOf(UserId person) {
            return walk().jdbc
                    .sql("select kind from notice where user_id = :person and case_code = :code order by id")
                    .param("person", person.value())
                    .param("code", code)
                    .query(String.class)
                    .list();
        }

        private DeskWalk walk() {
            return team.walk();
        }
    }
}
