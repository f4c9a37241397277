package org.ancora.process.monitor;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.ancora.audit.ReadLog;
import org.ancora.process.monitor.Definitions.Definition;
import org.ancora.process.task.Drawings;
import org.ancora.process.task.ProjectFacts;
import org.ancora.process.task.StepNames;
import org.ancora.web.Download;
import org.ancora.web.Markup;
import org.ancora.web.Option;
import org.ancora.web.Problem;
import org.ancora.web.SheetWriter;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The pages on which procedures are watched: all of them, one, lists, and the cases behind a service level. */
@Controller
class MonitorController {

    private static final String KEY = "{process:[a-z][a-z0-9-]{0,99}}";

    /** What can be done to many, as {@code /monitor/steering} knows it; the commonest first. */
    private static final List<String> DEEDS =
            List.of("retry", "reschedule", "move", "correct", "suspend", "resume", "migrate", "cancel", "restart");

    private final OverviewPage overview;
    private final FlowPage flows;
    private final InstancesPage instances;
    private final OpenTasksPage tasks;
    private final LevelPage levels;
    private final Definitions definitions;
    private final StepNames names;
    private final MonitorWords words;
    private final Drawings drawings;
    private final Zones zones;
    private final ObjectProvider<ProjectFacts> projects;
    private final ReadLog reads;
    private final JdbcClient jdbc;
    private final Clock clock;

    MonitorController(
            OverviewPage overview,
            FlowPage flows,
            InstancesPage instances,
            OpenTasksPage tasks,
            LevelPage levels,
            Definitions definitions,
            StepNames names,
            MonitorWords words,
            Drawings drawings,
            Zones zones,
            ObjectProvider<ProjectFacts> projects,
            ReadLog reads,
            JdbcClient jdbc,
            Clock clock) {
        this.overview = overview;
        this.flows = flows;
        this.instances = instances;
        this.tasks = tasks;
        this.levels = levels;
        this.definitions = definitions;
        this.names = names;
        this.words = words;
        this.drawings = drawings;
        this.zones = zones;
        this.projects = projects;
        this.reads = reads;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @GetMapping("/monitor")
    String overview(@RequestParam Map<String, String> typed, Viewer viewer, Model model) {
        Watched watched = watched(Asked.of(typed), viewer);
        filters(model, watched, "/monitor", Map.of());
        model.addAttribute("shown", overview.of(watched, viewer.locale()));
        return "process/monitor";
    }

    @GetMapping("/monitor/flows/" + KEY)
    String flow(@PathVariable String process, @RequestParam Map<String, String> typed, Viewer viewer, Model model) {
        Watched watched = watched(asked(process, typed), viewer);
        FlowPage.By by = FlowPage.By.of(typed.getOrDefault("by", ""));
        filters(model, watched, "/monitor/flows/" + process, Map.of("by", by.code()));
        FlowPage.Content content = flows.of(watched, shown(watched), by, viewer.locale());
        model.addAttribute("shown", content);
        model.addAttribute(
                "ways",
                List.of(FlowPage.By.values()).stream()
                        .map(way -> new Way(
                                words.text("monitor.by." + way.code(), viewer.locale()),
                                watched.asked()
                                        .path(
                                                "/monitor/flows/" + process,
                                                Map.of("flow", "", "by", way == FlowPage.By.WAITING ? "" : way.code())),
                                way == by))
                        .toList());
        return "process/monitor-flow";
    }

    /** A way to look at a diagram. */
    record Way(String title, String path, boolean current) {}

    @GetMapping("/monitor/flows/" + KEY + "/diagram.xml")
    ResponseEntity<String> diagram(
            @PathVariable String process, @RequestParam Map<String, String> typed, Viewer viewer) {
        Definition shown = shown(watched(asked(process, typed), viewer));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/xml;charset=UTF-8"))
                .cacheControl(CacheControl.noStore())
                .body(drawings.of(shown.id(), shown.key(), viewer.locale()));
    }

    @GetMapping("/monitor/instances")
    String instances(@RequestParam Map<String, String> typed, Viewer viewer, Model model) {
        Watched watched = watched(Asked.of(typed), viewer);
        Instances.Wanted wanted = Instances.Wanted.of(typed);
        filters(model, watched, "/monitor/instances", Map.of(), wanted.parameters());
        model.addAttribute("maySteer", viewer.mayAnywhere(Permission.STEER_PROCEDURES));
        model.addAttribute("deeds", DEEDS);
        model.addAttribute(
                "shown",
                instances.of(
                        watched,
                        wanted,
                        Instances.After.of(typed.getOrDefault("after", "")),
                        facts(viewer),
                        viewer.locale()));
        return "process/monitor-instances";
    }

    @GetMapping("/monitor/tasks")
    String tasks(@RequestParam Map<String, String> typed, Viewer viewer, Model model) {
        Watched watched = watched(Asked.of(typed), viewer);
        OpenTasks.Wanted wanted = OpenTasks.Wanted.of(typed);
        filters(model, watched, "/monitor/tasks", Map.of(), wanted.parameters());
        model.addAttribute(
                "shown",
                tasks.of(
                        watched,
                        wanted,
                        OpenTasks.After.of(typed.getOrDefault("after", "")),
                        facts(viewer),
                        viewer.locale()));
        return "process/monitor-tasks";
    }

    @GetMapping("/monitor/levels/{code:[a-z][a-z-]{0,60}}")
    String level(@PathVariable String code, @RequestParam Map<String, String> typed, Viewer viewer, Model model) {
        Watched watched = watched(Asked.of(typed), viewer);
        boolean kept = typed.getOrDefault("kept", "").equals("yes");
        filters(model, watched, "/monitor/levels/" + code, kept ? Map.of("kept", "yes") : Map.of());
        model.addAttribute(
                "shown",
                levels.of(
                        code,
                        kept,
                        Levels.After.of(typed.getOrDefault("after", "")),
                        watched,
                        facts(viewer),
                        viewer.locale()));
        return "process/monitor-level";
    }

    /** Sent as a form, because it is written down: no link, however it is followed, takes a table away. */
    @PostMapping("/monitor/export")
    void export(
            @RequestParam String sheet,
            @RequestParam String format,
            @RequestParam Map<String, String> typed,
            Viewer viewer,
            HttpServletResponse response)
            throws IOException {
        if (!format.equals("csv") && !format.equals("xlsx")) {
            throw new Problem(HttpStatus.BAD_REQUEST, "monitor.unreadable");
        }
        Listing found = listing(sheet, typed, viewer)
                .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "monitor.unreadable"));
        reads.record(viewer, null, null, "procedures", found.code(), "export");
        boolean csv = format.equals("csv");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                Download.attachment("monitor-%s-%s.%s"
                        .formatted(
                                found.code(), watched(Asked.of(typed), viewer).today(), format)));
        response.setContentType(
                csv ? Download.CSV.toString() : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        OutputStream out = response.getOutputStream();
        try (SheetWriter writer =
                csv ? new SheetWriter.Csv(out, viewer.locale()) : new SheetWriter.Xlsx(out, found.code())) {
            found.write(writer, Listing.MOST);
        }
    }

    private Optional<Listing> listing(String code, Map<String, String> typed, Viewer viewer) {
        Asked asked = Asked.of(typed);
        Locale language = viewer.locale();
        return switch (code) {
            case "instances" ->
                Optional.of(
                        instances.listing(watched(asked, viewer), Instances.Wanted.of(typed), facts(viewer), language));
            case "tasks" ->
                Optional.of(tasks.listing(watched(asked, viewer), OpenTasks.Wanted.of(typed), facts(viewer), language));
            case "promises" ->
                Optional.of(levels.listing(
                        typed.getOrDefault("level", ""),
                        typed.getOrDefault("kept", "").equals("yes"),
                        watched(asked, viewer),
                        facts(viewer),
                        language));
            default -> sheet(code, asked, viewer).map(Listing::of);
        };
    }

    private Optional<Sheet> sheet(String code, Asked asked, Viewer viewer) {
        Locale language = viewer.locale();
        List<Sheet> sheets = new ArrayList<>();
        switch (code) {
            case "workers" -> sheets.add(overview.everybody(watched(asked, viewer), language));
            case "flows", "levels", "weeks", "ahead", "ages" ->
                sheets.addAll(overview.of(watched(asked, viewer), language).sheets());
            case "steps", "versions", "commonest", "slowest" -> {
                Watched watched = watched(asked, viewer);
                if (asked.flow() != null) {
                    sheets.addAll(flows.of(watched, shown(watched), FlowPage.By.WAITING, language)
                            .sheets());
                }
            }
            default -> {}
        }
        return sheets.stream().filter(sheet -> sheet.code().equals(code)).findFirst();
    }

    /** What the viewer may see of what was asked; a project that is not theirs to watch counts as not asked. */
    private Watched watched(Asked asked, Viewer viewer) {
        if (!viewer.mayAnywhere(Permission.WATCH_PROCEDURES)) {
            throw new Forbidden(Permission.WATCH_PROCEDURES, null);
        }
        Asked allowed = asked.within(viewer);
        return new Watched(
                viewer,
                allowed,
                definitions.asked(allowed.flow(), allowed.version()),
                clock.instant(),
                zones.of(viewer, allowed));
    }

    private Asked asked(String process, Map<String, String> typed) {
        if (definitions.of(process).isEmpty()) {
            throw new Hidden("procedure", process);
        }
        Map<String, String> all = new LinkedHashMap<>(typed);
        all.put("flow", process);
        return Asked.of(all);
    }

    private Definition shown(Watched watched) {
        String process = String.valueOf(watched.asked().flow());
        Integer version = watched.asked().version();
        List<Definition> versions = definitions.of(process);
        return versions.stream()
                .filter(definition -> version == null || definition.version() == version)
                .findFirst()
                .orElseThrow(() -> new Hidden("procedure", process));
    }

    private Map<ProjectId, ProjectFacts.Facts> facts(Viewer viewer) {
        ProjectFacts known = projects.getIfAvailable();
        return known == null ? Map.of() : known.describe(viewer.projects(Permission.WATCH_PROCEDURES));
    }

    private void filters(Model model, Watched watched, String page, Map<String, String> kept) {
        filters(model, watched, page, kept, kept);
    }

    /**
     * What can be chosen above each page.
     *
     * @param kept what choosing leaves as it is
     * @param also what the page is asked besides; what can be chosen of it must not be kept too
     */
    private void filters(
            Model model, Watched watched, String page, Map<String, String> kept, Map<String, String> also) {
        Viewer viewer = watched.viewer();
        Locale language = viewer.locale();
        Asked asked = watched.asked();
        model.addAttribute("page", page);
        model.addAttribute("asked", asked);
        model.addAttribute("kept", kept);
        model.addAttribute("also", also);
        List<Option> projects = facts(viewer).entrySet().stream()
                .map(entry -> new Option(
                        String.valueOf(entry.getKey().value()), entry.getValue().name()))
                .sorted(Comparator.comparing(Option::label))
                .toList();
        model.addAttribute("projects", projects);
        model.addAttribute("projectOptions", options(projects, asked.project()));
        model.addAttribute("offices", offices(watched));
        model.addAttribute(
                "flows",
                definitions.newest().keySet().stream()
                        .map(key -> new Option(key, names.procedure(key, language)))
                        .sorted(Comparator.comparing(Option::label))
                        .toList());
        model.addAttribute("versions", versions(asked.flow(), language));
        model.addAttribute(
                "periods",
                Asked.PERIODS.stream()
                        .map(weeks -> new Option(weeks.toString(), words.text("monitor.period", language, weeks)))
                        .toList());
        Map<String, String> same = new LinkedHashMap<>(asked.parameters());
        same.putAll(also);
        model.addAttribute("same", same);
    }

    /** A manager may watch a hundred projects, on each page. */
    private static String options(List<Option> projects, @Nullable ProjectId asked) {
        String chosen = asked == null ? "" : String.valueOf(asked.value());
        Markup options = new Markup();
        projects.forEach(project -> options.whole(
                "option",
                project.label(),
                "value",
                project.value(),
                "selected",
                project.value().equals(chosen) ? "selected" : null));
        return options.toString();
    }

    private List<Option> versions(@Nullable String flow, Locale language) {
        return flow == null
                ? List.of()
                : definitions.of(flow).stream()
                        .map(version -> new Option(
                                String.valueOf(version.version()),
                                words.text("monitor.version", language, version.version())))
                        .toList();
    }

    /** Those of the project that is asked about; the one that is chosen stays among them, so that it is seen what is asked. */
    private List<String> offices(Watched watched) {
        Watched anyOffice = new Watched(
                watched.viewer(),
                new Asked(watched.asked().project(), null, null, null, 1),
                Optional.empty(),
                watched.now(),
                watched.zone());
        TreeSet<String> offices = new TreeSet<>(jdbc.sql("""
                        select distinct x.office from procedure_tally x
                         where x.kind = 'state' and x.office is not null and %s
                        """.formatted(anyOffice.rows("x")))
                .params(anyOffice.params())
                .query(String.class)
                .list());
        Stream.ofNullable(watched.asked().office()).forEach(offices::add);
        return List.copyOf(offices);
    }
}
