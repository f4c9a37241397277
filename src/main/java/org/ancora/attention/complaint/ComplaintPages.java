package org.ancora.attention.complaint;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.access.Forbidden;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.ancora.attention.Petition;
import org.ancora.attention.Petitioner;
import org.ancora.attention.Petitions;
import org.ancora.audit.ReadLog;
import org.ancora.network.CurrentProject;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.process.task.TaskLinks;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.Deadline;
import org.ancora.time.DeadlineWords;
import org.ancora.time.Explanation;
import org.ancora.time.Moved;
import org.ancora.web.Chip;
import org.ancora.web.NavigationItem;
import org.ancora.web.WindowBars;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of complaints, and one of them. */
@Controller
class ComplaintPages {

    private final Complaints complaints;
    private final ComplaintRows rows;
    private final ComplaintList list;
    private final ComplaintClock dates;
    private final Originals originals;
    private final Petitions petitions;
    private final Projects projects;
    private final TaskLinks tasks;
    private final ReadLog reads;
    private final WindowBars bars;
    private final DeadlineWords reasons;
    private final MovedWords movedWords;
    private final ComplaintWords words;

    ComplaintPages(
            Complaints complaints,
            ComplaintRows rows,
            ComplaintList list,
            ComplaintClock dates,
            Originals originals,
            Petitions petitions,
            Projects projects,
            TaskLinks tasks,
            ReadLog reads,
            WindowBars bars,
            DeadlineWords reasons,
            MovedWords movedWords,
            ComplaintWords words) {
        this.complaints = complaints;
        this.rows = rows;
        this.list = list;
        this.dates = dates;
        this.originals = originals;
        this.petitions = petitions;
        this.projects = projects;
        this.tasks = tasks;
        this.reads = reads;
        this.bars = bars;
        this.reasons = reasons;
        this.movedWords = movedWords;
        this.words = words;
    }

    @Bean
    static NavigationItem complaintsEntry() {
        return new NavigationItem(
                46,
                "complaint.navigation",
                "/complaints",
                "message-report",
                viewer -> viewer.mayAnywhere(Permission.READ_PETITIONS));
    }

    /** A complaint as one line of the list. */
    public record Line(
            String number,
            String path,
            String kind,
            String person,
            String stage,
            String tone,
            @Nullable Chip chip,
            String due,
            String worker,
            String project) {}

    /** A tab with its count. */
    public record TabLine(String code, String count, boolean current) {}

    /** An open task. */
    public record ToDo(
            String title,
            @Nullable String path,
            @Nullable String person,
            @Nullable Chip chip) {}

    /** What may be done. */
    public record Deed(String name, String icon) {}

    @GetMapping("/complaints")
    String list(
            @RequestParam(defaultValue = "open") String show,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String after,
            Viewer viewer,
            Model model) {
        if (!viewer.mayAnywhere(Permission.READ_PETITIONS)) {
            throw new Forbidden(Permission.READ_PETITIONS, null);
        }
        String text = q.strip().substring(0, Math.min(q.strip().length(), 100));
        ComplaintList.Asked asked =
                new ComplaintList.Asked(ComplaintList.Tab.of(show), text, ComplaintList.Place.of(after));
        ComplaintList.Page page = list.page(asked, viewer);
        Map<ComplaintList.Tab, Integer> counts = list.counts(asked, viewer);
        Map<ProjectId, Project> known = projects.withIds(
                page.rows().stream().map(row -> row.complaint().project()).collect(Collectors.toSet()));
        model.addAttribute(
                "rows",
                page.rows().stream()
                        .map(row -> line(row, known, viewer.locale()))
                        .toList());
        model.addAttribute(
                "tabs",
                Stream.of(ComplaintList.Tab.values())
                        .map(tab -> new TabLine(
                                tab.code(),
                                counts.getOrDefault(tab, 0) > ComplaintList.COUNTED_UP_TO
                                        ? "1,000+"
                                        : String.valueOf(counts.getOrDefault(tab, 0)),
                                tab == asked.tab()))
                        .toList());
        model.addAttribute("show", asked.tab().code());
        model.addAttribute("q", text);
        model.addAttribute("next", page.next() == null ? null : page.next().toString());
        model.addAttribute("first", asked.after() == null);
        model.addAttribute("mayRegister", !ComplaintList.registering(viewer).isEmpty());
        return "complaint/list";
    }

    private Line line(ComplaintList.Row row, Map<ProjectId, Project> known, Locale locale) {
        Complaint complaint = row.complaint();
        Project project = Objects.requireNonNull(known.get(complaint.project()), "its project");
        return new Line(
                complaint.number(),
                complaint.path(),
                words.say("complaint.kind." + row.kind(), locale),
                row.person(),
                words.say("complaint.stage." + complaint.stage().code(), locale),
                complaint.stage().tone().code(),
                words.chip(complaint, projects.calendar(project), locale),
                words.day(complaint.terms().due(), projects.calendar(project), locale),
                Objects.requireNonNullElse(row.worker(), words.unit(complaint, locale)),
                project.name());
    }

    @GetMapping("/complaints/{number}")
    String page(@PathVariable String number, Viewer viewer, Model model) {
        Complaint complaint = complaints.open(number, viewer);
        reads.record(viewer, complaint.project(), number, "petition", number, "page");
        show(complaint, viewer, model);
        return "complaint/complaint";
    }

    private void show(Complaint complaint, Viewer viewer, Model model) {
        Locale locale = viewer.locale();
        Project project = projects.get(complaint.project());
        CurrentProject.is(project);
        BusinessCalendar calendar = projects.calendar(project);
        Petition petition = petitions.byNumber(complaint.number());
        Petitioner person = petitions.petitioner(petition.petitioner());
        Deadline promise = dates.answer(complaint.number());
        Instant due = complaint.terms().due();
        model.addAttribute("complaint", complaint);
        model.addAttribute("project", project);
        model.addAttribute("petition", petition);
        model.addAttribute("person", person);
        model.addAttribute("kind", words.say("complaint.kind." + petition.kind().code(), locale));
        model.addAttribute(
                "stage", words.say("complaint.stage." + complaint.stage().code(), locale));
        model.addAttribute("tone", complaint.stage().tone().code());
        model.addAttribute("chip", words.chip(complaint, calendar, locale));
        model.addAttribute("bar", bars.of(complaint.registeredAt(), due, calendar, locale));
        model.addAttribute("registered", words.day(complaint.registeredAt(), calendar, locale));
        model.addAttribute("due", words.day(due, calendar, locale));
        model.addAttribute("firstDue", words.day(complaint.terms().firstDue(), calendar, locale));
        model.addAttribute("moved", !due.equals(complaint.terms().firstDue()));
        // Withdrawn, merged or sent elsewhere: nobody waits for the promised day any more.
        model.addAttribute("over", complaint.stage().ended() && complaint.answeredAt() == null);
        // A decision and a stop stand on the page in words of their own.
        Deadline standing = dates.standing(complaint);
        Moved move = standing.moved();
        model.addAttribute(
                "movedBecause",
                move != null && MovedWords.UNASKED.contains(move.cause())
                        ? movedWords.withTheDayBefore(standing, locale)
                        : List.of());
        model.addAttribute("missed", words.day(dates.brokenLast(complaint), calendar, locale));
        model.addAttribute("newDue", words.find(complaint.told().newDue(), calendar, locale));
        model.addAttribute("capped", !ComplaintClock.day(due, calendar).isBefore(dates.lastDay(complaint)));
        model.addAttribute("lastDay", words.day(dates.lastDay(complaint), locale));
        Explanation why = reasons.explain(promise, locale);
        model.addAttribute("why", why);
        model.addAttribute("spans", words.spans(complaint, calendar, locale));
        model.addAttribute(
                "tasks",
                tasks.of(complaint.number(), viewer).stream()
                        .map(task -> toDo(task, calendar, locale))
                        .toList());
        model.addAttribute("originals", originals.of(complaint.number()));
        model.addAttribute("deeds", deeds(complaint, viewer));
        model.addAttribute(
                "mayAdd", complaint.mayBeHandledBy(viewer) && !complaint.stage().ended());
        model.addAttribute(
                "mayOpenCase",
                complaint.links().caseCode() == null && viewer.may(Permission.REGISTER_INTAKE, complaint.project()));
        model.addAttribute("mayOpenClient", viewer.may(Permission.READ_CASE, complaint.project()));
        model.addAttribute(
                "worker",
                Objects.requireNonNullElse(words.worker(complaint.unitWorker()), words.unit(complaint, locale)));
        model.addAttribute(
                "about",
                viewer.may(Permission.ATTEND_USERS, complaint.project()) ? words.worker(petition.about()) : null);
        model.addAttribute(
                "confirmed",
                complaint.stage().answered()
                        ? words.say(
                                "complaint.confirmed."
                                        + rows.confirmation(complaint.number()).code(),
                                locale)
                        : null);
        model.addAttribute("said", words.said(complaint, calendar, locale));
        model.addAttribute("written", words.written(complaint, calendar, locale));
        boolean writable = ComplaintLetters.way(petition, person).isPresent();
        model.addAttribute("onlyTold", writable ? null : words.onlyTold(ComplaintLetters.callable(person), locale));
        model.addAttribute("logged", words.logged(complaint, viewer, calendar, locale));
        model.addAttribute("timeline", words.timeline(complaint, promise, calendar, locale));
        model.addAttribute(
                "linked",
                rows.appealsOf(complaint.number()).stream()
                        .filter(other -> other.isFor(viewer))
                        .toList());
    }

    private ToDo toDo(TaskLinks.TaskLink task, BusinessCalendar calendar, Locale locale) {
        Instant due = task.due();
        return new ToDo(
                task.title(),
                task.path(),
                task.person(),
                due == null ? null : bars.chip(task.opens(), due, calendar, locale));
    }

    private List<Deed> deeds(Complaint complaint, Viewer viewer) {
        List<Deed> deeds = new ArrayList<>();
        boolean handled = complaint.mayBeHandledBy(viewer) && !complaint.stage().ended();
        if (handled && complaint.stage().inWork() && !complaint.isStopped() && !complaint.isBroken()) {
            deeds.add(new Deed("stop", "player-pause"));
        }
        if (complaint.mayBeExtendedBy(viewer) && dates.canBeExtended(complaint)) {
            deeds.add(new Deed("extend", "calendar-plus"));
        }
        if (handled && viewer.may(Permission.ATTEND_USERS, complaint.project())) {
            deeds.add(new Deed("redirect", "arrow-right"));
            deeds.add(new Deed("merge", "arrows-join"));
            deeds.add(new Deed("withdraw", "arrow-back-up"));
        }
        if (viewer.may(Permission.ATTEND_USERS, complaint.project()) && complaints.mayBeAppealed(complaint)) {
            deeds.add(new Deed("appeal", "arrow-up"));
        }
        return deeds;
    }
}
