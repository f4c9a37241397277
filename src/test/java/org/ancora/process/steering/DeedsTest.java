package org.ancora.process.steering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ancora.process.steering.SteeringFixtures.CODE;
import static org.ancora.process.steering.SteeringFixtures.RISK;
import static org.ancora.process.steering.SteeringFixtures.ROUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.Pages;
import org.ancora.access.UserId;
import org.ancora.process.AskSteps;
import org.ancora.process.Clockwork;
import org.ancora.process.DeclaredVariables;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Processes;
import org.ancora.process.RunningProcess;
import org.ancora.process.deployment.Deployments;
import org.ancora.process.model.ModelFixtures;
import org.ancora.process.steering.SteeringFixtures.Office;
import org.ancora.process.studio.Versions;
import org.ancora.testing.AncoraTest;
import org.ancora.web.Option;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;

/** Each thing that may be done to a running procedure, as its page does it and as it is refused (X3). */
@AncoraTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeedsTest {

    @Autowired
    private SteeringFixtures fixtures;

    @Autowired
    private Processes processes;

    @Autowired
    private Deployments deployments;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private Clock clock;

    @Autowired
    private TaskService tasks;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private ManagementService management;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ObjectProvider<DeclaredVariables> declared;

    @Autowired
    private MessageSource messages;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private Versions versions;

    @Autowired
    private KnownValues values;

    @Autowired
    private RoutingValues routing;

    @Autowired
    private Pages pages;

    private Office office;
    private UserId sam;
    private UserId susan;
    private UserId cora;
    private Instant begun;

    @BeforeEach
    void live() {
        office = fixtures.open();
        sam = office.sam();
        susan = office.susan();
        cora = office.cora();
        begun = office.begun();
    }

    @AfterAll
    void forget() {
        fixtures.forget();
    }

    @Test
    void aTimerFiresAtItsNewTimeAndTaskListAndEngineStayEqual() throws Exception {
        String id = fixtures.start(office, CODE);
        String timer = fixtures.timer(id).getId();

        Document foreseen = fixtures.foresee(
                id, "reschedule", susan, "what", timer, "to", "at", "day", "2026-12-04", "hour", "09:30");
        assertThat(foreseen.select(".steer-effects").text())
                .contains("Call the client")
                .contains("4 Dec");
        assertThat(fixtures.confirm(id, "reschedule", susan, foreseen).getStatus())
                .isEqualTo(302);

        Instant to = LocalDateTime.parse("2026-12-04T09:30")
                .atZone(ZoneId.of("America/Toronto"))
                .toInstant();
        assertThat(fixtures.timer(id).getDuedate().toInstant()).isEqualTo(to);
        assertThat(tasks.createTaskQuery().singleResult().getDueDate().toInstant())
                .isEqualTo(to);
        assertThat(listed("due_at")).isEqualTo(to.toString());
        clockwork.moveTo(to.minusSeconds(1));
        assertThat(AskSteps.OVERDUE).hasValue(0);
        clockwork.moveTo(to);
        assertThat(AskSteps.OVERDUE).hasValue(1);
        assertThat(pages.page("/monitor/instances/" + id, susan)
                        .select(".steer-journal")
                        .text())
                .contains(
                        "Susan Okafor changed the date of “Call the client”: Fri 4 Dec, 9:30 instead of Wed 25 Nov, 9:10")
                .contains("Reason: It was agreed so");
        assertThat(fixtures.log()).containsExactly("steering.reschedule");
    }

    @Test
    void aPastDateIsRefusedAndATimerMayFireAtOnce() throws Exception {
        String id = fixtures.start(office, CODE);
        fixtures.finish("no-answer");
        String timer = fixtures.timer(id).getId();

        MockHttpServletResponse past = pages.send(
                post("/monitor/instances/" + id + "/reschedule")
                        .param("what", timer)
                        .param("to", "at")
                        .param("day", "2026-11-20")
                        .param("hour", "09:00")
                        .param("reason", "It was agreed so"),
                susan);
        assertThat(past.getStatus()).isEqualTo(400);
        assertThat(past.getContentAsString()).contains("That moment has passed");

        fixtures.confirm(
                id, "reschedule", susan, fixtures.foresee(id, "reschedule", susan, "what", timer, "to", "now"));
        clockwork.runDueJobs();

        assertThat(clock.instant()).isEqualTo(begun);
        assertThat(tasks.createTaskQuery().singleResult().getTaskDefinitionKey())
                .isEqualTo("call-again");
    }

    @Test
    void aTokenGoesOnFromAnotherStepAndItsTaskIsCancelled() throws Exception {
        String id = fixtures.start(office, CODE);
        Document form = pages.page("/monitor/instances/" + id + "/move", susan);
        assertThat(form.select("select[name=to] option").eachText())
                .anyMatch(option -> option.contains("Wait"))
                .noneMatch(option -> option.contains("Answered?"))
                .noneMatch(option -> option.contains("Given up"));

        Document foreseen = fixtures.foresee(
                id, "move", susan, "what", form.select("input[name=what]").attr("value"), "to", id + "/wait-a-while");
        assertThat(foreseen.select(".steer-effects").text())
                .contains("no longer waits at “Call the client”")
                .contains("The task “Call the client” is cancelled");
        fixtures.confirm(id, "move", susan, foreseen);

        assertThat(processes.running(CODE).get(0).at()).containsExactly("wait-a-while");
        assertThat(tasks.createTaskQuery().count()).isZero();
        assertThat(jdbc.sql("select count(*) from work_item").query(Long.class).single())
                .isZero();
        clockwork.moveTo(begun.plus(Duration.ofDays(3)));
        assertThat(tasks.createTaskQuery().singleResult().getTaskDefinitionKey())
                .isEqualTo("call-again");
    }

    @Test
    void aTokenIsNotPutWhereWhatTheStepNeedsIsUnknown() throws Exception {
        String id = fixtures.start(office, CODE);
        runtime.removeVariable(id, "opens");

        Document form = pages.page("/monitor/instances/" + id + "/move", susan);

        assertThat(form.select("select[name=to] option").eachAttr("value"))
                .contains(id + "/plan-call")
                .doesNotContain(id + "/wait-a-while", id + "/answered", id + "/done");
        assertThat(pages.send(
                                post("/monitor/instances/" + id + "/move")
                                        .param(
                                                "what",
                                                form.select("input[name=what]").attr("value"))
                                        .param("to", id + "/done")
                                        .param("reason", "It was agreed so"),
                                susan)
                        .getStatus())
                .isEqualTo(400);
    }

    @Test
    void whatFailsForGoodCanBePassedOver() throws Exception {
        AskSteps.OUTAGES.set(1_000);
        String id = fixtures.start(office, CODE);
        fixtures.finish("reached");
        clockwork.moveTo(begun.plus(Duration.ofHours(1)));
        Document form = pages.page("/monitor/instances/" + id + "/move", susan);

        Document foreseen = fixtures.foresee(
                id, "move", susan, "what", form.select("input[name=what]").attr("value"), "to", id + "/plan-call");
        fixtures.confirm(id, "move", susan, foreseen);

        assertThat(processes.running(CODE).get(0).at()).containsExactly("call-client");
        assertThat(fixtures.incidents()).isZero();
        assertThat(management.createJobQuery().noRetriesLeft().count()).isZero();
    }

    @Test
    void whileSuspendedNothingFiresAndTasksSayWhy() throws Exception {
        String id = fixtures.start(office, CODE);
        String task = tasks.createTaskQuery().singleResult().getId();
        fixtures.confirm(id, "suspend", susan, fixtures.foresee(id, "suspend", susan));

        clockwork.moveTo(begun.plus(Duration.ofDays(10)));
        assertThat(AskSteps.OVERDUE).hasValue(0);
        MockHttpServletResponse refused = pages.send(
                post("/tasks/" + task + "/complete")
                        .contentType("application/json")
                        .accept("application/json")
                        .content("{\"outcome\":\"reached\"}"),
                sam);
        assertThat(refused.getStatus()).isEqualTo(409);
        assertThat(refused.getContentAsString()).contains("stands still");
        assertThat(pages.page("/tasks/" + task, sam).select("main").text()).contains("This procedure is suspended");

        processes.reassign(CODE, sam, cora);
        assertThat(tasks.createTaskQuery().singleResult().getAssignee()).isEqualTo(cora.toString());
        assertThat(tasks.createTaskQuery().singleResult().isSuspended()).isTrue();

        Document foreseen = fixtures.foresee(id, "resume", susan);
        assertThat(foreseen.select(".steer-effects").text()).contains("1 date has passed");
        fixtures.confirm(id, "resume", susan, foreseen);
        clockwork.runDueJobs();
        assertThat(AskSteps.OVERDUE).hasValue(1);
    }

    @Test
    void aRoutingValueIsPutRightByItsKindAndNothingElseCanBe() throws Exception {
        String id = fixtures.start(office, CODE);
        Document form = pages.page("/monitor/instances/" + id + "/correct", susan);
        assertThat(form.select("input[name=what]").eachAttr("value"))
                .contains(id + "/round", id + "/riskFlag", id + "/rounds")
                .doesNotContain(id + "/worker", id + "/projectId", id + "/due");

        for (Map.Entry<String, String> wrong : Map.of(
                        "round", "many", "riskFlag", "perhaps", "worker", "7", "projectId", "8")
                .entrySet()) {
            assertThat(pages.send(
                                    post("/monitor/instances/" + id + "/correct")
                                            .param("what", id + "/" + wrong.getKey())
                                            .param("to", wrong.getValue())
                                            .param("reason", "It was agreed so"),
                                    susan)
                            .getStatus())
                    .as(wrong.getKey())
                    .isEqualTo(400);
        }
        for (String round : List.of("2", "3")) {
            fixtures.confirm(
                    id, "correct", susan, fixtures.foresee(id, "correct", susan, "what", id + "/round", "to", round));
        }

        assertThat(ROUND.in(runtime.getVariables(id))).isEqualTo(3);
        assertThat(pages.page("/monitor/instances/" + id, susan)
                        .select(".steered")
                        .eachText())
                .as("what was done at the same moment, too, the latest first, with what it was before")
                .satisfiesExactly(
                        line -> assertThat(line)
                                .contains("Susan Okafor corrected a value: Round of contact, 3 instead of 2"),
                        line -> assertThat(line)
                                .contains("Susan Okafor corrected a value: Round of contact, 2 instead of 1"));
        fixtures.finish("reached");
        assertThat(processes.running(CODE).get(0).at())
                .as("the condition asks for fewer than three rounds")
                .containsExactly("wait-a-while");
    }

    @Test
    void aCodeIsChosenAndShownInWordsAndNoOtherIsTaken() throws Exception {
        String id = fixtures.start(office, CODE);
        runtime.setVariable(id, "outcome", "no-answer");

        Document form = pages.page("/monitor/instances/" + id + "/correct", susan);
        assertThat(form.select("main label:contains(Outcome) span").text())
                .contains("No answer")
                .doesNotContain("no-answer");
        assertThat(offered(form, id + "/outcome"))
                .as("what the form of the diagram offers, under its own words or under ours")
                .containsExactly("", "reached The client was reached", "no-answer No answer");
        assertThat(offered(form, id + "/riskFlag")).containsExactly("", "true yes", "false no");
        assertThat(form.select("input[type=number]").eachAttr("name")).contains("to-" + id + "/round");
        assertThat(form.select("input[type=text]")).isEmpty();
        Document unexplained = Pages.read(pages.send(
                post("/monitor/instances/" + id + "/correct")
                        .param("what", id + "/outcome")
                        .param("to-" + id + "/outcome", "reached"),
                susan));
        assertThat(unexplained
                        .select("select[name=to-" + id + "/outcome] option[selected]")
                        .eachAttr("value"))
                .as("what was chosen is kept while a reason is asked for")
                .containsExactly("reached");
        assertThat(pages.send(
                                post("/monitor/instances/" + id + "/correct")
                                        .param("what", id + "/outcome")
                                        .param("to-" + id + "/outcome", "reachd")
                                        .param("reason", "It was agreed so"),
                                susan)
                        .getStatus())
                .as("a slip of the pen")
                .isEqualTo(400);

        Document foreseen = fixtures.foresee(
                id, "correct", susan, "what", id + "/outcome", "to-" + id + "/outcome", "reached", "to", "no-answer");
        assertThat(foreseen.select(".steer-effects").text())
                .contains("No answer")
                .contains("The client was reached");
        fixtures.confirm(id, "correct", susan, foreseen);

        assertThat(runtime.getVariable(id, "outcome")).isEqualTo("reached");
        assertThat(pages.page("/monitor/instances/" + id, susan)
                        .select(".steered")
                        .text())
                .contains("Outcome, The client was reached instead of No answer");
        assertThat(pages.page("/monitor/instances/" + id, susan)
                        .select("dl.pairs dt:contains(Outcome) + dd")
                        .text())
                .isEqualTo("The client was reached");
    }

    /** An owner may write the codes of a form as they like; what is offered is taken. */
    @Test
    void aCodeThatAFormOffersIsTakenAsItIsWritten() throws Exception {
        String form = new String(
                        Objects.requireNonNull(ModelFixtures.sound().files().get("forms/answer.form")), UTF_8)
                .replace("\"no-answer\"", "\"No_Answer\"");
        deployments.seed(ModelFixtures.with(ModelFixtures.sound(), "forms/answer.form", form.getBytes(UTF_8)));
        String id = fixtures.start(office, CODE);
        runtime.setVariable(id, "outcome", "reached");

        fixtures.confirm(
                id,
                "correct",
                susan,
                fixtures.foresee(id, "correct", susan, "what", id + "/outcome", "to-" + id + "/outcome", "No_Answer"));

        assertThat(runtime.getVariable(id, "outcome")).isEqualTo("No_Answer");
    }

    /** The list, the chart and the page of one procedure call the same state by the same word. */
    @Test
    void aStateHasOneWord() {
        for (String language : List.of("en", "es", "it")) {
            Locale locale = Locale.forLanguageTag(language);
            for (String state : List.of("suspended", "finished", "cancelled")) {
                assertThat(messages.getMessage("monitor.state." + state, null, locale))
                        .isEqualTo(messages.getMessage("steering.state." + state, null, locale));
            }
            assertThat(messages.getMessage("monitor.state.open", null, locale))
                    .isEqualTo(messages.getMessage("steering.state.running", null, locale));
        }
    }

    @Test
    void everyCodeThatIsDeclaredHasWords() {
        List<String> wordless = declared.stream()
                .flatMap(folder -> folder.variables().stream())
                .flatMap(variable -> variable.codes().stream().map(code -> "variable." + variable.name() + "." + code))
                .filter(key -> messages.getMessage(key, null, null, Locale.ENGLISH) == null)
                .toList();

        assertThat(wordless).isEmpty();
    }

    private static List<String> offered(Document form, String value) {
        return form.select("select[name=to-" + value + "] option").stream()
                .map(option -> (option.val() + " " + (option.val().isEmpty() ? "" : option.text())).strip())
                .toList();
    }

    @Test
    void aCancelledProcedureIsOverAndBeginsAgainWithOtherValues() throws Exception {
        String id = fixtures.start(office, CODE);
        fixtures.confirm(id, "cancel", susan, fixtures.foresee(id, "cancel", susan));

        assertThat(processes.running(CODE)).isEmpty();
        assertThat(pages.page("/monitor/instances/" + id, susan).select("main").text())
                .contains("Cancelled");
        assertThat(pages.send(post("/monitor/instances/" + id + "/suspend").param("reason", "It was agreed so"), susan)
                        .getStatus())
                .as("a finished one")
                .isEqualTo(409);

        Document again = pages.page("/monitor/instances/" + id + "/restart", susan);
        assertThat(again.select("select[name=value-riskFlag] option[selected]").text())
                .isEqualTo("yes");
        assertThat(again.select("input[name=value-round]").val()).isEqualTo("1");

        MockHttpServletResponse begunAgain = fixtures.confirm(
                id,
                "restart",
                susan,
                fixtures.foresee(id, "restart", susan, "value-round", "2", "value-riskFlag", "No"));

        String fresh = Objects.requireNonNull(begunAgain.getRedirectedUrl()).substring("/monitor/instances/".length());
        assertThat(processes.running(CODE)).extracting(RunningProcess::id).containsExactly(fresh);
        assertThat(ROUND.in(runtime.getVariables(fresh))).isEqualTo(2);
        assertThat(pages.page("/monitor/instances/" + fresh, susan)
                        .select(".steered")
                        .text())
                .contains("Susan Okafor began it again", "Reason: It was agreed so");
        assertThat(RISK.in(runtime.getVariables(fresh)))
                .as("as people write it")
                .isFalse();
        assertThat(pages.send(post("/monitor/instances/" + id + "/restart").param("reason", "It was agreed so"), susan)
                        .getStatus())
                .as("one of its kind runs already")
                .isEqualTo(409);
        assertThat(fixtures.log()).containsExactly("steering.cancel", "steering.restart");
    }

    @Test
    void itGoesOnInAnotherVersionAtTheSameStep() throws Exception {
        String id = fixtures.start(office, CODE);
        String before = processes.running(CODE).get(0).definition();
        Document alone = pages.page("/monitor/instances/" + id + "/migrate", susan);
        assertThat(alone.select("main").text()).contains("It is already in the only version that it could go on in.");
        assertThat(alone.select("main a.btn").attr("href")).isEqualTo("/monitor/instances/" + id);
        String changed = new String(
                        Objects.requireNonNull(ModelFixtures.sound().files().get("ask.bpmn")), UTF_8)
                .replace("Call the main number first.", "Call twice.");
        deployments.seed(ModelFixtures.with(ModelFixtures.sound(), "ask.bpmn", changed.getBytes(UTF_8)));
        Document form = pages.page("/monitor/instances/" + id + "/migrate", susan);
        String newest = form.select("label:contains(new cases begin in it) input[name=what]")
                .attr("value");

        Document foreseen = fixtures.foresee(id, "migrate", susan, "what", newest);
        assertThat(processes.running(CODE).get(0).definition()).as("only tried").isEqualTo(before);
        // Where the reason cannot be kept, nothing is moved.
        jdbc.sql("alter table steering_deed add constraint no_room check (action <> 'migrate') not valid")
                .update();
        try {
            fixtures.confirm(id, "migrate", susan, foreseen);
        } finally {
            jdbc.sql("alter table steering_deed drop constraint no_room").update();
        }
        assertThat(processes.running(CODE).get(0).definition())
                .as("without its reason")
                .isEqualTo(before);
        fixtures.confirm(id, "migrate", susan, foreseen);

        assertThat(processes.running(CODE).get(0).definition()).isNotEqualTo(before);
        assertThat(processes.running(CODE).get(0).at()).containsExactly("call-client");
        assertThat(fixtures.log()).containsExactly("steering.migrate");
    }

    /** Some version of the folder came without this diagram: the engine counts one less than the studio does. */
    @Test
    void theJournalSaysFromWhichPublishedVersionToWhich() throws Exception {
        jdbc.sql("insert into deployment (engine_id, folder, origin, content_hash, deployed_at)"
                        + " values ('without-it', 'ask', 'seed', 'other files', now())")
                .update();
        try {
            deployments.seed(ModelFixtures.sound());
            String id = fixtures.start(office, CODE);
            int left = published(processes.running(CODE).get(0).definition());
            publish("Call twice.");

            assertThat(moveToNewest(id).select(".steered").text())
                    .contains("Susan Okafor moved it from version " + left + " to version " + (left + 1));
            assertThat(pages.page("/monitor/instances/" + id, susan)
                            .select(".page-head")
                            .text())
                    .contains("version " + (left + 1));
            assertThat(pages.page("/monitor/instances", susan).select("tbody").text())
                    .contains("Version " + (left + 1));
            assertThat(pages.page("/monitor/instances/" + id + "?lang=it", susan, "it")
                            .select(".steered")
                            .text())
                    .contains("dalla versione " + left + " alla versione " + (left + 1));

            jdbc.sql("update steering_deed set details = jsonb_build_object('version', details -> 'version')")
                    .update();
            assertThat(pages.page("/monitor/instances/" + id, susan)
                            .select(".steered")
                            .text())
                    .as("what was kept before its number was")
                    .contains("Susan Okafor moved it to version " + (left + 1));
        } finally {
            jdbc.sql("delete from deployment where engine_id = 'without-it'").update();
        }
    }

    @Test
    void theJournalHasAMoveOfManyFromTheStudio() throws Exception {
        String id = fixtures.start(office, CODE);
        jdbc.sql("""
                        with move as (
                            insert into procedure_migration (folder, from_deployment, from_number, to_deployment, to_number,
                                   choice, trial, by_account, begun_at, stirred_at)
                            select 'ask', 'first', 3, 'second', 5, '{}', trial, :by, :now, :now
                              from unnest(array[true, false]) trial returning id)
                        insert into procedure_migration_row (migration_id, instance_id, process_key, state)
                        select id, :instance, 'ask', 'moved' from move
                        """)
                .param("by", office.otto().value())
                .param("now", clock.instant().atOffset(java.time.ZoneOffset.UTC))
                .param("instance", id)
                .update();

        assertThat(pages.page("/monitor/instances/" + id, susan)
                        .select(".steered")
                        .eachText())
                .singleElement()
                .asString()
                .as("what was only tried is no deed")
                .endsWith("Otto Brandt moved it from version 3 to version 5");
    }

    private Document moveToNewest(String id) throws Exception {
        String newest = pages.page("/monitor/instances/" + id + "/migrate", susan)
                .select("label:contains(new cases begin in it) input[name=what]")
                .attr("value");
        fixtures.confirm(id, "migrate", susan, fixtures.foresee(id, "migrate", susan, "what", newest));
        return pages.page("/monitor/instances/" + id, susan);
    }

    private void publish(String said) {
        String changed = new String(
                        Objects.requireNonNull(ModelFixtures.sound().files().get("ask.bpmn")), UTF_8)
                .replace("Call the main number first.", said);
        deployments.seed(ModelFixtures.with(ModelFixtures.sound(), "ask.bpmn", changed.getBytes(UTF_8)));
    }

    /** The number that the studio's history of versions shows. */
    private int published(String definition) {
        String deployment = repository.getProcessDefinition(definition).getDeploymentId();
        return versions.of("ask").stream()
                .filter(version -> version.deploymentId().equals(deployment))
                .findFirst()
                .orElseThrow()
                .number();
    }

    /** What another diagram of the folder means by the same name is neither offered nor taken. */
    @Test
    void onlyCodesOfItsOwnDiagramsAreOffered() {
        assertThat(known("attention", "decision", "attention-in-person")).containsExactly("authorise", "refuse");
        assertThat(known("attention", "outcome", "attention-in-person")).containsExactly("solved", "escalate");
        assertThat(known("attention", "outcome", "attention-by-phone"))
                .containsExactly("solved", "escalate", "call-back");
        assertThat(known("engagement", "decision", "supervisor-decision"))
                .containsExactly("close", "try-again", "hold", "hand-over", "hand-over-service");
        assertThat(known("engagement", "decision", "engagement-existing-client"))
                .as("what a called one decides")
                .containsExactly("close", "try-again", "hold", "hand-over", "hand-over-service");
        assertThat(known("engagement", "decision", "engagement-on-entry"))
                .containsExactly("accept", "refuse", "close", "try-again", "hold", "hand-over", "hand-over-service");
        assertThat(known("engagement", "outcome", "contact-round"))
                .contains("reached", "declined", "call-back")
                .as("the way that is taken otherwise")
                .contains("not-reached")
                .as("what other diagrams of the folder ask for")
                .doesNotContain("wants-service", "new-number", "away");
        assertThat(known("engagement", "letterLanguage", "contact-round"))
                .as("of which its diagrams say nothing")
                .containsExactly("en", "es", "it");
    }

    /** Only the form of the called diagram has words for it. */
    @Test
    void aCodeOfACalledDiagramHasItsWords() {
        Locale spanish = Locale.forLanguageTag("es");
        String caller = newest("engagement-on-entry");

        assertThat(values.word("familyOutcome", "passed-on", List.of(caller, newest("contact-round")), spanish))
                .isEqualTo("Le darán el mensaje");
        assertThat(values.of(ProcessVariable.code("familyOutcome"), caller, spanish)
                        .options())
                .contains(new Option("passed-on", "Le darán el mensaje"));
    }

    private String newest(String process) {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(process)
                .latestVersion()
                .singleResult()
                .getId();
    }

    private List<String> known(String folder, String variable, String process) {
        return values
                .of(Objects.requireNonNull(routing.declared(folder).get(variable)), newest(process), Locale.ENGLISH)
                .options()
                .stream()
                .map(Option::value)
                .toList();
    }

    @Test
    void nothingThatWasTypedIsLostWhereItIsRefused() throws Exception {
        String id = fixtures.start(office, CODE);
        String timer = fixtures.timer(id).getId();

        Document again = Pages.read(pages.send(
                post("/monitor/instances/" + id + "/reschedule")
                        .param("what", timer)
                        .param("to", "at")
                        .param("day", "2026-12-04")
                        .param("hour", "09:30"),
                susan));
        assertThat(again.select("#day").val()).isEqualTo("2026-12-04");
        assertThat(again.select("#hour").val()).isEqualTo("09:30");
        Document nothingChosen = Pages.read(pages.send(
                post("/monitor/instances/" + id + "/correct")
                        .param("to-" + id + "/round", "7")
                        .param("to-" + id + "/riskFlag", "false")
                        .param("reason", "It was agreed so"),
                susan));
        assertThat(nothingChosen.select("input[name=to-" + id + "/round]").val())
                .isEqualTo("7");
        assertThat(nothingChosen
                        .select("select[name=to-" + id + "/riskFlag] option[selected]")
                        .val())
                .isEqualTo("false");
        assertThat(nothingChosen.select("#reason").text()).isEqualTo("It was agreed so");
    }

    private String listed(String column) {
        return jdbc.sql("select " + column + " from work_item")
                .query((row, number) -> row.getObject(1, java.time.OffsetDateTime.class)
                        .toInstant()
                        .toString())
                .single();
    }
}
