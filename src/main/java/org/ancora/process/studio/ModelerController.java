package org.ancora.process.studio;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ancora.access.Forbidden;
import org.ancora.access.Pace;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.process.deployment.ModelRefused;
import org.ancora.process.model.Finding;
import org.ancora.process.model.ModelCheck;
import org.ancora.web.Problem;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What the desktop Modeler needs to hand in a diagram: the same checked way into the engine as a published draft. A file
 * takes the place of the one with the same process, decision or form in the folder where that runs.
 */
@Controller
@RequestMapping(ModelerDoor.ROOT)
class ModelerController {

    /** As the engine's own interface writes times. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx").withZone(ZoneOffset.UTC);

    /** As the log calls it. */
    private static final String DOOR = "modeler";

    private static final Duration ONE_EVERY = Duration.ofSeconds(2);

    private final Versions versions;
    private final Publishing publishing;
    private final RefusalLog refusals;
    private final FindingWords words;
    private final MessageSource messages;
    private final RepositoryService repository;
    private final Pace<UserId> pace;
    private final Duration patience;

    /** @param patience after which a request is answered at the latest with how far it is; the Modeler gives up after 5 s */
    ModelerController(
            Versions versions,
            Publishing publishing,
            RefusalLog refusals,
            FindingWords words,
            MessageSource messages,
            RepositoryService repository,
            @Qualifier("wallClock") Clock wallClock,
            @Value("${ancora.access.modeler-at-once:60}") int atOnce,
            @Value("${ancora.studio.modeler-patience:3s}") Duration patience) {
        this.versions = versions;
        this.publishing = publishing;
        this.refusals = refusals;
        this.words = words;
        this.messages = messages;
        this.repository = repository;
        this.pace = new Pace<>(wallClock, atOnce, ONE_EVERY);
        this.patience = patience;
    }

    /** Nobody who draws meets the pace; each request costs a password's slow hash, and each diagram a check. */
    private void open(Viewer viewer) {
        Owners.require(viewer);
        if (pace.take(viewer.id()).isPresent()) {
            throw new Problem(HttpStatus.TOO_MANY_REQUESTS, "studio.modeler.pace");
        }
    }

    @GetMapping("/version")
    ResponseEntity<Map<String, Object>> version(Viewer viewer) {
        open(viewer);
        String version = ProcessEngine.class.getPackage().getImplementationVersion();
        return json(HttpStatus.OK, Map.of("version", Objects.requireNonNullElse(version, "7.24.0")));
    }

    /** Only to see whether the password is right: the list is always empty, and nothing else is answered. */
    @GetMapping("/deployment")
    ResponseEntity<Object> deployments(@RequestParam(defaultValue = "") String maxResults, Viewer viewer) {
        open(viewer);
        if (!maxResults.equals("0")) {
            return ResponseEntity.status(HttpStatus.NOT_FOUND)
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(error("NotFoundException", "404"));
        }
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(List.of());
    }

    @PostMapping("/deployment/create")
    ResponseEntity<Map<String, Object>> create(HttpServletRequest request, Viewer viewer) throws IOException {
        open(viewer);
        Map<String, byte[]> files = new TreeMap<>();
        String folder = "unknown";
        try {
            byte[] body = ModelerDoor.UPLOAD.read(request, "studio.modeler.large");
            for (MultipartForm.Part part : parts(request, body)) {
                Optional<String> name = part.file();
                if (name.isPresent()) {
                    files.put(path(name.get(), part.content()), part.content());
                }
            }
            folder = home(files.keySet());
            publishing.tryForModeler(folder, files, viewer.locale(), patience).ifPresent(left -> {
                throw new Problem(HttpStatus.SERVICE_UNAVAILABLE, "studio.modeler.trying", left.done(), left.total());
            });
            Optional<Version> now = publishing.fromModeler(folder, files, viewer.id(), viewer.locale());
            return now.isPresent()
                    ? json(HttpStatus.OK, deployed(now.get()))
                    : json(
                            HttpStatus.CONFLICT,
                            error("RestException", text("studio.modeler.proposed", viewer.locale())));
        } catch (ModelRefused refused) {
            refusals.refused(folder, DOOR, refused.findings(), viewer.id());
            return json(HttpStatus.BAD_REQUEST, refusal(refused.findings(), viewer.locale()));
        } catch (Problem problem) {
            refusals.refused(folder, DOOR, problem, viewer.id());
            throw problem;
        }
    }

    private static List<MultipartForm.Part> parts(HttpServletRequest request, byte[] body) {
        try {
            return MultipartForm.parse(Objects.requireNonNullElse(request.getContentType(), ""), body);
        } catch (IllegalArgumentException unreadable) {
            throw new Problem(HttpStatus.BAD_REQUEST, "studio.modeler.unreadable").causedBy(unreadable);
        }
    }

    /** By what is in the file: a tool may call it as it likes. */
    private static String path(String name, byte[] content) {
        String ending = name.substring(name.lastIndexOf('.') + 1);
        if (!Set.of("bpmn", "dmn", "form").contains(ending)) {
            throw new Problem(HttpStatus.BAD_REQUEST, "studio.modeler.kind", shortened(name));
        }
        List<Finding> refused = new ArrayList<>();
        Optional<String> id = ModelCheck.idIn("x." + ending, content, refused);
        if (!refused.isEmpty()) {
            throw new ModelRefused(shortened(name), refused);
        }
        return (ending.equals("form") ? "forms/" : "") + id.orElse("nameless") + "." + ending;
    }

    /** The folder in which these files run; a new one may come along with them. */
    private String home(Set<String> paths) {
        if (paths.isEmpty()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "studio.modeler.no-file");
        }
        Set<String> folders = new TreeSet<>();
        Set<String> diagramsWithout = new TreeSet<>();
        Map<String, Set<String>> known = new LinkedHashMap<>();
        versions.running()
                .forEach((folder, version) -> known.put(
                        folder, versions.files(version.deploymentId()).files().keySet()));
        for (String path : paths) {
            Set<String> homes = new TreeSet<>();
            known.forEach((folder, files) -> {
                if (files.contains(path)) {
                    homes.add(folder);
                }
            });
            if (homes.isEmpty() && path.endsWith(".bpmn")) {
                diagramsWithout.add(path.substring(0, path.length() - ".bpmn".length()));
            } else if (homes.size() == 1 || folders.isEmpty()) {
                folders.addAll(homes);
            }
        }
        if (!diagramsWithout.isEmpty() || folders.isEmpty()) {
            String unknown = diagramsWithout.isEmpty() ? String.join(", ", paths) : String.join(", ", diagramsWithout);
            throw new Problem(HttpStatus.BAD_REQUEST, "studio.modeler.unknown", shortened(unknown));
        }
        if (folders.size() > 1) {
            throw new Problem(HttpStatus.BAD_REQUEST, "studio.modeler.several");
        }
        return folders.iterator().next();
    }

    private Map<String, Object> deployed(Version version) {
        Map<String, Object> definitions = new LinkedHashMap<>();
        for (ProcessDefinition definition : repository
                .createProcessDefinitionQuery()
                .deploymentId(version.deploymentId())
                .list()) {
            Map<String, @Nullable Object> line = new LinkedHashMap<>();
            line.put("id", definition.getId());
            line.put("key", definition.getKey());
            line.put("name", definition.getName());
            line.put("version", definition.getVersion());
            line.put("resource", definition.getResourceName());
            line.put("deploymentId", version.deploymentId());
            line.put("diagram", null);
            line.put("suspended", false);
            line.put("tenantId", null);
            line.put("versionTag", definition.getVersionTag());
            definitions.put(definition.getId(), line);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("links", List.of());
        answer.put("id", version.deploymentId());
        answer.put("name", version.folder());
        answer.put("source", version.origin());
        answer.put("deploymentTime", TIME.format(version.at()));
        answer.put("deployedProcessDefinitions", definitions);
        return answer;
    }

    /** As the engine says that a diagram cannot be read: one text, and by file what is wrong at which element. */
    private Map<String, Object> refusal(List<Finding> findings, Locale language) {
        Map<String, Map<String, List<Map<String, Object>>>> details = new TreeMap<>();
        StringBuilder text = new StringBuilder();
        for (FindingWords.Line line : words.lines(findings, language)) {
            String element = line.element();
            details.computeIfAbsent(
                            line.file(),
                            any -> new TreeMap<>(Map.of("errors", new ArrayList<>(), "warnings", new ArrayList<>())))
                    .getOrDefault(line.refuses() ? "errors" : "warnings", new ArrayList<>())
                    .add(Map.of(
                            "message",
                            line.words(),
                            "line",
                            line.line(),
                            "column",
                            0,
                            "mainElementId",
                            element == null ? "" : element,
                            "elementIds",
                            element == null ? List.of() : List.of(element)));
            if (line.refuses()) {
                text.append(text.isEmpty() ? "" : "\n")
                        .append(line.file())
                        .append(element == null ? "" : " (" + element + ")")
                        .append(": ")
                        .append(line.words());
            }
        }
        Map<String, Object> answer = new LinkedHashMap<>(error("ParseException", text.toString()));
        answer.put("details", details);
        return answer;
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> refused(Problem problem, Locale language) {
        return json(problem.status(), error("RestException", text(problem.key(), language, problem.arguments())));
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> refused(Forbidden forbidden, Locale language) {
        return json(HttpStatus.FORBIDDEN, error("AuthorizationException", text("studio.modeler.forbidden", language)));
    }

    private static Map<String, Object> error(String type, String message) {
        return Map.of("type", type, "message", message, "code", 0);
    }

    private String text(String key, Locale language, Object... arguments) {
        return messages.getMessage(key, arguments, language);
    }

    private static ResponseEntity<Map<String, Object>> json(HttpStatus status, Map<String, Object> body) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }

    private static String shortened(String name) {
        String line = name.replaceAll("\\p{Cntrl}", "");
        return line.length() <= 80 ? line : line.substring(0, 80) + "…";
    }
}
