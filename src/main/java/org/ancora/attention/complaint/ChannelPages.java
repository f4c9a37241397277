package org.ancora.attention.complaint;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Networks;
import org.ancora.access.Permission;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.attention.Destination;
import org.ancora.attention.Office;
import org.ancora.attention.Offices;
import org.ancora.attention.Petition;
import org.ancora.attention.PetitionChannel;
import org.ancora.attention.PetitionKind;
import org.ancora.attention.PetitionLevel;
import org.ancora.attention.Petitioner;
import org.ancora.attention.Petitions;
import org.ancora.network.CurrentProject;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.time.Dates;
import org.ancora.web.Languages;
import org.ancora.web.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.SessionAttribute;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The other ways in (J2): what came by letterbox or e-mail, entered by an agent, and the public page, by the person. */
@Controller
class ChannelPages {

    /** The number of what this browser sent last. */
    private static final String RECEIPT = "complaint.receipt";

    /** Whether it names somebody whom it is about. */
    private static final String NAMED = "complaint.receipt-named";

    private final Projects projects;
    private final Petitions petitions;
    private final Offices offices;
    private final StaffComplainedAbout staff;
    private final SendersPace pace;
    private final Dates dates;
    private final MessageSource messages;
    private final String base;

    ChannelPages(
            Projects projects,
            Petitions petitions,
            Offices offices,
            StaffComplainedAbout staff,
            SendersPace pace,
            Dates dates,
            MessageSource messages,
            @Value("${ancora.base-url:http://localhost:8080}") String base) {
        this.projects = projects;
        this.petitions = petitions;
        this.offices = offices;
        this.staff = staff;
        this.pace = pace;
        this.dates = dates;
        this.messages = messages;
        this.base = base.replaceAll("/+$", "");
    }

    /** From the list: straight to the page of the only project, or the choice of one. */
    @GetMapping("/complaints/new")
    String choose(Viewer viewer, Model model) {
        List<Project> open = projects.visibleTo(viewer).stream()
                .filter(project -> viewer.may(Permission.ATTEND_USERS, project.id()))
                .toList();
        if (open.isEmpty()) {
            throw new Forbidden(Permission.ATTEND_USERS, null);
        }
        if (open.size() == 1) {
            return "redirect:" + open.get(0).path() + "/complaints/new";
        }
        model.addAttribute("projects", open);
        return "complaint/choice";
    }

    @GetMapping("/p/{key}/complaints/new")
    String blank(@PathVariable String key, Viewer viewer, Model model) {
        Project project = open(key, viewer);
        PetitionForm form = PetitionForm.blank(Map.of(
                "channel", "letterbox",
                "kind", "complaint",
                "level", "local",
                "destination", "regional-team",
                "office", offices.home(project).id().value(),
                "language", project.locale().getLanguage()));
        return page(project, form, viewer.locale(), model);
    }

    @PostMapping("/p/{key}/complaints/new")
    String register(
            @PathVariable String key,
            @RequestParam Map<String, String> sent,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = open(key, viewer);
        PetitionForm form = PetitionForm.of(sent);
        Optional<Office> office = offices.find(form.get("office"), project);
        form.need("office", code -> office.isPresent(), "complaint.form.choose");
        form.need("channel", code -> List.of("letterbox", "email").contains(code), "complaint.form.choose");
        form.need("level", code -> has(PetitionLevel.values(), PetitionLevel::code, code), "complaint.form.choose");
        form.need("destination", code -> has(Destination.values(), Destination::code, code), "complaint.form.choose");
        form.need(
                "about",
                id -> id.isEmpty()
                        || staff.staff(project.id()).stream()
                                .anyMatch(user -> user.id().toString().equals(id)),
                "complaint.form.choose");
        if (!form.check()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return page(project, form, viewer.locale(), model);
        }
        UserId about = form.get("about").isEmpty() ? null : UserId.of(form.get("about"));
        Petition petition = petitions.registerOnce(
                form.petition(
                        project,
                        office.orElseThrow(),
                        PetitionChannel.of(form.get("channel")),
                        PetitionLevel.of(form.get("level")),
                        Destination.of(form.get("destination")),
                        Locale.forLanguageTag(form.get("language")),
                        form.get("motive"),
                        about),
                form.requestKey(),
                viewer.id());
        flash.addFlashAttribute("told", "complaint.registered");
        // Whoever named themselves has registered it, and sees nothing more of it.
        return viewer.id().equals(about) ? "redirect:/complaints" : "redirect:/complaints/" + petition.number();
    }

    private Project open(String key, Viewer viewer) {
        Project project = projects.byKey(key, viewer);
        viewer.require(Permission.ATTEND_USERS, project.id());
        CurrentProject.is(project);
        return project;
    }

    private String page(Project project, PetitionForm form, Locale locale, Model model) {
        shared(project, form, locale, model);
        model.addAttribute("channels", options("complaint.channel.", locale, "letterbox", "email"));
        model.addAttribute(
                "levels",
                options(
                        "complaint.level.",
                        locale,
                        Stream.of(PetitionLevel.values())
                                .map(PetitionLevel::code)
                                .toArray(String[]::new)));
        model.addAttribute("destinations", options("complaint.destination.", locale, "regional-team", "central-unit"));
        model.addAttribute(
                "staff",
                staff.staff(project.id()).stream()
                        .map(user -> new Option(user.id().toString(), user.name()))
                        .toList());
        model.addAttribute(
                "languages",
                Languages.ALL.stream()
                        .map(language -> new Option(
                                language.getLanguage(),
                                messages.getMessage("web.language." + language.getLanguage(), null, locale)))
                        .toList());
        return "complaint/register";
    }

    /** The public page: no account, nothing personal in its address, nothing kept of who looks at it. */
    @GetMapping("/complain/{key:[a-z0-9-]{1,40}}")
    String publicPage(@PathVariable String key, Model model) {
        Project project = publicProject(key);
        PetitionForm form =
                PetitionForm.blank(Map.of("office", offices.home(project).id().value()));
        shared(project, form, locale(), model);
        return "complaint/public";
    }

    @PostMapping("/complain/{key:[a-z0-9-]{1,40}}")
    String send(
            @PathVariable String key,
            @RequestParam Map<String, String> sent,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Project project = publicProject(key);
        Locale locale = locale();
        PetitionForm form = PetitionForm.of(sent);
        Office office = offices.find(form.get("office"), project).orElseGet(() -> offices.home(project));
        if (request.getAttribute("ancora.form-expired") != null) {
            form.errors().reject("complaint.web.expired");
            response.setStatus(HttpStatus.FORBIDDEN.value());
            shared(project, form, locale, model);
            return "complaint/public";
        }
        boolean fine = form.check();
        if (fine && !pace.take(Networks.of(request.getRemoteAddr()))) {
            form.errors().reject("complaint.web.slower");
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            shared(project, form, locale, model);
            return "complaint/public";
        }
        if (!fine) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            shared(project, form, locale, model);
            return "complaint/public";
        }
        String whom = form.get("whom");
        String motive = whom.isEmpty()
                ? form.get("motive")
                : (form.get("motive") + "\n\n"
                        + messages.getMessage("complaint.web.about-line", new Object[] {whom}, locale));
        UserId about = staff.namedIn(whom, project.id()).orElse(null);
        Petition petition = petitions.registerOnce(
                form.petition(
                        project,
                        office,
                        PetitionChannel.WEB,
                        PetitionLevel.LOCAL,
                        Destination.REGIONAL_TEAM,
                        locale,
                        motive.substring(0, Math.min(motive.length(), 4000)),
                        about),
                form.requestKey(),
                null);
        request.getSession().setAttribute(RECEIPT, petition.number());
        request.getSession().setAttribute(NAMED, !whom.isEmpty());
        return "redirect:/complain/" + key + "/received";
    }

    /**
     * The receipt on screen, for whoever sent it and as long as their browser is open: loaded again it is the same. The number
     * stands in the session and not in the address; whoever else comes here learns only where to ask.
     */
    @GetMapping("/complain/{key:[a-z0-9-]{1,40}}/received")
    String received(
            @PathVariable String key,
            @SessionAttribute(name = RECEIPT, required = false) @Nullable String number,
            @SessionAttribute(name = NAMED, required = false) @Nullable Boolean named,
            Model model,
            HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Project project = publicProject(key);
        model.addAttribute("project", project);
        model.addAttribute("phone", project.settings().letterhead().phone());
        // Where nobody was named there is nobody of whom to say that they do not see it.
        model.addAttribute("named", Boolean.TRUE.equals(named));
        if (number != null) {
            Petition petition = petitions.byNumber(number);
            if (petition.project().equals(project.id())) {
                receipt(petition, project, model);
            }
        }
        return "complaint/received";
    }

    private void receipt(Petition petition, Project project, Model model) {
        Petitioner person = petitions.petitioner(petition.petitioner());
        LocalDate registered =
                LocalDate.ofInstant(petition.registeredAt(), project.calendar().zone());
        String link = petitions.link(petition.id());
        model.addAttribute("number", petition.number());
        model.addAttribute("registered", dates.longDay(registered, locale()));
        model.addAttribute("due", dates.longDay(Objects.requireNonNull(petition.promised()), locale()));
        model.addAttribute("status", link);
        model.addAttribute("address", base + link);
        model.addAttribute("byEmail", !person.email().isBlank());
        model.addAttribute("byPhone", !person.phone().isBlank());
        model.addAttribute("byPost", !person.address().isBlank());
    }

    private void shared(Project project, PetitionForm form, Locale locale, Model model) {
        model.addAttribute("project", project);
        model.addAttribute("phone", project.settings().letterhead().phone());
        model.addAttribute(PetitionForm.NAME, form.typed());
        model.addAttribute(BindingResult.MODEL_KEY_PREFIX + PetitionForm.NAME, form.errors());
        model.addAttribute(
                "kinds",
                options(
                        "complaint.kind.",
                        locale,
                        Stream.of(PetitionKind.values()).map(PetitionKind::code).toArray(String[]::new)));
        List<Office> all = offices.of(project);
        model.addAttribute(
                "offices",
                all.stream()
                        .map(office -> new Option(office.id().value(), office.name()))
                        .toList());
    }

    private Project publicProject(String key) {
        return projects.byKey(key).orElseThrow(() -> new Hidden("project", key));
    }

    private static Locale locale() {
        return LocaleContextHolder.getLocale();
    }

    private List<Option> options(String prefix, Locale locale, String... codes) {
        return Stream.of(codes)
                .map(code -> new Option(code, messages.getMessage(prefix + code, null, locale)))
                .toList();
    }

    private static <T> boolean has(T[] values, Function<T, String> code, String sought) {
        return Stream.of(values).map(code).anyMatch(sought::equals);
    }
}
