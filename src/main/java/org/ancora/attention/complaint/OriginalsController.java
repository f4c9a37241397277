package org.ancora.attention.complaint;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.audit.ReadLog;
import org.ancora.web.LargeUpload;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseBody;

/** What came in on paper: added to a complaint, and read again. */
@Controller
class OriginalsController {

    private final Complaints complaints;
    private final Originals originals;
    private final ReadLog reads;

    OriginalsController(Complaints complaints, Originals originals, ReadLog reads) {
        this.complaints = complaints;
        this.originals = originals;
        this.reads = reads;
    }

    @Bean
    static LargeUpload roomForOriginals() {
        return new LargeUpload(Pattern.compile("/complaints/[^/]+/originals"), Originals.LARGEST);
    }

    /** Takes a file as the body of the request, so that nothing of it is read before the person may add it. */
    @PostMapping("/complaints/{number}/originals")
    @ResponseBody
    Map<String, String> add(
            @PathVariable String number,
            @RequestHeader(name = "X-File-Name", defaultValue = "file.txt") String name,
            HttpServletRequest request,
            Viewer viewer)
            throws IOException {
        Complaint complaint = complaints.open(number, viewer);
        if (!complaint.mayBeHandledBy(viewer)) {
            throw new Forbidden(Permission.ATTEND_USERS, complaint.project());
        }
        byte[] content = request.getInputStream().readNBytes(Originals.LARGEST + 1);
        originals.add(complaint, name, content, viewer.id());
        return Map.of("location", complaint.path());
    }

    /** Always saved, never shown in the page's own place. */
    @GetMapping("/complaints/{number}/originals/{id:[0-9]{1,18}}")
    ResponseEntity<ByteArrayResource> original(@PathVariable String number, @PathVariable long id, Viewer viewer) {
        Complaint complaint = complaints.open(number, viewer);
        Originals.Content file = originals.content(number, id).orElseThrow(() -> new Hidden("original", id));
        reads.record(viewer, complaint.project(), number, "original", String.valueOf(id), "download");
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(file.mediaType()))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(file.name(), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(file.bytes());
    }
}
