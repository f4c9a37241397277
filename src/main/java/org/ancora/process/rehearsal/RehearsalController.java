package org.ancora.process.rehearsal;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.ancora.access.Hidden;
import org.ancora.access.Viewer;
import org.ancora.process.Rehearsable;
import org.ancora.process.model.ProcessFolder;
import org.ancora.process.studio.Owners;
import org.ancora.process.studio.RefusalLog;
import org.ancora.process.studio.StudioFiles;
import org.ancora.process.task.FormsApart;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
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
import org.springframework.web.servlet.view.RedirectView;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Rehearsals of process owners: begin one, do its tasks, let its time pass, keep it as a scenario. */
@Controller
@RequestMapping("/studio/{folder:[a-z][a-z0-9-]{0,79}}/rehearsals")
class RehearsalController {

    private static final int LARGEST_ANSWERS = 262_144;
    private static final int LONGEST_NAME = 120;
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2100;
    private static final TypeReference<Map<String, Object>> ANSWERS = new TypeReference<>() {};

    private final Rehearsals rehearsals;
    private final Scenarios scenarios;
    private final RehearsalPages pages;
    private final RehearsalWords words;
    private final Places places;
    private final Owners owners;
    private final StudioFiles files;
    private final FormsApart forms;
    private final RefusalLog refusals;
    private final Clock clock;
    private final JsonMapper json;

    RehearsalController(
            Rehearsals rehearsals,
            Scenarios scenarios,
            RehearsalPages pages,
            RehearsalWords words,
            Places places,
            Owners owners,
            StudioFiles files,
            FormsApart forms,
            RefusalLog refusals,
            Clock clock,
            JsonMapper json) {
        this.rehearsals = rehearsals;
        this.scenarios = scenarios;
        this.pages = pages;
        this.words = words;
        this.places = places;
        this.owners = owners;
        this.files = files;
        this.forms = forms;
        this.refusals = refusals;
        this.clock = clock;
        this.json = json.rebuild()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    @GetMapping
    String index(
            Viewer viewer,
            @PathVariable String folder,
            @RequestParam(defaultValue = StudioFiles.DRAFT) String which,
            @RequestParam(defaultValue = "") String sample,
            Model model,
            HttpServletResponse response) {
        owners.open(folder, viewer);
        String code = sample.strip();
        if (code.isEmpty() || code.length() > LONGEST_NAME) {
            show(folder, which, RehearsalPages.Chosen.NOTHING, viewer, model);
            return "process/rehearsals";
        }
        try {
            show(folder, which, pages.chosen(code, rehearsals.sample(folder, code, viewer), viewer), viewer, model);
        } catch (Hidden nothing) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
            show(folder, which, RehearsalPages.Chosen.NOTHING, viewer, model);
            model.addAttribute("sample", code);
            model.addAttribute("unknown", true);
        }
        return "process/rehearsals";
    }

    private void show(String folder, String which, RehearsalPages.Chosen chosen, Viewer viewer, Model model) {
        ProcessFolder content = files.of(folder, source(which), viewer);
        model.addAttribute("begin", pages.begin(content, chosen, viewer));
        model.addAttribute("folderTitle", words.folder(content, viewer.locale()));
        model.addAttribute("which", source(which));
        model.addAttribute("sample", chosen.code());
        model.addAttribute("unknown", false);
        Places.Place usual = places.usual(viewer);
        model.addAttribute("place", chosen.place().isEmpty() ? usual.code() : chosen.place());
        model.addAttribute(
                "start",
                chosen.start().isEmpty()
                        ? LocalDateTime.ofInstant(
                                        clock.instant(), usual.calendar().zone())
                                .truncatedTo(ChronoUnit.HOURS)
                                .toString()
                        : chosen.start());
        model.addAttribute("findings", List.of());
    }

    /** Anything else than a draft is what runs. */
    static String source(String which) {
        return which.equals(StudioFiles.DRAFT) ? StudioFiles.DRAFT : StudioFiles.RUNNING;
    }

    @PostMapping
    Object begin(
            Viewer viewer,
            @PathVariable String folder,
            @RequestParam(defaultValue = "") String which,
            @RequestParam(defaultValue = "") String process,
            @RequestParam(defaultValue = "") String place,
            @RequestParam(defaultValue = "") String start,
            @RequestParam MultiValueMap<String, String> sent,
            Model model,
            HttpServletResponse response) {
        owners.open(folder, viewer);
        ProcessFolder content = files.of(folder, source(which), viewer);
        Places.Place chosen = places.of(viewer).stream()
                .filter(each -> each.code().equals(place))
                .findFirst()
                .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "rehearsal.choose-place"));
        Setting setting = new Setting(
                folder,
                process,
                chosen.code(),
                chosen.project(),
                chosen.name(),
                chosen.calendar(),
                moment(start).atZone(chosen.calendar().zone()).toInstant(),
                rehearsals.chosen(content, prefixed(sent, "fact.")));
        try {
            return to(folder, rehearsals.begin(viewer.id(), content, setting));
        } catch (NotRehearsable refused) {
            refusals.refused(folder, "rehearsal", refused.findings(), viewer.id());
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            show(
                    folder,
                    which,
                    new RehearsalPages.Chosen("", process, place, start, prefixed(sent, "fact.")),
                    viewer,
                    model);
            model.addAttribute(
                    "findings",
                    refused.findings().stream()
                            .map(finding -> finding.file()
                                    + (finding.element() == null ? "" : " · " + finding.element())
                                    + ": "
                                    + words.text(finding, viewer.locale()))
                            .toList());
            return "process/rehearsals";
        }
    }

    private static LocalDateTime moment(String typed) {
        try {
            LocalDateTime moment = typed.length() == 10
                    ? LocalDate.parse(typed).atTime(9, 0)
                    : LocalDateTime.parse(typed).truncatedTo(ChronoUnit.MINUTES);
            if (moment.getYear() < FIRST_YEAR || moment.getYear() > LAST_YEAR) {
                throw new Problem(HttpStatus.BAD_REQUEST, "rehearsal.choose-date");
            }
            return moment;
        } catch (DateTimeParseException noDate) {
            throw new Problem(HttpStatus.BAD_REQUEST, "rehearsal.choose-date");
        }
    }

    private static Map<String, String> prefixed(MultiValueMap<String, String> sent, String prefix) {
        Map<String, String> found = new HashMap<>();
        sent.toSingleValueMap().forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value);
            }
        });
        return found;
    }

    @GetMapping("/{id}")
    String rehearsal(
            Viewer viewer,
            @PathVariable String folder,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String process,
            Model model) {
        owners.open(folder, viewer);
        List<Rehearsable.Fact> facts = facts(folder, viewer);
        name(folder, viewer, model);
        model.addAttribute(
                "rehearsal",
                rehearsals.with(
                        id, folder, viewer.id(), each -> pages.view(id, each, process, facts, viewer.locale())));
        return "process/rehearsal";
    }

    private void name(String folder, Viewer viewer, Model model) {
        model.addAttribute("folder", folder);
        model.addAttribute("folderTitle", words.folder(files.of(folder, StudioFiles.RUNNING, viewer), viewer.locale()));
    }

    private List<Rehearsable.Fact> facts(String folder, Viewer viewer) {
        return rehearsals.facts(files.of(folder, StudioFiles.RUNNING, viewer));
    }

    @GetMapping("/{id}/diagram.xml")
    ResponseEntity<String> diagram(
            Viewer viewer, @PathVariable String folder, @PathVariable String id, @RequestParam String process) {
        owners.open(folder, viewer);
        String drawing = rehearsals.with(id, folder, viewer.id(), each -> {
            if (!each.flow().processes().contains(process)) {
                throw new Hidden("procedure", process);
            }
            return pages.drawing(each, process, viewer.locale());
        });
        return ResponseEntity.ok()
                .contentType(new MediaType("application", "xml", StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noStore())
                .body(drawing);
    }

    @GetMapping("/{id}/tasks/{task}")
    String task(
            Viewer viewer,
            @PathVariable String folder,
            @PathVariable String id,
            @PathVariable String task,
            @RequestParam(defaultValue = "") String as,
            Model model) {
        owners.open(folder, viewer);
        return form(viewer, folder, id, task, as, null, Map.of(), model);
    }

    private String form(
            Viewer viewer,
            String folder,
            String id,
            String task,
            String as,
            @Nullable Map<String, ?> answers,
            Map<String, List<String>> errors,
            Model model) {
        List<Rehearsable.Fact> facts = facts(folder, viewer);
        RehearsalPages.TaskPage page = rehearsals.with(
                id,
                folder,
                viewer.id(),
                each -> pages.task(id, each, open(each, task), as, answers, errors, facts, viewer.locale()));
        name(folder, viewer, model);
        model.addAttribute("task", page);
        model.addAttribute("refused", errors);
        return "process/rehearsal-task";
    }

    private static OpenStep open(Rehearsal rehearsal, String task) {
        return rehearsal.task(task).orElseThrow(() -> new Problem(HttpStatus.CONFLICT, "rehearsal.task.gone"));
    }

    @PostMapping(path = "/{id}/tasks/{task}", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Object answer(
            Viewer viewer,
            @PathVariable String folder,
            @PathVariable String id,
            @PathVariable String task,
            @RequestParam(defaultValue = "") String as,
            @RequestParam MultiValueMap<String, String> sent,
            Model model,
            HttpServletResponse response) {
        owners.open(folder, viewer);
        Map<String, Object> answers = rehearsals.with(
                id, folder, viewer.id(), each -> forms.read(each.forms().form(open(each, task)), sent));
        Map<String, List<String>> errors = answer(viewer, folder, id, task, as, answers);
        if (!errors.isEmpty()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return form(viewer, folder, id, task, as, answers, errors, model);
        }
        return to(folder, id);
    }

    @PostMapping(path = "/{id}/tasks/{task}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> answer(
            Viewer viewer,
            @PathVariable String folder,
            @PathVariable String id,
            @PathVariable String task,
            @RequestParam(defaultValue = "") String as,
            @RequestBody(required = false) byte @Nullable [] body) {
        owners.open(folder, viewer);
        Map<String, List<String>> errors = answer(viewer, folder, id, task, as, answers(body));
        if (errors.isEmpty()) {
            return ResponseEntity.ok(Map.of("location", path(folder, id)));
        }
        List<String> general = errors.getOrDefault("", List.of());
        Map<String, List<String>> fields = errors.entrySet().stream()
                .filter(error -> !error.getKey().isEmpty())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        String summary = words.text("task.refused", viewer.locale(), errors.size());
        return ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT)
                .body(Map.of("errors", fields, "summary", general.isEmpty() ? summary : String.join(" ", general)));
    }

    private Map<String, List<String>> answer(
            Viewer viewer, String folder, String id, String task, String as, Map<String, Object> answers) {
        Locale language = viewer.locale();
        Rehearsal.Outcome outcome = rehearsals.with(id, folder, viewer.id(), each -> {
            OpenStep open = open(each, task);
            String role = open.roles().contains(as) || open.roles().isEmpty()
                    ? as
                    : open.roles().get(0);
            return each.answer(
                    open, new TaskForms.Reader(role, language, key -> words.text(key, key, language)), answers);
        });
        Map<String, List<String>> errors = new LinkedHashMap<>();
        outcome.problems()
                .forEach((field, problems) -> errors.put(
                        field,
                        problems.stream()
                                .map((MessageSourceResolvable problem) -> words.text(problem, language))
                                .toList()));
        return errors;
    }

    private Map<String, Object> answers(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            return Map.of();
        }
        if (body.length > LARGEST_ANSWERS) {
            throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE);
        }
        try {
            return Objects.requireNonNullElse(json.readValue(body, ANSWERS), Map.of());
        } catch (JacksonException unreadable) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "not the answers of a form", unreadable);
        }
    }

    @PostMapping("/{id}/next")
    RedirectView next(Viewer viewer, @PathVariable String folder, @PathVariable String id) {
        owners.open(folder, viewer);
        rehearsals.with(id, folder, viewer.id(), each -> {
            each.toNext();
            return id;
        });
        return to(folder, id);
    }

    @PostMapping("/{id}/until")
    RedirectView until(
            Viewer viewer,
            @PathVariable String folder,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String date) {
        owners.open(folder, viewer);
        LocalDateTime moment = moment(date);
        rehearsals.with(id, folder, viewer.id(), each -> {
            Instant at = moment.atZone(each.setting().calendar().zone()).toInstant();
            if (!at.isAfter(each.now())) {
                throw new Problem(HttpStatus.BAD_REQUEST, "rehearsal.choose-later");
            }
            each.to(at);
            return id;
        });
        return to(folder, id);
    }

    @PostMapping("/{id}/events")
    RedirectView hear(
            Viewer viewer,
            @PathVariable String folder,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String message,
            @RequestParam MultiValueMap<String, String> sent) {
        owners.open(folder, viewer);
        Rehearsable.Event event = rehearsals.events(folder).get(message);
        Map<String, String> values = new HashMap<>();
        if (event != null && !event.variable().isEmpty()) {
            String value = Objects.requireNonNullElse(sent.getFirst("value"), "");
            values.put(
                    event.variable(),
                    event.values().contains(value) ? value : event.values().get(0));
        }
        rehearsals.with(id, folder, viewer.id(), each -> {
            if (!each.awaited().contains(message)) {
                throw new Problem(HttpStatus.CONFLICT, "rehearsal.not-awaited");
            }
            each.hear(message, values);
            return id;
        });
        return to(folder, id);
    }

    @PostMapping("/{id}/facts")
    RedirectView facts(
            Viewer viewer,
            @PathVariable String folder,
            @PathVariable String id,
            @RequestParam MultiValueMap<String, String> sent) {
        owners.open(folder, viewer);
        Map<String, String> chosen = prefixed(sent, "fact.");
        List<Rehearsable.Fact> facts = facts(folder, viewer);
        rehearsals.with(id, folder, viewer.id(), each -> {
            facts.stream()
                    .filter(fact -> fact.takes(chosen.getOrDefault(fact.name(), "")))
                    .forEach(fact -> each.change(fact.name(), chosen.getOrDefault(fact.name(), "")));
            return id;
        });
        return to(folder, id);
    }

    @PostMapping("/{id}/end")
    RedirectView end(Viewer viewer, @PathVariable String folder, @PathVariable String id) {
        owners.open(folder, viewer);
        rehearsals.end(id, viewer.id());
        return redirect("/studio/" + folder + "/rehearsals");
    }

    @PostMapping("/{id}/keep")
    RedirectView keep(
            Viewer viewer,
            @PathVariable String folder,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String name) {
        owners.open(folder, viewer);
        String called = name.strip();
        if (called.isEmpty() || called.length() > LONGEST_NAME) {
            throw new Problem(HttpStatus.BAD_REQUEST, "rehearsal.choose-name", LONGEST_NAME);
        }
        Scenario scenario = rehearsals.with(
                id,
                folder,
                viewer.id(),
                each -> new Scenario(
                        "scenario",
                        called,
                        folder,
                        each.setting().process(),
                        each.setting().place(),
                        each.journal().local(each.setting().start()),
                        each.setting().facts(),
                        each.moves(),
                        each.journal().trace()));
        scenarios.save(scenario, viewer.id());
        return redirect("/studio/" + folder + "/scenarios");
    }

    private static RedirectView to(String folder, String id) {
        return redirect(path(folder, id));
    }

    private static String path(String folder, String id) {
        return "/studio/" + folder + "/rehearsals/" + id;
    }

    static RedirectView redirect(String path) {
        RedirectView view = new RedirectView(path, true);
        view.setStatusCode(HttpStatus.SEE_OTHER);
        view.setExposeModelAttributes(false);
        return view;
    }
}
