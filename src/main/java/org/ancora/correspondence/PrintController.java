package org.ancora.correspondence;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ancora.access.Forbidden;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.web.Download;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The print queue: choose, print, put into envelopes, say that they are in the post. */
@Controller
@RequestMapping("/print")
class PrintController {

    private static final String QUEUE = "redirect:/print";

    private final PrintQueue queue;
    private final WaitingPaper paper;
    private final MessageWords words;
    private final Projects projects;
    private final MessageSource messages;

    PrintController(
            PrintQueue queue, WaitingPaper paper, MessageWords words, Projects projects, MessageSource messages) {
        this.queue = queue;
        this.paper = paper;
        this.words = words;
        this.projects = projects;
        this.messages = messages;
    }

    @GetMapping
    String page(@RequestParam(required = false) @Nullable String project, Viewer viewer, Model model) {
        if (viewer.projects(Permission.PRINT_LETTERS).isEmpty()) {
            throw new Forbidden(Permission.PRINT_LETTERS, null);
        }
        Map<ProjectId, Project> mine = projects.withIds(viewer.projects(Permission.PRINT_LETTERS));
        Optional<Project> chosen =
                mine.values().stream().filter(one -> one.key().equals(project)).findFirst();
        PrintQueue.Lying lying =
                queue.of(chosen.map(one -> List.of(one.id())).orElseGet(() -> List.copyOf(mine.keySet())), viewer);
        model.addAttribute("projects", byName(mine));
        model.addAttribute("project", chosen.map(Project::key).orElse(""));
        model.addAttribute("names", mine.values().stream().collect(Collectors.toMap(Project::id, Project::name)));
        model.addAttribute("papers", mine.values().stream().collect(Collectors.toMap(Project::id, one -> Paper.of(
                        one.calendar().jurisdiction())
                .words())));
        model.addAttribute("kept", lying.kept());
        model.addAttribute("abouts", queue.abouts(lying.paper(), viewer));
        model.addAttribute("since", paper.since(lying.paper(), viewer.locale()));
        show(lying.paper(), viewer, model);
        return "correspondence/print";
    }

    @PostMapping("/pdf")
    ResponseEntity<?> print(@RequestParam(required = false) @Nullable List<Long> letter, Viewer viewer) {
        if (letter == null) {
            return ResponseEntity.status(HttpStatus.SEE_OTHER)
                    .header("Location", "/print?none")
                    .build();
        }
        return Download.pdf(queue.print(letter, viewer), "letters", false);
    }

    @PostMapping("/confirm")
    String confirm(
            @RequestParam(required = false) @Nullable List<Long> letter,
            Viewer viewer,
            Model model,
            RedirectAttributes told) {
        if (letter == null) {
            told.addFlashAttribute("tone", "soon");
            told.addFlashAttribute("told", say("correspondence.print.none-chosen", viewer));
            return QUEUE;
        }
        model.addAttribute("lines", words.lines(queue.mine(letter, viewer), viewer.locale()));
        return "correspondence/print-confirm";
    }

    @PostMapping("/posted")
    String posted(@RequestParam List<Long> letter, Viewer viewer, RedirectAttributes told) {
        int count = queue.posted(letter, viewer);
        told.addFlashAttribute("tone", "done");
        told.addFlashAttribute("told", say("correspondence.print.posted", viewer, count));
        return QUEUE;
    }

    @PostMapping("/undo")
    String undo(@RequestParam long letter, Viewer viewer, RedirectAttributes told) {
        boolean done = queue.undo(letter, viewer);
        told.addFlashAttribute("tone", done ? "done" : "soon");
        told.addFlashAttribute(
                "told", say(done ? "correspondence.print.undone" : "correspondence.print.too-late", viewer));
        return QUEUE;
    }

    private void show(List<MessageSummary> paper, Viewer viewer, Model model) {
        Map<MessageId, MessageWords.Line> lines = words.lines(paper, viewer.locale()).stream()
                .collect(Collectors.toMap(line -> line.message().id(), Function.identity()));
        model.addAttribute(
                "waiting",
                paper.stream()
                        .filter(message -> message.state() != MessageState.POSTED)
                        .map(message -> lines.get(message.id()))
                        .toList());
        model.addAttribute(
                "posted",
                paper.stream()
                        .filter(message -> message.state() == MessageState.POSTED)
                        .map(message -> lines.get(message.id()))
                        .toList());
    }

    private static List<Project> byName(Map<ProjectId, Project> mine) {
        return mine.values().stream()
                .sorted(Comparator.comparing(Project::name))
                .toList();
    }

    private String say(String key, Viewer viewer, Object... arguments) {
        return messages.getMessage(key, arguments, viewer.locale());
    }
}
