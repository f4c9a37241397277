package org.ancora.conduct;

import java.util.Map;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.audit.ReadLog;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.process.RehearsalSample;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A case's latest boundary request: when it began and where, and nothing of what was asked and said. */
@Component
class ConductSample implements RehearsalSample {

    private final Cases cases;
    private final BoundaryRequests requests;
    private final ReadLog reads;

    ConductSample(Cases cases, BoundaryRequests requests, ReadLog reads) {
        this.cases = cases;
        this.requests = requests;
        this.reads = reads;
    }

    @Override
    public String folder() {
        return ConductProcess.FOLDER;
    }

    @Override
    @Transactional
    public Sample of(String code, Viewer viewer) {
        CaseSummary file = cases.byCode(code, viewer);
        if (file.concealed() || file.emergency()) {
            throw new Hidden("case", code);
        }
        viewer.require(Permission.READ_NOTES, file.project(), file.isOwnOf(viewer.id()));
        BoundaryRequest request =
                requests.of(file).stream().findFirst().orElseThrow(() -> new Hidden("boundary request", code));
        reads.record(viewer, file.project(), file.code(), "boundary", String.valueOf(request.id()), "rehearsal");
        return new Sample(
                file.project(),
                ConductProcess.KEY,
                request.begunAt(),
                Map.of("language", file.preferredLanguage().getLanguage()));
    }
}
