package org.ancora.process.steering;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.audit.ReadLog;
import org.ancora.process.task.Drawings;
import org.ancora.process.task.TaskSubjects;
import org.ancora.web.Problem;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One procedure: what happened, where it stands, and what may be done to it, shown before it is done. */
@Controller
@RequestMapping("/monitor/instances/{instance:[A-Za-z0-9-]{1,64}}")
class RunController {

    private static final String DEED = "/{deed:reschedule|move|retry|suspend|resume|correct|migrate|cancel|restart}";

    private final Steering steering;
    private final TimerDates timers;
    private final Tokens tokens;
    private final RoutingValues values;
    private final DiagramVersions versions;
    private final RunPages pages;
    private final RunRows rows;
    private final Drawings drawings;
    private final ReadLog reads;
    private final ObjectProvider<TaskSubjects> subjects;
    private final MessageSource messages;

    RunController(
            Steering steering,
            TimerDates timers,
            Tokens tokens,
            RoutingValues values,
            DiagramVersions versions,
            RunPages pages,
            RunRows rows,
            Drawings drawings,
            ReadLog reads,
            ObjectProvider<TaskSubjects> subjects,
            MessageSource messages) {
        this.steering = steering;
        this.timers = timers;
        this.tokens = tokens;
        this.values = values;
        this.versions = versions;
        this.pages = pages;
        this.rows = rows;
        this.drawings = drawings;
        this.reads = reads;
        this.subjects = subjects;
        this.messages = messages;
    }

    @GetMapping
    String page(
            @PathVariable String instance,
            @RequestParam(defaultValue = "false") boolean all,
            Viewer viewer,
            Model model) {
        Run run = steering.open(instance, viewer);
        if (!run.id().equals(instance)) {
            return "redirect:/monitor/instances/" + run.id();
        }
        model.addAttribute("view", pages.view(run, all, viewer));
        model.addAttribute("subject", subject(run));
        reads.record(viewer, run.project(), run.caseCode(), "procedure", run.id(), "page");
        return "process/steering/run";
    }

    /** Where the case is; null for what Ancora does for no case. */
    private @Nullable String subject(Run run) {
        String code = run.subject();
        return code == null ? null : TaskSubjects.path(subjects, code);
    }

    /** The drawing of it, or of a procedure that it called. */
    @GetMapping("/diagram.xml")
    ResponseEntity<String> diagram(
            @PathVariable String instance, @RequestParam(defaultValue = "") String of, Viewer viewer) {
        Run run = steering.open(instance, viewer);
        String definition = run.definition();
        String process = run.process();
        if (!of.isEmpty() && !of.equals(run.id())) {
            RunRows.Visit called = rows.visits(run.id()).stream()
                    .filter(visit -> visit.instance().equals(of))
                    .findFirst()
                    .orElseThrow(() -> new Hidden("procedure", of));
            definition = called.definition();
            process = called.process();
        }
        return ResponseEntity.ok()
                .contentType(new MediaType("application", "xml", StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noStore())
                .body(drawings.of(definition, process, viewer.locale()));
    }

    @GetMapping(DEED)
    String choose(@PathVariable String instance, @PathVariable("deed") String code, Viewer viewer, Model model) {
        Deed deed = Deed.of(code).orElseThrow();
        Run run = steering.open(instance, viewer);
        viewer.require(Permission.STEER_PROCEDURES, run.project());
        if (!deed.fits(run)) {
            throw new Problem(HttpStatus.CONFLICT, run.running() ? "steering.unfit" : "steering.over");
        }
        model.addAttribute("hour", "17:00");
        return form(
                run, new Order(deed, "", "", Map.of(), ""), Map.of(), rows.fingerprint(run.id()), null, viewer, model);
    }

    /** Says what will happen; does it once that was confirmed. */
    @PostMapping(DEED)
    String act(
            @PathVariable String instance,
            @PathVariable("deed") String code,
            @RequestParam(defaultValue = "") String what,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "") String hour,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String version,
            @RequestParam(defaultValue = "false") boolean confirmed,
            @RequestParam MultiValueMap<String, String> sent,
            Viewer viewer,
            Model model,
            RedirectAttributes flash,
            jakarta.servlet.http.HttpServletResponse response) {
        Deed deed = Deed.of(code).orElseThrow();
        Run run = steering.open(instance, viewer);
        viewer.require(Permission.STEER_PROCEDURES, run.project());
        String wanted = deed == Deed.RESCHEDULE && !to.equals("now") && !confirmed
                ? day + "T" + hour
                : Objects.requireNonNullElse(sent.getFirst("to-" + what), to);
        Order order = new Order(deed, what, wanted, typed("value-", sent), reason);
        if (confirmed) {
            String then = steering.act(run.id(), order, version, viewer);
            flash.addFlashAttribute("told", "steering.told." + deed.code());
            return "redirect:/monitor/instances/" + then;
        }
        try {
            model.addAttribute("effects", steering.foresee(run, order, viewer));
        } catch (Problem problem) {
            if (problem.status() != HttpStatus.BAD_REQUEST) {
                throw problem;
            }
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("day", day);
            model.addAttribute("hour", hour);
            Locale language = viewer.locale();
            return form(
                    run,
                    order,
                    typed("to-", sent),
                    version,
                    messages.getMessage(problem.key(), problem.arguments(), language),
                    viewer,
                    model);
        }
        describe(run, order, version, viewer, model);
        return "process/steering/confirm";
    }

    /** What stood in the fields whose names begin so, by the rest of their names. */
    private static Map<String, String> typed(String prefix, MultiValueMap<String, String> sent) {
        Map<String, String> values = new HashMap<>();
        sent.forEach((name, all) -> {
            if (name.startsWith(prefix) && !all.isEmpty() && values.size() < 100) {
                values.put(name.substring(prefix.length()), Objects.requireNonNullElse(all.get(0), ""));
            }
        });
        return values;
    }

    /** @param corrections what each value was to become, by value */
    private String form(
            Run run,
            Order order,
            Map<String, String> corrections,
            String version,
            @Nullable String wrong,
            Viewer viewer,
            Model model) {
        Locale language = viewer.locale();
        List<Choice> choices =
                switch (order.deed()) {
                    case RESCHEDULE -> timers.choices(run, language);
                    case MOVE -> tokens.waits(run, language);
                    case MIGRATE -> versions.choices(run, language);
                    default -> List.of();
                };
        model.addAttribute("choices", choices);
        model.addAttribute("targets", order.deed() == Deed.MOVE ? tokens.targets(run, language) : List.of());
        model.addAttribute(
                "values", order.deed() == Deed.CORRECT ? values.choices(run, corrections, language) : List.of());
        model.addAttribute(
                "beginning",
                order.deed() == Deed.RESTART ? values.beginning(run, order.values(), language) : List.of());
        model.addAttribute("wrong", wrong);
        describe(run, order, version, viewer, model);
        return "process/steering/steer";
    }

    private void describe(Run run, Order order, String version, Viewer viewer, Model model) {
        model.addAttribute("run", run);
        model.addAttribute("procedure", pages.title(run, viewer.locale()));
        model.addAttribute("order", order);
        model.addAttribute("deed", order.deed().code());
        model.addAttribute("version", version);
        model.addAttribute("path", "/monitor/instances/" + run.id());
    }
}
