package org.ancora.process.studio;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.ancora.access.Viewer;
import org.ancora.process.model.Finding;
import org.ancora.process.model.ModelCheck;
import org.ancora.process.model.ProcessFolder;
import org.ancora.web.Problem;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

/** A letter as it would be read, while its owner writes it. */
@Controller("studioLetterController")
class LetterController {

    /** As the log calls this door. */
    private static final String PREVIEW = "preview";

    private final Owners owners;
    private final ObjectProvider<LetterPreview> previews;
    private final FindingWords words;
    private final RefusalLog refusals;

    LetterController(Owners owners, ObjectProvider<LetterPreview> previews, FindingWords words, RefusalLog refusals) {
        this.owners = owners;
        this.previews = previews;
        this.words = words;
        this.refusals = refusals;
    }

    /**
     * The letter filled in.
     *
     * @param file its path, by whose name its language is known
     * @param caseCode a case that the viewer may see; empty for a sample
     */
    @PostMapping(FilesController.FOLDER + "/letters/preview")
    ResponseEntity<Map<String, Object>> preview(
            @PathVariable String folder,
            @RequestParam(defaultValue = "") String file,
            @RequestParam(name = "case", defaultValue = "") String caseCode,
            @RequestBody(required = false) byte[] template,
            Viewer viewer) {
        owners.open(folder, viewer);
        byte[] content = template == null ? new byte[0] : template;
        return refusals.watched(folder, PREVIEW, viewer.id(), () -> filled(folder, file, caseCode, content, viewer));
    }

    private ResponseEntity<Map<String, Object>> filled(
            String folder, String file, String caseCode, byte[] content, Viewer viewer) {
        if (!ProcessFolder.isPath(file) || !file.startsWith("letters/")) {
            throw new Problem(HttpStatus.BAD_REQUEST, "studio.path");
        }
        if (content.length > Drafts.LARGEST_FILE) {
            throw new Problem(HttpStatus.CONTENT_TOO_LARGE, "studio.large", Drafts.LARGEST_FILE);
        }
        List<Finding> findings = ModelCheck.letter(file, content);
        if (!findings.isEmpty()) {
            refusals.refusedAgain(folder, PREVIEW, findings, viewer.id());
            return ResponseEntity.unprocessableContent()
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(Map.of(
                            "text",
                            words.lines(findings, viewer.locale()).get(0).words(),
                            "findings",
                            words.lines(findings, viewer.locale())));
        }
        LetterPreview.Preview preview = previews.getObject()
                .html(
                        folder,
                        file.substring("letters/".length()),
                        new String(content, StandardCharsets.UTF_8),
                        caseCode.isBlank() ? null : caseCode.strip(),
                        viewer);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("title", preview.title(), "html", preview.html()));
    }
}
