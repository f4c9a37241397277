package org.ancora.casework.people;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ancora.access.Permission;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseDesk;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.Cases;
import org.ancora.web.Option;
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

/** Who works on a case: adding and taking off collaborators, and taking a case of one's team. */
@Controller
class CollaboratorsController {

    private final CaseDesk desk;
    private final Cases cases;
    private final Collaborators collaborators;
    private final Teams teams;
    private final CaseWords words;

    CollaboratorsController(CaseDesk desk, Cases cases, Collaborators collaborators, Teams teams, CaseWords words) {
        this.desk = desk;
        this.cases = cases;
        this.collaborators = collaborators;
        this.teams = teams;
        this.words = words;
    }

    record AddForm(@Nullable String person) {}

    @GetMapping("/cases/{code}/collaborators")
    String collaborators(@PathVariable String code, Viewer viewer, Model model) {
        CaseSummary caseFile = desk.open(code, viewer, Permission.SHARE_CASE, model);
        model.addAttribute("form", new AddForm(""));
        return page(caseFile, collaborators.candidates(caseFile), viewer, model);
    }

    @PostMapping("/cases/{code}/collaborators")
    String add(
            @PathVariable String code,
            @ModelAttribute("form") AddForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.open(code, viewer, Permission.SHARE_CASE, model);
        List<ProjectPeople.Person> candidates = collaborators.candidates(caseFile);
        UserId chosen = candidates.stream()
                .map(ProjectPeople.Person::id)
                .filter(id -> id.toString().equals(form.person()))
                .findFirst()
                .orElse(null);
        if (chosen == null) {
            errors.rejectValue("person", "people.choose", words.text("people.choose", viewer.locale()));
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return page(caseFile, candidates, viewer, model);
        }
        collaborators.add(caseFile, chosen, viewer.id());
        flash.addFlashAttribute("told", "people.added");
        return "redirect:" + caseFile.path() + "/collaborators";
    }

    @PostMapping("/cases/{code}/collaborators/{person:[0-9]{1,18}}/remove")
    String remove(
            @PathVariable String code,
            @PathVariable long person,
            Viewer viewer,
            Model model,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.open(code, viewer, Permission.SHARE_CASE, model);
        collaborators.remove(caseFile, new UserId(person), viewer.id());
        flash.addFlashAttribute("told", "people.removed");
        return "redirect:" + caseFile.path() + "/collaborators";
    }

    @PostMapping("/cases/{code}/claim")
    String claim(@PathVariable String code, Viewer viewer, Model model, RedirectAttributes flash) {
        CaseSummary caseFile = desk.open(code, viewer, Permission.TAKE_CASE, model);
        teams.claim(caseFile, viewer.id());
        flash.addFlashAttribute("told", "people.claim.done");
        return "redirect:" + cases.byCode(code, viewer).path();
    }

    private String page(CaseSummary caseFile, List<ProjectPeople.Person> candidates, Viewer viewer, Model model) {
        Locale locale = viewer.locale();
        model.addAttribute(
                "candidates",
                candidates.stream()
                        .map(person ->
                                new Option(person.id().toString(), person.name() + " (" + roles(person, locale) + ")"))
                        .toList());
        model.addAttribute("closed", caseFile.isClosed());
        return "casework/people/collaborators";
    }

    private String roles(ProjectPeople.Person person, Locale locale) {
        return person.roles().stream()
                .map(role -> words.text("role." + role.code(), locale))
                .collect(Collectors.joining(", "));
    }
}
