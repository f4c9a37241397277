package org.ancora.process.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.ancora.access.Pages;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.AskSteps;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.ancora.process.deployment.Deployments;
import org.ancora.process.model.ModelFixtures;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.stereotype.Component;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** An office in which the sound test procedure runs, and the people who watch and steer it. */
@Component
class SteeringFixtures {

    static final String CODE = "YRK-2026-0001";
    static final ProcessVariable<Boolean> RISK = ProcessVariable.flag("riskFlag");
    static final ProcessVariable<Integer> ROUND = ProcessVariable.number("round");

    private static final String REASON = "It was agreed so";

    private final CaseworkFixtures casework;
    private final Deployments deployments;
    private final Processes processes;
    private final RepositoryService repository;
    private final TaskService tasks;
    private final ManagementService management;
    private final JdbcClient jdbc;
    private final Pages pages;
    private final Clock clock;

    SteeringFixtures(
            CaseworkFixtures casework,
            Deployments deployments,
            Processes processes,
            RepositoryService repository,
            TaskService tasks,
            ManagementService management,
            JdbcClient jdbc,
            Pages pages,
            Clock clock) {
        this.casework = casework;
        this.deployments = deployments;
        this.processes = processes;
        this.repository = repository;
        this.tasks = tasks;
        this.management = management;
        this.jdbc = jdbc;
        this.pages = pages;
        this.clock = clock;
    }

    /** People of York, and Gina, who is everything in another project. */
    record Office(
            Project york, UserId sam, UserId susan, UserId cora, UserId otto, UserId ada, UserId gina, Instant begun) {}

    /** The folder {@code ask} is published; nothing has failed yet, and nothing runs. */
    Office open() {
        deployments.seed(ModelFixtures.sound());
        AskSteps.reset();
        Project york = casework.aProjectInOntario();
        return new Office(
                york,
                casework.aPerson("Sam Bouchard", york, Role.CASEWORKER),
                casework.aPerson("Susan Okafor", york, Role.SUPERVISOR),
                casework.aPerson("Cora Lindqvist", york, Role.COORDINATOR),
                casework.aPerson("Otto Brandt", york, Role.OWNER),
                casework.aPerson("Ada Novak", york, Role.ADMIN),
                casework.aPerson("Gina Fontana", casework.aProjectInItaly(), Role.values()),
                clock.instant());
    }

    /** What was published here would be a procedure of the product for every test after it. */
    void forget() {
        for (String deployment : jdbc.sql("delete from deployment where folder = 'ask' returning engine_id")
                .query(String.class)
                .list()) {
            repository.deleteDeployment(deployment, true);
        }
    }

    /** Begins the procedure for a case of Sam's; returns the engine's id of it. */
    String start(Office office, String caseCode) {
        return processes.start(
                "ask",
                caseCode,
                office.york().id(),
                Variables.of(Processes.WORKER, office.sam()).and(RISK, true).and(ROUND, 1));
    }

    /** One of many case codes. */
    static String code(int number) {
        return "YRK-2026-%04d".formatted(number + 100);
    }

    /** Finishes every task that is open. */
    void finish(String outcome) {
        tasks.createTaskQuery().list().forEach(task -> tasks.complete(task.getId(), Map.of("outcome", outcome)));
    }

    /** The one timer that waits. */
    Job timer(String id) {
        return management.createJobQuery().processInstanceId(id).timers().singleResult();
    }

    /** What was done to procedures, as the log of activity has it, earliest first. */
    List<String> log() {
        return jdbc.sql("select action from activity where action like 'steering.%' order by id")
                .query(String.class)
                .list();
    }

    /** How many steps could not be done. */
    long incidents() {
        return jdbc.sql("select count(*) from procedure_incident")
                .query(Long.class)
                .single();
    }

    /** Fills the form of a deed in; returns the page that says what would happen. */
    Document foresee(String id, String deed, UserId who, String... pairs) throws Exception {
        String path = "/monitor/instances/" + id + "/" + deed;
        MockHttpServletRequestBuilder request = post(path)
                .param("reason", REASON)
                .param(
                        "version",
                        pages.page(path, who).select("input[name=version]").attr("value"));
        for (int at = 0; at < pairs.length; at += 2) {
            request.param(pairs[at], pairs[at + 1]);
        }
        MockHttpServletResponse response = pages.send(request, who);
        assertThat(response.getStatus()).as(response.getContentAsString()).isEqualTo(200);
        return Pages.read(response);
    }

    /** Confirms what such a page says. */
    MockHttpServletResponse confirm(String id, String deed, UserId who, Document foreseen) throws Exception {
        MockHttpServletRequestBuilder request = post("/monitor/instances/" + id + "/" + deed);
        for (Element field : foreseen.select("main form input[type=hidden]")) {
            if (!field.attr("name").equals("_csrf")) {
                request.param(field.attr("name"), field.attr("value"));
            }
        }
        return pages.send(request, who);
    }
}
