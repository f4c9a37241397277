package org.ancora.process.task;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ancora.access.Viewer;
import org.ancora.process.Procedures;
import org.ancora.process.form.FormSchema;
import org.ancora.process.steering.Outline;
import org.ancora.process.steering.Outlines;
import org.ancora.time.Dates;
import org.ancora.time.Deadline;
import org.ancora.time.DeadlineWords;
import org.ancora.time.Explanation;
import org.ancora.web.TimelineEntry;
import org.ancora.web.WindowBar;
import org.ancora.web.WindowBars;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Puts one task into words and shapes for its template, with what other modules set beside it. */
@Component
class TaskPages {

    private final TaskDesk desk;
    private final TaskForms forms;
    private final TaskLabels labels;
    private final TaskProjects projects;
    private final DeadlineWords deadlineWords;
    private final WindowBars bars;
    private final Dates dates;
    private final OutlookWords outlook;
    private final ObjectProvider<TaskPanel> panels;
    private final ObjectProvider<TaskAction> actions;
    private final Procedures procedures;
    private final Drawings drawings;
    private final Outlines outlines;
    private final MessageSource messages;

    TaskPages(
            TaskDesk desk,
            TaskForms forms,
            TaskLabels labels,
            TaskProjects projects,
            DeadlineWords deadlineWords,
            WindowBars bars,
            Dates dates,
            OutlookWords outlook,
            ObjectProvider<TaskPanel> panels,
            ObjectProvider<TaskAction> actions,
            Procedures procedures,
            Drawings drawings,
            Outlines outlines,
            MessageSource messages) {
        this.desk = desk;
        this.forms = forms;
        this.labels = labels;
        this.projects = projects;
        this.deadlineWords = deadlineWords;
        this.bars = bars;
        this.dates = dates;
        this.outlook = outlook;
        this.panels = panels;
        this.actions = actions;
        this.procedures = procedures;
        this.drawings = drawings;
        this.outlines = outlines;
        this.messages = messages;
    }

    /**
     * One task. Without a right to finish it the form is shown, but cannot be sent; {@code whyNot} says why.
     *
     * @param form for the form viewer; a task without a form has one without fields. Null for who may only look: what
     *     a form is shown with is for those who fill it in
     * @param verb of the button that finishes it
     * @param draftKept when the draft was kept, in words, or null
     */
    record View(
            String id,
            String title,
            String caseCode,
            String procedure,
            @Nullable String person,
            boolean mine,
            @Nullable WindowBar bar,
            @Nullable Explanation explanation,
            List<String> guidance,
            TaskForms.@Nullable Shown form,
            String verb,
            @Nullable String draftKept,
            boolean mayFinish,
            boolean mayClaim,
            boolean mayRelease,
            boolean mayAssign,
            @Nullable String whyNot,
            boolean suspended,
            List<ActionView> actions,
            List<String> left,
            List<String> right,
            List<TimelineEntry> outlook,
            Map<String, Object> panelModel) {}

    record ActionView(String labelKey, @Nullable String icon, String path) {}

    /** Where the procedure stands, for its diagram. */
    record Where(List<String> done, List<String> present, List<TimelineEntry> entries, Outline outline) {}

    View view(TaskReading.Found found, Viewer viewer) {
        WorkItem task = found.task();
        TaskContext context = desk.context(task, viewer);
        ProjectFacts.Facts project = projects.describe(context.projectId(), viewer);
        Locale language = viewer.locale();
        List<TaskPanel> shown = panels.stream()
                .filter(panel -> panel.concerns(context))
                .sorted(Comparator.comparingInt(TaskPanel::order))
                .toList();
        Map<String, Object> panelModel = new HashMap<>();
        shown.forEach(panel -> panelModel.putAll(panel.model(context, viewer)));
        Optional<String> keptOut = desk.keptOut(task, viewer);
        boolean mayFinish = !found.suspended() && keptOut.isEmpty() && TaskAccess.mayFinish(task, viewer);
        Optional<Drafts.Draft> draft = mayFinish ? Optional.ofNullable(found.draft()) : Optional.empty();
        ZoneId zone = project.calendar().zone();
        return new View(
                task.id(),
                labels.title(task, language),
                context.caseCode(),
                labels.procedure(task.rootProcessKey(), language),
                task.assigneeName(),
                task.isOf(viewer),
                bar(task, project, language),
                explanation(found.deadline(), language),
                labels.guidance(task, language),
                mayFinish ? form(task, context, draft, language) : null,
                labels.verb(task, language),
                draft.map(kept -> dates.moment(kept.savedAt(), zone, language)).orElse(null),
                mayFinish,
                task.assignee() == null && keptOut.isEmpty() && TaskAccess.mayTake(task, viewer),
                TaskAccess.mayRelease(task, viewer),
                TaskAccess.mayAssign(task, viewer),
                mayFinish
                        ? null
                        : found.suspended()
                                ? messages.getMessage("task.suspended.title", null, language)
                                : keptOut.orElseGet(() -> whyNot(task, language)),
                found.suspended(),
                actions(context),
                fragments(shown, TaskPanel.Column.LEFT),
                fragments(shown, TaskPanel.Column.RIGHT),
                outlook.entries(task.rootProcessKey(), context.caseCode(), context, viewer, zone),
                panelModel);
    }

    private TaskForms.Shown form(WorkItem task, TaskContext context, Optional<Drafts.Draft> draft, Locale language) {
        FormSchema schema = forms.schema(task);
        return forms.shown(
                schema,
                task.definition(),
                forms.prepared(context),
                draft.map(Drafts.Draft::answers).orElse(null),
                language);
    }

    private @Nullable WindowBar bar(WorkItem task, ProjectFacts.Facts project, Locale language) {
        Instant due = task.due();
        return due == null
                ? null
                : bars.of(Objects.requireNonNullElse(task.opens(), task.created()), due, project.calendar(), language);
    }

    private @Nullable Explanation explanation(@Nullable Deadline deadline, Locale language) {
        return deadline == null ? null : deadlineWords.explain(deadline, language);
    }

    private String whyNot(WorkItem task, Locale language) {
        return task.assigneeName() == null
                ? messages.getMessage("task.not-for-you", null, language)
                : messages.getMessage("task.theirs", new Object[] {task.assigneeName()}, language);
    }

    private List<ActionView> actions(TaskContext context) {
        return actions.stream()
                .filter(action -> action.concerns(context))
                .sorted(Comparator.comparingInt(TaskAction::order))
                .map(action -> new ActionView(action.labelKey(), action.icon(), action.path(context)))
                .toList();
    }

    private static List<String> fragments(List<TaskPanel> panels, TaskPanel.Column column) {
        return panels.stream()
                .filter(panel -> panel.column() == column)
                .map(TaskPanel::fragment)
                .toList();
    }

    /** Where the procedure at the top stands: what was passed, and where it is. */
    Where where(WorkItem task, Locale language) {
        ZoneId zone = projects.zone(Objects.requireNonNull(task.project()));
        Procedures.Trail trail = procedures.trail(task.rootInstance());
        List<TimelineEntry> entries = trail.visits().stream()
                .filter(TaskPages::isWorthTelling)
                .map(visit -> entry(visit, task, zone, language))
                .toList();
        return new Where(
                trail.done(),
                trail.present(),
                entries,
                outlines.of(task.rootDefinition(), language, trail.visits(), zone));
    }

    private static boolean isWorthTelling(Procedures.Visit visit) {
        return !visit.type().contains("ateway") && !visit.isFrame();
    }

    private TimelineEntry entry(Procedures.Visit visit, WorkItem task, ZoneId zone, Locale language) {
        String name = labels.element(task.rootDefinition(), task.rootProcessKey(), visit.element(), language);
        Instant left = visit.left();
        if (left == null) {
            return TimelineEntry.present(dates.moment(visit.entered(), zone, language), name);
        }
        String when = dates.moment(left, zone, language);
        return visit.cancelled() ? TimelineEntry.failed(when, name) : TimelineEntry.done(when, name);
    }

    String title(WorkItem task, Locale language) {
        return labels.title(task, language);
    }

    /** The drawing of the procedure at the top, in the version that runs and in the reader's language. */
    String diagram(WorkItem task, Locale language) {
        return drawings.of(task.rootDefinition(), task.rootProcessKey(), language);
    }

    String title(WorkDone.Ended task, Locale language) {
        return labels.title(
                null,
                task.processKey(),
                task.element(),
                task.callingElement(),
                task.titleArguments().toArray(),
                task.title(),
                language);
    }

    /** When a task ended, in the words of its project. */
    String when(WorkDone.Ended task, Locale language) {
        return dates.moment(task.endedAt(), projects.zone(Objects.requireNonNull(task.project())), language);
    }
}
