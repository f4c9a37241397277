package org.ancora.attention.desk;

import static org.ancora.process.RehearsalSample.Sample.flag;

import java.util.Map;
import org.ancora.access.Viewer;
import org.ancora.audit.ReadLog;
import org.ancora.process.RehearsalSample;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A visit or a call, without who came or called and why. */
@Component
class AttentionSample implements RehearsalSample {

    private final Attendances attendances;
    private final ReadLog reads;

    AttentionSample(Attendances attendances, ReadLog reads) {
        this.attendances = attendances;
        this.reads = reads;
    }

    @Override
    public String folder() {
        return AttentionProcess.FOLDER;
    }

    @Override
    @Transactional
    public Sample of(String code, Viewer viewer) {
        Attendance attendance = attendances.byCode(code, viewer);
        reads.record(viewer, attendance.project(), code, "attendance", code, "rehearsal");
        boolean visit = attendance.kind() == Attendance.Kind.VISIT;
        return new Sample(
                attendance.project(),
                visit ? AttentionProcess.IN_PERSON : AttentionProcess.BY_PHONE,
                attendance.beganAt(),
                Map.of("emergency", flag(attendance.emergency()), "authority", flag(attendance.authority())));
    }
}
