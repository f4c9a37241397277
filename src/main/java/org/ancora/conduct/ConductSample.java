package org.ancora.conduct;

import java.util.Map;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.SampleCases;
import org.ancora.process.RehearsalSample;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A case's latest boundary request: when it began and where, and nothing of what was asked and said. */
@Component
class ConductSample implements RehearsalSample {

    private final SampleCases cases;
    private final BoundaryRequests requests;

    ConductSample(SampleCases cases, BoundaryRequests requests) {
        this.cases = cases;
        this.requests = requests;
    }

    @Override
    public String folder() {
        return ConductProcess.FOLDER;
    }

    @Override
    @Transactional
    public Sample of(String code, Viewer viewer) {
        CaseSummary file = cases.open(code, Permission.READ_NOTES, viewer);
        BoundaryRequest request =
                requests.of(file).stream().findFirst().orElseThrow(() -> new Hidden("boundary request", code));
        cases.taken(file, "boundary", request.id(), viewer);
        return new Sample(
                file.project(),
                ConductProcess.KEY,
                request.begunAt(),
                Map.of("language", file.preferredLanguage().getLanguage()));
    }
}
