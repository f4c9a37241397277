package org.ancora.attention.desk;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.attention.Office;
import org.ancora.attention.Offices;
import org.ancora.attention.Petition;
import org.ancora.attention.PetitionChannel;
import org.ancora.attention.PetitionStage;
import org.ancora.attention.Petitions;
import org.ancora.audit.ReadLog;
import org.ancora.network.CurrentProject;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.process.Deadlines;
import org.ancora.time.Dates;
import org.ancora.time.DeadlineWords;
import org.ancora.time.Explanation;
import org.ancora.web.Download;
import org.ancora.web.Languages;
import org.ancora.web.LargeUpload;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A registered petition: what to tell the person, what to print, and the proof that they were attended. */
@Controller
@RequestMapping("/petitions/{number}")
class PetitionController {

    private static final LargeUpload SCANS =
            new LargeUpload(Pattern.compile("/petitions/[A-Z0-9-]+/(scan|signature)"), Proofs.LARGEST);

    private final Petitions petitions;
    private final Projects projects;
    private final Offices offices;
    private final Attendances attendances;
    private final Proofs proofs;
    private final FuaSheet sheet;
    private final DeskPages pages;
    private final ObjectProvider<PetitionStage> stages;
    private final Deadlines deadlines;
    private final DeadlineWords deadlineWords;
    private final Users users;
    private final ReadLog reads;
    private final Dates dates;

    PetitionController(
            Petitions petitions,
            Projects projects,
            Offices offices,
            Attendances attendances,
            Proofs proofs,
            FuaSheet sheet,
            DeskPages pages,
            ObjectProvider<PetitionStage> stages,
            Deadlines deadlines,
            DeadlineWords deadlineWords,
            Users users,
            ReadLog reads,
            Dates dates) {
        this.petitions = petitions;
        this.projects = projects;
        this.offices = offices;
        this.attendances = attendances;
        this.proofs = proofs;
        this.sheet = sheet;
        this.pages = pages;
        this.stages = stages;
        this.deadlines = deadlines;
        this.deadlineWords = deadlineWords;
        this.users = users;
        this.reads = reads;
        this.dates = dates;
    }

    /** Room for scans. */
    @Configuration(proxyBeanMethods = false)
    static class Scans {

        @Bean
        LargeUpload roomForScans() {
            return SCANS;
        }
    }

    /** A proof in words. */
    public record ProofLine(long id, String kind, String by, String when) {}

    @GetMapping
    String petition(@PathVariable String number, Viewer viewer, Model model) {
        Petition petition = find(number, viewer);
        Project project = projects.get(petition.project());
        CurrentProject.is(project);
        Locale locale = viewer.locale();
        ZoneId zone = project.calendar().zone();
        reads.record(viewer, petition.project(), number, "petition", number, "page");
        Optional<PetitionStage.Stage> stage = stage(petition);
        LocalDate due = promised(petition, stage);
        model.addAttribute("project", project);
        model.addAttribute("petition", petition);
        model.addAttribute("who", petitions.petitioner(petition.petitioner()));
        model.addAttribute("registered", dates.momentAndYear(petition.registeredAt(), zone, locale));
        model.addAttribute("registeredBy", name(petition.registeredBy()));
        model.addAttribute("promised", due == null ? null : dates.longDay(due, locale));
        model.addAttribute("why", due == null ? null : why(petition, due, zone, locale));
        model.addAttribute("stage", stage.orElse(null));
        model.addAttribute(
                "office",
                offices.find(petition.office().value(), project)
                        .map(Office::name)
                        .orElse(petition.office().value()));
        model.addAttribute("about", petition.about() == null ? null : name(petition.about()));
        model.addAttribute("byPhone", petition.channel() == PetitionChannel.PHONE);
        model.addAttribute("mayAttend", viewer.may(Permission.ATTEND_USERS, project.id()));
        model.addAttribute("freeLine", offices.directory(project).freeLine());
        List<Proofs.Entry> kept = proofs.of(petition.id());
        model.addAttribute(
                "proofs",
                kept.stream()
                        .filter(proof -> !Proofs.isReceipt(proof))
                        .map(proof -> new ProofLine(
                                proof.id(), proof.kind(), proof.by(), dates.moment(proof.at(), zone, locale)))
                        .toList());
        model.addAttribute(
                "receipt",
                kept.stream()
                        .filter(Proofs::isReceipt)
                        .map(receipt -> pages.word(
                                "desk.receipt.given." + receipt.kind(),
                                locale,
                                receipt.by(),
                                dates.moment(receipt.at(), zone, locale)))
                        .findFirst()
                        .orElse(null));
        return "attention/petition";
    }

    @GetMapping("/fua.pdf")
    ResponseEntity<byte[]> form(
            @PathVariable String number, @RequestParam(defaultValue = "") String language, Viewer viewer) {
        return printed(number, language, viewer, true);
    }

    @GetMapping("/receipt.pdf")
    ResponseEntity<byte[]> receipt(
            @PathVariable String number, @RequestParam(defaultValue = "") String language, Viewer viewer) {
        return printed(number, language, viewer, false);
    }

    /** The person's mark as a picture that was drawn on the screen: the body of the request. */
    @PostMapping("/signature")
    @ResponseBody
    Map<String, String> sign(@PathVariable String number, HttpServletRequest request, Viewer viewer)
            throws IOException {
        Petition petition = attending(number, viewer);
        proofs.sign(petition, SCANS.read(request, "files.large"), viewer.id());
        return Map.of("location", petition.path());
    }

    /** A scan of the marked form: the body of the request, so that nothing of it is read before it may be added. */
    @PostMapping("/scan")
    @ResponseBody
    Map<String, String> attach(
            @PathVariable String number,
            @RequestHeader(name = "X-File-Name", defaultValue = "scan.pdf") String name,
            HttpServletRequest request,
            Viewer viewer)
            throws IOException {
        Petition petition = attending(number, viewer);
        proofs.attach(petition, LargeUpload.fileName(name).orElse(""), SCANS.read(request, "files.large"), viewer.id());
        return Map.of("location", petition.path());
    }

    @GetMapping("/proof/{id:[0-9]{1,18}}")
    ResponseEntity<ByteArrayResource> proof(@PathVariable String number, @PathVariable long id, Viewer viewer) {
        Petition petition = find(number, viewer);
        Proofs.Content proof = proofs.content(petition.id(), id).orElseThrow(() -> new Hidden("proof", id));
        reads.record(viewer, petition.project(), number, "petition", number, "download");
        String ending = proof.mediaType().substring(proof.mediaType().indexOf('/') + 1);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(proof.mediaType()))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(number + "-" + proof.kind() + "-" + id + "." + ending)
                                .build()
                                .toString())
                .body(proof.bytes());
    }

    @PostMapping("/receipt")
    String handedOver(@PathVariable String number, Viewer viewer, RedirectAttributes flash) {
        Petition petition = attending(number, viewer);
        proofs.handedOver(petition, petition.channel() == PetitionChannel.PHONE, viewer.id());
        flash.addFlashAttribute("told", "desk.receipt.kept");
        return "redirect:" + petition.path();
    }

    private ResponseEntity<byte[]> printed(String number, String language, Viewer viewer, boolean whole) {
        Petition petition = find(number, viewer);
        Project project = projects.get(petition.project());
        Locale chosen = Languages.ALL.stream()
                .filter(each -> each.getLanguage().equals(language))
                .findFirst()
                .orElse(project.locale());
        String attendance = petition.attendance();
        FuaSheet.Content content = new FuaSheet.Content(
                petition,
                petitions.petitioner(petition.petitioner()),
                project,
                name(petition.registeredBy()),
                attendance == null ? Map.of() : attendances.answers(attendance),
                promised(petition, stage(petition)),
                petitions.link(petition.id()),
                whole ? proofs.signature(petition.id()) : null);
        reads.record(viewer, petition.project(), number, "petition", number, "print");
        return Download.pdf(
                whole ? sheet.form(content, chosen) : sheet.receipt(content, chosen),
                number + (whole ? "-fua" : "-receipt"),
                false);
    }

    /** The day that is promised now; none once it is answered or stands still. */
    private static @Nullable LocalDate promised(Petition petition, Optional<PetitionStage.Stage> stage) {
        return stage.isPresent() ? stage.get().due() : petition.promised();
    }

    private @Nullable Explanation why(Petition petition, LocalDate due, ZoneId zone, Locale locale) {
        List<Deadlines.Recorded> recorded = deadlines.of(petition.number());
        for (int last = recorded.size() - 1; last >= 0; last--) {
            if (LocalDate.ofInstant(recorded.get(last).deadline().due(), zone).equals(due)) {
                return deadlineWords.explain(recorded.get(last).deadline(), locale);
            }
        }
        return null;
    }

    private Optional<PetitionStage.Stage> stage(Petition petition) {
        return stages.stream().flatMap(each -> each.of(petition).stream()).findFirst();
    }

    private Petition find(String number, Viewer viewer) {
        return petitions.find(number, viewer).orElseThrow(() -> new Hidden("petition", number));
    }

    private Petition attending(String number, Viewer viewer) {
        Petition petition = find(number, viewer);
        viewer.require(Permission.ATTEND_USERS, petition.project());
        return petition;
    }

    private String name(@Nullable UserId person) {
        return person == null ? "" : users.names(List.of(person)).getOrDefault(person, "");
    }
}
