package org.ancora.process.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ancora.process.model.ModelFixtures;
import org.ancora.process.model.ProcessFolder;
import org.ancora.testing.AncoraTest;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A release that brings a harmful folder beside sound ones. */
@AncoraTest
@ExtendWith(OutputCaptureExtension.class)
class StartUpDeploymentTest {

    @Autowired
    private Deployments deployments;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void leavesAHarmfulFolderOutSaysWhyAndGoesOn(CapturedOutput log) throws Exception {
        jdbc.sql("delete from deployment where folder in ('ask', 'attack')").update();
        ProcessFolder harmful = new ProcessFolder(
                "attack",
                Map.of(
                        "attack.bpmn",
                        Files.readAllBytes(Path.of("src/test/resources/security/diagrams/script-task.bpmn"))));
        ShippedFolders release = new ShippedFolders() {
            @Override
            public List<ProcessFolder> all() {
                return List.of(harmful, ModelFixtures.sound());
            }
        };

        new StartUpDeployment(release, deployments).start();

        assertThat(log.getAll())
                .contains("The procedures of attack were not deployed")
                .contains("attack.bpmn:8 (target): script bpmn:scriptTask")
                .contains("The procedures of ask are deployed");
        assertThat(repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey("attack")
                        .count())
                .isZero();
        assertThat(jdbc.sql("select count(*) from deployment where folder = 'attack'")
                        .query(Long.class)
                        .single())
                .isZero();
        jdbc.sql("delete from deployment where folder = 'ask'").update();
    }
}
