package org.ancora.process.deployment;

import java.util.List;
import java.util.stream.Collectors;
import org.ancora.process.model.Finding;

/** A folder was not deployed: its findings say where and why. What ran before goes on running. */
public final class ModelRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    /** Refuses a folder for these findings, of which at least one refuses. */
    public ModelRefused(String folder, List<Finding> findings) {
        super("The folder " + folder + " was not deployed: "
                + findings.stream()
                        .filter(Finding::refuses)
                        .map(Finding::toString)
                        .collect(Collectors.joining("; ")));
        this.findings = List.copyOf(findings);
    }

    /** What is wrong, with file, element and line where they are known. */
    public List<Finding> findings() {
        return findings;
    }
}
