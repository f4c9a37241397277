package org.ancora.engagement.intake;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.Channel;
import org.ancora.casework.ClientSearch;
import org.ancora.casework.ConsentWording;
import org.ancora.casework.Profiles;
import org.ancora.casework.ServiceMode;
import org.ancora.casework.SourceKind;
import org.ancora.casework.SpokenLanguages;
import org.ancora.network.CurrentProject;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.time.Dates;
import org.ancora.web.Option;
import org.ancora.web.Problem;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page on which reception enters an intake. */
@Controller
class IntakePages {

    private final Projects projects;
    private final Profiles profiles;
    private final ClientSearch search;
    private final Dates dates;
    private final Intakes intakes;
    private final MessageSource messages;
    private final Clock clock;

    IntakePages(
            Projects projects,
            Profiles profiles,
            ClientSearch search,
            Dates dates,
            Intakes intakes,
            MessageSource messages,
            Clock clock) {
        this.projects = projects;
        this.profiles = profiles;
        this.search = search;
        this.dates = dates;
        this.intakes = intakes;
        this.messages = messages;
        this.clock = clock;
    }

    /** From the navigation: straight to the page of the only project, or the choice of one. */
    @GetMapping("/intakes/new")
    String choose(Viewer viewer, Model model) {
        List<Project> open = projects.visibleTo(viewer).stream()
                .filter(project -> viewer.may(Permission.REGISTER_INTAKE, project.id()))
                .toList();
        if (open.size() == 1) {
            return "redirect:" + open.get(0).path() + "/intakes/new";
        }
        model.addAttribute("projects", open);
        return "engagement/intake-choice";
    }

    @GetMapping("/p/{project}/intakes/new")
    String blank(Viewer viewer, @PathVariable("project") String key, Model model) {
        Project project = open(key, viewer);
        return page(project, IntakeForm.blank(project), viewer, model);
    }

    @PostMapping("/p/{project}/intakes/new")
    String register(
            Viewer viewer,
            @PathVariable("project") String key,
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes flash,
            HttpServletRequest request,
            HttpServletResponse response) {
        Project project = open(key, viewer);
        IntakeForm form = IntakeForm.of(sent);
        UUID requestKey = form.requestKey();
        if (requestKey == null) {
            throw new Problem(HttpStatus.BAD_REQUEST, "engagement.intake.stale");
        }
        LocalDate today =
                LocalDate.ofInstant(clock.instant(), project.calendar().zone());
        NewIntake intake = form.read(project, profiles, today);
        if (intake == null) {
            boolean htmx = request.getHeader("HX-Request") != null;
            response.setStatus((htmx ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.BAD_REQUEST).value());
            return page(project, form, viewer, model);
        }
        Lookalikes alike = Lookalikes.among(search.find(ClientSearch.Asked.about(intake.client()), project, viewer));
        if (!alike.isEmpty() && !intakes.isRegistered(requestKey)) {
            form.checkMatch(alike);
            if (form.errors().hasErrors()) {
                response.setStatus(HttpStatus.BAD_REQUEST.value());
                model.addAttribute("alike", alike.lines(messages, dates, viewer.locale()));
                model.addAttribute("matches", alike.options(messages, viewer.locale()));
                model.addAttribute("elsewhere", alike.elsewhere());
                return page(project, form, viewer, model);
            }
        }
        String code = intakes.register(requestKey, project, intake, form.same(alike), form.answer(alike), viewer.id());
        flash.addFlashAttribute("told", "engagement.intake.registered");
        return "redirect:/cases/" + code;
    }

    private Project open(String key, Viewer viewer) {
        Project project = projects.byKey(key, viewer);
        viewer.require(Permission.REGISTER_INTAKE, project.id());
        CurrentProject.is(project);
        return project;
    }

    private String page(Project project, IntakeForm form, Viewer viewer, Model model) {
        Locale language = viewer.locale();
        model.addAttribute("project", project);
        model.addAttribute(IntakeForm.NAME, form.typed());
        model.addAttribute(BindingResult.MODEL_KEY_PREFIX + IntakeForm.NAME, form.errors());
        model.addAttribute("languages", SpokenLanguages.options(language));
        model.addAttribute("yesNo", options("engagement.intake.safe.", language, "yes", "no"));
        model.addAttribute("consentAnswers", options("engagement.intake.answer.", language, "yes", "no", "not-asked"));
        model.addAttribute(
                "consents",
                Stream.of(Channel.values())
                        .filter(channel -> channel != Channel.FAMILY)
                        .map(channel -> new Option(
                                IntakeForm.consentField(channel),
                                ConsentWording.newest().key(channel)))
                        .toList());
        model.addAttribute("consentFamily", ConsentWording.newest().key(Channel.FAMILY));
        model.addAttribute(
                "consentGivers", options("engagement.intake.consent-by.", language, "client", "representative"));
        model.addAttribute(
                "sources",
                options(
                        "engagement.intake.source.",
                        language,
                        Stream.of(SourceKind.values()).map(SourceKind::code).toArray(String[]::new)));
        model.addAttribute(
                "serviceModes",
                options(
                        "engagement.intake.service.",
                        language,
                        ServiceMode.INDIVIDUAL.code(),
                        ServiceMode.GROUP.code()));
        return "engagement/intake";
    }

    private List<Option> options(String prefix, Locale language, String... codes) {
        return Stream.of(codes)
                .map(code -> new Option(code, messages.getMessage(prefix + code, null, language)))
                .toList();
    }
}
