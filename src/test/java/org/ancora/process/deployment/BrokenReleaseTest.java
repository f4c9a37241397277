package org.ancora.process.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.ancora.access.ProjectId;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.ancora.process.model.ModelFixtures;
import org.ancora.process.model.ProcessFolder;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** F12: a release in which one folder is broken starts, says what is wrong and where, and runs what ran before. */
@AncoraTest
@ExtendWith(OutputCaptureExtension.class)
class BrokenReleaseTest {

    @Autowired
    Deployments deployments;

    @Autowired
    Processes processes;

    @Autowired
    JdbcClient jdbc;

    @TempDir
    Path release;

    @BeforeEach
    void theReleaseBefore() {
        jdbc.sql("delete from deployment where folder = 'ask'").update();
        deployments.seed(ModelFixtures.sound());
    }

    @Test
    void startsWithTheOldVersionOfAFolderThatIsBroken(CapturedOutput log) throws Exception {
        ship(ModelFixtures.broken("unknown-step"));
        int before = versions();

        StartUpDeployment start = start();

        assertThat(start.isRunning()).isTrue();
        assertThat(log.getOut())
                .contains("The procedures of ask were not deployed")
                .contains("ask.bpmn")
                .contains("plan-call")
                .contains("unknown-step dataSource");
        assertThat(versions()).isEqualTo(before);
        processes.start("ask", "YRK-2026-0001", new ProjectId(7), Variables.none());
        assertThat(processes.running("YRK-2026-0001").get(0).at()).containsExactly("call-client");
        assertThat(new ProceduresHealthIndicator(start).health().getStatus().getCode())
                .isEqualTo("UP");
    }

    /** What is left out of a release is left out whole, and nothing else with it. */
    @Test
    void leavesTheOtherFoldersAlone(CapturedOutput log) throws Exception {
        jdbc.sql("delete from deployment where folder = 'correspondence'").update();
        ship(ModelFixtures.broken("unknown-step"));

        start();

        assertThat(log.getOut())
                .contains("The procedures of ask were not deployed")
                .contains("The procedures of correspondence are deployed");
    }

    private StartUpDeployment start() throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        try (URLClassLoader withRelease =
                new URLClassLoader(new URL[] {release.toUri().toURL()}, usual)) {
            thread.setContextClassLoader(withRelease);
            StartUpDeployment start = new StartUpDeployment(new ShippedFolders(), deployments);
            start.start();
            return start;
        } finally {
            thread.setContextClassLoader(usual);
        }
    }

    private void ship(ProcessFolder folder) throws IOException {
        for (Map.Entry<String, byte[]> file : folder.files().entrySet()) {
            Path place = file.getKey().startsWith("forms/")
                    ? release.resolve(file.getKey())
                    : release.resolve("processes").resolve(folder.name()).resolve(file.getKey());
            Files.createDirectories(place.getParent());
            Files.write(place, file.getValue());
        }
    }

    private int versions() {
        return jdbc.sql("select count(*) from engine.act_re_procdef where key_ = 'ask'")
                .query(Integer.class)
                .single();
    }
}
