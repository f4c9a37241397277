package org.ancora.process.task;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.audit.ReadLog;
import org.ancora.time.Dates;
import org.ancora.web.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.RequestContextUtils;
import org.springframework.web.servlet.view.RedirectView;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The task list and one task. */
@Controller
@RequestMapping("/tasks")
class TaskController {

    /** A form is no file: more than this was not typed. */
    private static final int LARGEST_ANSWERS = 262_144;

    private static final int LONGEST_NUMBER = 100;

    private static final TypeReference<Map<String, Object>> ANSWERS = new TypeReference<>() {};

    private final TaskListPages lists;
    private final TaskPages pages;
    private final TaskReading reading;
    private final TaskDesk desk;
    private final PlainForm plain;
    private final TaskProjects projects;
    private final ReadLog reads;
    private final ObjectProvider<TaskSubjects> subjects;
    private final Dates dates;
    private final MessageSource messages;
    private final JsonMapper json;

    TaskController(
            TaskListPages lists,
            TaskPages pages,
            TaskReading reading,
            TaskDesk desk,
            PlainForm plain,
            TaskProjects projects,
            ReadLog reads,
            ObjectProvider<TaskSubjects> subjects,
            Dates dates,
            MessageSource messages,
            JsonMapper json) {
        this.lists = lists;
        this.pages = pages;
        this.reading = reading;
        this.desk = desk;
        this.plain = plain;
        this.projects = projects;
        this.reads = reads;
        this.subjects = subjects;
        this.dates = dates;
        this.messages = messages;
        this.json = json.rebuild()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    @GetMapping
    String list(
            Viewer viewer,
            @RequestParam(required = false) @Nullable String tab,
            @RequestParam(required = false) @Nullable String project,
            @RequestParam(required = false) @Nullable String procedure,
            @RequestParam(required = false) @Nullable String step,
            @RequestParam(required = false) @Nullable String text,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        model.addAttribute("list", lists.view(TaskQuery.of(tab, project, procedure, step, text, sort, after), viewer));
        return "process/tasks";
    }

    @GetMapping("/{id}")
    String task(Viewer viewer, @PathVariable String id, Model model) {
        Optional<TaskReading.Found> found = reading.find(id, viewer);
        if (found.isEmpty()) {
            return done(viewer, desk.ended(id, viewer).orElseThrow(() -> new Hidden("task", id)), model);
        }
        return show(found.get(), viewer, Map.of(), model);
    }

    private String show(TaskReading.Found found, Viewer viewer, Map<String, List<String>> errors, Model model) {
        WorkItem task = found.task();
        String caseCode = task.caseCode();
        if (caseCode != null) {
            subjects.forEach(each -> each.require(caseCode, viewer));
        }
        TaskPages.View view = pages.view(found, viewer);
        reads.record(viewer, task.project(), task.caseCode(), "task", task.id(), "page");
        model.addAllAttributes(view.panelModel());
        model.addAttribute("task", view);
        model.addAttribute("subjectPath", TaskSubjects.path(subjects, view.caseCode()));
        TaskForms.Shown form = view.form();
        model.addAttribute("plain", form == null ? List.of() : plain.fields(form, errors));
        model.addAttribute("refused", errors);
        return "process/task";
    }

    private String done(Viewer viewer, WorkDone.Ended task, Model model) {
        model.addAttribute("done", task);
        model.addAttribute("subjectPath", TaskSubjects.path(subjects, String.valueOf(task.caseCode())));
        model.addAttribute("title", pages.title(task, viewer.locale()));
        model.addAttribute("when", pages.when(task, viewer.locale()));
        return "process/task-done";
    }

    /** Where the procedure stands, loaded after the page. */
    @GetMapping("/{id}/where")
    String where(Viewer viewer, @PathVariable String id, Model model) {
        model.addAttribute("id", id);
        model.addAttribute("where", pages.where(desk.open(id, viewer), viewer.locale()));
        return "process/where :: where";
    }

    @GetMapping("/{id}/diagram.xml")
    ResponseEntity<String> diagram(Viewer viewer, @PathVariable String id) {
        return ResponseEntity.ok()
                .contentType(new MediaType("application", "xml", StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noStore())
                .body(pages.diagram(desk.open(id, viewer), viewer.locale()));
    }

    @GetMapping("/{id}/assign")
    String chooseTaker(Viewer viewer, @PathVariable String id, Model model) {
        WorkItem task = desk.open(id, viewer);
        if (!TaskAccess.mayAssign(task, viewer)) {
            throw new Forbidden(Permission.WORK_TASK, task.project());
        }
        List<Option> takers = desk.takers(task).stream()
                .map(user -> new Option(user.id().toString(), user.name()))
                .toList();
        model.addAttribute("id", id);
        model.addAttribute("title", pages.title(task, viewer.locale()));
        model.addAttribute("caseCode", task.caseCode());
        model.addAttribute("takers", takers);
        model.addAttribute("present", String.valueOf(task.assignee()));
        return "process/assign";
    }

    @PostMapping("/{id}/assign")
    RedirectView assign(Viewer viewer, @PathVariable String id, @RequestParam long to) {
        desk.assign(id, new UserId(to), viewer);
        return to("/tasks/" + id);
    }

    @PostMapping("/{id}/claim")
    RedirectView claim(Viewer viewer, @PathVariable String id, @RequestParam(required = false) @Nullable String back) {
        desk.claim(id, viewer);
        return to(isList(back) ? Objects.requireNonNull(back) : "/tasks/" + id);
    }

    @PostMapping("/{id}/release")
    RedirectView release(Viewer viewer, @PathVariable String id) {
        desk.release(id, viewer);
        return to("/tasks");
    }

    /** The same from a browser that runs no scripts: what is refused is kept as a draft and shown again. */
    @PostMapping(path = "/{id}/complete", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    String complete(
            Viewer viewer,
            @PathVariable String id,
            @RequestParam MultiValueMap<String, String> sent,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Map<String, Object> answers = desk.find(id, viewer)
                .map(task -> PlainForm.read(desk.form(task), sent))
                .orElse(Map.of());
        requireText(answers);
        TaskDesk.Outcome outcome = desk.complete(id, viewer, answers);
        if (outcome instanceof TaskDesk.Outcome.Refused refused) {
            desk.keepDraft(id, viewer, answers);
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            TaskReading.Found found = reading.find(id, viewer).orElseThrow(() -> new Hidden("task", id));
            return show(found, viewer, refused.errors(), model);
        }
        said(id, viewer).ifPresent(words -> flash.addFlashAttribute("finished", words));
        return "redirect:" + ((TaskDesk.Outcome.Finished) outcome).path();
    }

    @PostMapping(path = "/{id}/complete", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> complete(
            Viewer viewer,
            @PathVariable String id,
            @RequestBody(required = false) byte @Nullable [] body,
            HttpServletRequest request,
            HttpServletResponse response) {
        TaskDesk.Outcome outcome = desk.complete(id, viewer, answers(body));
        if (outcome instanceof TaskDesk.Outcome.Refused refused) {
            String summary = messages.getMessage(
                    "task.refused", new Object[] {refused.errors().size()}, viewer.locale());
            List<String> general = refused.errors().getOrDefault("", List.of());
            Map<String, List<String>> fields = refused.errors().entrySet().stream()
                    .filter(error -> !error.getKey().isEmpty())
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            return ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT)
                    .body(Map.of("errors", fields, "summary", general.isEmpty() ? summary : String.join(" ", general)));
        }
        String next = ((TaskDesk.Outcome.Finished) outcome).path();
        said(id, viewer).ifPresent(words -> {
            RequestContextUtils.getOutputFlashMap(request).put("finished", words);
            RequestContextUtils.saveOutputFlashMap(next, request, response);
        });
        return ResponseEntity.ok(Map.of("location", next));
    }

    /** What the next page says of the task that was just finished: whoever goes on to another sees that this one is done. */
    private Optional<String> said(String id, Viewer viewer) {
        return desk.ended(id, viewer)
                .map(task -> messages.getMessage(
                        "task.told.finished",
                        new Object[] {pages.title(task, viewer.locale()), String.valueOf(task.caseCode())},
                        viewer.locale()));
    }

    @PostMapping(path = "/{id}/draft", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> draft(
            Viewer viewer, @PathVariable String id, @RequestBody(required = false) byte @Nullable [] body) {
        Map<String, Object> answers = answers(body);
        requireText(answers);
        Instant kept = desk.keepDraft(id, viewer, answers);
        WorkItem task = desk.open(id, viewer);
        return ResponseEntity.ok(Map.of(
                "kept", dates.hour(kept, projects.zone(Objects.requireNonNull(task.project())), viewer.locale())));
    }

    private static void requireText(Map<String, Object> answers) {
        if (!isKeepable(answers)) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "no text of a person");
        }
    }

    private Map<String, Object> answers(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            return Map.of();
        }
        if (body.length > LARGEST_ANSWERS) {
            throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE);
        }
        try {
            Map<String, Object> answers = json.readValue(body, ANSWERS);
            if (answers == null) {
                throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "not the answers of a form");
            }
            return answers;
        } catch (JacksonException unreadable) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "not the answers of a form", unreadable);
        }
    }

    /**
     * Whether the database can keep it and give it back: it knows one character not, and writes "1e9999" out in full. What
     * is handed in is refused by field, a draft as a whole.
     */
    private static boolean isKeepable(@Nullable Object value) {
        if (value instanceof Map<?, ?> group) {
            return group.values().stream().allMatch(TaskController::isKeepable);
        }
        if (value instanceof List<?> rows) {
            return rows.stream().allMatch(TaskController::isKeepable);
        }
        if (value instanceof Number number) {
            BigDecimal typed = new BigDecimal(number.toString());
            return typed.precision() <= LONGEST_NUMBER && Math.abs(typed.scale()) <= LONGEST_NUMBER;
        }
        return !(value instanceof String text) || text.indexOf('\0') < 0;
    }

    private static boolean isList(@Nullable String back) {
        return back != null && back.matches("/tasks(\\?[A-Za-z0-9_.=&%+-]*)?");
    }

    private static RedirectView to(String path) {
        RedirectView view = new RedirectView(path, true);
        view.setStatusCode(HttpStatus.SEE_OTHER);
        view.setExposeModelAttributes(false);
        return view;
    }
}
