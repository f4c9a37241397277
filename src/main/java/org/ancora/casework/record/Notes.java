package org.ancora.casework.record;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.audit.Audited;
import org.ancora.casework.CaseSummary;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Notes on cases (C75–C79). Nothing that was written is ever lost: a change keeps what stood before, and a note that is
 * withdrawn stays for its author to bring back and for whoever may read withdrawn notes. What notes say stands in no log,
 * variable or notice.
 */
@Service
class Notes {

    private final NoteRows rows;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Notes(NoteRows rows, ApplicationEventPublisher events, Clock clock) {
        this.rows = rows;
        this.events = events;
        this.clock = clock;
    }

    /**
     * One page.
     *
     * @param next to be handed in for the following page; null on the last one
     */
    record Page(List<Note> notes, @Nullable Long next) {}

    /**
     * The notes of a case, newest first; the reader has been asked for {@link Permission#READ_NOTES}.
     *
     * @param searched what they have to contain, accents and case aside; null for all
     * @param after {@link Page#next()} of the page before, or null for the first
     */
    @Transactional(readOnly = true)
    public Page of(CaseSummary caseFile, Viewer reader, @Nullable String searched, @Nullable Long after, int size) {
        boolean all = reader.may(Permission.READ_WITHDRAWN_NOTES, caseFile.project());
        // Whoever may not read a withdrawn note must not find it by its words either, and its author brings it back
        // from the list, not from a search.
        List<Note> found = rows.of(caseFile.id(), all ? null : reader.id(), searched, after, size + 1);
        return found.size() <= size
                ? new Page(found, null)
                : new Page(
                        List.copyOf(found.subList(0, size)), found.get(size - 1).id());
    }

    /**
     * One note.
     *
     * @throws Hidden when the case has none with this id, or it was withdrawn and is not for this reader
     */
    @Transactional(readOnly = true)
    public Note get(CaseSummary caseFile, long id, Viewer reader) {
        return rows.find(caseFile.id(), id)
                .filter(note -> !note.isWithdrawn()
                        || note.author().equals(reader.id())
                        || reader.may(Permission.READ_WITHDRAWN_NOTES, caseFile.project()))
                .orElseThrow(() -> new Hidden("note", id));
    }

    /** What a note said before, the oldest first. */
    @Transactional(readOnly = true)
    public List<Note.Version> versions(Note note) {
        return rows.versions(note);
    }

    /** Writes a note; its id is returned. */
    @Transactional
    public long write(CaseSummary caseFile, Note.Words words, UserId author) {
        long id = rows.insert(caseFile.id(), words, author, clock.instant());
        events.publishEvent(audited("note.written", caseFile, id, author));
        return id;
    }

    /**
     * Changes a note; the words before are kept. Words that are the same already change nothing.
     *
     * @param version of the note that the person saw
     * @throws OptimisticLockingFailureException when it was changed since, or withdrawn
     */
    @Transactional
    public void change(CaseSummary caseFile, Note note, int version, Note.Words words, UserId by) {
        if (note.version() == version && !note.isWithdrawn() && note.words().equals(words)) {
            return;
        }
        if (!rows.change(note, version, words, by, clock.instant())) {
            throw new OptimisticLockingFailureException(
                    "note %d is no longer at version %d".formatted(note.id(), version));
        }
        events.publishEvent(audited("note.changed", caseFile, note.id(), by));
    }

    /** Takes a note out of sight; withdrawing it twice changes nothing. */
    @Transactional
    public void withdraw(CaseSummary caseFile, Note note, UserId by) {
        if (rows.withdraw(note, by, clock.instant())) {
            events.publishEvent(audited("note.withdrawn", caseFile, note.id(), by));
        }
    }

    /** Brings a withdrawn note back. */
    @Transactional
    public void restore(CaseSummary caseFile, Note note, UserId by) {
        if (rows.restore(note)) {
            events.publishEvent(audited("note.restored", caseFile, note.id(), by));
        }
    }

    private static Audited audited(String action, CaseSummary caseFile, long id, UserId by) {
        return new Audited(action, caseFile.project(), caseFile.code(), "note", String.valueOf(id), by, Map.of());
    }
}
