package org.ancora.process.studio;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ancora.access.Hidden;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.process.model.Finding;
import org.ancora.process.model.ModelCheck;
import org.ancora.process.model.ProcessFolder;
import org.ancora.web.Problem;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * A draft's files as the editors read and keep them.
 *
 * <p>The tag of a file is for handing back only: the file's version in the draft, or 0 with the version below it.
 */
@Controller
@RequestMapping(FilesController.FOLDER)
class FilesController {

    static final String FOLDER = "/studio/{folder:[a-z][a-z0-9-]{0,79}}";

    private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);
    private static final Pattern TAG = Pattern.compile("\"(\\d{1,9})(?:\\.([\\w-]{1,64}))?\"");

    private final Owners owners;
    private final Drafts drafts;
    private final Versions versions;
    private final ModelCheck check;
    private final FindingWords words;
    private final Users users;
    private final RefusalLog refusals;

    FilesController(
            Owners owners,
            Drafts drafts,
            Versions versions,
            ModelCheck check,
            FindingWords words,
            Users users,
            RefusalLog refusals) {
        this.owners = owners;
        this.drafts = drafts;
        this.versions = versions;
        this.check = check;
        this.words = words;
        this.users = users;
        this.refusals = refusals;
    }

    @GetMapping("/files")
    ResponseEntity<String> read(@PathVariable String folder, @RequestParam String path, Viewer viewer) {
        Version running = owners.open(folder, viewer);
        Optional<Draft> draft = drafts.find(folder);
        byte[] content = draft.map(drafts::folder)
                .orElseGet(() -> versions.files(running.deploymentId()))
                .files()
                .get(path);
        if (content == null) {
            throw new Hidden("file", path);
        }
        return ResponseEntity.ok()
                .contentType(TEXT)
                .cacheControl(CacheControl.noStore())
                .eTag(tag(folder, path))
                .body(new String(content, StandardCharsets.UTF_8));
    }

    /** Keeps a file; the first one begins the draft. */
    @PutMapping("/files")
    ResponseEntity<Object> save(
            @PathVariable String folder,
            @RequestParam String path,
            @RequestHeader(name = HttpHeaders.IF_MATCH, defaultValue = "") String tag,
            @RequestBody(required = false) byte[] content,
            Viewer viewer) {
        return change(
                folder,
                path,
                tag,
                viewer,
                version -> drafts.save(folder, path, content == null ? new byte[0] : content, version, viewer.id()));
    }

    @DeleteMapping("/files")
    ResponseEntity<Object> remove(
            @PathVariable String folder,
            @RequestParam String path,
            @RequestHeader(name = HttpHeaders.IF_MATCH, defaultValue = "") String tag,
            Viewer viewer) {
        return change(folder, path, tag, viewer, version -> drafts.remove(folder, path, version, viewer.id()));
    }

    /** What an editor does with the version of the file that it had opened. */
    private interface Change {
        int to(int version);
    }

    private ResponseEntity<Object> change(String folder, String path, String tag, Viewer viewer, Change change) {
        Version running = owners.open(folder, viewer);
        return refusals.watched(
                folder, "editor", viewer.id(), () -> changed(running, folder, path, tag, viewer, change));
    }

    private ResponseEntity<Object> changed(
            Version running, String folder, String path, String tag, Viewer viewer, Change change) {
        Matcher opened = TAG.matcher(tag);
        if (!opened.matches()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "studio.tag");
        }
        Optional<Draft> draft = drafts.find(folder);
        try {
            String below = opened.group(2);
            String base = draft.map(Draft::baseDeployment).orElse(running.deploymentId());
            if (below != null
                    && !below.equals(base)
                    && draft.flatMap(found -> found.file(path)).isEmpty()) {
                // The version below is another one than the editor had opened, so its text may lack what is new.
                byte[] now = drafts.current(folder).files().get(path);
                throw new Overtaken(null, now == null ? new byte[0] : now);
            }
            drafts.begin(folder, viewer.id());
            change.to(Integer.parseInt(opened.group(1)));
        } catch (Overtaken overtaken) {
            return conflict(folder, path, overtaken);
        }
        return ResponseEntity.noContent().eTag(tag(folder, path)).build();
    }

    private ResponseEntity<Object> conflict(String folder, String path, Overtaken overtaken) {
        Optional<DraftFile> theirs = overtaken.theirs();
        UserId by = theirs.map(DraftFile::savedBy).orElse(UserId.SYSTEM);
        Map<String, Object> answer = Map.of(
                "version",
                tag(folder, path),
                "savedBy",
                Objects.requireNonNullElse(users.names(Set.of(by)).get(by), ""),
                "savedAt",
                theirs.map(file -> file.savedAt().toString()).orElse(""),
                "content",
                new String(overtaken.content(), StandardCharsets.UTF_8));
        return ResponseEntity.status(HttpStatus.CONFLICT)
                .contentType(MediaType.APPLICATION_JSON)
                .eTag(tag(folder, path))
                .body(answer);
    }

    private String tag(String folder, String path) {
        Optional<Draft> draft = drafts.find(folder);
        Optional<DraftFile> file = draft.flatMap(found -> found.file(path));
        String below = draft.map(Draft::baseDeployment)
                .or(() -> versions.running(folder).map(Version::deploymentId))
                .orElse("");
        return "\"" + file.map(found -> String.valueOf(found.version())).orElse("0." + below) + "\"";
    }

    /** What is wrong with the draft, in the reader's language. */
    @PostMapping("/check")
    @ResponseBody
    Map<String, List<FindingWords.Line>> check(@PathVariable String folder, Viewer viewer) {
        owners.open(folder, viewer);
        ProcessFolder files = drafts.current(folder);
        List<Finding> findings = check.check(files).findings();
        return Map.of("findings", words.lines(findings, files, viewer.locale()));
    }
}
