package org.ancora.casework.record;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CasePanel;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.network.Projects;
import org.ancora.web.PageDrafts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Notes on the page of their case: the newest beside the rest, and all of them on a tab. */
final class NotePanels {

    private static final int ON_THE_OVERVIEW = 3;
    private static final int ON_A_PAGE = 20;

    private NotePanels() {}

    /** A note as the page shows it; a withdrawn one shows its words only to those who may read it. */
    record Line(
            long id,
            String author,
            String when,
            String text,
            String contactOn,
            String nextStep,
            @Nullable String changed,
            @Nullable String withdrawn,
            boolean readable,
            boolean mine) {}

    /** Puts notes into words. */
    @Component
    static class Writer {

        private final CaseWords words;
        private final Projects projects;

        Writer(CaseWords words, Projects projects) {
            this.words = words;
            this.projects = projects;
        }

        List<Line> lines(List<Note> notes, CaseSummary caseFile, Viewer viewer) {
            Locale locale = viewer.locale();
            ZoneId zone = projects.get(caseFile.project()).calendar().zone();
            boolean withdrawnToo = viewer.may(Permission.READ_WITHDRAWN_NOTES, caseFile.project());
            return notes.stream()
                    .map(note -> new Line(
                            note.id(),
                            note.authorName(),
                            words.moment(note.writtenAt(), zone, locale),
                            note.words().text(),
                            note.words().contactOn() == null
                                    ? ""
                                    : words.day(
                                            Objects.requireNonNull(note.words().contactOn()), zone, locale),
                            note.words().nextStep(),
                            note.changedAt() == null
                                    ? null
                                    : words.text(
                                            "note.was-changed",
                                            locale,
                                            words.moment(note.changedAt(), zone, locale),
                                            Objects.requireNonNullElse(note.changedByName(), "")),
                            note.withdrawnAt() == null
                                    ? null
                                    : words.text(
                                            "note.was-withdrawn",
                                            locale,
                                            words.moment(note.withdrawnAt(), zone, locale),
                                            Objects.requireNonNullElse(note.withdrawnByName(), "")),
                            !note.isWithdrawn() || withdrawnToo,
                            NotesController.mayChange(note, caseFile, viewer)))
                    .toList();
        }
    }

    /** The newest notes, beside the client's contacts. */
    @Component
    static class Newest implements CasePanel {

        private final Notes notes;
        private final Writer writer;

        Newest(Notes notes, Writer writer) {
            this.notes = notes;
            this.writer = writer;
        }

        @Override
        public int order() {
            return 15;
        }

        @Override
        public String titleKey() {
            return "note.newest";
        }

        @Override
        public String path() {
            return "newest-notes";
        }

        @Override
        public Place place() {
            return Place.MAIN;
        }

        @Override
        public boolean shownTo(Viewer viewer, CaseSummary caseFile) {
            return RecordDesk.may(Permission.READ_NOTES, caseFile, viewer);
        }

        @Override
        public String fragment() {
            return "casework/record/panels :: newest";
        }

        @Override
        public Map<String, Object> model(Viewer viewer, CaseSummary caseFile) {
            Notes.Page page = notes.of(caseFile, viewer, null, null, ON_THE_OVERVIEW);
            return Map.of(
                    "lines",
                    writer.lines(
                            page.notes().stream()
                                    .filter(note -> !note.isWithdrawn())
                                    .toList(),
                            caseFile,
                            viewer),
                    "more",
                    page.next() != null,
                    "writable",
                    RecordDesk.mayWrite(Permission.WRITE_NOTES, caseFile, viewer));
        }
    }

    /** Every note, with a search. */
    @Component
    static class All implements CasePanel {

        private static final int LONGEST_SEARCH = 200;

        private final Notes notes;
        private final Writer writer;
        private final PageDrafts drafts;

        All(Notes notes, Writer writer, PageDrafts drafts) {
            this.notes = notes;
            this.writer = writer;
            this.drafts = drafts;
        }

        @Override
        public int order() {
            return 30;
        }

        @Override
        public String titleKey() {
            return "note.all";
        }

        @Override
        public String path() {
            return "notes";
        }

        @Override
        public Place place() {
            return Place.TAB;
        }

        @Override
        public boolean shownTo(Viewer viewer, CaseSummary caseFile) {
            return RecordDesk.may(Permission.READ_NOTES, caseFile, viewer);
        }

        @Override
        public String fragment() {
            return "casework/record/panels :: notes";
        }

        @Override
        public Map<String, Object> model(Viewer viewer, CaseSummary caseFile) {
            return model(viewer, caseFile, null, Map.of());
        }

        @Override
        public Map<String, Object> model(
                Viewer viewer, CaseSummary caseFile, @Nullable Long after, Map<String, String> filters) {
            String typed = filters.getOrDefault("q", "").strip();
            String searched = typed.length() > LONGEST_SEARCH ? typed.substring(0, LONGEST_SEARCH) : typed;
            Notes.Page page = notes.of(caseFile, viewer, searched.isEmpty() ? null : searched, after, ON_A_PAGE);
            boolean writable = RecordDesk.mayWrite(Permission.WRITE_NOTES, caseFile, viewer);
            Map<String, Object> model = new HashMap<>();
            model.put("lines", writer.lines(page.notes(), caseFile, viewer));
            model.put("next", Objects.requireNonNullElse(page.next(), 0L));
            model.put("searched", searched);
            model.put("writable", writable);
            model.put("begun", writable && drafts.has(viewer.id(), NotesController.newPlace(caseFile)));
            return model;
        }
    }
}
