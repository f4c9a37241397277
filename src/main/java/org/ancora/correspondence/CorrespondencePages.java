package org.ancora.correspondence;

import java.util.Map;
import java.util.Objects;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CasePanel;
import org.ancora.casework.CaseSummary;
import org.ancora.web.LayoutPart;
import org.ancora.web.NavigationItem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/** What this module adds to other pages: the way to the print queue, the bell, and a case's letters and messages. */
@Configuration(proxyBeanMethods = false)
class CorrespondencePages {

    @Bean
    NavigationItem printQueueEntry() {
        return new NavigationItem(
                60, "correspondence.print", "/print", "printer", viewer -> !viewer.projects(Permission.PRINT_LETTERS)
                        .isEmpty());
    }

    /** How many notices a person has not read, on every page. */
    @Component
    static class Bell implements LayoutPart {

        private final NoticeBoard board;

        Bell(NoticeBoard board) {
            this.board = board;
        }

        @Override
        public LayoutPart.Place place() {
            return LayoutPart.Place.TOP_END;
        }

        @Override
        public String fragment() {
            return "correspondence/parts :: bell";
        }

        @Override
        public Map<String, Object> model(@Nullable Viewer viewer) {
            int unread = board.unread(
                    Objects.requireNonNull(viewer, "shown only to people").id());
            return Map.of("unread", unread, "words", unread >= NoticeBoard.COUNTED ? "99+" : Integer.toString(unread));
        }
    }

    /** Everything written in a case, with what became of it. */
    @Component
    static class Written implements CasePanel {

        private final Messages messages;
        private final MessageWords words;

        Written(Messages messages, MessageWords words) {
            this.messages = messages;
            this.words = words;
        }

        @Override
        public int order() {
            return 40;
        }

        @Override
        public String titleKey() {
            return "correspondence.panel";
        }

        @Override
        public String path() {
            return "letters";
        }

        @Override
        public CasePanel.Place place() {
            return CasePanel.Place.MAIN;
        }

        @Override
        public boolean shownTo(Viewer viewer, CaseSummary caseFile) {
            return !caseFile.concealed()
                    && viewer.may(Permission.READ_LETTERS, caseFile.project(), caseFile.isOwnOf(viewer.id()));
        }

        @Override
        public String fragment() {
            return "correspondence/parts :: written";
        }

        @Override
        public Map<String, Object> model(Viewer viewer, CaseSummary caseFile) {
            return Map.of("lines", words.lines(messages.ofCase(caseFile.code()), viewer.locale()));
        }
    }
}
