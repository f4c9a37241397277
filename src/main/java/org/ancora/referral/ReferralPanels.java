package org.ancora.referral;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.ancora.casework.CasePanel;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.TodayPart;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.process.task.TaskContext;
import org.ancora.process.task.TaskPanel;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.Standing;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Referrals on the page of their case, beside the task that follows one up, and on the page where people land. */
final class ReferralPanels {

    private static final int ON_A_PAGE = 20;
    private static final int TODAY = 50;

    private ReferralPanels() {}

    /** Every referral of a case, each with its follow-ups and what happened to it (C101, C109). */
    @Component
    static class OnTheCase implements CasePanel {

        private final Referrals referrals;
        private final ReferralOptions options;
        private final ReferralWords words;

        OnTheCase(Referrals referrals, ReferralOptions options, ReferralWords words) {
            this.referrals = referrals;
            this.options = options;
            this.words = words;
        }

        @Override
        public int order() {
            return 40;
        }

        @Override
        public String titleKey() {
            return "referral.title";
        }

        @Override
        public String path() {
            return "referrals";
        }

        @Override
        public Place place() {
            return Place.TAB;
        }

        @Override
        public boolean shownTo(Viewer viewer, CaseSummary caseFile) {
            return ReferralDesk.mayRead(caseFile, viewer);
        }

        @Override
        public String fragment() {
            return "referral/panels :: referrals";
        }

        @Override
        public Map<String, Object> model(Viewer viewer, CaseSummary caseFile) {
            return model(viewer, caseFile, null);
        }

        @Override
        public Map<String, Object> model(Viewer viewer, CaseSummary caseFile, @Nullable Long after) {
            List<Referral> found = referrals.of(caseFile, after, ON_A_PAGE + 1);
            List<Referral> shown = found.stream().limit(ON_A_PAGE).toList();
            Map<String, Object> model = new HashMap<>();
            ProjectOptions of = shown.isEmpty() ? ProjectOptions.USUAL : options.of(caseFile.project());
            boolean reminders = ReferralDesk.mayBeReminded(caseFile, viewer);
            model.put("lines", words.lines(shown, of, reminders, viewer.locale()));
            model.put("from", caseFile.path() + "/" + path());
            model.put(
                    "next", found.size() > ON_A_PAGE ? shown.get(ON_A_PAGE - 1).id() : 0L);
            model.put("writable", ReferralDesk.mayWrite(caseFile, viewer));
            return model;
        }
    }

    /** What a follow-up is about, beside its form. */
    @Component
    static class BesideTheTask implements TaskPanel {

        private final Referrals referrals;
        private final ReferralOptions options;
        private final ReferralWords words;

        BesideTheTask(Referrals referrals, ReferralOptions options, ReferralWords words) {
            this.referrals = referrals;
            this.options = options;
            this.words = words;
        }

        @Override
        public int order() {
            return 15;
        }

        @Override
        public Column column() {
            return Column.LEFT;
        }

        @Override
        public boolean concerns(TaskContext task) {
            return task.processKey().equals(ReferralProcess.KEY)
                    && task.viewer().may(Permission.READ_REFERRALS, task.projectId(), true);
        }

        @Override
        public String fragment() {
            return "referral/panels :: task";
        }

        @Override
        public Map<String, ?> model(TaskContext task, Viewer viewer) {
            Referral referral = referrals.get(task.get(ReferralProcess.REFERRAL));
            ProjectOptions of = options.of(referral.project());
            return Map.of(
                    "referralLine", words.line(referral, of, false, viewer.locale()),
                    "referralNotes", OptionWords.templates(of, viewer.locale()));
        }
    }

    /** What somebody has to follow up by today, on any case of theirs. */
    @Component
    static class Today implements TodayPart {

        private final Referrals referrals;
        private final ReferralOptions options;
        private final ReferralWords words;
        private final Projects projects;
        private final Clock clock;

        Today(Referrals referrals, ReferralOptions options, ReferralWords words, Projects projects, Clock clock) {
            this.referrals = referrals;
            this.options = options;
            this.words = words;
            this.projects = projects;
            this.clock = clock;
        }

        @Override
        public int order() {
            return 20;
        }

        @Override
        public String titleKey() {
            return "referral.today";
        }

        @Override
        public String anchor() {
            return "referrals";
        }

        @Override
        public String fragment() {
            return "referral/panels :: today";
        }

        @Override
        public Map<String, Object> model(Viewer viewer) {
            if (!viewer.mayAnywhere(Permission.MAKE_REFERRALS)) {
                return Map.of();
            }
            List<Referral> due = referrals.dueFor(viewer, clock.instant().plus(Duration.ofDays(1)), TODAY);
            Set<ProjectId> ids = due.stream().map(Referral::project).collect(Collectors.toSet());
            Map<ProjectId, Project> found = projects.withIds(ids);
            Map<ProjectId, ProjectOptions> of = options.of(ids);
            Locale locale = viewer.locale();
            List<ReferralWords.Line> lines = due.stream()
                    .filter(referral -> isDue(referral, calendar(referral, found)))
                    .map(referral -> words.brief(
                            referral,
                            of.getOrDefault(referral.project(), ProjectOptions.USUAL),
                            calendar(referral, found),
                            locale))
                    .toList();
            return lines.isEmpty() ? Map.of() : Map.of("lines", lines);
        }

        private boolean isDue(Referral referral, BusinessCalendar calendar) {
            Referral.Ahead ahead = referral.next();
            if (ahead == null) {
                return false;
            }
            Standing.State state = calendar.standing(ahead.dueAt(), ahead.dueAt(), clock.instant())
                    .state();
            return state == Standing.State.LATE || state == Standing.State.TODAY;
        }

        private BusinessCalendar calendar(Referral referral, Map<ProjectId, Project> found) {
            Project project = found.get(referral.project());
            return project == null ? projects.calendar(referral.project()) : projects.calendar(project);
        }
    }
}
