package org.ancora.referral.directory;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.audit.ReadLog;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.referral.directory.DirectoryLoads.Load;
import org.ancora.referral.directory.DirectoryLoads.Source;
import org.ancora.time.Dates;
import org.ancora.web.LargeUpload;
import org.ancora.web.Option;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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

/** Sources of the directory: their files, checked before they are stored, and what they hold given out again. */
@Controller
class SourcesController {

    /** Bytes; fifty thousand services as JSON are about half of it. */
    static final int LARGEST_FILE = 200 * 1024 * 1024;

    /** Files up to so many bytes are read while the person waits; the procedure then finds nothing left to do. */
    static final int AT_ONCE = 300_000;

    private static final String SOURCES = ResourceQuery.PATH + "/sources";
    private static final String LOADS = ResourceQuery.PATH + "/loads";
    private static final String ID = "/{id:[0-9]{1,18}}";
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TITLE = 120;
    private static final int FAULTS_SHOWN = 100;
    private static final Set<String> ENDINGS = Set.of("json", "zip", "csv", "tsv", "txt");

    private final DirectoryLoads loads;
    private final DirectoryLoader loader;
    private final DirectoryExport export;
    private final Projects projects;
    private final MessageSource messages;
    private final Dates dates;
    private final Clock clock;
    private final ReadLog reads;

    SourcesController(
            DirectoryLoads loads,
            DirectoryLoader loader,
            DirectoryExport export,
            Projects projects,
            MessageSource messages,
            Dates dates,
            Clock clock,
            ReadLog reads) {
        this.loads = loads;
        this.loader = loader;
        this.export = export;
        this.projects = projects;
        this.messages = messages;
        this.dates = dates;
        this.clock = clock;
        this.reads = reads;
    }

    /** Room for its files. */
    @Configuration(proxyBeanMethods = false)
    static class Uploads {

        @Bean
        LargeUpload roomForDirectoryFiles() {
            return new LargeUpload(Pattern.compile("/directory/sources/[0-9]{1,18}/loads"), LARGEST_FILE);
        }
    }

    /** A source as the list shows it. */
    record SourceLine(
            Source source, String project, @Nullable String stored) {}

    /** A file as the list shows it. */
    record LoadLine(Load load, String when, String state) {}

    /** What a file does to one kind, in words. */
    record CountLine(String kind, int added, int changed, int unchanged, int vanishing) {}

    /** Something wrong, in words. */
    record FaultLine(String file, int line, String field, String value, String advice, boolean error) {}

    @GetMapping(SOURCES)
    String sources(Viewer viewer, Model model) {
        require(viewer);
        return sources(viewer, model, "", null);
    }

    @PostMapping(SOURCES)
    String begin(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String project,
            Viewer viewer,
            Model model,
            HttpServletResponse response) {
        require(viewer);
        Project home = places(viewer).stream()
                .filter(each -> each.key().equals(project))
                .findFirst()
                .orElseThrow(() -> new Hidden("project", project));
        String title = name.strip();
        if (title.isEmpty() || title.length() > LONGEST_TITLE) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return sources(viewer, model, title, "directory.source.name.wrong");
        }
        return "redirect:" + SOURCES + "/" + loads.begin(home.id(), title, viewer.id());
    }

    @GetMapping(SOURCES + ID)
    String source(@PathVariable long id, Viewer viewer, Model model) {
        Source source = find(id, viewer);
        Project project = projects.get(source.project());
        Locale locale = viewer.locale();
        ZoneId zone = project.calendar().zone();
        model.addAttribute("source", source);
        model.addAttribute("project", project);
        model.addAttribute("taxonomies", loads.taxonomies(source));
        model.addAttribute(
                "loads",
                loads.latest(source).stream()
                        .map(load -> new LoadLine(
                                load,
                                dates.moment(load.at(), zone, locale),
                                text("directory.load.state." + load.state().code(), locale)))
                        .toList());
        return "directory/source";
    }

    /** Takes a file as the body of the request, so that nothing of it is read before the person may load it. */
    @PostMapping(SOURCES + ID + "/loads")
    @ResponseBody
    Map<String, String> take(
            @PathVariable long id,
            @RequestHeader(name = "X-File-Name", defaultValue = "directory.csv") String name,
            HttpServletRequest request,
            Viewer viewer)
            throws IOException {
        Source source = find(id, viewer);
        String fileName = fileName(name);
        Path kept = Files.createTempFile("directory", ".load");
        try {
            long size;
            try (OutputStream out = Files.newOutputStream(kept)) {
                size = request.getInputStream().transferTo(out);
            }
            long load;
            try (InputStream in = Files.newInputStream(kept)) {
                load = loads.take(source, fileName, in, LARGEST_FILE, viewer.id());
            }
            if (size <= AT_ONCE) {
                loader.goOn(load);
            }
            return Map.of("location", LOADS + "/" + load);
        } finally {
            Files.deleteIfExists(kept);
        }
    }

    @GetMapping(LOADS + ID)
    String load(@PathVariable long id, Viewer viewer, Model model) {
        return page(findLoad(id, viewer), viewer, model, false);
    }

    @PostMapping(LOADS + ID + "/store")
    String store(
            @PathVariable long id,
            @RequestParam(defaultValue = "false") boolean vanish,
            Viewer viewer,
            Model model,
            HttpServletResponse response) {
        Load load = findLoad(id, viewer);
        if (load.manyVanish() && !vanish) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return page(load, viewer, model, true);
        }
        loads.store(load, viewer.id());
        if (load.rows() <= AT_ONCE / 100) {
            loader.goOn(id);
        }
        return "redirect:" + LOADS + "/" + id;
    }

    @PostMapping(LOADS + ID + "/discard")
    String discard(@PathVariable long id, Viewer viewer, RedirectAttributes flash) {
        Load load = findLoad(id, viewer);
        loads.discard(load, viewer.id());
        flash.addFlashAttribute("told", "directory.load.discarded");
        return "redirect:" + SOURCES + "/" + load.source();
    }

    /** Every fault as a file; what spreadsheets would take for a formula is made harmless. */
    @GetMapping(LOADS + ID + "/report.csv")
    ResponseEntity<byte[]> report(@PathVariable long id, Viewer viewer) {
        Load load = findLoad(id, viewer);
        Locale locale = viewer.locale();
        reads.record(viewer, load.project(), null, "directory-load", "" + id, "download");
        StringBuilder file = new StringBuilder("\uFEFF");
        line(
                file,
                List.of("file", "line", "field", "value", "advice", "weight").stream()
                        .map(part -> text("directory.report." + part, locale))
                        .toList());
        for (FaultLine fault : faults(load, Staging.MOST_FAULTS, locale)) {
            line(
                    file,
                    List.of(
                            fault.file(),
                            fault.line() == 0 ? "" : "" + fault.line(),
                            fault.field(),
                            fault.value(),
                            fault.advice(),
                            text("directory.report." + (fault.error() ? "error" : "remark"), locale)));
        }
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        attachment(load.fileName().replaceFirst("\\.[^.]*$", "") + "-report.csv"))
                .body(file.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Gives out what a source holds, for everybody who may search in it. Sent as a form, because it is logged. */
    @PostMapping(ResourceQuery.PATH + "/export")
    void export(
            @RequestParam(defaultValue = "0") long source,
            @RequestParam(defaultValue = "") String format,
            Viewer viewer,
            HttpServletResponse response)
            throws IOException {
        Source found = loads.sourceToRead(source, viewer).orElseThrow(() -> new Hidden("source", source));
        if (!format.equals("zip") && !format.equals("json")) {
            throw new Problem(HttpStatus.BAD_REQUEST, "directory.export.format");
        }
        loads.givenOut(found, format, viewer);
        ZoneId zone = projects.get(found.project()).calendar().zone();
        String day = clock.instant().atZone(zone).toLocalDate().toString();
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION, attachment(Plain.slug(found.name()) + "-hsds-" + day + "." + format));
        response.setContentType(format.equals("zip") ? "application/zip" : "application/json;charset=UTF-8");
        OutputStream out = response.getOutputStream();
        if (format.equals("zip")) {
            export.tabular(found.id(), found.project(), viewer, out);
        } else {
            export.json(found.id(), found.project(), viewer, out);
        }
    }

    private String sources(Viewer viewer, Model model, String name, @Nullable String wrong) {
        Locale locale = viewer.locale();
        List<Project> places = places(viewer);
        model.addAttribute(
                "sources",
                loads.sources(viewer).stream()
                        .map(source -> {
                            Project project = projects.get(source.project());
                            ZoneId zone = project.calendar().zone();
                            return new SourceLine(
                                    source,
                                    project.name(),
                                    source.storedAt() == null
                                            ? null
                                            : dates.momentAndYear(source.storedAt(), zone, locale));
                        })
                        .toList());
        model.addAttribute(
                "projects",
                places.stream().map(each -> new Option(each.key(), each.name())).toList());
        model.addAttribute("name", name);
        model.addAttribute("wrong", wrong);
        return "directory/sources";
    }

    private List<Project> places(Viewer viewer) {
        return List.copyOf(
                projects.withIds(viewer.projects(Permission.LOAD_DIRECTORY)).values());
    }

    private String page(Load load, Viewer viewer, Model model, boolean unsure) {
        Locale locale = viewer.locale();
        ZoneId zone = projects.get(load.project()).calendar().zone();
        model.addAttribute("load", load);
        model.addAttribute("unsure", unsure);
        model.addAttribute("when", dates.moment(load.at(), zone, locale));
        model.addAttribute(
                "counts",
                load.counts().stream()
                        .map(count -> new CountLine(
                                text("directory.kind." + count.kind(), locale),
                                count.added(),
                                count.changed(),
                                count.unchanged(),
                                count.vanishing()))
                        .toList());
        model.addAttribute("faults", faults(load, FAULTS_SHOWN, locale));
        return "directory/load";
    }

    private List<FaultLine> faults(Load load, int most, Locale locale) {
        return loads.faults(load, most).stream()
                .map(fault -> new FaultLine(
                        fault.file(),
                        fault.line(),
                        fault.field(),
                        fault.value(),
                        text("directory.fault." + fault.problem(), locale, fault.value()),
                        fault.error()))
                .toList();
    }

    private static void require(Viewer viewer) {
        if (!viewer.mayAnywhere(Permission.LOAD_DIRECTORY)) {
            throw new Forbidden(Permission.LOAD_DIRECTORY, null);
        }
    }

    private Source find(long id, Viewer viewer) {
        return loads.source(id, viewer);
    }

    private Load findLoad(long id, Viewer viewer) {
        return loads.find(id, viewer);
    }

    /** The bare name of a file that can only be one of ours. */
    private static String fileName(String header) {
        String name;
        try {
            name = URLDecoder.decode(header, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException forged) {
            throw new Problem(HttpStatus.BAD_REQUEST, "directory.load.name");
        }
        String bare = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .replaceAll("\\p{Cntrl}", "")
                .strip();
        String ending = bare.substring(bare.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (bare.length() > LONGEST_NAME || !ENDINGS.contains(ending)) {
            throw new Problem(HttpStatus.BAD_REQUEST, "directory.load.name");
        }
        return bare;
    }

    private static String attachment(String name) {
        return ContentDisposition.attachment()
                .filename(name, StandardCharsets.UTF_8)
                .build()
                .toString();
    }

    private static void line(StringBuilder file, List<String> cells) {
        file.append(String.join(",", cells.stream().map(Cells::quoted).toList()))
                .append("\r\n");
    }

    private String text(String key, Locale locale, Object... arguments) {
        return messages.getMessage(key, arguments, locale);
    }
}
