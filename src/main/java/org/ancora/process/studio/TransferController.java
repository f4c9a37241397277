package org.ancora.process.studio;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ancora.access.Viewer;
import org.ancora.process.model.ProcessFolder;
import org.ancora.web.Download;
import org.ancora.web.LargeUpload;
import org.ancora.web.Problem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** A version's files for another tool, and back into the draft. */
@Controller
class TransferController {

    private static final LargeUpload UPLOAD = new LargeUpload(Pattern.compile("/studio/[^/]+/upload"), Archive.LARGEST);

    private final Owners owners;
    private final StudioFiles files;
    private final Drafts drafts;
    private final DraftUploads uploads;
    private final RefusalLog refusals;

    TransferController(Owners owners, StudioFiles files, Drafts drafts, DraftUploads uploads, RefusalLog refusals) {
        this.owners = owners;
        this.files = files;
        this.drafts = drafts;
        this.uploads = uploads;
        this.refusals = refusals;
    }

    /** Room for archives. */
    @Configuration(proxyBeanMethods = false)
    static class Upload {

        @Bean
        LargeUpload roomForProcedures() {
            return UPLOAD;
        }
    }

    /** @param version as {@link StudioFiles} names it */
    @GetMapping(FilesController.FOLDER + "/download")
    ResponseEntity<byte[]> download(
            @PathVariable String folder,
            @RequestParam(defaultValue = StudioFiles.RUNNING) String version,
            Viewer viewer) {
        ProcessFolder found = files.of(folder, version, viewer);
        return Download.saved(Archive.of(found), new MediaType("application", "zip"), folder + ".zip");
    }

    /**
     * Takes an archive or one file as the body of the request.
     *
     * @param seen the newest version of any file of the draft that the owner has seen
     */
    @PostMapping(FilesController.FOLDER + "/upload")
    @ResponseBody
    Map<String, String> upload(
            @PathVariable String folder,
            @RequestParam(defaultValue = "0") int seen,
            @RequestHeader(name = "X-File-Name", defaultValue = "") String header,
            HttpServletRequest request,
            Viewer viewer)
            throws IOException {
        owners.open(folder, viewer);
        try {
            take(folder, seen, header, request, viewer);
        } catch (Problem problem) {
            refusals.refused(folder, "upload", problem, viewer.id());
            throw problem;
        }
        return Map.of("location", "/studio/" + folder);
    }

    private void take(String folder, int seen, String header, HttpServletRequest request, Viewer viewer)
            throws IOException {
        byte[] content = UPLOAD.read(request, "studio.archive.large");
        String name = LargeUpload.fileName(header).orElse("");
        Map<String, byte[]> sent = new HashMap<>();
        if (Archive.is(content) || name.endsWith(".zip")) {
            sent.putAll(Archive.read(content, folder));
        } else {
            sent.put(path(folder, name), content);
        }
        uploads.keep(folder, sent, seen, viewer.id(), viewer.locale());
    }

    /** Where a single file belongs: where one of its name lies already, else where files of its kind do. */
    private String path(String folder, String name) {
        return drafts.current(folder).files().keySet().stream()
                .filter(path -> path.equals(name) || path.endsWith("/" + name))
                .findFirst()
                .or(() -> Optional.of(home(name)))
                .filter(ProcessFolder::isPath)
                .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "studio.path"));
    }

    private static String home(String name) {
        if (name.endsWith(".form")) {
            return "forms/" + name;
        }
        if (name.endsWith(".properties")) {
            return "labels/" + name;
        }
        return name.endsWith(".html") || name.endsWith(".txt") ? "letters/" + name : name;
    }
}
