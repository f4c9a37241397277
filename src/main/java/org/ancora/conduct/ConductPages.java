package org.ancora.conduct;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ancora.access.Permission;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseAction;
import org.ancora.casework.CasePanel;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.TodayPart;
import org.ancora.casework.UntoldTasks;
import org.ancora.conduct.BoundaryRequest.FollowUp;
import org.ancora.conduct.BoundaryRequest.Kind;
import org.ancora.network.Projects;
import org.ancora.process.task.TaskListAction;
import org.ancora.web.NavigationItem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/** What this module adds to the pages of others: where a request is begun, where it is read, and the supervisors' entry. */
@Configuration(proxyBeanMethods = false)
class ConductPages {

    @Bean
    NavigationItem incidentsEntry() {
        return new NavigationItem(
                160, "conduct.incidents", "/incidents", "lock", viewer -> !viewer.projects(Permission.READ_INCIDENTS)
                        .isEmpty());
    }

    /** "Answer a colleague who asks you" beside a name would tell everybody on the case who was asked about what. */
    @Bean
    UntoldTasks boundaryTasks() {
        return new UntoldTasks(ConductProcess.KEY);
    }

    @Bean
    TaskListAction boundaryFromTasks() {
        return new TaskListAction(
                10,
                "conduct.action",
                "hand-stop",
                "/boundary/new",
                viewer -> viewer.mayAnywhere(Permission.RECORD_BOUNDARY_REQUEST));
    }

    /** On the case page. */
    @Component
    static class Begin implements CaseAction {

        @Override
        public int order() {
            return 45;
        }

        @Override
        public String labelKey() {
            return "conduct.action";
        }

        @Override
        public String icon() {
            return "hand-stop";
        }

        @Override
        public boolean shownTo(Viewer viewer, CaseSummary caseFile) {
            return !caseFile.isClosed() && !caseFile.concealed() && BoundaryRequests.mayBegin(viewer, caseFile);
        }

        @Override
        public String path(CaseSummary caseFile) {
            return caseFile.path() + "/boundary";
        }
    }

    /** For supervisors: how many reports in confidence are open. */
    @Component
    static class OpenIncidents implements TodayPart {

        private final Incidents incidents;

        OpenIncidents(Incidents incidents) {
            this.incidents = incidents;
        }

        @Override
        public int order() {
            return 5;
        }

        @Override
        public String titleKey() {
            return "conduct.incidents";
        }

        @Override
        public String anchor() {
            return "incidents";
        }

        @Override
        public String fragment() {
            return "conduct/panels :: today";
        }

        @Override
        public Map<String, Object> model(Viewer viewer) {
            int open = incidents.open(viewer);
            return open == 0 ? Map.of() : Map.of("open", open);
        }
    }

    /** The requests of a case, with what was decided and answered, on a tab. */
    @Component
    static class OnTheCase implements CasePanel {

        private final BoundaryRequests requests;
        private final BoundaryWords words;
        private final CaseWords caseWords;
        private final Projects projects;
        private final BoundaryWaits waits;

        OnTheCase(
                BoundaryRequests requests,
                BoundaryWords words,
                CaseWords caseWords,
                Projects projects,
                BoundaryWaits waits) {
            this.requests = requests;
            this.words = words;
            this.caseWords = caseWords;
            this.projects = projects;
            this.waits = waits;
        }

        /** One request in words; without facts it is not recorded yet. */
        record Line(String title, List<BoundaryWords.Fact> facts, List<Following> following) {}

        /**
         * What follows from it.
         *
         * @param answer what was decided or answered; null while it is open
         * @param open who settles it and by when, while it is open; null once it is settled
         */
        record Following(
                String label,
                String words,
                @Nullable String by,
                @Nullable String answer,
                @Nullable String open) {}

        @Override
        public int order() {
            return 85;
        }

        @Override
        public String titleKey() {
            return "conduct.panel";
        }

        @Override
        public String path() {
            return "boundaries";
        }

        @Override
        public Place place() {
            return Place.TAB;
        }

        @Override
        public boolean shownTo(Viewer viewer, CaseSummary caseFile) {
            return !caseFile.concealed()
                    && viewer.may(Permission.READ_NOTES, caseFile.project(), caseFile.isOwnOf(viewer.id()));
        }

        @Override
        public String fragment() {
            return "conduct/panels :: requests";
        }

        @Override
        public Map<String, Object> model(Viewer viewer, CaseSummary caseFile) {
            List<BoundaryRequest> found = requests.of(caseFile);
            Map<BoundaryWaits.Matter, BoundaryWaits.Waiting> open = waits.of(caseFile, found);
            return Map.of(
                    "lines",
                    found.stream()
                            .map(request -> line(request, open, viewer, caseFile))
                            .toList(),
                    "begin",
                    BoundaryRequests.mayBegin(viewer, caseFile));
        }

        private Line line(
                BoundaryRequest request,
                Map<BoundaryWaits.Matter, BoundaryWaits.Waiting> open,
                Viewer viewer,
                CaseSummary caseFile) {
            Locale language = viewer.locale();
            var zone = projects.get(caseFile.project()).calendar().zone();
            BoundaryRequest.Said said = request.said();
            String who = request.askedOfName();
            String title = said == null
                    ? words.text("conduct.panel.begun", language, who, caseWords.day(request.begunAt(), zone, language))
                    : words.text("conduct.panel.asked", language, who, caseWords.day(said.askedOn(), zone, language));
            List<Following> following = new ArrayList<>();
            for (FollowUp each : request.followUps()) {
                if (each.kind() == Kind.SAFETY || isFor(viewer, request, each)) {
                    BoundaryWaits.Waiting waiting = open.get(new BoundaryWaits.Matter(request.id(), each.kind()));
                    following.add(following(each, waits.words(each.kind(), waiting, zone, language), language));
                }
            }
            return new Line(
                    title, said == null ? List.of() : words.facts(said, caseFile.project(), language), following);
        }

        /** A question about one's own conduct is for whoever asked, whoever was asked, and the supervisors. */
        private static boolean isFor(Viewer viewer, BoundaryRequest request, FollowUp question) {
            UserId reader = viewer.id();
            return reader.equals(request.askedOf())
                    || reader.equals(question.askedWhom())
                    || reader.equals(question.settledBy())
                    || viewer.may(Permission.DECIDE_AS_SUPERVISOR, request.project());
        }

        private Following following(FollowUp each, String open, Locale language) {
            String decision = each.decision().isEmpty()
                    ? each.answer()
                    : words.text("form.boundary-safety.decision." + each.decision(), language) + ". " + each.answer();
            String by = each.settledByName();
            return new Following(
                    words.text("conduct.follow." + each.kind().code(), language),
                    each.words(),
                    by == null
                            ? null
                            : words.text("conduct.follow." + each.kind().code() + ".by", language, by),
                    by == null ? null : decision,
                    by == null ? open : null);
        }
    }
}
