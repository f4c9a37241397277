package org.ancora.casework;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.OncePerPage;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.audit.ReadLog;
import org.ancora.network.Projects;
import org.ancora.process.task.FormAnswers;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What was kept about a case besides its own data: answers to fields that an owner added, and who read it. */
final class RecordPanels {

    private static final int READS = 50;

    private RecordPanels() {}

    /** An answer as the page shows it. */
    record AnswerLine(String task, String label, String value, String by, String at) {}

    /** Answers to fields of a form that no module knows; on the page only where there are any. */
    @Component
    static class OwnersQuestions implements CasePanel {

        private final FormAnswers answers;
        private final CaseWords words;
        private final Projects projects;

        OwnersQuestions(FormAnswers answers, CaseWords words, Projects projects) {
            this.answers = answers;
            this.words = words;
            this.projects = projects;
        }

        @Override
        public int order() {
            return 60;
        }

        @Override
        public String titleKey() {
            return "case.panel.answers";
        }

        @Override
        public String path() {
            return "answers";
        }

        @Override
        public Place place() {
            return Place.MAIN;
        }

        /** An owner may ask for anything about the client, so they are read by whoever may read the client. */
        @Override
        public boolean shownTo(Viewer viewer, CaseSummary caseFile) {
            return CasePanels.mayReadProfile(viewer, caseFile)
                    && !lines(caseFile, viewer.locale()).isEmpty();
        }

        @Override
        public String fragment() {
            return "casework/panels :: answers";
        }

        @Override
        public Map<String, Object> model(Viewer viewer, CaseSummary caseFile) {
            return Map.of("lines", lines(caseFile, viewer.locale()));
        }

        private List<AnswerLine> lines(CaseSummary caseFile, Locale locale) {
            return OncePerPage.read("casework.answers " + caseFile.code(), () -> {
                ZoneId zone = projects.get(caseFile.project()).calendar().zone();
                return answers.inWords(caseFile.code(), zone, locale).stream()
                        .map(each -> new AnswerLine(
                                each.task(),
                                each.label(),
                                each.value(),
                                each.by(),
                                words.moment(each.at(), zone, locale)))
                        .toList();
            });
        }
    }

    /** A read as the page shows it. */
    record ReadLine(String when, String who, String what, String how) {}

    /** Who saw the case and what belongs to it. Looking at that is a read too. */
    @Component
    static class Readers implements CasePanel {

        private final ReadLog reads;
        private final CaseWords words;
        private final Projects projects;
        private final ObjectProvider<CasePanel> panels;

        Readers(ReadLog reads, CaseWords words, Projects projects, ObjectProvider<CasePanel> panels) {
            this.panels = panels;
            this.reads = reads;
            this.words = words;
            this.projects = projects;
        }

        @Override
        public int order() {
            return 110;
        }

        @Override
        public String titleKey() {
            return "case.panel.reads";
        }

        @Override
        public String path() {
            return "reads";
        }

        @Override
        public Place place() {
            return Place.TAB;
        }

        @Override
        public boolean shownTo(Viewer viewer, CaseSummary caseFile) {
            return viewer.may(Permission.READ_READ_LOG, caseFile.project());
        }

        @Override
        public String fragment() {
            return "casework/panels :: reads";
        }

        @Override
        public Map<String, Object> model(Viewer viewer, CaseSummary caseFile) {
            return model(viewer, caseFile, null);
        }

        @Override
        public Map<String, Object> model(Viewer viewer, CaseSummary caseFile, @Nullable Long after) {
            Locale locale = viewer.locale();
            ZoneId zone = projects.get(caseFile.project()).calendar().zone();
            reads.record(viewer, caseFile.project(), caseFile.code(), "read-log", caseFile.code(), "page");
            ReadLog.Page page = reads.forCase(caseFile.code(), viewer, after, READS);
            Map<String, Object> model = new HashMap<>();
            model.put(
                    "lines",
                    page.entries().stream()
                            .map(read -> new ReadLine(
                                    words.moment(read.at(), zone, locale),
                                    read.byName(),
                                    words.text("read.subject." + read.subject(), locale) + tab(read, locale),
                                    words.text(
                                                    read.emergency() ? "profile.read.emergency" : "profile.read.usual",
                                                    locale,
                                                    words.text("read.how." + read.how(), locale))
                                            + (read.reason() == null ? "" : ": " + read.reason())))
                            .toList());
            model.put("next", Objects.requireNonNullElse(page.next(), 0L));
            return model;
        }

        /** ": Notes" where one tab of the case was read; nothing for its first page. */
        private String tab(ReadLog.Read read, Locale locale) {
            return read.subject().equals("case")
                    ? panels.stream()
                            .filter(panel -> panel.path().equals(read.subjectId()))
                            .findFirst()
                            .map(panel -> ": " + words.text(panel.titleKey(), locale))
                            .orElse("")
                    : "";
        }
    }
}
