package org.ancora.process.task;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.ancora.process.task.TaskQuery.Place;
import org.ancora.process.task.TaskQuery.Sort;
import org.ancora.process.task.TaskQuery.Tab;
import org.ancora.process.task.TaskSubjects.Subject;
import org.ancora.process.task.WorkList.Counts;
import org.ancora.process.task.WorkList.Group;
import org.ancora.time.Dates;
import org.ancora.web.Chip;
import org.ancora.web.Layout;
import org.ancora.web.Option;
import org.ancora.web.Tone;
import org.ancora.web.WindowBar;
import org.ancora.web.WindowBars;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Puts a page of the task list into words and shapes for its template. */
@Component
class TaskListPages {

    private final WorkList list;
    private final TaskProjects projects;
    private final TaskLabels labels;
    private final ObjectProvider<TaskSubjects> subjects;
    private final TakenByOthers others;
    private final WindowBars bars;
    private final Dates dates;
    private final ObjectProvider<TaskListAction> actions;
    private final MessageSource messages;
    private final Clock clock;

    TaskListPages(
            WorkList list,
            TaskProjects projects,
            TaskLabels labels,
            ObjectProvider<TaskSubjects> subjects,
            TakenByOthers others,
            WindowBars bars,
            Dates dates,
            ObjectProvider<TaskListAction> actions,
            MessageSource messages,
            Clock clock) {
        this.list = list;
        this.projects = projects;
        this.labels = labels;
        this.subjects = subjects;
        this.others = others;
        this.bars = bars;
        this.dates = dates;
        this.actions = actions;
        this.messages = messages;
        this.clock = clock;
    }

    /** The page. {@code quiet} is the line below the title; {@code nextPath} is null on the last page. */
    record View(
            String quiet,
            List<TabView> tabs,
            List<Section> sections,
            List<Rule> rules,
            Choices choices,
            TaskQuery query,
            boolean severalProjects,
            @Nullable String nextPath,
            @Nullable String firstPath,
            List<TaskListAction> actions) {

        public boolean empty() {
            return sections.isEmpty();
        }

        public String projectValue() {
            ProjectId project = query.project();
            return project == null ? "" : String.valueOf(project.value());
        }
    }

    record TabView(String code, String path, String count, boolean current) {}

    /** A group of rows under a heading; without one ({@code code} empty) in orders other than by due end. */
    record Section(String code, List<RowView> rows) {}

    /** A chosen filter with the address of the list without it. */
    record Rule(String text, String pathWithout) {}

    /** What can be chosen in the filter. */
    record Choices(List<Option> projects, List<Option> procedures, List<Option> steps) {

        public List<String> sorts() {
            return Stream.of(Sort.values()).map(Sort::code).toList();
        }
    }

    record RowView(
            String id,
            String title,
            String context,
            @Nullable String caseCode,
            @Nullable String subject,
            @Nullable String detail,
            @Nullable String person,
            @Nullable String initials,
            @Nullable WindowBar bar,
            @Nullable Chip chip,
            boolean claimable) {}

    View view(TaskQuery query, Viewer viewer) {
        Map<ProjectId, ProjectFacts.Facts> known = projects.describe(viewer.projects());
        Map<ProjectId, ZoneId> zones = zones(known);
        WorkList.Page page = list.page(query, viewer, zones);
        Counts counts = list.counts(query, viewer, zones);
        List<WorkList.Facet> facets = list.facets(viewer);
        List<WorkItem> tasks = page.rows().stream().map(WorkList.Row::task).toList();
        Map<String, Subject> about = subjects(tasks, viewer);
        Set<String> leftToOthers = leftToOthers(tasks, viewer);
        Locale language = viewer.locale();
        Map<Group, List<RowView>> groups = new LinkedHashMap<>();
        for (WorkList.Row row : page.rows()) {
            groups.computeIfAbsent(query.sort() == Sort.DUE ? row.group() : Group.LATER, any -> new ArrayList<>())
                    .add(row(row.task(), about, leftToOthers, known, viewer, language));
        }
        boolean severalProjects = known.size() > 1;
        Place next = page.next();
        return new View(
                quiet(query, counts, zones, language),
                tabs(query, counts),
                sections(groups, query),
                rules(query, known, facets, language),
                choices(known, facets, language),
                query,
                severalProjects,
                next == null ? null : query.from(next).path(),
                query.after() == null ? null : query.from(null).path(),
                actions.stream()
                        .filter(action -> action.shownTo().test(viewer))
                        .sorted(Comparator.comparingInt(TaskListAction::order))
                        .toList());
    }

    /** The first rows of a list, {@code many} at most, as they stand on its page. */
    List<RowView> first(TaskQuery query, Viewer viewer, Map<ProjectId, ProjectFacts.Facts> known, int many) {
        List<WorkItem> tasks = list.page(query, viewer, zones(known)).rows().stream()
                .limit(many)
                .map(WorkList.Row::task)
                .toList();
        Map<String, Subject> about = subjects(tasks, viewer);
        Set<String> leftToOthers = leftToOthers(tasks, viewer);
        return tasks.stream()
                .map(task -> row(task, about, leftToOthers, known, viewer, viewer.locale()))
                .toList();
    }

    /** Of what nobody has, the ids of the tasks that this viewer must not take. */
    private Set<String> leftToOthers(List<WorkItem> tasks, Viewer viewer) {
        return others.among(
                tasks.stream().filter(task -> task.assignee() == null).toList(), viewer.id());
    }

    private static List<Section> sections(Map<Group, List<RowView>> groups, TaskQuery query) {
        List<Section> sections = new ArrayList<>();
        groups.forEach((group, rows) -> sections.add(new Section(query.sort() == Sort.DUE ? group.code() : "", rows)));
        return sections;
    }

    /** "Monday 30 November · 2 late, 4 due today, 6 more this week". */
    private String quiet(TaskQuery query, Counts counts, Map<ProjectId, ZoneId> zones, Locale language) {
        ZoneId zone = zones.values().stream().findFirst().orElse(ZoneOffset.UTC);
        String day = dates.longDay(LocalDate.ofInstant(clock.instant(), zone), language);
        if (query.tab() == Tab.UPCOMING) {
            return day;
        }
        int late = counts.groups().getOrDefault(Group.LATE, 0);
        int today = counts.groups().getOrDefault(Group.TODAY, 0);
        int week = counts.groups().getOrDefault(Group.WEEK, 0);
        // Numbers choose the words, texts are shown: a count that stopped says "1,000+".
        Object[] arguments = {late, today, week, words(late, language), words(today, language), words(week, language)};
        String groups = messages.getMessage("task.list.quiet", arguments, language);
        return day + " · " + groups;
    }

    private List<TabView> tabs(TaskQuery query, Counts counts) {
        List<TabView> tabs = new ArrayList<>();
        for (Tab tab : Tab.values()) {
            tabs.add(new TabView(
                    tab.code(),
                    query.in(tab).path(),
                    words(counts.tabs().getOrDefault(tab, 0), Locale.ENGLISH),
                    tab == query.tab()));
        }
        return tabs;
    }

    /** "12", or "1,000+" where counting stopped. */
    private static String words(int count, Locale language) {
        return count > WorkList.COUNTED_UP_TO
                ? String.format(language, "%,d+", WorkList.COUNTED_UP_TO)
                : String.valueOf(count);
    }

    private List<Rule> rules(
            TaskQuery query, Map<ProjectId, ProjectFacts.Facts> known, List<WorkList.Facet> facets, Locale language) {
        List<Rule> rules = new ArrayList<>();
        ProjectId project = query.project();
        if (project != null) {
            ProjectFacts.Facts facts = known.get(project);
            rules.add(new Rule(
                    facts == null ? String.valueOf(project.value()) : facts.name(),
                    query.withoutProject().path()));
        }
        String procedure = query.procedure();
        if (procedure != null) {
            rules.add(new Rule(
                    labels.procedure(procedure, language),
                    query.withoutProcedure().path()));
        }
        String step = query.step();
        if (step != null) {
            String words = steps(facets, language).getOrDefault(step, step);
            rules.add(new Rule(words, query.withoutStep().path()));
        }
        String text = query.text();
        if (text != null) {
            rules.add(new Rule("“" + text + "”", query.withoutText().path()));
        }
        return rules;
    }

    private Choices choices(Map<ProjectId, ProjectFacts.Facts> known, List<WorkList.Facet> facets, Locale language) {
        Map<String, String> projectNames = new TreeMap<>();
        known.forEach((project, facts) -> projectNames.put(String.valueOf(project.value()), facts.name()));
        Map<String, String> procedures = new TreeMap<>();
        facets.forEach(facet -> procedures.put(facet.procedure(), labels.procedure(facet.procedure(), language)));
        return new Choices(options(projectNames), options(procedures), options(steps(facets, language)));
    }

    private Map<String, String> steps(List<WorkList.Facet> facets, Locale language) {
        Map<String, String> steps = new TreeMap<>();
        facets.forEach(
                facet -> steps.putIfAbsent(facet.element(), labels.step(facet.process(), facet.element(), language)));
        return steps;
    }

    private static List<Option> options(Map<String, String> words) {
        return words.entrySet().stream()
                .map(each -> new Option(each.getKey(), each.getValue()))
                .sorted(Comparator.comparing(Option::label))
                .toList();
    }

    static Map<ProjectId, ZoneId> zones(Map<ProjectId, ProjectFacts.Facts> known) {
        Map<ProjectId, ZoneId> zones = new HashMap<>();
        known.forEach((project, facts) -> zones.put(project, facts.calendar().zone()));
        return zones;
    }

    private Map<String, Subject> subjects(List<WorkItem> tasks, Viewer viewer) {
        List<String> caseCodes =
                tasks.stream().map(WorkItem::caseCode).filter(Objects::nonNull).toList();
        Map<String, Subject> found = new HashMap<>();
        if (!caseCodes.isEmpty()) {
            subjects.stream().forEach(each -> found.putAll(each.describe(Set.copyOf(caseCodes), viewer)));
        }
        return found;
    }

    private RowView row(
            WorkItem task,
            Map<String, Subject> about,
            Set<String> leftToOthers,
            Map<ProjectId, ProjectFacts.Facts> known,
            Viewer viewer,
            Locale language) {
        ProjectFacts.Facts project = Objects.requireNonNull(known.get(task.project()));
        Subject subject = about.get(task.caseCode());
        Instant due = task.due();
        WindowBar bar = due == null
                ? null
                : bars.of(Objects.requireNonNullElse(task.opens(), task.created()), due, project.calendar(), language);
        return new RowView(
                task.id(),
                labels.title(task, language),
                labels.procedure(task.rootProcessKey(), language) + (known.size() > 1 ? " · " + project.name() : ""),
                task.caseCode(),
                subject == null ? null : subject.title(),
                subject == null ? null : subject.detail(),
                task.assigneeName(),
                task.assigneeName() == null ? null : Layout.initials(task.assigneeName()),
                bar,
                chip(task, bar, project, language),
                task.assignee() == null
                        && !leftToOthers.contains(task.id())
                        && TaskAccess.mayTake(task, viewer)
                        && viewer.mayAnywhere(Permission.WORK_TASK));
    }

    /** A promised hour shows the hour; everything else where it stands. */
    private @Nullable Chip chip(WorkItem task, @Nullable WindowBar bar, ProjectFacts.Facts project, Locale language) {
        Instant due = task.due();
        if (bar == null || due == null) {
            return null;
        }
        ZoneId zone = project.calendar().zone();
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        if (task.kind() == WorkItem.Kind.CALL
                && !due.isBefore(clock.instant())
                && LocalDate.ofInstant(due, zone).equals(today)) {
            return Chip.of(Tone.SOON, "phone", dates.hour(due, zone, language));
        }
        return bar.chip();
    }
}
