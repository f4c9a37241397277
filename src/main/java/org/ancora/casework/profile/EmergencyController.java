package org.ancora.casework.profile;

import jakarta.servlet.http.HttpServletResponse;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ancora.access.Forbidden;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Opening a case in an emergency, ending that, and looking into it afterwards. */
@Controller
class EmergencyController {

    private static final int LONGEST_REASON = 1000;
    private static final int SHORTEST_REASON = 10;
    private static final int SHOWN = 100;

    private final Emergencies emergencies;
    private final Projects projects;
    private final CaseWords words;

    EmergencyController(Emergencies emergencies, Projects projects, CaseWords words) {
        this.emergencies = emergencies;
        this.projects = projects;
        this.words = words;
    }

    record EmergencyForm(
            @Nullable String code,
            @Nullable String kind,
            @Nullable String reason) {}

    @GetMapping("/emergency")
    String ask(@RequestParam(required = false) @Nullable String code, Viewer viewer, Model model) {
        emergencies.require(viewer);
        model.addAttribute("form", new EmergencyForm(code, "", ""));
        return page(viewer, model);
    }

    @PostMapping("/emergency")
    String open(
            @ModelAttribute("form") EmergencyForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletResponse response) {
        emergencies.require(viewer);
        String reason = text(form.reason());
        Optional<Emergencies.Kind> kind = Arrays.stream(Emergencies.Kind.values())
                .filter(each -> each.code().equals(form.kind()))
                .findFirst();
        if (kind.isEmpty()) {
            errors.rejectValue("kind", "profile.emergency.choose");
        }
        if (reason.length() < SHORTEST_REASON) {
            errors.rejectValue("reason", "profile.emergency.say-why", new Object[] {SHORTEST_REASON}, null);
        }
        words.limit(errors, "reason", reason, LONGEST_REASON);
        if (text(form.code()).isEmpty()) {
            errors.rejectValue("code", "profile.emergency.code-missing");
        }
        if (kind.isPresent() && !errors.hasErrors()) {
            Optional<CaseSummary> opened = emergencies.open(text(form.code()), kind.get(), reason, viewer);
            if (opened.isPresent()) {
                return "redirect:" + opened.get().path();
            }
            errors.rejectValue("code", "profile.emergency.no-such-case");
        }
        response.setStatus(HttpStatus.BAD_REQUEST.value());
        return page(viewer, model);
    }

    @PostMapping("/emergency/{id:[0-9]{1,18}}/end")
    String end(@PathVariable long id, Viewer viewer, RedirectAttributes flash) {
        emergencies.end(id, viewer);
        flash.addFlashAttribute("told", "profile.emergency.ended");
        return "redirect:/";
    }

    /** An access in words. */
    record Line(
            long id,
            String code,
            String project,
            String who,
            String kind,
            String reason,
            String when,
            String until,
            int reads,
            boolean open,
            @Nullable String finding,
            String remark,
            boolean own) {}

    @GetMapping("/reviews")
    String reviews(Viewer viewer, Model model) {
        if (viewer.projects(Permission.REVIEW_BREAK_GLASS).isEmpty()) {
            throw new Forbidden(Permission.REVIEW_BREAK_GLASS, null);
        }
        List<Emergencies.Access> found = emergencies.toReview(viewer, SHOWN);
        Set<ProjectId> ids = found.stream().map(Emergencies.Access::project).collect(Collectors.toSet());
        Map<ProjectId, Project> known = new HashMap<>(projects.withIds(ids));
        model.addAttribute(
                "lines",
                found.stream()
                        .map(access -> line(access, known.get(access.project()), viewer))
                        .toList());
        return "casework/profile/reviews";
    }

    @PostMapping("/reviews/{id:[0-9]{1,18}}")
    String review(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String finding,
            @RequestParam(defaultValue = "") String remark,
            Viewer viewer,
            RedirectAttributes flash) {
        if (!Set.of("justified", "questioned").contains(finding) || remark.length() > LONGEST_REASON) {
            throw new Problem(HttpStatus.BAD_REQUEST, "case.unreadable");
        }
        emergencies.review(id, finding.equals("justified"), remark, viewer);
        flash.addFlashAttribute("told", "profile.review.done");
        return "redirect:/reviews";
    }

    private Line line(Emergencies.Access access, @Nullable Project project, Viewer viewer) {
        ZoneId zone = project == null ? ZoneId.of("UTC") : project.calendar().zone();
        String finding = access.finding() == null
                ? null
                : words.text(
                        "profile.review." + access.finding(),
                        viewer.locale(),
                        String.valueOf(access.reviewedBy()),
                        access.reviewedAt() == null ? "" : words.day(access.reviewedAt(), zone, viewer.locale()));
        return new Line(
                access.id(),
                access.caseCode(),
                project == null ? "" : project.name(),
                access.byName(),
                words.text("profile.emergency.kind." + access.kind(), viewer.locale()),
                access.reason(),
                words.moment(access.openedAt(), zone, viewer.locale()),
                words.moment(access.end(), zone, viewer.locale()),
                access.reads(),
                access.finding() == null,
                finding,
                access.remark(),
                access.by().equals(viewer.id()));
    }

    private String page(Viewer viewer, Model model) {
        model.addAttribute(
                "kinds",
                words.options(
                        "profile.emergency.kind.",
                        Arrays.stream(Emergencies.Kind.values()).map(Emergencies.Kind::code),
                        viewer.locale()));
        return "casework/profile/emergency";
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : typed.strip();
    }
}
