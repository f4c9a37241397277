package org.ancora.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.ancora.access.ProjectId;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.ancora.process.deployment.Deployments;
import org.ancora.process.deployment.ModelRefused;
import org.ancora.process.model.Finding;
import org.ancora.process.model.ModelFixtures;
import org.ancora.process.model.ProcessFolder;
import org.ancora.testing.AncoraTest;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;
import org.camunda.bpm.engine.variable.value.ObjectValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Attacks 1 to 10 and 13: diagrams, tables, files and variables that try to become programs. Each runs on the engine as it
 * comes and is refused here, by name, before the engine has it. {@code AttackTest} of the engine tries the layers below,
 * each alone.
 */
@AncoraTest
class DiagramAttackTest {

    private static final Path ATTACKS = Path.of("src/test/resources/security");

    private static final String REFLECTION = "${''.getClass().forName('java.lang.System')"
            + ".getMethod('setProperty', ''.getClass(), ''.getClass()).invoke(null, 'ancora.attacked', 'yes')}";

    private static Unprotected unprotected;

    @Autowired
    private ApplicationContext context;

    @Autowired
    private Deployments deployments;

    @Autowired
    private Processes processes;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private TaskService tasks;

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private PlatformTransactionManager transactions;

    private long deployed;

    @BeforeEach
    void clean() {
        if (unprotected == null) {
            unprotected = new Unprotected(context);
        }
        unprotected.forget();
        deployed = repository.createDeploymentQuery().count();
    }

    @AfterEach
    void theProductIsUnharmed() {
        assertThat(Payload.struck()).isFalse();
        assertThat(repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey("attack")
                        .count())
                .isZero();
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("attack")
                        .count())
                .isZero();
        assertThat(repository.createDeploymentQuery().count()).isEqualTo(deployed);
    }

    @AfterAll
    static void close() {
        if (unprotected != null) {
            unprotected.forget();
            unprotected.close();
            unprotected = null;
        }
    }

    /** Attacks 1 to 7, one file each: which rule refuses it, and at which element. */
    @ParameterizedTest
    @CsvSource({
        "expression, expression-attribute, target",
        "assignee, variable-reference, target",
        "candidate-groups, stray-expression, target",
        "due-date, variable-reference, target",
        "priority, stray-expression, target",
        "task-name, stray-expression, target",
        "task-documentation, stray-expression, target",
        "condition, condition, on",
        "timer, timer, target",
        "input-parameter, stray-expression, target",
        "multi-instance, loop, target",
        "called-element, stray-expression, target",
        "form-key, form-kind, target",
        "listener-expression, listener, target",
        "script-task, script, target",
        "script-listener, listener, target",
        "script-input, script, target",
        "script-condition, attribute, on",
        "script-resource, script, target",
        "java-class, java-class, target",
        "java-class-listener, listener, target",
        "java-class-field, field, target",
        "delegate-chain, step-reference, target",
        "delegate-bean, expression-attribute, target",
        "engine-services, expression-attribute, target",
        "alias, expression-attribute, target",
        "encoded, expression-attribute, target",
        "character-data, condition, on",
        "deferred, stray-expression, target",
        "old-namespace, namespace, ",
    })
    void runsOnTheEngineAsItComesAndIsRefusedHere(String attack, String rule, String element) throws Exception {
        Map<String, byte[]> files = Map.of("attack.bpmn", diagram(attack));
        unprotected.run(files);
        assertThat(unprotected.struck()).as("it works").isTrue();
        unprotected.forget();

        assertThat(refused(files)).anySatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo(rule);
            assertThat(finding.element()).isEqualTo(element);
            assertThat(finding.line()).isPositive();
        });
    }

    /** Attack 5: a bean of the application that is no step of the catalogue, by its plain name. */
    @Test
    void namesNoBeanThatIsNoStep() throws Exception {
        assertThat(refused(Map.of("attack.bpmn", diagram("delegate-data-source"))))
                .extracting(Finding::rule)
                .contains("step-reference");
        byte[] plain = new String(diagram("delegate-data-source"), StandardCharsets.UTF_8)
                .replace("${dataSource.connection}", "${dataSource}")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(refused(Map.of("attack.bpmn", plain)))
                .extracting(Finding::rule, Finding::element)
                .contains(org.assertj.core.api.Assertions.tuple("unknown-step", "target"));
    }

    /** Attack 7: another encoding hides the words from a gate that reads bytes, and not from the engine. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32", "IBM1047", "UTF-7"})
    void hidesBehindNoEncoding(String encoding) throws Exception {
        String text = new String(diagram("expression"), StandardCharsets.UTF_8)
                .replace("encoding=\"UTF-8\"", "encoding=\"" + encoding + "\"");
        byte[] bytes =
                text.getBytes(Charset.isSupported(encoding) ? Charset.forName(encoding) : StandardCharsets.UTF_8);
        if (encoding.startsWith("UTF-16")) {
            unprotectedReads(bytes);
            assertThat(unprotected.struck()).as("it works").isTrue();
            unprotected.forget();
        }

        assertThat(refused(Map.of("attack.bpmn", bytes)))
                .extracting(Finding::rule)
                .containsAnyOf("encoding", "malformed");
    }

    /** Attack 8: what a parser as it comes expands or fetches, ours refuses without a request. */
    @ParameterizedTest
    @CsvSource({
        "document-type, doctype, expanded",
        "many-laughs, doctype, hahahaha",
        "external-entity, doctype, fetched",
        "included, namespace, fetched",
        "schema-location, attribute, ",
    })
    void expandsAndFetchesNothing(String attack, String rule, String word) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            byte[] answer = (exchange.getRequestURI().getPath().equals("/schema")
                            ? "<schema xmlns='http://www.w3.org/2001/XMLSchema'/>"
                            : "fetched")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            byte[] file = new String(diagram(attack), StandardCharsets.UTF_8)
                    .replace("PORT", String.valueOf(server.getAddress().getPort()))
                    .getBytes(StandardCharsets.UTF_8);
            String read = parsedAsItComes(file);
            assertThat(word == null ? asked.get() > 0 : read.contains(word))
                    .as("it works")
                    .isTrue();
            asked.set(0);

            assertThat(refused(Map.of("attack.bpmn", file)))
                    .extracting(Finding::rule)
                    .contains(rule);
            assertThat(asked).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    /** Attack 9: expressions inside queries; the engine's own check overlooks {@code or()}. */
    @Test
    void evaluatesNoExpressionOfAQuery() {
        unprotected.attempt(() -> unprotected
                .engine()
                .getTaskService()
                .createTaskQuery()
                .or()
                .taskAssigneeExpression(REFLECTION)
                .endOr()
                .list());
        assertThat(unprotected.struck()).as("it works").isTrue();
        unprotected.forget();

        assertThatThrownBy(() -> tasks.createTaskQuery()
                        .or()
                        .taskAssigneeExpression(REFLECTION)
                        .endOr()
                        .list())
                .isInstanceOf(ProcessEngineException.class);
        assertThatThrownBy(() -> tasks.createTaskQuery()
                        .taskAssigneeExpression(REFLECTION)
                        .list())
                .isInstanceOf(ProcessEngineException.class);
    }

    /** Attack 9: the same, kept in a filter. */
    @Test
    void evaluatesNoExpressionOfAStoredFilter() {
        unprotected.attempt(() -> storedFilter(unprotected.engine()));
        assertThat(unprotected.struck()).as("it works").isTrue();
        unprotected.forget();

        assertThatThrownBy(() -> new TransactionTemplate(transactions).executeWithoutResult(status -> {
                    status.setRollbackOnly();
                    storedFilter(engine);
                }))
                .isInstanceOf(ProcessEngineException.class);
    }

    /** Attack 10: a table in another language than FEEL, called by the diagram beside it. */
    @Test
    void asksNoTableThatRunsAnything() throws Exception {
        Map<String, byte[]> files = Map.of(
                "attack.bpmn",
                diagram("decision-reference"),
                "attack.dmn",
                Files.readAllBytes(ATTACKS.resolve("tables/juel.dmn")));
        unprotected.run(files);
        assertThat(unprotected.struck()).as("it works").isTrue();
        unprotected.forget();

        assertThat(refused(files))
                .extracting(Finding::file, Finding::rule)
                .contains(
                        org.assertj.core.api.Assertions.tuple("attack.dmn", "decision-language"),
                        org.assertj.core.api.Assertions.tuple("attack.bpmn", "decision-kind"));
    }

    /** Attack 10: files of other kinds or other places beside a sound diagram. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "attack.groovy",
                "attack.bpmn20.xml",
                "attack.cmmn",
                "../attack.bpmn",
                "letters/../../attack.html",
                "META-INF/processes.xml",
                "forms/attack.html",
                "forms/sub/attack.form",
                "/attack.dmn"
            })
    void takesNoOtherFiles(String name) {
        ProcessFolder folder = ModelFixtures.with(ModelFixtures.sound(), name, "1".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> deployments.publish(folder)).isInstanceOfSatisfying(ModelRefused.class, refused -> {
            assertThat(refused.findings()).anySatisfy(finding -> {
                assertThat(finding.file()).isEqualTo(name);
                assertThat(finding.rule()).isIn("path", "malformed", "encoding");
            });
        });
    }

    /** Attack 13: an object that strikes while it is read back from the bytes of a variable. */
    @Test
    void readsNoObjectFromBytes() throws Exception {
        ObjectValue bytes = serialized();
        Payload.forget();
        var task = unprotected.engine().getTaskService().newTask();
        unprotected.engine().getTaskService().saveTask(task);
        unprotected.engine().getTaskService().setVariable(task.getId(), "x", bytes);
        unprotected.engine().getTaskService().getVariable(task.getId(), "x");
        assertThat(unprotected.struck()).as("it works").isTrue();
        unprotected.engine().getTaskService().deleteTask(task.getId(), true);
        unprotected.forget();

        deployments.publish(ModelFixtures.sound());
        deployed++;
        String instance = processes.start("ask", "YRK-2026-0001", new ProjectId(1), Variables.none());
        assertThatThrownBy(() -> runtime.setVariable(instance, "x", bytes)).isInstanceOf(ProcessEngineException.class);
        assertThat(runtime.getVariables(instance)).doesNotContainKey("x");
    }

    /** After every refusal the engine deploys, starts and goes on as before. */
    @Test
    void theEngineGoesOnAfterARefusal() throws Exception {
        refused(Map.of("attack.bpmn", diagram("script-task")));

        deployments.publish(ModelFixtures.sound());
        deployed++;
        processes.start("ask", "YRK-2026-0001", new ProjectId(1), Variables.none());
        assertThat(processes.running("YRK-2026-0001").get(0).at()).isNotEmpty();
    }

    static List<String> files() throws IOException {
        try (Stream<Path> found = Files.list(ATTACKS.resolve("diagrams"))) {
            return found.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".bpmn"))
                    .map(name -> name.replace(".bpmn", ""))
                    .toList();
        }
    }

    /** A file that is added is refused, too, or this fails; and the gate inside the engine knows it as well. */
    @ParameterizedTest
    @MethodSource("files")
    void everyFileIsRefusedAtBothGates(String attack) throws Exception {
        byte[] file = diagram(attack);

        assertThat(refused(Map.of("attack.bpmn", file))).isNotEmpty();
        if (!List.of("delegate-data-source", "decision-reference").contains(attack)) {
            assertThatThrownBy(() -> repository
                            .createDeployment()
                            .addInputStream("attack.bpmn", new ByteArrayInputStream(file))
                            .deploy())
                    .isInstanceOf(ProcessEngineException.class)
                    .hasMessageContaining("Not deployed");
        }
    }

    private List<Finding> refused(Map<String, byte[]> files) {
        ModelRefused[] refusal = new ModelRefused[1];
        assertThatThrownBy(() -> deployments.publish(new ProcessFolder("attack", new TreeMap<>(files))))
                .isInstanceOfSatisfying(ModelRefused.class, refused -> refusal[0] = refused);
        return refusal[0].findings().stream().filter(Finding::refuses).toList();
    }

    private void unprotectedReads(byte[] bytes) {
        RepositoryService open = unprotected.engine().getRepositoryService();
        open.createDeployment()
                .addInputStream("attack.bpmn", new ByteArrayInputStream(bytes))
                .deploy();
        unprotected.engine().getRuntimeService().startProcessInstanceByKey("attack");
    }

    private static void storedFilter(ProcessEngine engine) {
        FilterService filters = engine.getFilterService();
        TaskQuery query = engine.getTaskService().createTaskQuery().taskAssigneeExpression(REFLECTION);
        Filter filter = filters.saveFilter(filters.newTaskFilter("attack").setQuery(query));
        try {
            filters.list(filter.getId());
        } finally {
            filters.deleteFilter(filter.getId());
        }
    }

    /** What the parser of the JDK makes of it when nobody tells it to be careful. */
    private static String parsedAsItComes(byte[] file) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setXIncludeAware(true);
        if (new String(file, StandardCharsets.UTF_8).contains("schemaLocation")) {
            factory.setValidating(true);
            factory.setAttribute(
                    "http://java.sun.com/xml/jaxp/properties/schemaLanguage", "http://www.w3.org/2001/XMLSchema");
        }
        var builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null);
        var document = builder.parse(new ByteArrayInputStream(file));
        return document.getElementsByTagNameNS("*", "userTask").item(0).getTextContent()
                + document.getElementsByTagNameNS("*", "userTask")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("id")
                + document.getElementsByTagNameNS("*", "userTask")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("name");
    }

    private static ObjectValue serialized() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Payload());
        }
        return org.camunda.bpm.engine.variable.Variables.serializedObjectValue(
                        Base64.getEncoder().encodeToString(bytes.toByteArray()))
                .serializationDataFormat("application/x-java-serialized-object")
                .objectTypeName(Payload.class.getName())
                .create();
    }

    private static byte[] diagram(String attack) throws IOException {
        return Files.readAllBytes(ATTACKS.resolve("diagrams/" + attack + ".bpmn"));
    }
}
