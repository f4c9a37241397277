package org.ancora.conduct;

import jakarta.servlet.http.HttpServletResponse;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.ancora.access.Forbidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.Cases;
import org.ancora.conduct.Incident.EntryKind;
import org.ancora.network.CurrentProject;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What was reported in confidence, for the supervisors of the project and nobody else. */
@Controller
class IncidentsController {

    private static final int LONGEST = 2000;

    /** Told to the page that a saved entry leads back to: it is shown once without being one more reading. */
    private static final String ENTERED = "incidentEntered";

    private final Incidents incidents;
    private final Cases cases;
    private final Projects projects;
    private final CaseWords caseWords;
    private final BoundaryWords words;

    IncidentsController(Incidents incidents, Cases cases, Projects projects, CaseWords caseWords, BoundaryWords words) {
        this.incidents = incidents;
        this.cases = cases;
        this.projects = projects;
        this.caseWords = caseWords;
        this.words = words;
    }

    /** A report in a list. */
    record Line(String path, String when, String who, String client, String asked, String project, boolean open) {}

    /** What a supervisor did with it, in words. */
    record Done(String when, String words, String text) {}

    /** What the page posts. */
    record EntryForm(@Nullable String text, @Nullable Boolean settled) {}

    @GetMapping("/incidents")
    String list(Viewer viewer, Model model) {
        if (viewer.projects(Permission.READ_INCIDENTS).isEmpty()) {
            throw new Forbidden(Permission.READ_INCIDENTS, null);
        }
        List<Incident> found = incidents.of(viewer);
        Map<String, CaseSummary> known =
                cases.byCodes(found.stream().map(Incident::caseCode).distinct().toList(), viewer);
        var homes = projects.withIds(found.stream().map(Incident::project).collect(Collectors.toSet()));
        model.addAttribute(
                "lines",
                found.stream()
                        .map(each -> line(
                                each,
                                known.get(each.caseCode()),
                                Objects.requireNonNull(homes.get(each.project())),
                                viewer.locale()))
                        .toList());
        return "conduct/incidents";
    }

    private Line line(Incident incident, @Nullable CaseSummary about, Project project, Locale language) {
        return new Line(
                "/incidents/" + incident.id(),
                caseWords.moment(incident.reportedAt(), project.calendar().zone(), language),
                incident.reportedByName(),
                about == null ? incident.caseCode() : caseWords.client(about, language) + " · " + about.code(),
                words.text("form.boundary-request.asked." + incident.asked(), language),
                project.name(),
                incident.isOpen());
    }

    @GetMapping("/incidents/{id:[0-9]{1,18}}")
    String read(@PathVariable long id, Viewer viewer, Model model) {
        Incident incident =
                model.containsAttribute(ENTERED) ? incidents.afterEntry(id, viewer) : incidents.read(id, viewer);
        model.addAttribute("form", new EntryForm("", false));
        return page(incident, viewer, model);
    }

    @PostMapping("/incidents/{id:[0-9]{1,18}}")
    String note(
            @PathVariable long id,
            @ModelAttribute("form") EntryForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        String text = form.text() == null ? "" : form.text().strip();
        caseWords.limit(errors, "text", text, LONGEST);
        if (text.isEmpty()) {
            errors.rejectValue("text", "conduct.incident.empty", words.text("conduct.incident.empty", viewer.locale()));
        }
        if (errors.hasErrors()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return page(incidents.read(id, viewer), viewer, model);
        }
        boolean settled = Boolean.TRUE.equals(form.settled());
        incidents.note(id, text, settled, viewer);
        flash.addFlashAttribute(ENTERED, true);
        flash.addFlashAttribute("told", settled ? "conduct.incident.is-settled" : "conduct.incident.noted");
        return "redirect:/incidents/" + id;
    }

    @PostMapping("/incidents/{id:[0-9]{1,18}}/open")
    String open(@PathVariable long id, Viewer viewer, RedirectAttributes flash) {
        incidents.reopen(id, viewer);
        flash.addFlashAttribute(ENTERED, true);
        return "redirect:/incidents/" + id;
    }

    private String page(Incident incident, Viewer viewer, Model model) {
        Locale language = viewer.locale();
        Project project = projects.get(incident.project());
        CurrentProject.is(project);
        ZoneId zone = project.calendar().zone();
        CaseSummary about = cases.byCodes(List.of(incident.caseCode()), viewer).get(incident.caseCode());
        model.addAttribute("incident", line(incident, about, project, language));
        model.addAttribute("casePath", about == null ? null : about.path());
        model.addAttribute("text", incident.words());
        model.addAttribute(
                "entries",
                incident.entries().stream()
                        .map(entry -> new Done(
                                caseWords.moment(entry.at(), zone, language),
                                words.text(
                                        "conduct.incident.entry." + entry.kind().code(), language, entry.byName()),
                                entry.kind() == EntryKind.READ ? "" : entry.words()))
                        .toList());
        return "conduct/incident";
    }
}
