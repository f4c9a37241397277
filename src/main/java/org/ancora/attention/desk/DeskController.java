package org.ancora.attention.desk;

import jakarta.servlet.http.HttpServletResponse;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Role;
import org.ancora.access.User;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.attention.Offices;
import org.ancora.audit.ReadLog;
import org.ancora.network.CurrentProject;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.process.task.OpenTask;
import org.ancora.process.task.Tasks;
import org.ancora.time.Dates;
import org.ancora.web.Option;
import org.ancora.web.PageDrafts;
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
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The desk of one project: who is in the room, calls to return, and writing somebody down. */
@Controller
class DeskController {

    private static final Pattern DOCUMENT = Pattern.compile("[A-Za-z0-9-]{4,20}");
    private static final Pattern PHONE = Pattern.compile("[0-9+][0-9 ().\\/-]{4,38}");
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_REASON = 500;

    private final Projects projects;
    private final Attendances attendances;
    private final DeskPages pages;
    private final Offices offices;
    private final Registers registers;
    private final OfficeHours hours;
    private final PageDrafts drafts;
    private final ReadLog reads;
    private final Tasks tasks;
    private final Users users;
    private final Dates dates;

    DeskController(
            Projects projects,
            Attendances attendances,
            DeskPages pages,
            Offices offices,
            Registers registers,
            OfficeHours hours,
            PageDrafts drafts,
            ReadLog reads,
            Tasks tasks,
            Users users,
            Dates dates) {
        this.projects = projects;
        this.attendances = attendances;
        this.pages = pages;
        this.offices = offices;
        this.registers = registers;
        this.hours = hours;
        this.drafts = drafts;
        this.reads = reads;
        this.tasks = tasks;
        this.users = users;
        this.dates = dates;
    }

    /** What reception or an agent types; texts only, so that whatever arrives can be shown again. */
    record ArrivalForm(
            @Nullable String requestKey,
            @Nullable String document,
            @Nullable String givenName,
            @Nullable String familyName,
            @Nullable String district,
            @Nullable String province,
            @Nullable String region,
            @Nullable String reason,
            @Nullable String callBackNumber,
            @Nullable Boolean authority,
            @Nullable Boolean pregnant,
            @Nullable Boolean smallChild,
            @Nullable Boolean older,
            @Nullable Boolean disability,
            @Nullable Boolean emergency,
            @Nullable String coordinator) {

        static ArrivalForm blank() {
            return of(Map.of());
        }

        static ArrivalForm of(Map<String, String> typed) {
            return new ArrivalForm(
                    typed.getOrDefault("requestKey", UUID.randomUUID().toString()),
                    typed.get("document"),
                    typed.get("givenName"),
                    typed.get("familyName"),
                    typed.get("district"),
                    typed.get("province"),
                    typed.get("region"),
                    typed.get("reason"),
                    typed.get("callBackNumber"),
                    ticked(typed.get("authority")),
                    ticked(typed.get("pregnant")),
                    ticked(typed.get("smallChild")),
                    ticked(typed.get("older")),
                    ticked(typed.get("disability")),
                    ticked(typed.get("emergency")),
                    typed.get("coordinator"));
        }

        List<String> priorityGroups() {
            return Stream.of(
                            ticked(pregnant) ? "pregnant" : "",
                            ticked(smallChild) ? "small-child" : "",
                            ticked(older) ? "older" : "",
                            ticked(disability) ? "disability" : "")
                    .filter(group -> !group.isEmpty())
                    .toList();
        }

        Attendance.Who who() {
            return new Attendance.Who(
                    text(document),
                    text(givenName),
                    text(familyName),
                    text(district),
                    text(province),
                    text(region),
                    text(callBackNumber));
        }

        /** A box as a browser sends it or a draft keeps it. */
        private static boolean ticked(@Nullable String box) {
            return box != null && !box.isEmpty() && !box.equals("false");
        }

        static boolean ticked(@Nullable Boolean box) {
            return Boolean.TRUE.equals(box);
        }

        static String text(@Nullable String typed) {
            return typed == null ? "" : typed.strip();
        }
    }

    /** From the navigation: straight to the desk of the only project, or the choice of one. */
    @GetMapping("/desk")
    String choose(Viewer viewer, Model model) {
        List<Project> open = projects.visibleTo(viewer).stream()
                .filter(project -> viewer.may(Permission.READ_PETITIONS, project.id()))
                .toList();
        if (open.size() == 1) {
            return "redirect:" + open.get(0).path() + "/desk";
        }
        model.addAttribute("projects", open);
        return "attention/choice";
    }

    @GetMapping("/p/{project}/desk")
    String desk(@PathVariable("project") String key, Viewer viewer, Model model) {
        Project project = open(key, viewer, Permission.READ_PETITIONS);
        pages.desk(project, viewer, model);
        reads.record(viewer, project.id(), null, "desk", project.key(), "page");
        return "attention/desk";
    }

    @GetMapping("/p/{project}/desk/offices")
    String offices(@PathVariable("project") String key, Viewer viewer, Model model) {
        Project project = open(key, viewer, Permission.READ_PETITIONS);
        model.addAttribute("project", project);
        Offices.Directory directory = offices.directory(project);
        YearMonth published = directory.month();
        model.addAttribute("directory", directory);
        model.addAttribute("published", published == null ? null : dates.month(published, viewer.locale()));
        return "attention/offices";
    }

    @GetMapping("/p/{project}/desk/visits/new")
    String visit(@PathVariable("project") String key, Viewer viewer, Model model) {
        Project project = open(key, viewer, Permission.ATTEND_USERS);
        return arrival(project, true, null, viewer, model);
    }

    @PostMapping("/p/{project}/desk/visits/new")
    String visit(
            @PathVariable("project") String key,
            @ModelAttribute("form") ArrivalForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = open(key, viewer, Permission.ATTEND_USERS);
        check(form, errors, true, viewer.locale());
        UserId coordinator = coordinator(form, errors, project, viewer.locale());
        if (errors.hasErrors()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return arrival(project, true, form, viewer, model);
        }
        String code = attendances.receive(
                requestKey(form),
                project,
                new Attendances.Arrival(
                        Attendance.Kind.VISIT,
                        form.who(),
                        ArrivalForm.text(form.reason()),
                        ArrivalForm.ticked(form.authority()),
                        form.priorityGroups(),
                        ArrivalForm.ticked(form.emergency()),
                        coordinator),
                viewer.id());
        drafts.forget(viewer.id(), project.path() + "/desk/visits/new");
        Attendance visit = attendances.byCode(code);
        if (visit.isOpen()) {
            flash.addFlashAttribute("told", "desk.visit.registered");
            return "redirect:" + project.path() + "/desk";
        }
        return "redirect:" + visit.path();
    }

    @GetMapping("/p/{project}/desk/calls/new")
    String call(@PathVariable("project") String key, Viewer viewer, Model model) {
        Project project = open(key, viewer, Permission.ATTEND_USERS);
        return arrival(project, false, null, viewer, model);
    }

    /** Name and number first, in case the line drops (J60, J80); then to the form. */
    @PostMapping("/p/{project}/desk/calls/new")
    String call(
            @PathVariable("project") String key,
            @ModelAttribute("form") ArrivalForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletResponse response) {
        Project project = open(key, viewer, Permission.ATTEND_USERS);
        check(form, errors, false, viewer.locale());
        if (errors.hasErrors()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return arrival(project, false, form, viewer, model);
        }
        String code = attendances.receive(
                requestKey(form),
                project,
                Attendances.Arrival.call(form.who(), ArrivalForm.text(form.reason())),
                viewer.id());
        drafts.forget(viewer.id(), project.path() + "/desk/calls/new");
        return "redirect:"
                + tasks.of(code).stream()
                        .map(OpenTask::id)
                        .map("/tasks/"::concat)
                        .findFirst()
                        .orElse(project.path() + "/desk");
    }

    @GetMapping("/desk/attended/{attendance}")
    String attended(@PathVariable("attendance") String code, Viewer viewer, Model model) {
        Attendance attendance = attendances.byCode(code, viewer);
        CurrentProject.is(projects.get(attendance.project()));
        reads.record(viewer, attendance.project(), code, "attendance", code, "page");
        pages.attendance(attendance, viewer, model);
        return "attention/attended";
    }

    @PostMapping("/desk/attended/{attendance}/left")
    String left(@PathVariable("attendance") String code, Viewer viewer, RedirectAttributes flash) {
        Attendance attendance = attendances.byCode(code, viewer);
        viewer.require(Permission.ATTEND_USERS, attendance.project());
        attendances.left(attendance, viewer.id());
        flash.addFlashAttribute("told", "desk.visit.left");
        return "redirect:" + projects.get(attendance.project()).path() + "/desk";
    }

    /** Asked from beside the form, outside any transaction; the document travels in the body. */
    @PostMapping("/p/{project}/desk/registers/{register}")
    String ask(
            @PathVariable("project") String key,
            @PathVariable String register,
            @RequestParam String attendance,
            @RequestParam(defaultValue = "") String document,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean htmx,
            Viewer viewer,
            Model model) {
        Project project = open(key, viewer, Permission.ATTEND_USERS);
        Register asked = Register.of(register).orElseThrow(() -> new Hidden("register", register));
        Attendance about = attendances.byCode(attendance, viewer);
        if (!about.project().equals(project.id())) {
            throw new Hidden("attendance", attendance);
        }
        String typed = document.strip();
        model.addAttribute("project", project);
        model.addAttribute("register", asked.code());
        model.addAttribute(
                "answer",
                DOCUMENT.matcher(typed).matches()
                        ? registers.ask(asked, project, about.code(), typed, viewer.id())
                        : null);
        model.addAttribute("document", typed);
        return htmx ? "attention/register :: answer" : "attention/register";
    }

    private Project open(String key, Viewer viewer, Permission permission) {
        Project project = projects.byKey(key, viewer);
        viewer.require(permission, project.id());
        CurrentProject.is(project);
        return project;
    }

    private String arrival(Project project, boolean visit, @Nullable ArrivalForm typed, Viewer viewer, Model model) {
        String place = project.path() + (visit ? "/desk/visits/new" : "/desk/calls/new");
        Locale locale = viewer.locale();
        PageDrafts.Draft draft = typed == null ? drafts.find(viewer.id(), place).orElse(null) : null;
        if (typed == null) {
            model.addAttribute("form", draft == null ? ArrivalForm.blank() : ArrivalForm.of(draft.fields()));
        }
        model.addAttribute("draft", draft);
        model.addAttribute(
                "draftWhen",
                draft == null
                        ? ""
                        : dates.moment(draft.savedAt(), project.calendar().zone(), locale));
        model.addAttribute("project", project);
        model.addAttribute("place", place);
        model.addAttribute("open", hours.isOpen(project.id()));
        model.addAttribute(
                "nextOpening",
                dates.moment(hours.nextOpening(project.id()), project.calendar().zone(), locale));
        if (visit) {
            model.addAttribute(
                    "coordinators",
                    users.withRole(project.id(), Role.COORDINATOR).stream()
                            .map(user -> new Option(user.id().toString(), user.name()))
                            .toList());
        }
        return visit ? "attention/visit" : "attention/call";
    }

    private void check(ArrivalForm form, BindingResult errors, boolean visit, Locale locale) {
        Attendance.Who who = form.who();
        if (who.givenName().isEmpty()) {
            reject(errors, "givenName", "desk.name-missing", locale);
        }
        limit(errors, "givenName", who.givenName(), LONGEST_NAME, locale);
        limit(errors, "familyName", who.familyName(), LONGEST_NAME, locale);
        limit(errors, "district", who.district(), LONGEST_NAME, locale);
        limit(errors, "province", who.province(), LONGEST_NAME, locale);
        limit(errors, "region", who.region(), LONGEST_NAME, locale);
        limit(errors, "reason", ArrivalForm.text(form.reason()), LONGEST_REASON, locale);
        if (!who.document().isEmpty() && !DOCUMENT.matcher(who.document()).matches()) {
            reject(errors, "document", "desk.document-odd", locale);
        }
        if (visit && ArrivalForm.text(form.reason()).isEmpty()) {
            reject(errors, "reason", "desk.reason-missing", locale);
        }
        if (!visit && !PHONE.matcher(who.callBackNumber()).matches()) {
            reject(
                    errors,
                    "callBackNumber",
                    who.callBackNumber().isEmpty() ? "desk.number-missing" : "desk.number-odd",
                    locale);
        }
    }

    /** Somebody who coordinates the project, when an emergency is to be decided on. */
    private @Nullable UserId coordinator(ArrivalForm form, BindingResult errors, Project project, Locale locale) {
        String chosen = ArrivalForm.text(form.coordinator());
        if (!ArrivalForm.ticked(form.emergency()) || hours.isOpen(project.id())) {
            return null;
        }
        UserId found = users.withRole(project.id(), Role.COORDINATOR).stream()
                .map(User::id)
                .filter(id -> id.toString().equals(chosen))
                .findFirst()
                .orElse(null);
        if (found == null) {
            reject(errors, "coordinator", "desk.coordinator-missing", locale);
        }
        return found;
    }

    private void limit(BindingResult errors, String field, String text, int most, Locale locale) {
        if (text.length() > most) {
            errors.rejectValue(field, "desk.too-long", pages.word("desk.too-long", locale, most));
        }
    }

    private void reject(BindingResult errors, String field, String key, Locale locale) {
        errors.rejectValue(field, key, pages.word(key, locale));
    }

    private static UUID requestKey(ArrivalForm form) {
        try {
            return UUID.fromString(ArrivalForm.text(form.requestKey()));
        } catch (IllegalArgumentException tampered) {
            throw new Problem(HttpStatus.BAD_REQUEST, "desk.stale");
        }
    }
}
