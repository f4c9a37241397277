package org.ancora.engagement;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.engagement.EngagementWalk.Team;
import org.ancora.network.Project;
import org.ancora.process.deployment.Deployments;
import org.ancora.process.deployment.ShippedFolders;
import org.ancora.process.model.ProcessFolder;
import org.camunda.bpm.engine.RepositoryService;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What an owner does to the decision table for one project: ten days of notice, one month of search, closing confirmed by
 * a person, no letter skipped. The diagrams stay as they are.
 */
@Component
class PatientPolicy {

    static final String PROJECT = "patient";

    private static final List<String> ROW =
            List.of("5", "3", "5", "3", "5", "2", "3", "5", "1", "10", "2", "false", "false", "2", "2");

    private final ShippedFolders shipped;
    private final Deployments deployments;
    private final RepositoryService repository;
    private final CaseworkFixtures fixtures;
    private final EngagementWalk walks;
    private final JdbcClient jdbc;

    PatientPolicy(
            ShippedFolders shipped,
            Deployments deployments,
            RepositoryService repository,
            CaseworkFixtures fixtures,
            EngagementWalk walks,
            JdbcClient jdbc) {
        this.shipped = shipped;
        this.deployments = deployments;
        this.repository = repository;
        this.fixtures = fixtures;
        this.walks = walks;
        this.jdbc = jdbc;
    }

    /** Puts the row above the general ones and deploys the folder, as publishing it does. */
    String publish() {
        ProcessFolder folder = shipped.all().stream()
                .filter(each -> each.name().equals(EngagementProcess.FOLDER))
                .findFirst()
                .orElseThrow();
        Map<String, byte[]> files = new HashMap<>(folder.files());
        files.computeIfPresent("engagement-policy.dmn", (path, content) -> withRow(content));
        return deployments.publish(new ProcessFolder(folder.name(), files));
    }

    /** Takes the version away again, with everything that ran on it. */
    void withdraw(String deployment) {
        repository.deleteDeployment(deployment, true);
        jdbc.sql("delete from deployment where engine_id = :id")
                .param("id", deployment)
                .update();
    }

    /** A project in Ontario to which the row applies. */
    Team team() {
        return teamBeside(fixtures.aProjectInOntario());
    }

    /** The same where the project in Ontario is there already. */
    Team teamBeside(Project ontario) {
        return walks.in(fixtures.aSisterOf(ontario, PROJECT, "PAT"));
    }

    private static byte[] withRow(byte[] table) {
        StringBuilder row = new StringBuilder(
                        "<rule id=\"rule-patient\"><inputEntry id=\"rule-patient-project\"><text>\"")
                .append(PROJECT)
                .append("\"</text></inputEntry><inputEntry id=\"rule-patient-track\"><text></text></inputEntry>");
        for (int column = 0; column < ROW.size(); column++) {
            row.append("<outputEntry id=\"rule-patient-")
                    .append(column)
                    .append("\"><text>")
                    .append(ROW.get(column))
                    .append("</text></outputEntry>");
        }
        return new String(table, StandardCharsets.UTF_8)
                .replaceFirst("<rule id=", row.append("</rule><rule id=").toString())
                .getBytes(StandardCharsets.UTF_8);
    }
}
