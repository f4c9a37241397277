package org.ancora.process.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ancora.access.ProjectId;
import org.ancora.process.DeployedFiles;
import org.ancora.process.Processes;
import org.ancora.process.RunningProcess;
import org.ancora.process.Variables;
import org.ancora.process.model.Finding;
import org.ancora.process.model.ModelCheck;
import org.ancora.process.model.ModelFixtures;
import org.ancora.process.model.ProcessFolder;
import org.ancora.testing.AncoraTest;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@AncoraTest
class DeploymentsTest {

    @Autowired
    Deployments deployments;

    @Autowired
    ShippedFolders shipped;

    @Autowired
    ModelCheck check;

    @Autowired
    DeployedFiles files;

    @Autowired
    RepositoryService repository;

    @Autowired
    Processes processes;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void forgetTheTestFolder() {
        jdbc.sql("delete from deployment where folder = 'ask'").update();
    }

    @Test
    void anUnchangedFolderIsNotDeployedAgain() {
        assertThat(deployments.seed(ModelFixtures.sound())).isEqualTo(Deployments.Outcome.DEPLOYED);
        long before = repository.createDeploymentQuery().count();

        assertThat(deployments.seed(ModelFixtures.sound())).isEqualTo(Deployments.Outcome.UNCHANGED);
        assertThat(repository.createDeploymentQuery().count()).isEqualTo(before);
    }

    @Test
    void aChangedFolderRunsFromNowOnAndWhatRanBeforeStaysAsItWas() {
        deployments.seed(ModelFixtures.sound());
        start("YRK-2026-0001");

        assertThat(deployments.seed(changed("Ring the client"))).isEqualTo(Deployments.Outcome.DEPLOYED);
        start("YRK-2026-0002");

        RunningProcess old = processes.running("YRK-2026-0001").get(0);
        RunningProcess young = processes.running("YRK-2026-0002").get(0);
        assertThat(young.version()).isEqualTo(old.version() + 1);
        assertThat(name(old)).isEqualTo("Call the client");
        assertThat(name(young)).isEqualTo("Ring the client");
    }

    @Test
    void anOwnersVersionIsNeverOverridden() {
        deployments.seed(ModelFixtures.sound());
        deployments.publish(changed("Visit the client"));

        assertThat(deployments.seed(changed("Write to the client"))).isEqualTo(Deployments.Outcome.OWNERS_VERSION_KEPT);
        start("YRK-2026-0001");
        assertThat(name(processes.running("YRK-2026-0001").get(0))).isEqualTo("Visit the client");
    }

    @Test
    void aBrokenFolderIsRefusedWholeWithASentenceThatNamesTheStep() {
        deployments.seed(ModelFixtures.sound());
        long before = repository.createDeploymentQuery().count();

        assertThatThrownBy(() -> deployments.seed(ModelFixtures.broken("unknown-step")))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("The folder ask was not deployed")
                .hasMessageContaining("ask.bpmn")
                .hasMessageContaining("plan-call")
                .hasMessageContaining("unknown-step dataSource");
        assertThat(repository.createDeploymentQuery().count()).isEqualTo(before);
        start("YRK-2026-0001");
    }

    @Test
    void whatOnlyTheEngineFindsIsAFindingToo() {
        String twoStarts = text(ModelFixtures.sound(), "ask.bpmn")
                .replace(
                        "<bpmn:messageEventDefinition id=\"withdrawn-message\" messageRef=\"message-withdrawn\" />",
                        "<bpmn:messageEventDefinition id=\"withdrawn-message\" messageRef=\"message-withdrawn\" />"
                                + "<bpmn:outgoing>to-withdrawn</bpmn:outgoing>");

        assertThatThrownBy(() -> deployments.seed(ModelFixtures.with(
                        ModelFixtures.sound(), "ask.bpmn", twoStarts.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOfSatisfying(ModelRefused.class, refused -> assertThat(refused.findings())
                        .extracting(Finding::rule)
                        .contains("engine"));
    }

    @Test
    void lettersAndFormsAreReadAsDeployed() {
        deployments.seed(ModelFixtures.sound());
        start("YRK-2026-0001");
        deployments.seed(ModelFixtures.with(
                changed("Ring the client"),
                "letters/hello.en.html",
                "<p>Good day</p>".getBytes(StandardCharsets.UTF_8)));

        assertThat(files.read("ask", "letters/hello.en.html").orElseThrow())
                .asString()
                .isEqualTo("<p>Good day</p>");
        assertThat(files.read("ask", "letters/hello.it.html")).isPresent();
        assertThat(files.read("ask", "letters/unwritten.it.html")).isEmpty();
        assertThat(files.read("nowhere", "letters/hello.it.html")).isEmpty();
        assertThat(files.names("ask")).contains("ask.bpmn", "forms/answer.form");
        assertThat(files.form(processes.running("YRK-2026-0001").get(0).definition(), "answer")
                        .orElseThrow())
                .isEqualTo(ModelFixtures.sound().files().get("forms/answer.form"));
    }

    private static ProcessFolder changed(String name) {
        ProcessFolder sound = ModelFixtures.sound();
        return ModelFixtures.with(
                sound,
                "ask.bpmn",
                text(sound, "ask.bpmn").replace("Call the client", name).getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ProcessFolder folder, String file) {
        return new String(folder.files().get(file), StandardCharsets.UTF_8);
    }

    private String name(RunningProcess running) {
        return repository
                .getBpmnModelInstance(running.definition())
                .getModelElementById("call-client")
                .getAttributeValue("name");
    }

    private void start(String caseCode) {
        processes.start("ask", caseCode, new ProjectId(7), Variables.none());
    }

    /** The folders that come with this release; of one row the source itself asks that its owner be warned (J-R1). */
    @Test
    void everyShippedFolderIsFreeOfFindings() {
        assertThat(shipped.all()).extracting(ProcessFolder::name).contains("correspondence", "engagement");
        for (ProcessFolder folder : shipped.all()) {
            assertThat(check.check(folder).findings())
                    .as(folder.name())
                    .filteredOn(finding -> !"rule-complaint-central".equals(finding.element()))
                    .isEmpty();
        }
    }

    @Test
    void everyStepAndFormIsUsedBySomeShippedDiagram() {
        List<String> ofTests = List.of("lookUpPolicy", "planCall", "tellSource", "callOverdue", "answer", "task-test");

        assertThat(check.unused(shipped.all(), shipped.formIds()))
                .filteredOn(finding -> !ofTests.contains(finding.arguments().get(0)))
                .isEmpty();
    }
}
