package org.ancora.process.rehearsal;

import java.util.List;
import java.util.stream.Collectors;
import org.ancora.process.model.Finding;

/** A folder that may not run does not run in a rehearsal either. */
class NotRehearsable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    NotRehearsable(String folder, List<Finding> findings) {
        super("The folder " + folder + " is not rehearsed: "
                + findings.stream()
                        .filter(Finding::refuses)
                        .map(Finding::toString)
                        .collect(Collectors.joining("; ")));
        this.findings = List.copyOf(findings);
    }

    /** What refuses it. */
    List<Finding> findings() {
        return findings.stream().filter(Finding::refuses).toList();
    }
}
