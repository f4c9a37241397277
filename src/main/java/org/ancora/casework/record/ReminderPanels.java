package org.ancora.casework.record;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.ancora.casework.CasePanel;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.TodayPart;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.DeadlineWords;
import org.ancora.time.Standing;
import org.ancora.web.Chip;
import org.ancora.web.Tone;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reminders on the page of their case, and on the page where people land. */
final class ReminderPanels {

    private static final int ON_THE_CASE = 30;
    private static final int TODAY = 50;

    private ReminderPanels() {}

    /** A reminder as a page shows it. */
    record Line(
            boolean planned,
            String path,
            String code,
            String casePath,
            String text,
            Chip due,
            String person,
            @Nullable String done,
            boolean editable) {}

    /** Puts reminders into words. */
    @Component
    static class Writer {

        private final CaseWords words;
        private final DeadlineWords deadlines;
        private final Clock clock;

        Writer(CaseWords words, DeadlineWords deadlines, Clock clock) {
            this.words = words;
            this.deadlines = deadlines;
            this.clock = clock;
        }

        Line line(Reminder reminder, BusinessCalendar calendar, boolean editable, Locale locale) {
            String path = "/cases/" + reminder.caseCode();
            Instant done = reminder.doneAt();
            return new Line(
                    reminder.planned(),
                    path + (reminder.planned() ? "/plan/actions/" : "/reminders/") + reminder.id(),
                    reminder.caseCode(),
                    path,
                    reminder.what().text().isEmpty()
                            ? words.text("reminder.concealed", locale)
                            : reminder.what().text(),
                    due(reminder, calendar, locale),
                    reminder.forName() == null
                            ? words.text("reminder.for.nobody", locale)
                            : words.text("reminder.for.person", locale, reminder.forName()),
                    done == null
                            ? null
                            : words.text(
                                    "reminder.was-done",
                                    locale,
                                    words.moment(done, calendar.zone(), locale),
                                    Objects.requireNonNullElse(reminder.doneByName(), "")),
                    editable);
        }

        /** "Late: Mon 23 Nov at 10:30", "today, end of day". */
        Chip due(Reminder reminder, BusinessCalendar calendar, Locale locale) {
            Instant now = clock.instant();
            String when = deadlines.due(reminder.dueAt(), now, calendar, locale);
            return switch (state(reminder, calendar)) {
                case LATE -> Chip.of(Tone.LATE, "alarm", words.text("reminder.late", locale, when));
                case TODAY -> Chip.of(Tone.SOON, "bell", when);
                case OPEN, WAITING -> Chip.of(Tone.CALM, "bell", when);
            };
        }

        Standing.State state(Reminder reminder, BusinessCalendar calendar) {
            return calendar.standing(reminder.dueAt(), reminder.dueAt(), clock.instant())
                    .state();
        }

        Instant tomorrow() {
            return clock.instant().plus(Duration.ofDays(1));
        }
    }

    /** What is to be remembered about the case. */
    @Component
    static class OnTheCase implements CasePanel {

        private final Reminders reminders;
        private final Writer writer;
        private final Projects projects;

        OnTheCase(Reminders reminders, Writer writer, Projects projects) {
            this.reminders = reminders;
            this.writer = writer;
            this.projects = projects;
        }

        @Override
        public int order() {
            return 12;
        }

        @Override
        public String titleKey() {
            return "reminder.title";
        }

        @Override
        public String path() {
            return "reminders";
        }

        @Override
        public Place place() {
            return Place.SIDE;
        }

        @Override
        public boolean shownTo(Viewer viewer, CaseSummary caseFile) {
            return RecordDesk.may(Permission.SET_REMINDERS, caseFile, viewer);
        }

        @Override
        public String fragment() {
            return "casework/record/panels :: reminders";
        }

        @Override
        public Map<String, Object> model(Viewer viewer, CaseSummary caseFile) {
            BusinessCalendar calendar = projects.calendar(caseFile.project());
            Map<Boolean, List<Line>> lines = reminders.of(caseFile, viewer, ON_THE_CASE).stream()
                    .map(reminder -> writer.line(
                            reminder,
                            calendar,
                            !reminder.planned() || RecordDesk.mayWrite(Permission.EDIT_CARE_PLAN, caseFile, viewer),
                            viewer.locale()))
                    .collect(Collectors.partitioningBy(line -> line.done() == null));
            Map<String, Object> model = new HashMap<>();
            model.put("open", lines.getOrDefault(true, List.of()));
            model.put("done", lines.getOrDefault(false, List.of()));
            model.put("writable", RecordDesk.mayWrite(Permission.SET_REMINDERS, caseFile, viewer));
            return model;
        }
    }

    /** What somebody wanted to remember by today, on any case. */
    @Component
    static class Today implements TodayPart {

        private final Reminders reminders;
        private final Writer writer;
        private final Projects projects;

        Today(Reminders reminders, Writer writer, Projects projects) {
            this.reminders = reminders;
            this.writer = writer;
            this.projects = projects;
        }

        @Override
        public int order() {
            return 10;
        }

        @Override
        public String titleKey() {
            return "reminder.title";
        }

        @Override
        public String anchor() {
            return "reminders";
        }

        @Override
        public String fragment() {
            return "casework/record/panels :: reminders-today";
        }

        @Override
        public Map<String, Object> model(Viewer viewer) {
            if (!viewer.mayAnywhere(Permission.SET_REMINDERS)) {
                return Map.of();
            }
            List<Reminder> due = reminders.dueFor(viewer, writer.tomorrow(), TODAY);
            Set<ProjectId> ids = due.stream().map(Reminder::project).collect(Collectors.toSet());
            Map<ProjectId, Project> found = projects.withIds(ids);
            List<Line> lines = due.stream()
                    .filter(reminder -> writer.state(reminder, calendar(reminder, found)) != Standing.State.OPEN
                            && writer.state(reminder, calendar(reminder, found)) != Standing.State.WAITING)
                    .map(reminder -> writer.line(
                            reminder,
                            calendar(reminder, found),
                            viewer.may(
                                    reminder.planned() ? Permission.EDIT_CARE_PLAN : Permission.SET_REMINDERS,
                                    reminder.project(),
                                    true),
                            viewer.locale()))
                    .toList();
            return lines.isEmpty() ? Map.of() : Map.of("lines", lines);
        }

        private BusinessCalendar calendar(Reminder reminder, Map<ProjectId, Project> found) {
            Project project = found.get(reminder.project());
            return project == null ? projects.calendar(reminder.project()) : projects.calendar(project);
        }
    }
}
