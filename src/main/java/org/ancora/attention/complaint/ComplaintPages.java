package org.ancora.attention.complaint;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.attention.Petition;
import org.ancora.attention.Petitioner;
import org.ancora.attention.Petitions;
import org.ancora.audit.Activity;
import org.ancora.audit.ActivityLog;
import org.ancora.audit.ReadLog;
import org.ancora.correspondence.MessageSummary;
import org.ancora.correspondence.Messages;
import org.ancora.network.CurrentProject;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.process.task.TaskLinks;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.Dates;
import org.ancora.time.Deadline;
import org.ancora.time.DeadlineWords;
import org.ancora.time.Explanation;
import org.ancora.web.Chip;
import org.ancora.web.LargeUpload;
import org.ancora.web.NavigationItem;
import org.ancora.web.Problem;
import org.ancora.web.TimelineEntry;
import org.ancora.web.Tone;
import org.ancora.web.WindowBar;
import org.ancora.web.WindowBars;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The list of complaints, one of them, and what may be done with it beside its tasks. */
@Controller
class ComplaintPages {

    private static final Set<String> ACTIONS = Set.of("extend", "stop", "withdraw", "merge", "redirect");
    private static final int LONGEST = 1000;
    private static final int LOGGED = 60;

    private final Complaints complaints;
    private final ComplaintRows rows;
    private final ComplaintList list;
    private final ComplaintClock dates;
    private final Originals originals;
    private final ComplaintCases cases;
    private final Petitions petitions;
    private final Projects projects;
    private final TaskLinks tasks;
    private final Messages letters;
    private final ActivityLog log;
    private final ReadLog reads;
    private final Users users;
    private final WindowBars bars;
    private final DeadlineWords words;
    private final Dates days;
    private final MessageSource messages;

    ComplaintPages(
            Complaints complaints,
            ComplaintRows rows,
            ComplaintList list,
            ComplaintClock dates,
            Originals originals,
            ComplaintCases cases,
            Petitions petitions,
            Projects projects,
            TaskLinks tasks,
            Messages letters,
            ActivityLog log,
            ReadLog reads,
            Users users,
            WindowBars bars,
            DeadlineWords words,
            Dates days,
            MessageSource messages) {
        this.complaints = complaints;
        this.rows = rows;
        this.list = list;
        this.dates = dates;
        this.originals = originals;
        this.cases = cases;
        this.petitions = petitions;
        this.projects = projects;
        this.tasks = tasks;
        this.letters = letters;
        this.log = log;
        this.reads = reads;
        this.users = users;
        this.bars = bars;
        this.words = words;
        this.days = days;
        this.messages = messages;
    }

    /** The entry of the navigation, and room for what came in on paper. */
    @Configuration(proxyBeanMethods = false)
    static class Entries {

        @Bean
        NavigationItem complaintsEntry() {
            return new NavigationItem(
                    46,
                    "complaint.navigation",
                    "/complaints",
                    "message-report",
                    viewer -> viewer.mayAnywhere(Permission.READ_PETITIONS));
        }

        @Bean
        LargeUpload roomForOriginals() {
            return new LargeUpload(Pattern.compile("/complaints/[^/]+/originals"), Originals.LARGEST);
        }
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
            WindowBar bar,
            @Nullable String worker,
            String project) {}

    /** A tab with its count. */
    public record TabLine(String code, String count, boolean current) {}

    /** A span in words. */
    public record Span(
            String from,
            @Nullable String to,
            String asked,
            String before,
            @Nullable String after) {}

    /** Something that was said on the way. */
    public record Said(String when, String who, String kind, String text) {}

    /** A letter and what became of it. */
    public record Written(
            String kind,
            String channel,
            String state,
            String when,
            @Nullable String path) {}

    /** A line of the log. */
    public record Logged(String when, String who, String key) {}

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
                say("complaint.kind." + row.kind(), locale),
                row.person(),
                say("complaint.stage." + complaint.stage().code(), locale),
                complaint.stage().tone().code(),
                chip(complaint, projects.calendar(project), locale),
                bars.of(complaint.registeredAt(), complaint.terms().due(), projects.calendar(project), locale),
                row.worker(),
                project.name());
    }

    /** Where its date stands: stopped, broken, kept, or as every other date. */
    private @Nullable Chip chip(Complaint complaint, BusinessCalendar calendar, Locale locale) {
        if (complaint.stage().ended() || !complaint.stage().unanswered()) {
            Instant answered = complaint.answeredAt();
            if (answered == null) {
                return null;
            }
            boolean kept = !answered.isAfter(complaint.terms().due());
            return Chip.of(
                    kept ? Tone.DONE : Tone.LATE,
                    kept ? "circle-check" : "alarm",
                    say(kept ? "complaint.kept" : "complaint.not-kept", locale));
        }
        if (complaint.isStopped()) {
            return Chip.of(Tone.SOON, "player-pause", say("complaint.stands-still", locale));
        }
        return bars.chip(complaint.registeredAt(), complaint.terms().due(), calendar, locale);
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
        model.addAttribute("kind", say("complaint.kind." + petition.kind().code(), locale));
        model.addAttribute("stage", say("complaint.stage." + complaint.stage().code(), locale));
        model.addAttribute("tone", complaint.stage().tone().code());
        model.addAttribute("chip", chip(complaint, calendar, locale));
        model.addAttribute("bar", bars.of(complaint.registeredAt(), due, calendar, locale));
        model.addAttribute("registered", day(complaint.registeredAt(), calendar, locale));
        model.addAttribute("due", day(due, calendar, locale));
        model.addAttribute("firstDue", day(complaint.terms().firstDue(), calendar, locale));
        model.addAttribute("moved", !due.equals(complaint.terms().firstDue()));
        model.addAttribute("newDue", find(complaint.told().newDue(), calendar, locale));
        model.addAttribute("capped", !ComplaintClock.day(due, calendar).isBefore(dates.lastDay(complaint)));
        model.addAttribute("lastDay", days.dayAndYear(dates.lastDay(complaint), locale));
        Explanation why = words.explain(promise, locale);
        model.addAttribute("why", why);
        model.addAttribute("spans", spans(complaint, calendar, locale));
        model.addAttribute("tasks", tasks.of(complaint.number(), viewer));
        model.addAttribute("originals", originals.of(complaint.number()));
        model.addAttribute("deeds", deeds(complaint, viewer));
        model.addAttribute(
                "mayAdd", complaint.mayBeHandledBy(viewer) && !complaint.stage().ended());
        model.addAttribute(
                "mayOpenCase",
                complaint.links().caseCode() == null && viewer.may(Permission.REGISTER_INTAKE, complaint.project()));
        model.addAttribute("mayOpenClient", viewer.may(Permission.READ_CASE, complaint.project()));
        model.addAttribute("worker", worker(complaint.unitWorker()));
        model.addAttribute(
                "about", viewer.may(Permission.ATTEND_USERS, complaint.project()) ? worker(petition.about()) : null);
        model.addAttribute("said", said(complaint, calendar, locale));
        model.addAttribute("written", written(complaint, calendar, locale));
        model.addAttribute("logged", logged(complaint, viewer, calendar, locale));
        model.addAttribute("timeline", timeline(complaint, promise, calendar, locale));
        model.addAttribute(
                "linked",
                rows.appealsOf(complaint.number()).stream()
                        .filter(other -> other.isFor(viewer))
                        .toList());
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
        return deeds;
    }

    /** A page that asks before anything is done. */
    @GetMapping("/complaints/{number}/{action:extend|stop|withdraw|merge|redirect}")
    String ask(@PathVariable String number, @PathVariable String action, Viewer viewer, Model model) {
        Complaint complaint = mayDo(number, action, viewer);
        form(complaint, action, Map.of(), Map.of(), viewer, model);
        return "complaint/act";
    }

    @PostMapping("/complaints/{number}/{action:extend|stop|withdraw|merge|redirect}")
    String act(
            @PathVariable String number,
            @PathVariable String action,
            @RequestParam Map<String, String> sent,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Complaint complaint = mayDo(number, action, viewer);
        Map<String, String> wrong = new HashMap<>();
        String text = text(sent, "text", LONGEST, wrong);
        LocalDate day = null;
        if (action.equals("extend") || action.equals("stop")) {
            day = day(sent.getOrDefault("day", ""));
            if (day == null) {
                wrong.put("day", "complaint.act.day-missing");
            }
        }
        String other = action.equals("merge") || action.equals("redirect") ? text(sent, "other", 200, wrong) : "";
        if (wrong.isEmpty()) {
            try {
                switch (action) {
                    case "extend" -> complaints.extend(number, Objects.requireNonNull(day), text, viewer);
                    case "stop" -> complaints.stop(number, text, Objects.requireNonNull(day), viewer);
                    case "withdraw" -> complaints.withdraw(number, text, viewer);
                    case "merge" -> complaints.merge(number, other, text, viewer);
                    default -> complaints.redirect(number, other, text, viewer);
                }
                flash.addFlashAttribute("told", "complaint.done." + action);
                return "redirect:" + complaint.path();
            } catch (Problem refused) {
                if (refused.status() != HttpStatus.BAD_REQUEST) {
                    throw refused;
                }
                wrong.put(action.equals("merge") ? "other" : "day", refused.key());
            }
        }
        response.setStatus(HttpStatus.BAD_REQUEST.value());
        form(complaint, action, sent, wrong, viewer, model);
        return "complaint/act";
    }

    private void form(
            Complaint complaint,
            String action,
            Map<String, String> typed,
            Map<String, String> wrong,
            Viewer viewer,
            Model model) {
        BusinessCalendar calendar = dates.calendar(complaint);
        model.addAttribute("complaint", complaint);
        model.addAttribute("action", action);
        model.addAttribute("typed", typed);
        model.addAttribute("wrong", wrong);
        model.addAttribute("due", day(complaint.terms().due(), calendar, viewer.locale()));
        LocalDate last = dates.lastDay(complaint);
        model.addAttribute("lastDay", days.dayAndYear(last, viewer.locale()));
        model.addAttribute("max", action.equals("extend") ? last.toString() : null);
    }

    private Complaint mayDo(String number, String action, Viewer viewer) {
        Complaint complaint = complaints.open(number, viewer);
        if (!ACTIONS.contains(action)) {
            throw new Hidden("complaint", number);
        }
        boolean allowed =
                switch (action) {
                    case "extend" -> complaint.mayBeExtendedBy(viewer);
                    case "stop" -> complaint.mayBeHandledBy(viewer);
                    default -> viewer.may(Permission.ATTEND_USERS, complaint.project());
                };
        if (!allowed) {
            throw new Forbidden(
                    action.equals("extend") ? Permission.DECIDE_AS_SUPERVISOR : Permission.ATTEND_USERS,
                    complaint.project());
        }
        return complaint;
    }

    /** A client and a case out of a complaint; it goes on beside it. */
    @PostMapping("/complaints/{number}/case")
    String openCase(@PathVariable String number, Viewer viewer) {
        Complaint complaint = complaints.open(number, viewer);
        viewer.require(Permission.REGISTER_INTAKE, complaint.project());
        return "redirect:/cases/" + cases.open(complaint, viewer);
    }

    /** Takes a file as the body of the request, so that nothing of it is read before the person may add it. */
    @PostMapping("/complaints/{number}/originals")
    @ResponseBody
    Map<String, String> add(
            @PathVariable String number,
            @RequestHeader(name = "X-File-Name", defaultValue = "file.txt") String name,
            HttpServletRequest request,
            Viewer viewer)
            throws IOException {
        Complaint complaint = complaints.open(number, viewer);
        if (!complaint.mayBeHandledBy(viewer)) {
            throw new Forbidden(Permission.ATTEND_USERS, complaint.project());
        }
        byte[] content = request.getInputStream().readNBytes(Originals.LARGEST + 1);
        originals.add(complaint, name, content, viewer.id());
        return Map.of("location", complaint.path());
    }

    /** Always saved, never shown in the page's own place. */
    @GetMapping("/complaints/{number}/originals/{id:[0-9]{1,18}}")
    ResponseEntity<ByteArrayResource> original(@PathVariable String number, @PathVariable long id, Viewer viewer) {
        Complaint complaint = complaints.open(number, viewer);
        Originals.Content file = originals.content(number, id).orElseThrow(() -> new Hidden("original", id));
        reads.record(viewer, complaint.project(), number, "original", String.valueOf(id), "download");
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(file.mediaType()))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(file.name(), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(file.bytes());
    }

    private List<Span> spans(Complaint complaint, BusinessCalendar calendar, Locale locale) {
        return rows.pauses(complaint.number()).stream()
                .map(pause -> new Span(
                        day(pause.stoppedAt(), calendar, locale),
                        find(pause.resumedAt(), calendar, locale),
                        pause.askedFor(),
                        day(pause.dueBefore(), calendar, locale),
                        find(pause.dueAfter(), calendar, locale)))
                .toList();
    }

    private List<Said> said(Complaint complaint, BusinessCalendar calendar, Locale locale) {
        return rows.words(complaint.number()).stream()
                .map(word -> new Said(
                        days.moment(word.at(), calendar.zone(), locale),
                        Objects.requireNonNullElse(word.by(), "Ancora"),
                        say("complaint.said." + word.kind(), locale),
                        word.text()))
                .toList();
    }

    private List<Written> written(Complaint complaint, BusinessCalendar calendar, Locale locale) {
        List<Written> written = new ArrayList<>();
        for (MessageSummary message : letters.ofCase(complaint.number())) {
            written.add(new Written(
                    say("message.kind." + message.kind(), locale),
                    say("message.channel." + message.channel().code(), locale),
                    say("message.short." + message.state().code(), locale),
                    days.moment(message.createdAt(), calendar.zone(), locale),
                    message.letter() == null ? null : "/letters/" + message.letter()));
        }
        return written;
    }

    private List<Logged> logged(Complaint complaint, Viewer viewer, BusinessCalendar calendar, Locale locale) {
        return log.forCase(complaint.number(), viewer, ActivityLog.Filter.NONE, null, LOGGED).entries().stream()
                .map(entry -> logged(entry, calendar, locale))
                .toList();
    }

    private Logged logged(Activity entry, BusinessCalendar calendar, Locale locale) {
        return new Logged(
                days.moment(entry.at(), calendar.zone(), locale),
                Objects.requireNonNullElse(entry.byName(), "Ancora"),
                Objects.requireNonNullElse(
                        messages.getMessage(entry.key(), null, entry.action(), locale), entry.action()));
    }

    /** So far and next, with dates. */
    private List<TimelineEntry> timeline(
            Complaint complaint, Deadline promise, BusinessCalendar calendar, Locale locale) {
        List<TimelineEntry> line = new ArrayList<>();
        line.add(TimelineEntry.done(
                day(complaint.registeredAt(), calendar, locale), say("complaint.line.registered", locale)));
        Instant broken = complaint.told().breached();
        if (broken != null) {
            line.add(TimelineEntry.failed(day(broken, calendar, locale), say("complaint.line.broken", locale)));
        }
        Instant answered = complaint.answeredAt();
        if (answered != null) {
            line.add(TimelineEntry.done(day(answered, calendar, locale), say("complaint.line.answered", locale)));
        }
        Instant ended = complaint.endedAt();
        if (ended != null) {
            line.add(TimelineEntry.done(
                    day(ended, calendar, locale),
                    say("complaint.stage." + complaint.stage().code(), locale)));
            return line;
        }
        line.add(TimelineEntry.present(
                "", say("complaint.stage." + complaint.stage().code(), locale)));
        if (complaint.stage().unanswered() && !complaint.isStopped()) {
            String newDay = find(complaint.told().newDue(), calendar, locale);
            if (!complaint.isBroken()) {
                line.add(TimelineEntry.next(
                        days.dayAndYear(promise.dueDay(), locale), say("complaint.line.due", locale)));
            } else if (newDay != null) {
                line.add(TimelineEntry.next(newDay, say("complaint.line.new-date", locale)));
            }
        }
        return line;
    }

    private @Nullable String worker(@Nullable UserId id) {
        return id == null ? null : users.names(List.of(id)).get(id);
    }

    private String day(Instant instant, BusinessCalendar calendar, Locale locale) {
        return days.dayAndYear(ComplaintClock.day(instant, calendar), locale);
    }

    private @Nullable String find(@Nullable Instant instant, BusinessCalendar calendar, Locale locale) {
        return Optional.ofNullable(instant)
                .map(found -> day(found, calendar, locale))
                .orElse(null);
    }

    private String say(String key, Locale locale, Object... arguments) {
        return messages.getMessage(key, arguments, locale);
    }

    private static String text(Map<String, String> sent, String field, int longest, Map<String, String> wrong) {
        String text = sent.getOrDefault(field, "").strip();
        if (text.isEmpty()) {
            wrong.put(field, "complaint.act.missing");
        } else if (text.length() > longest) {
            wrong.put(field, "complaint.act.too-long");
        }
        return text;
    }

    private static @Nullable LocalDate day(String typed) {
        try {
            LocalDate day = LocalDate.parse(typed);
            return day.getYear() < 2000 || day.getYear() > 2199 ? null : day;
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
