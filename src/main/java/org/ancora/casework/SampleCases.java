package org.ancora.casework;

import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.audit.ReadLog;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Which cases may be taken as the sample of a rehearsal, and that they were; every module that samples cases asks here. */
@Service
public class SampleCases {

    private final Cases cases;
    private final ReadLog reads;

    SampleCases(Cases cases, ReadLog reads) {
        this.cases = cases;
        this.reads = reads;
    }

    /**
     * A case of which something may be taken over. An emergency is about helping somebody, and a protected client is nobody's
     * sample, so neither lets anybody in.
     *
     * @param needed what the viewer must be allowed to read of it
     * @throws Hidden when there is none that the viewer may know of, or none that may be a sample
     * @throws org.ancora.access.Forbidden when the viewer may know of the case, but not of what would be taken over
     */
    @Transactional(readOnly = true)
    public CaseSummary open(String code, Permission needed, Viewer viewer) {
        CaseSummary file = cases.byCode(code, viewer);
        if (file.concealed() || file.emergency()) {
            throw new Hidden("case", code);
        }
        viewer.require(needed, file.project(), file.isOwnOf(viewer.id()));
        return file;
    }

    /**
     * Logs that something of a case was taken over.
     *
     * @param subject code of what was read, such as {@code referral}
     * @param id of it
     */
    @Transactional
    public void taken(CaseSummary file, String subject, Object id, Viewer viewer) {
        reads.record(viewer, file.project(), file.code(), subject, String.valueOf(id), "rehearsal");
    }
}
