package org.ancora.correspondence;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ancora.access.Hidden;
import org.ancora.access.NoticeChoice;
import org.ancora.access.ProjectId;
import org.ancora.access.User;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.process.task.TaskSubjects;
import org.ancora.time.Dates;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a person was told: read, unread, and how it reaches them besides. */
@Controller
@RequestMapping("/notices")
class NoticeController {

    private static final int PAGE = 50;
    private static final String LIST = "redirect:/notices";

    private final NoticeBoard board;
    private final NoticeWords words;
    private final Users users;
    private final Projects projects;
    private final Dates dates;
    private final MessageSource messages;
    private final ObjectProvider<TaskSubjects> subjects;
    private final List<NoticePlaces> places;
    private final Clock clock;

    NoticeController(
            NoticeBoard board,
            NoticeWords words,
            Users users,
            Projects projects,
            Dates dates,
            MessageSource messages,
            ObjectProvider<TaskSubjects> subjects,
            List<NoticePlaces> places,
            Clock clock) {
        this.board = board;
        this.words = words;
        this.users = users;
        this.projects = projects;
        this.dates = dates;
        this.messages = messages;
        this.subjects = subjects;
        this.places = places;
        this.clock = clock;
    }

    /** A notice as the list shows it. */
    record Line(Notice notice, String words, String when, String project) {}

    @GetMapping
    String page(
            @RequestParam(defaultValue = "false") boolean unread,
            @RequestParam(required = false) @Nullable Long before,
            Viewer viewer,
            Model model) {
        List<Notice> found = board.of(viewer.id(), unread, before, PAGE + 1);
        List<Notice> shown = found.size() > PAGE ? found.subList(0, PAGE) : found;
        User person = users.find(viewer.id()).orElseThrow(() -> new Hidden("account", viewer.id()));
        model.addAttribute("lines", lines(shown, viewer));
        model.addAttribute("unread", unread);
        model.addAttribute("unreadCount", board.unread(viewer.id()));
        model.addAttribute("more", found.size() > PAGE ? shown.get(PAGE - 1).id() : null);
        model.addAttribute("newest", shown.isEmpty() ? 0 : shown.get(0).id());
        model.addAttribute("choice", person.notices());
        model.addAttribute("choices", NoticeChoice.values());
        model.addAttribute("hasAddress", person.email() != null);
        return "correspondence/notices";
    }

    /** Leads to what a notice is about; it counts as read. */
    @GetMapping("/{id:[0-9]{1,18}}")
    String open(@PathVariable long id, Viewer viewer) {
        Notice notice = board.find(viewer.id(), id).orElseThrow(() -> new Hidden("notice", id));
        board.read(viewer.id(), id);
        String about = notice.caseCode();
        return places.stream()
                .flatMap(place -> place.of(notice.kind(), about).stream())
                .findFirst()
                .map(path -> "redirect:" + path)
                .orElseGet(() -> about == null ? LIST : "redirect:" + TaskSubjects.path(subjects, about));
    }

    @PostMapping("/{id:[0-9]{1,18}}/read")
    String read(@PathVariable long id, Viewer viewer) {
        board.read(viewer.id(), id);
        return LIST;
    }

    @PostMapping("/{id:[0-9]{1,18}}/unread")
    String unread(@PathVariable long id, Viewer viewer) {
        board.unread(viewer.id(), id);
        return LIST;
    }

    @PostMapping("/read")
    String readAll(@RequestParam long upTo, Viewer viewer) {
        board.readAll(viewer.id(), upTo);
        return LIST;
    }

    @PostMapping("/choice")
    String choose(@RequestParam NoticeChoice choice, Viewer viewer, RedirectAttributes told) {
        users.chooseNotices(viewer.id(), choice);
        told.addFlashAttribute(
                "told", messages.getMessage("correspondence.notices.choice.saved", null, viewer.locale()));
        return LIST;
    }

    private List<Line> lines(List<Notice> notices, Viewer viewer) {
        Map<ProjectId, Project> known =
                projects.withIds(notices.stream().map(Notice::projectId).collect(Collectors.toSet()));
        List<Line> lines = new ArrayList<>();
        for (Notice notice : notices) {
            Project project = known.getOrDefault(notice.projectId(), null);
            if (project != null) {
                ZoneId zone = project.calendar().zone();
                lines.add(new Line(
                        notice,
                        words.of(notice, zone, viewer.locale()),
                        when(notice.createdAt(), zone, viewer),
                        project.name()));
            }
        }
        return lines;
    }

    private String when(Instant at, ZoneId zone, Viewer viewer) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        return messages.getMessage(
                "correspondence.moment",
                new Object[] {
                    dates.relative(LocalDate.ofInstant(at, zone), today, viewer.locale()),
                    dates.hour(at, zone, viewer.locale())
                },
                viewer.locale());
    }
}
