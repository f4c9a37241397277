package org.ancora.casework.record;

import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.network.ProjectStatus;
import org.ancora.network.StatusId;
import org.ancora.network.Statuses;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** A change of status by hand with what was said about it, both or neither. */
@Service
class StatusChanges {

    private final Cases cases;
    private final Statuses statuses;
    private final Notes notes;

    StatusChanges(Cases cases, Statuses statuses, Notes notes) {
        this.cases = cases;
        this.statuses = statuses;
        this.notes = notes;
    }

    /**
     * Changes the status. Why a case is closed or opened again is kept with that; of any other change it becomes a note on
     * the case, so that nothing that was typed is lost.
     *
     * @see Cases#changeStatus
     */
    @Transactional
    public void make(CaseSummary seen, int version, StatusId to, @Nullable String reason, String note, Viewer by) {
        cases.changeStatus(seen.code(), version, to, reason, note, by);
        boolean closes = statuses.byId(to).filter(ProjectStatus::isClosed).isPresent();
        if (!seen.isClosed() && !closes && !note.isBlank()) {
            notes.write(seen, new Note.Words(note, null, ""), by.id());
        }
    }
}
