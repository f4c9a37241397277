package org.ancora.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.ancora.process.deployment.Deployments;
import org.ancora.process.deployment.ShippedFolders;
import org.ancora.process.model.ProcessFolder;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Publishes a procedure anew, as an owner does who changed a word in it, and moves to it what runs on the version before. */
@Component
public class NewVersions {

    private final ShippedFolders shipped;
    private final Deployments deployments;
    private final RepositoryService repository;
    private final RuntimeService runtime;
    private final JdbcClient jdbc;
    private final List<String> published = new ArrayList<>();

    NewVersions(
            ShippedFolders shipped,
            Deployments deployments,
            RepositoryService repository,
            RuntimeService runtime,
            JdbcClient jdbc) {
        this.shipped = shipped;
        this.deployments = deployments;
        this.repository = repository;
        this.runtime = runtime;
        this.jdbc = jdbc;
    }

    public void publish(String name) {
        ProcessFolder folder = shipped.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        TreeMap<String, byte[]> files = new TreeMap<>(folder.files());
        files.replaceAll((path, content) -> path.endsWith(".bpmn")
                ? new String(content, StandardCharsets.UTF_8)
                        .replace("versionTag=\"1\"", "versionTag=\"1." + (published.size() + 1) + "\"")
                        .getBytes(StandardCharsets.UTF_8)
                : content);
        published.add(deployments.publish(new ProcessFolder(name, files)));
    }

    /** As an owner does who writes something else in one of its files; what stands there must stand there. */
    public void publish(String name, String path, String from, String to) {
        ProcessFolder folder = shipped.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        TreeMap<String, byte[]> files = new TreeMap<>(folder.files());
        files.computeIfPresent(path, (file, content) -> {
            String text = new String(content, StandardCharsets.UTF_8);
            assertThat(text).contains(from);
            return text.replace(from, to).getBytes(StandardCharsets.UTF_8);
        });
        published.add(deployments.publish(new ProcessFolder(name, files)));
    }

    /** Moves every procedure with this business key that has a newer version; there has to be one. */
    public void move(String businessKey) {
        int moved = 0;
        for (ProcessInstance instance : runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(businessKey)
                .list()) {
            String newest = repository
                    .createProcessDefinitionQuery()
                    .processDefinitionKey(repository
                            .getProcessDefinition(instance.getProcessDefinitionId())
                            .getKey())
                    .latestVersion()
                    .singleResult()
                    .getId();
            if (!newest.equals(instance.getProcessDefinitionId())) {
                runtime.newMigration(runtime.createMigrationPlan(instance.getProcessDefinitionId(), newest)
                                .mapEqualActivities()
                                .build())
                        .processInstanceIds(instance.getId())
                        .execute();
                moved++;
            }
        }
        assertThat(moved).as("procedures of %s that were moved", businessKey).isPositive();
    }

    /** Takes the versions away again, with everything that ran on them; they would run for every test after this one. */
    public void withdraw() {
        published.forEach(deployment -> {
            repository.deleteDeployment(deployment, true);
            jdbc.sql("delete from deployment where engine_id = :id")
                    .param("id", deployment)
                    .update();
        });
        published.clear();
    }

    /** Takes away whatever owners published of a folder, so that what came with the release runs again. */
    public void withdrawAll(String folder) {
        published.addAll(jdbc.sql(
                        "select engine_id from deployment where folder = :folder and origin <> 'seed' order by id desc")
                .param("folder", folder)
                .query(String.class)
                .list());
        withdraw();
    }
}
