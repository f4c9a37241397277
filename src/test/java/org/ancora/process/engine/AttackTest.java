package org.ancora.process.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.ancora.process.model.ModelCheck;
import org.ancora.process.model.ModelFixtures;
import org.ancora.testing.AncoraTest;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.spring.SpringTransactionsProcessEngineConfiguration;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Diagrams that try to become programs. Each layer of the defence is tried alone: the gate on the file, the gate inside
 * the engine, and the engine's own restrictions with both gates taken away.
 */
@AncoraTest
class AttackTest {

    static final String REFLECTION = "${''.getClass().forName('java.lang.System')"
            + ".getMethod('setProperty', ''.getClass(), ''.getClass()).invoke(null, 'ancora.attacked', 'yes')}";

    private static final String DIAGRAM = """
            <?xml version="1.0" encoding="UTF-8"?>
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                targetNamespace="attack">
              %s
              <process id="attack" isExecutable="true" camunda:historyTimeToLive="P1D">
                <startEvent id="start"/>
                <sequenceFlow id="flow" sourceRef="start" targetRef="target"/>
                %s
              </process>
            </definitions>
            """;

    private static ProcessEngine open;

    @Autowired
    DataSource dataSource;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    RestrictedExpressions expressions;

    @Autowired
    RepositoryService repository;

    @Autowired
    TaskService tasks;

    @Autowired
    ProcessEngine engine;

    @BeforeEach
    @AfterEach
    void untouched() {
        System.clearProperty("ancora.attacked");
        SideEffect.happened = false;
    }

    /** What runs if a diagram may name a class. */
    public static class SideEffect implements JavaDelegate {

        static volatile boolean happened;

        public SideEffect() {
            happened = true;
        }

        @Override
        public void execute(DelegateExecution execution) {
            happened = true;
        }
    }

    /** Every place of a diagram that the engine would evaluate, with %s for the expression. */
    static List<String> places() {
        return List.of(
                "<userTask id='target' name='%s'/>",
                "<userTask id='target'><documentation>%s</documentation></userTask>",
                "<userTask id='target' camunda:assignee='%s'/>",
                "<userTask id='target' camunda:candidateGroups='%s'/>",
                "<userTask id='target' camunda:candidateUsers='%s'/>",
                "<userTask id='target' camunda:dueDate='%s'/>",
                "<userTask id='target' camunda:followUpDate='%s'/>",
                "<userTask id='target' camunda:priority='%s'/>",
                "<userTask id='target' camunda:formKey='%s'/>",
                "<userTask id='target' camunda:formHandlerClass='org.ancora.process.engine.AttackTest$SideEffect' name='%s'/>",
                "<userTask id='target' camunda:formRef='%s' camunda:formRefBinding='deployment'/>",
                "<userTask id='target' camunda:formRef='x' camunda:formRefBinding='version' camunda:formRefVersion='%s'/>",
                "<userTask id='target'><extensionElements><camunda:taskListener event='create' expression='%s'/></extensionElements></userTask>",
                "<userTask id='target'><extensionElements><camunda:taskListener event='create' delegateExpression='%s'/></extensionElements></userTask>",
                "<userTask id='target'><extensionElements><camunda:inputOutput><camunda:inputParameter name='x'>%s</camunda:inputParameter></camunda:inputOutput></extensionElements></userTask>",
                "<userTask id='target'><extensionElements><camunda:formData><camunda:formField id='x' label='%s' type='string' defaultValue='%s'/></camunda:formData></extensionElements></userTask>",
                "<serviceTask id='target' camunda:expression='%s'/>",
                "<serviceTask id='target' camunda:delegateExpression='%s'/>",
                "<serviceTask id='target' camunda:type='external' camunda:topic='%s'/>",
                "<serviceTask id='target' camunda:type='external' camunda:topic='x' camunda:taskPriority='%s'/>",
                "<serviceTask id='target' camunda:asyncBefore='true' camunda:jobPriority='%s' camunda:expression='x'/>",
                "<serviceTask id='target' camunda:expression='x'><extensionElements><camunda:executionListener event='start' expression='%s'/></extensionElements></serviceTask>",
                "<serviceTask id='target' camunda:expression='x' camunda:asyncBefore='true'><extensionElements><camunda:failedJobRetryTimeCycle>%s</camunda:failedJobRetryTimeCycle></extensionElements></serviceTask>",
                "<serviceTask id='target' camunda:expression='x'><multiInstanceLoopCharacteristics><loopCardinality>%s</loopCardinality></multiInstanceLoopCharacteristics></serviceTask>",
                "<serviceTask id='target' camunda:expression='x'><multiInstanceLoopCharacteristics camunda:collection='%s'/></serviceTask>",
                "<serviceTask id='target' camunda:expression='x'><extensionElements><camunda:field name='x' expression='%s'/></extensionElements></serviceTask>",
                "<serviceTask id='target' camunda:expression='x'><extensionElements><camunda:inputOutput><camunda:outputParameter name='x'>%s</camunda:outputParameter></camunda:inputOutput></extensionElements></serviceTask>",
                "<businessRuleTask id='target' camunda:decisionRef='%s'/>",
                "<businessRuleTask id='target' camunda:expression='%s'/>",
                "<sendTask id='target' camunda:expression='%s'/>",
                "<callActivity id='target' calledElement='%s'/>",
                "<callActivity id='target' calledElement='x' camunda:calledElementBinding='versionTag' camunda:calledElementVersionTag='%s'/>",
                "<callActivity id='target' calledElement='x'><extensionElements><camunda:in businessKey='%s'/></extensionElements></callActivity>",
                "<callActivity id='target' calledElement='x'><extensionElements><camunda:in sourceExpression='%s' target='x'/></extensionElements></callActivity>",
                "<callActivity id='target' calledElement='x' camunda:variableMappingDelegateExpression='%s'/>",
                "<intermediateCatchEvent id='target'><timerEventDefinition><timeDate>%s</timeDate></timerEventDefinition></intermediateCatchEvent>",
                "<intermediateCatchEvent id='target'><timerEventDefinition><timeDuration>%s</timeDuration></timerEventDefinition></intermediateCatchEvent>",
                "<intermediateCatchEvent id='target'><timerEventDefinition><timeCycle>%s</timeCycle></timerEventDefinition></intermediateCatchEvent>",
                "<intermediateCatchEvent id='target'><conditionalEventDefinition><condition xsi:type='tFormalExpression'>%s</condition></conditionalEventDefinition></intermediateCatchEvent>",
                "<scriptTask id='target' scriptFormat='juel'><script>%s</script></scriptTask>",
                "<exclusiveGateway id='target'/><endEvent id='end'/><sequenceFlow id='on' sourceRef='target' targetRef='end'><conditionExpression xsi:type='tFormalExpression'>%s</conditionExpression></sequenceFlow>",
                "<exclusiveGateway id='target'/><endEvent id='end'/><sequenceFlow id='on' sourceRef='target' targetRef='end'><conditionExpression xsi:type='tFormalExpression' language='juel'>%s</conditionExpression></sequenceFlow>");
    }

    @Nested
    class TheGate {

        @ParameterizedTest
        @MethodSource("org.ancora.process.engine.AttackTest#places")
        void refusesReflectionEverywhere(String place) {
            assertThat(gate(diagram(place, REFLECTION))).isNotEmpty();
        }

        @ParameterizedTest
        @MethodSource("org.ancora.process.engine.AttackTest#places")
        void refusesTheEnginesServicesEverywhere(String place) {
            assertThat(gate(diagram(place, "#{execution.processEngineServices.repositoryService}")))
                    .isNotEmpty();
        }

        @ParameterizedTest
        @MethodSource("org.ancora.process.engine.AttackTest#places")
        void isNotDeceivedByEncodedOrWrappedExpressions(String place) {
            String encoded = REFLECTION.replace("$", "&#36;").replace("{", "&#x7b;");

            assertThat(gate(DIAGRAM.formatted("", place.replace("%s", encoded.replace("'", "&apos;")))))
                    .isNotEmpty();
            if (place.contains(">%s<")) {
                assertThat(gate(DIAGRAM.formatted("", place.replace("%s", "<![CDATA[$]]><![CDATA[{''.class}]]>"))))
                        .isNotEmpty();
            }
        }

        @Test
        void refusesMessageNamesThatAreExpressions() {
            assertThat(
                            gate(
                                    DIAGRAM.formatted(
                                            "<message id='m' name=\"" + REFLECTION + "\"/>",
                                            "<intermediateCatchEvent id='target'><messageEventDefinition messageRef='m'/></intermediateCatchEvent>")))
                    .isNotEmpty();
        }

        @Test
        void refusesOtherEncodingsDocumentTypesAndIncludes() {
            String sound = new String(ModelFixtures.sound().files().get("ask.bpmn"), StandardCharsets.UTF_8);
            String entities =
                    "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'><!ENTITY c SYSTEM 'file:///etc/passwd'>]>";

            assertThat(gate(sound)).isEmpty();
            assertThat(ModelCheck.gate("ask.bpmn", sound.getBytes(StandardCharsets.UTF_16)))
                    .isNotEmpty();
            assertThat(ModelCheck.gate(
                            "ask.bpmn", sound.replace("UTF-8", "UTF-7").getBytes(StandardCharsets.UTF_8)))
                    .isNotEmpty();
            assertThat(gate(sound.replace("?>", "?>" + entities))).isNotEmpty();
            assertThat(gate(sound.replace("Call the main", "&c;").replace("?>", "?>" + entities)))
                    .isNotEmpty();
            assertThat(gate(sound.replace(
                            "<bpmn:documentation>",
                            "<bpmn:documentation><xi:include"
                                    + " xmlns:xi='http://www.w3.org/2001/XInclude' href='file:///etc/passwd'/>")))
                    .isNotEmpty();
            assertThat(gate(sound.replace(
                            "id=\"definitions\"",
                            "id=\"definitions\" xsi:schemaLocation=\"a http://localhost:1/a.xsd\"")))
                    .isNotEmpty();
        }

        private List<?> gate(String text) {
            return ModelCheck.gate("attack.bpmn", text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Whatever reaches the engine without passing our deployment. */
    @Nested
    class TheGateInsideTheEngine {

        @ParameterizedTest
        @MethodSource("org.ancora.process.engine.AttackTest#places")
        void refusesEveryOtherWayOfDeployment(String place) {
            assertThatThrownBy(() -> repository
                            .createDeployment()
                            .addString("attack.bpmn", diagram(place, REFLECTION))
                            .deploy())
                    .isInstanceOf(ProcessEngineException.class)
                    .hasMessageContaining("Not deployed");
            nothingHappened();
        }

        @Test
        void refusesOtherKindsOfFilesAndTablesInOtherLanguages() {
            String table = new String(ModelFixtures.sound().files().get("answer-policy.dmn"), StandardCharsets.UTF_8)
                    .replace("<text>project</text>", "<text>''.class</text>")
                    .replace("typeRef=\"string\"><text>''", "typeRef=\"string\" expressionLanguage=\"juel\"><text>''");

            for (Map.Entry<String, String> file : Map.of(
                            "attack.bpmn20.xml",
                            diagram(places().get(0), "x"),
                            "attack.groovy",
                            "1",
                            "attack.cmmn",
                            "<x/>",
                            "letters/../attack.bpmn",
                            diagram(places().get(0), REFLECTION),
                            "answer-policy.dmn",
                            table)
                    .entrySet()) {
                assertThatThrownBy(() -> repository
                                .createDeployment()
                                .addString(file.getKey(), file.getValue())
                                .deploy())
                        .as(file.getKey())
                        .isInstanceOf(ProcessEngineException.class)
                        .hasMessageContaining("Not deployed");
            }
        }
    }

    /** With both gates gone the engine must still not run what a diagram says. */
    @Nested
    class TheEngineWithoutGates {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<serviceTask id='target' camunda:expression='%s'/>",
                    "<userTask id='target' camunda:assignee='%s'/>",
                    "<userTask id='target' name='%s'/>",
                    "<userTask id='target' camunda:dueDate='%s'/>",
                    "<exclusiveGateway id='target'/><endEvent id='end'/><sequenceFlow id='on' sourceRef='target' targetRef='end'><conditionExpression xsi:type='tFormalExpression'>%s</conditionExpression></sequenceFlow>",
                    "<intermediateCatchEvent id='target'><timerEventDefinition><timeDate>%s</timeDate></timerEventDefinition></intermediateCatchEvent>",
                    "<serviceTask id='target' camunda:expression='${true}'><extensionElements><camunda:executionListener event='start' expression='%s'/></extensionElements></serviceTask>",
                    "<callActivity id='target' calledElement='%s'/>",
                })
        void evaluatesNoReflection(String place) {
            assertThatThrownBy(() -> run(diagram(place, REFLECTION))).isInstanceOf(ProcessEngineException.class);
            nothingHappened();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "${execution.processEngineServices}",
                    "${execution.getProcessEngineServices().getRuntimeService()}",
                    "${execution}",
                    "${execution.processBusinessKey}",
                    "${task}",
                    "${authenticatedUserId}",
                    "${currentUser()}",
                    "${now()}",
                    "${dateTime().getClass()}",
                    "${dataSource}",
                    "${processEngine}",
                    "${planCall.name}",
                    "${planCall.does(null)}",
                    "${''.class}",
                    "${word.bytes}",
                    "${word[0]}",
                    "${list[0]}",
                    "${map.key}",
                    "${map['key']}",
                })
        void reachesNothingButVariablesAndSteps(String expression) {
            assertThatThrownBy(() -> run(diagram("<serviceTask id='target' camunda:expression='%s'/>", expression)))
                    .isInstanceOf(ProcessEngineException.class);
        }

        @Test
        void stillEvaluatesWhatOurLanguageCanSay() {
            run(diagram(
                    "<serviceTask id='target' camunda:resultVariable='x' camunda:expression='%s'/>",
                    "${(word == 'abc' and 3 < 4) or not (word == 'x')}"));
            run(diagram(
                    "<serviceTask id='target' camunda:resultVariable='x' camunda:expression='%s'/>",
                    "#{execution.processBusinessKey}"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"juel", "javascript", "groovy", "python", "feel", "ecmascript"})
        void runsNoScript(String language) {
            assertThatThrownBy(() -> run(diagram(
                            "<scriptTask id='target' scriptFormat='" + language + "'><script>%s</script></scriptTask>",
                            "${1}")))
                    .isInstanceOf(ProcessEngineException.class);
            assertThatThrownBy(() -> run(diagram(
                            "<serviceTask id='target' camunda:expression='${true}'><extensionElements><camunda:inputOutput><camunda:inputParameter name='x'><camunda:script scriptFormat='"
                                    + language
                                    + "'>%s</camunda:script></camunda:inputParameter></camunda:inputOutput></extensionElements></serviceTask>",
                            "${1}")))
                    .isInstanceOf(ProcessEngineException.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<serviceTask id='target' camunda:class='%s'/>",
                    "<userTask id='target'><extensionElements><camunda:taskListener event='create' class='%s'/></extensionElements></userTask>",
                    "<userTask id='target'><extensionElements><camunda:executionListener event='start' class='%s'/></extensionElements></userTask>",
                })
        void makesNoObjectOfANamedClass(String place) {
            assertThatThrownBy(() -> run(diagram(place, SideEffect.class.getName())))
                    .isInstanceOf(ProcessEngineException.class);
            nothingHappened();
        }

        @Test
        void allowsNoJavaInDecisions() {
            var decisions = ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                    .getDmnEngineConfiguration();
            String external = "(function(a, b) external { java: { class: \"java.lang.System\", method signature:"
                    + " \"setProperty(java.lang.String, java.lang.String)\" } })(\"ancora.attacked\", \"yes\")";

            try {
                Object answer =
                        decisions.getFeelEngine().evaluateSimpleExpression(external, Variables.emptyVariableContext());
                assertThat(answer).isNull();
            } catch (RuntimeException refused) {
                assertThat(refused).isNotNull();
            }
            nothingHappened();
        }

        private void run(String diagram) {
            new TransactionTemplate(transactions).executeWithoutResult(status -> {
                status.setRollbackOnly();
                ProcessEngine open = withoutGates();
                open.getRepositoryService()
                        .createDeployment()
                        .addString("attack.bpmn", diagram)
                        .deploy();
                open.getRuntimeService()
                        .startProcessInstanceByKey(
                                "attack",
                                "YRK-2026-0001",
                                Map.of("word", "abc", "list", List.of("a"), "map", Map.of("key", "a")));
            });
        }
    }

    private ProcessEngine withoutGates() {
        if (open == null) {
            SpringTransactionsProcessEngineConfiguration settings =
                    EngineConfiguration.settings(dataSource, transactions, expressions, false);
            settings.setProcessEngineName("without-gates");
            settings.setCustomPreDeployers(null);
            open = settings.buildProcessEngine();
        }
        return open;
    }

    @AfterAll
    static void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    @Test
    void expressionsInQueriesReachNothingEither() {
        assertThatThrownBy(() -> tasks.createTaskQuery()
                        .taskAssigneeExpression(REFLECTION)
                        .list())
                .isInstanceOf(ProcessEngineException.class);
        // The engine's own check overlooks or(): its known hole. The restricted expressions close it.
        assertThatThrownBy(() -> tasks.createTaskQuery()
                        .or()
                        .taskAssigneeExpression(REFLECTION)
                        .endOr()
                        .list())
                .isInstanceOf(ProcessEngineException.class);
        nothingHappened();
    }

    @Test
    void noSerializedObjectsBecomeVariables() {
        assertThatThrownBy(() -> new TransactionTemplate(transactions).executeWithoutResult(status -> {
                    status.setRollbackOnly();
                    var task = tasks.newTask("attack");
                    tasks.saveTask(task);
                    tasks.setVariable(
                            "attack",
                            "x",
                            Variables.serializedObjectValue("rO0ABXQAAWE=")
                                    .serializationDataFormat("application/x-java-serialized-object")
                                    .objectTypeName("java.lang.String")
                                    .create());
                }))
                .isInstanceOf(ProcessEngineException.class);
    }

    private static void nothingHappened() {
        assertThat(System.getProperty("ancora.attacked")).isNull();
        assertThat(SideEffect.happened).isFalse();
    }

    private static String diagram(String place, String expression) {
        return DIAGRAM.formatted(
                "",
                place.replace(
                        "%s",
                        expression.replace("&", "&amp;").replace("'", "&apos;").replace("<", "&lt;")));
    }
}
