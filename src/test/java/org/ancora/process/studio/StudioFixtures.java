package org.ancora.process.studio;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.deployment.Deployments;
import org.ancora.process.model.ModelFixtures;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The sound test folder as a release's first version, and owners who change it. */
@Component
public class StudioFixtures {

    public static final String ASK = "ask";

    private final Deployments deployments;
    private final CaseworkFixtures casework;
    private final JdbcClient jdbc;

    StudioFixtures(Deployments deployments, CaseworkFixtures casework, JdbcClient jdbc) {
        this.deployments = deployments;
        this.casework = casework;
        this.jdbc = jdbc;
    }

    /** Two owners and somebody who is none. */
    public record Studio(Project york, UserId ada, UserId ben, UserId worker) {}

    /** The folder {@code ask} in its first version, whatever earlier tests made of it. */
    public Studio open() {
        forget();
        deployments.seed(ModelFixtures.sound());
        Project york = casework.aProjectInOntario();
        return new Studio(
                york,
                casework.aPerson("Ada Owner", york, Role.OWNER),
                casework.aPerson("Ben Owner", york, Role.OWNER),
                casework.aPerson("Wanda Worker", york, Role.CASEWORKER));
    }

    /** Takes the folder out of the list of versions; the engine keeps what it has. */
    public void forget() {
        jdbc.sql("delete from deployment where folder = 'ask'").update();
    }

    public Viewer viewer(UserId person) {
        return casework.viewer(person);
    }

    /** The sound file with one piece of text replaced. */
    public static String changed(String path, String from, String to) {
        String text = text(ModelFixtures.sound().files(), path);
        if (!text.contains(from)) {
            throw new AssertionError(path + " does not contain " + from);
        }
        return text.replace(from, to);
    }

    public static String text(Map<String, byte[]> files, String path) {
        byte[] content = files.get(path);
        if (content == null) {
            throw new AssertionError("no " + path);
        }
        return new String(content, StandardCharsets.UTF_8);
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
