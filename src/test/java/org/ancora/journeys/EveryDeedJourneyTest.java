package org.ancora.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.AskSteps;
import org.ancora.process.Clockwork;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.ancora.process.deployment.Deployments;
import org.ancora.process.model.ModelFixtures;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.Browsers;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstanceQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A manager does each thing that may be done to a procedure, to one of them and to all that a list shows (X3). */
@AncoraTest
class EveryDeedJourneyTest {

    private static final String REASON = "Acordado con el equipo";

    private static Playwright playwright;
    private static Browser browser;

    @LocalServerPort
    private int port;

    @Autowired
    private MessageSource messages;

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private People people;

    @Autowired
    private Processes processes;

    @Autowired
    private Deployments deployments;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private HistoryService history;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private JdbcClient jdbc;

    @BeforeAll
    static void openBrowser() {
        playwright = Browsers.playwright();
        browser = Browsers.launch(playwright);
    }

    @AfterAll
    static void closeBrowser() {
        browser.close();
        playwright.close();
    }

    /** What was published here would be a procedure of the product for every test after it. */
    @AfterEach
    void forget() {
        for (String deployment : jdbc.sql("delete from deployment where folder = 'ask' returning engine_id")
                .query(String.class)
                .list()) {
            repository.deleteDeployment(deployment, true);
        }
    }

    @Test
    void isDoneToOne() {
        String one = twoProcedures();
        publish("Call twice.");
        try (Visitor visitor = visitor("it", 1280)) {
            String last = one;
            for (String deed : List.of("suspend", "resume", "correct", "move", "migrate", "cancel", "restart")) {
                last = doneToOne(visitor, last, deed);
                assertHappened(deed, "YRK-2026-0001");
            }
            assertThat(last).as("begun anew").isNotEqualTo(one);
            assertThat(processes.running("YRK-2026-0001")).hasSize(1);
        }
        assertThat(deeds())
                .containsExactlyInAnyOrder(
                        "suspend 1",
                        "resume 1",
                        "correct 1",
                        "migrate 1",
                        "move 1",
                        "cancel 1",
                        "restart 1",
                        "begun 1");
    }

    @Test
    void isDoneToMany() {
        twoProcedures();
        publish("Call twice.");
        try (Visitor visitor = visitor("es", 360)) {
            for (String deed : List.of("suspend", "resume", "correct", "migrate", "move", "cancel", "restart")) {
                doneToAll(visitor, deed);
                assertHappened(deed, "YRK-2026-0001");
                assertHappened(deed, "YRK-2026-0002");
            }
        }
        assertThat(processes.running("YRK-2026-0001")).hasSize(1);
        assertThat(processes.running("YRK-2026-0002")).hasSize(1);
        assertThat(deeds())
                .containsExactlyInAnyOrder(
                        "suspend 2",
                        "resume 2",
                        "correct 2",
                        "migrate 2",
                        "move 2",
                        "cancel 2",
                        "restart 2",
                        "begun 2");
    }

    /** What the engine says of a case's procedure: a deed that only says that it was done does not count. */
    private void assertHappened(String deed, String code) {
        ProcessInstanceQuery its =
                runtime.createProcessInstanceQuery().processDefinitionKey("ask").processInstanceBusinessKey(code);
        long found =
                switch (deed) {
                    case "suspend" -> its.suspended().count();
                    case "correct" -> its.variableValueEquals("round", 2).count();
                    case "migrate" -> its.processDefinitionId(newest()).count();
                    case "move" -> timesPlanned(its.singleResult().getId()) - 1;
                    case "cancel" -> 1 - its.count();
                    default -> its.active().count();
                };
        assertThat(found).as("%s is done to %s", deed, code).isOne();
    }

    private String newest() {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey("ask")
                .latestVersion()
                .singleResult()
                .getId();
    }

    /** How often a procedure has come to the step to which it is moved; once by itself. */
    private long timesPlanned(String id) {
        return history.createHistoricActivityInstanceQuery()
                .processInstanceId(id)
                .activityId("plan-call")
                .count();
    }

    /** What was done for the reason that was given. */
    private List<String> deeds() {
        return jdbc.sql("select action || ' ' || count(*) from steering_deed where reason = :reason group by action")
                .param("reason", REASON)
                .query(String.class)
                .list();
    }

    /** Begins two procedures; returns the first. */
    private String twoProcedures() {
        AskSteps.reset();
        deployments.seed(ModelFixtures.sound());
        Project york = fixtures.aProjectInOntario();
        UserId susan = people.person("susan", york.id(), Role.MANAGER);
        String one = begin(york, susan, "YRK-2026-0001");
        begin(york, susan, "YRK-2026-0002");
        return one;
    }

    /** Whoever does it, signed in. */
    private Visitor visitor(String language, int width) {
        Visitor visitor = new Visitor(
                browser,
                "http://localhost:" + port,
                Locale.forLanguageTag(language),
                width,
                "every-deed",
                messages,
                new HashSet<>());
        visitor.signIn("susan", People.PASSWORD);
        return visitor;
    }

    private String begin(Project york, UserId worker, String code) {
        return processes.start(
                "ask",
                code,
                york.id(),
                Variables.of(Processes.WORKER, worker)
                        .and(ProcessVariable.flag("riskFlag"), true)
                        .and(ProcessVariable.number("round"), 1));
    }

    private void publish(String said) {
        String changed = new String(
                        Objects.requireNonNull(ModelFixtures.sound().files().get("ask.bpmn")), UTF_8)
                .replace("Call the main number first.", said);
        deployments.seed(ModelFixtures.with(ModelFixtures.sound(), "ask.bpmn", changed.getBytes(UTF_8)));
    }

    /** From the procedure's own page; returns the one that is looked at afterwards. */
    private static String doneToOne(Visitor visitor, String id, String deed) {
        Page page = visitor.page();
        visitor.go("/monitor/instances/" + id);
        visitor.followOn("main a[href$='/" + deed + "']");
        chooseWhat(page, deed);
        page.locator("#reason").fill(REASON);
        visitor.followOn("main form .btn-primary");
        visitor.look();
        assertThat(page.locator(".steer-effects li").count())
                .as("what would happen: " + deed)
                .isPositive();
        visitor.followOn("main form .btn-primary");
        visitor.look();
        String then = page.url().replaceFirst(".*/", "");
        assertThat(page.locator("main").innerText()).contains(visitor.words("steering.told." + deed));
        if (!then.equals(id)) {
            visitor.go("/monitor/instances/" + id);
        }
        assertThat(page.locator("main").innerText())
                .as("what was done stands in its journal: " + deed)
                .contains(REASON);
        return then;
    }

    private void doneToAll(Visitor visitor, String deed) {
        Page page = visitor.page();
        String state = deed.equals("resume") ? "suspended" : deed.equals("restart") ? "cancelled" : "open";
        visitor.go("/monitor/instances?flow=ask&state=" + state);
        page.locator("#bulk input[name=which][value=all]").check();
        page.locator("#bulk-action").selectOption(deed);
        visitor.followOn("#bulk button");
        if (page.locator("input[name=what]").count() > 0) {
            chooseWhat(page, deed);
            visitor.followOn("main form .btn-primary");
        }
        assertThat(page.locator(".bulk-sum").innerText()).isEqualTo(visitor.words("steering.batch.will", 2));
        page.locator("#reason").fill(REASON);
        visitor.followOn("main form .btn-primary");
        visitor.look();
        clockwork.runDueJobs();
        assertThat(page.locator(".bulk-sum").innerText()).contains(visitor.words("steering.batch.was", 2));
    }

    private static void chooseWhat(Page page, String deed) {
        switch (deed) {
            case "correct" -> {
                page.locator("input[name=what][value$='/round']").check();
                page.locator(".steer-value-to:visible input").fill("2");
            }
            case "move" -> {
                page.locator("input[name=what]").first().check();
                page.locator("#to")
                        .selectOption(page.locator("#to option[value$='plan-call']")
                                .first()
                                .getAttribute("value"));
            }
            case "migrate" -> page.locator("input[name=what]").first().check();
            default -> {}
        }
    }
}
