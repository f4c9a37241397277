package org.ancora.process.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Date;
import java.util.Locale;
import java.util.Map;
import org.ancora.process.Processes;
import org.ancora.testing.AncoraTest;
import org.ancora.web.Problem;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Attack 11, past the model check: what goes round while it runs is stopped, in a request and in a job. */
@AncoraTest
class GoesRoundTest {

    private static final String CODE = "YRK-2026-0099";

    @Autowired
    private RepositoryService repository;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private ManagementService jobs;

    @Autowired
    private MessageSource messages;

    @Autowired
    private JdbcClient jdbc;

    private String deployment = "";

    @AfterEach
    void tidy() {
        repository.deleteDeployment(deployment, true);
    }

    private void deploy(String again) {
        deployment = repository
                .createDeployment()
                .addString("round.bpmn", """
                        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                            xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="definitions" targetNamespace="round">
                          <bpmn:process id="round" isExecutable="true" camunda:historyTimeToLive="P1D">
                            <bpmn:startEvent id="start"/>
                            %s
                            <bpmn:sequenceFlow id="to" sourceRef="start" targetRef="again"/>
                            <bpmn:sequenceFlow id="back" sourceRef="again" targetRef="again"/>
                          </bpmn:process>
                        </bpmn:definitions>
                        """.formatted(again))
                .deploy()
                .getId();
    }

    private Map<String, Object> variables() {
        return Map.of(
                Processes.PROJECT_ID.name(),
                1L,
                "due",
                new Date(ClockUtil.getCurrentTime().getTime() - 60_000));
    }

    @Test
    void inARequestNothingIsKeptAndThePersonIsTold() {
        deploy("<bpmn:exclusiveGateway id=\"again\"/>");

        assertThatThrownBy(() -> runtime.startProcessInstanceByKey("round", CODE, variables()))
                .isInstanceOfSatisfying(GoesRound.class, stopped -> {
                    assertThat(stopped.status().value()).isEqualTo(409);
                    for (String language : new String[] {"en", "es", "it"}) {
                        assertThat(messages.getMessage(
                                        stopped.key(), stopped.arguments(), Locale.forLanguageTag(language)))
                                .contains("round", "again", "500");
                    }
                });

        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(CODE)
                        .count())
                .isZero();
    }

    /** Its date is over each time, so that it is due again as soon as it was kept. */
    @Test
    void aDateThatIsAlwaysOverBecomesSomethingThatCouldNotBeDone() {
        deploy("""
                <bpmn:intermediateCatchEvent id="again"><bpmn:timerEventDefinition id="date"><bpmn:timeDate
                    xsi:type="bpmn:tFormalExpression">${due}</bpmn:timeDate></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
                """);
        String instance =
                runtime.startProcessInstanceByKey("round", CODE, variables()).getId();

        Throwable stopped = null;
        int ran = 0;
        while (stopped == null && ran <= Rounds.MOST) {
            jobs.setJobRetries(job(instance).getId(), 1);
            stopped = catchThrowable(() -> jobs.executeJob(job(instance).getId()));
            ran++;
        }

        assertThat(ran).isEqualTo(Rounds.MOST);
        assertThat(stopped).hasStackTraceContaining("GoesRound");
        assertThat(Problem.class).isAssignableFrom(GoesRound.class);
        // Tried again as often as any job, to no other end.
        for (int turn = 0; job(instance).getRetries() > 0; turn++) {
            assertThat(turn).as("tried again for ever").isLessThan(20);
            assertThat(catchThrowable(() -> jobs.executeJob(job(instance).getId())))
                    .hasStackTraceContaining("GoesRound");
        }
        assertThat(jdbc.sql(
                                "select c.kind from procedure_incident i join incident_cause c on c.id = i.cause_id where i.root_instance_id = :id")
                        .param("id", instance)
                        .query(String.class)
                        .list())
                .containsExactly("round");
    }

    private Job job(String instance) {
        return jobs.createJobQuery().processInstanceId(instance).singleResult();
    }
}
